"""A cluster in place of the embedded database: it takes the same statements and answers with the same rows."""

from __future__ import annotations

import glob
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyreco.batch.engine import all_at_once, one, quoted
from pyreco.errors import UsageError, told

if TYPE_CHECKING:
    import duckdb
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

    from pyreco.batch.spark_dialect import Made

MISSING = told("the extra 'spark' is not installed; run: pip install 'pyreco[spark]'")
NO_JAVA = told("Spark needs Java 17 or later, and none is found; install it and set JAVA_HOME, or use --engine duckdb")
QUIET = {"spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false"}
STAGES = "stages"
GIVEN = "rows_given"
"""The name under which rows of this process are registered."""


@contextmanager
def cluster(settings: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session on the cluster that the settings or Spark's own files name, or else on this machine.

    A session that is there already is used and stays; one that is made here is ended.

    Args:
        settings: of Spark, such as ``spark.master``.

    Raises:
        UsageError: Spark or Java is missing, or it does not start.
    """
    try:
        import pandas  # noqa: F401 - Spark wants it for rows that go through Arrow
        import sqlglot  # noqa: F401 - says statements in its dialect
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError(MISSING) from error
    there = SparkSession.getActiveSession()
    if there is None and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise UsageError(NO_JAVA)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the one that has pyreco
    builder = SparkSession.builder.appName("pyreco")
    for name, value in {**(QUIET if there is None else {}), **settings}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise UsageError(
            told("Spark does not start; look at its log above, and at the settings of --spark-conf")
        ) from error
    try:
        yield session.newSession()  # with tables of its own
    finally:
        if there is None:
            session.stop()


class Rows:
    """What a statement selects."""

    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    def fetchall(self) -> list[Any]:
        """All rows."""
        return self._rows


class SparkDatabase:
    """Takes the statements that the room makes for the embedded database.

    A table is computed when it is made, so that what is numbered in it keeps its number. On a cluster it is kept in a
    folder, for a run that goes on where another was killed, and found again by all that was said and registered before
    it; on one machine that would take as long as making it anew.

    Args:
        session: of the cluster.
        beside: the embedded database, which reads files of text and writes the output.
        work: a folder that every machine of the cluster sees.
        kept: whether tables are kept in it; left out, where there are several machines.

    Attributes:
        beside: likewise.
    """

    def __init__(
        self, session: SparkSession, beside: duckdb.DuckDBPyConnection, work: Path, kept: bool | None = None
    ) -> None:
        self._spark = session
        self.beside = beside
        self._work = work
        self._tables: dict[str, DataFrame] = {}
        session.conf.set("spark.sql.session.timeZone", "UTC")
        session.conf.set("spark.sql.ansi.enabled", "true")
        # A computed table keeps what was known of columns that it no longer has, on which a union stumbles (4.3).
        session.conf.set("spark.sql.constraintPropagation.enabled", "false")
        self._parts = int(session.conf.get("spark.sql.shuffle.partitions") or 200)
        self._so_far = sha256()
        self._kept = kept if kept is not None else not (session.sparkContext.master or "").startswith("local")

    def execute(self, statement: str) -> Rows:
        """Execute a statement in the dialect of the embedded database.

        Raises:
            UsageError: it is of a kind that Spark cannot be told.
        """
        from pyreco.batch.spark_dialect import translated

        self._so_far.update(statement.encode() + b"\0")
        made = translated(statement)
        if made.verb == "drop":
            del self._tables[made.name]
            self.unregister(made.name)
            return Rows([])
        found = self._spark.sql(made.query)
        if made.verb == "select":
            return Rows(found.collect())
        if made.verb == "copy":
            return Rows(self._copy(found, made.copied))
        if made.verb == "view":
            found.createOrReplaceTempView(made.name)
        else:
            self._keep(made, found)
        return Rows([])

    def register(self, name: str, table: pyarrow.Table) -> None:
        """Let statements call rows of this process by a name."""
        import pyarrow

        sink = pyarrow.BufferOutputStream()
        with pyarrow.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
        self._so_far.update(sink.getvalue())
        self._spark.createDataFrame(table).createOrReplaceTempView(name)

    def unregister(self, name: str) -> None:
        """Forget such a name."""
        self._spark.catalog.dropTempView(name)

    def each(self, statement: str, function: Callable[[tuple[Any, ...]], Sequence[str] | None]) -> list[Any]:
        """What a function makes of each selected row, where it makes something; done where the rows are."""
        from pyreco.batch.spark_dialect import translated

        def mapped(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
            import pyarrow

            for batch in batches:
                rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
                found = [pickle.dumps(made) for row in rows if (made := function(row)) is not None]
                yield pyarrow.RecordBatch.from_pydict({"made": pyarrow.array(found, pyarrow.binary())})

        made = self._spark.sql(translated(statement).query).mapInArrow(mapped, "made binary").collect()
        return [pickle.loads(bytes(row.made)) for row in made]

    def _keep(self, made: Made, found: DataFrame) -> None:
        """Make a table, or add to one."""
        name = made.name
        if made.verb == "insert":
            there = self._tables[name]
            named = found.toDF(*there.columns)
            typed = named.select([named[kept.name].cast(kept.dataType) for kept in there.schema])
            found = there.unionAll(self._computed(typed)).coalesce(self._parts)
        elif made.sources != {GIVEN}:
            found = self._computed(found)
        self._tables[name] = found
        found.createOrReplaceTempView(name)

    def _computed(self, found: DataFrame) -> DataFrame:
        """The same rows, computed once, by this run or by one that was killed."""
        if not self._kept:
            return found.localCheckpoint()
        from pyreco.batch.spark_dialect import escaped

        folder = self._work.resolve() / STAGES / self._so_far.hexdigest()
        if not (folder / "_SUCCESS").exists():
            found.write.mode("overwrite").parquet(f"file://{folder}")
        return self._spark.read.schema(found.schema).parquet(f"file://{escaped(str(folder))}")

    def _copy(self, found: DataFrame, statement: str) -> list[Any]:
        """Write rows in their order: in parts by the cluster, into one file by the embedded database."""
        from pyreco.batch.spark_dialect import COPIED

        folder = self._work / "answered"
        shutil.rmtree(folder, ignore_errors=True)
        found.write.parquet(f"file://{folder.resolve()}")
        names = ", ".join(quoted(glob.escape(str(path))) for path in sorted(folder.glob("*.parquet")))
        copy = statement.replace(COPIED, f"SELECT * FROM read_parquet([{names}])", 1)
        (rows,) = all_at_once(self.beside, [lambda database: one(database, copy)], 1)
        shutil.rmtree(folder)
        return [(rows,)]


def spark_condition(error: Exception) -> str | None:
    """What Spark calls an error of its own; nothing of what the tables hold."""
    from pyspark.errors import AnalysisException, PySparkException

    if isinstance(error, AnalysisException) or not isinstance(error, PySparkException):
        return None
    return error.getCondition() or "an error of its own"

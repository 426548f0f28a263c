"""Runs a job from tables to a table: partition by partition, resumed where it was killed, whole or not at all."""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pyreco.answers.tariffs import Prices
from pyreco.batch.auditing import Auditing
from pyreco.batch.billing import Billing
from pyreco.batch.book import Book
from pyreco.batch.cache import Cache, digest_of
from pyreco.batch.engine import make_table, one, open_engine, quoted
from pyreco.batch.facts import FactTable
from pyreco.batch.judging import Bench
from pyreco.batch.kept_links import links_from
from pyreco.batch.links import Links, candidates_of, find_links
from pyreco.batch.sources import close_names, find_files
from pyreco.batch.staging import Counts, Stage
from pyreco.batch.standing import Standings
from pyreco.errors import UsageError
from pyreco.rulebase.digest import digest_of as digest_of_files
from pyreco.rules import Rules

if TYPE_CHECKING:
    import duckdb

ROWS_A_PARTITION = 12_000_000  # for each gigabyte of memory
SAMPLE = 20_000
FORMATS = {".parquet": "(FORMAT parquet, COMPRESSION snappy)", ".csv": "(FORMAT csv, HEADER true)"}
BILL, AUDIT = "bill", "audit"
DONE = "staged.json"


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked.

    Attributes:
        kind: ``bill`` or ``audit``.
        acts: names or patterns of files, a row an act.
        out: where the answers go, by its suffix as Parquet or CSV.
        on: the day asked about; for ``bill`` only.
        facts: files of facts, a row a fact.
        hospitals: files of hospitals, a row a hospital.
        readings: answers to open questions other than their defaults.
        scope: which benefits are asked about.
        prices: what the user adds to the amounts of the law.
        quarantine: where rows go that cannot be read; left out, beside ``out``.
        cache: the folder in which judgements are kept; nothing is kept without one.
        memory: what the database may use.
        jobs: how many cores are used.
        partition: so many rows at once; left out, by the memory.
    """

    kind: str
    acts: Sequence[str]
    out: Path
    on: datetime.date | None = None
    facts: Sequence[str] = ()
    hospitals: Sequence[str] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    scope: str = "convention"
    prices: Prices = Prices()
    quarantine: Path | None = None
    cache: Path | None = None
    memory: str = "600MB"
    jobs: int = 2
    partition: int | None = None

    @property
    def kept_apart(self) -> Path:
        """Where rows go that cannot be read."""
        return self.quarantine or self.out.with_name(self.out.name + ".quarantine.csv")


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of every row.

    Attributes:
        counts: of the acts.
        facts: rows of facts and hospitals that were read.
        facts_apart: those of them in quarantine.
        answers: rows written.
        views: distinct views that this run met.
        fresh: those that were judged, and not known from before.
        ignored: columns that nothing reads, by file.
        known_columns: those that are read.
    """

    counts: Counts
    facts: int
    facts_apart: int
    answers: int
    views: int
    fresh: int
    ignored: Mapping[str, Sequence[str]]
    known_columns: Sequence[str] = ()

    @property
    def rows(self) -> int:
        """All rows that were read."""
        return self.counts.read + self.facts

    @property
    def apart(self) -> int:
        """All rows in quarantine."""
        return self.counts.quarantined + self.facts_apart

    def lines(self, job: Job) -> list[str]:
        """What a person reads at the end."""
        counts = self.counts
        lines = [
            f"acts: {counts.read} rows read = {counts.relevant} of codes that the rules know + {counts.irrelevant} of other codes"
            f" + {counts.quarantined} in quarantine"
        ]
        if self.facts:
            lines.append(f"facts: {self.facts} rows read = {self.facts - self.facts_apart} kept + {self.facts_apart} in quarantine")
        known = self.views - self.fresh
        lines.append(f"judged: {self.answers} answers from {self.views} distinct views, {known} of them known from earlier runs")
        lines += [
            f"not read in {file}: {', '.join(names)}" + (f"; {hints}" if (hints := ", ".join(self.hints(names))) else "")
            for file, names in self.ignored.items()
        ]
        lines.append(f"answers in {job.out}, rows that cannot be read in {job.kept_apart}")
        return lines

    def hints(self, names: Sequence[str]) -> list[str]:
        """Columns that nothing reads and that may be misspelt."""
        return close_names(names, self.known_columns)


Told = Callable[[str, int, int], None]
"""Told of progress: what is done, how many more are to be done, how many more are done."""


def run_job(rules: Rules, job: Job, told: Told = lambda what, more, done: None) -> Summary:
    """Answer, and write the answers and what is kept apart.

    Raises:
        UsageError: a file or option is wrong.
        BadContent: a table is none, or lacks a column.
    """
    if job.out.suffix.lower() not in FORMATS:
        raise UsageError(f"{str(job.out)!r} is of no known kind; its name must end in {' or '.join(FORMATS)}")
    if not job.out.parent.is_dir():
        raise UsageError(f"the folder of {str(job.out)!r} does not exist; make it first")
    files = [find_files(patterns) for patterns in (job.acts, job.facts, job.hospitals)]
    if any(path.resolve() in (job.out.resolve(), job.kept_apart.resolve()) for own in files for path in own):
        raise UsageError(f"{str(job.out)!r} is read and written; write to another file")
    work = job.out.with_name(job.out.name + ".parts")
    key = _key(rules, job, files)
    if not _continues(work, key):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        (work / "key").write_text(key, encoding="utf-8")
    with _alone(work), closing(open_engine(work / "spill", job.memory, job.jobs)) as connection:
        try:
            summary = _Run(connection, rules, job, files, work, told).run()
        except Exception as error:
            raise _explained(error, job) from error
    shutil.rmtree(work, ignore_errors=True)
    return summary


@contextmanager
def _alone(work: Path) -> Iterator[None]:
    """Nobody else writes the same answers meanwhile; what ends this process ends that, too."""
    with (work / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(f"another run is writing to {work.stem}; wait for it, or write elsewhere") from error
        yield


def _explained(error: Exception, job: Job) -> Exception:
    """What the database says, in words that help; nothing of what the tables hold."""
    import duckdb

    if isinstance(error, duckdb.OutOfMemoryException):
        return UsageError(f"{job.memory} of memory is too little; give more with --memory-limit")
    if isinstance(error, duckdb.IOException):
        return UsageError("a table cannot be read or written to its end; make room, or give a whole file")
    return error


def _key(rules: Rules, job: Job, files: Sequence[Sequence[Path]]) -> str:
    """All that the answers hang on: what was made under another key is never used."""
    stats = [[(str(path.resolve()), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in own] for own in files]
    code = digest_of_files(Path(__file__).parent, "*.py")
    options = [job.kind, str(job.on), rules.readings(job.readings), job.scope, job.memory, job.partition, job.out.suffix]
    return digest_of(rules.ruleset, code, stats, options, _plain(job.prices))


def _plain(prices: Prices) -> object:
    return [[(str(day), str(value)) for day, value in dated.values] for dated in (prices.k_values, prices.index)]


def _continues(work: Path, key: str) -> bool:
    try:
        return (work / "key").read_text(encoding="utf-8") == key
    except OSError:
        return False


class _Run:
    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        rules: Rules,
        job: Job,
        files: Sequence[Sequence[Path]],
        work: Path,
        told: Told,
    ) -> None:
        self._db = connection
        self._rules = rules
        self._job = job
        self._acts, self._fact_files, self._hospitals = files
        self._work = work
        self._told = told
        self._readings = rules.readings(job.readings)
        self._stage = Stage(connection, rules.vocabulary, work)
        self._ranges = "0"
        self._ignored: dict[str, Sequence[str]] = {}

    def run(self) -> Summary:
        registry, asker = self._rules.registry, self._rules.asker
        candidates = [c for c in candidates_of(registry) if self._job.scope in registry.benefits[c.benefit].scopes]
        if not candidates:
            raise UsageError(f"scope {self._job.scope!r} is not known; choose one of {', '.join(registry.scopes)}")
        if self._job.kind == BILL:
            candidates = [c for c in candidates if len(c.sides) == 1 and c.sides[0] in registry.benefits[c.benefit].sides]
        code = digest_of_files(Path(__file__).parent, "*.py")
        digest = digest_of(self._rules.ruleset, self._readings, [str(c) for c in candidates], self._job.kind, code)
        links = links_from(
            self._job.cache, digest, candidates,
            lambda: find_links(asker, registry, self._readings, candidates, claimed=self._job.kind == AUDIT),
        )  # fmt: skip
        buckets, counts = self._staged()
        facts = FactTable(self._db, registry.vocabulary, links, asker.case_facts, self._work)
        self._note(facts.load(self._fact_files, self._hospitals, len(self._acts)))
        cache = Cache(self._job.cache, digest)
        book = Book(Bench(self._rules, self._readings, links), cache, self._job.jobs, lambda more, done: self._told("views", more, done))
        answers = self._answers(links, facts, book, buckets)
        self._write_quarantine()
        apart = one(self._db, f"SELECT count(*) FROM (SELECT DISTINCT file, row FROM quarantine WHERE file >= {len(self._acts)})")
        return Summary(counts, facts.read, apart, answers, len(book.judgements), book.fresh, self._ignored, self._stage.columns)

    # -- acts ----------------------------------------------------------------------------------------

    def _staged(self) -> tuple[int, Counts]:
        """Read and check the acts: into a table, or into a file a partition where there are many."""
        self._note(self._stage.read(self._acts))
        kept = self._work / "acts"
        done = self._work / DONE
        if done.exists():
            state = json.loads(done.read_text(encoding="utf-8"))
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE quarantine AS SELECT * FROM read_parquet({quoted(str(self._work / 'quarantine.parquet'))})")
            self._open_partitions()
            self._ranges = state["ranges"]
            return state["buckets"], Counts(**state["counts"])
        self._told("rows", 1, 0)
        self._stage.check()
        rows = one(self._db, "SELECT count(*) FROM acts_raw")
        buckets = -(-rows // (self._job.partition or _rows_at_once(self._job.memory))) or 1
        bucket = self._ranges = self._bucket(buckets)
        selected = self._stage.keep(bucket)
        people = f"SELECT DISTINCT patient, {bucket} AS bucket FROM acts_raw WHERE patient IS NOT NULL"
        if buckets == 1:
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE acts_kept AS {selected}")
            if self._job.kind == BILL:
                self._db.execute(f"CREATE OR REPLACE TEMP VIEW people AS {people}")
        else:
            shutil.rmtree(kept, ignore_errors=True)
            layout = "(FORMAT parquet, PARTITION_BY (bucket), WRITE_PARTITION_COLUMNS true)"
            self._db.execute(f"COPY ({selected}) TO {quoted(str(kept))} {layout}")
            if self._job.kind == BILL:
                shutil.rmtree(self._work / "people", ignore_errors=True)
                self._db.execute(f"COPY ({people}) TO {quoted(str(self._work / 'people'))} {layout}")
            self._open_partitions()
        self._stage.check_kept("acts_kept")
        counts = self._stage.count("acts_kept")
        if buckets > 1:
            self._db.execute(f"COPY quarantine TO {quoted(str(self._work / 'quarantine.parquet'))} (FORMAT parquet)")
            _write_whole(done, json.dumps({"buckets": buckets, "ranges": bucket, "counts": asdict(counts)}))
        self._told("rows", 0, 1)
        return buckets, counts

    def _open_partitions(self) -> None:
        for name, folder in (("acts_kept", "acts"), ("people", "people")):
            if (self._work / folder).is_dir():
                where = quoted(str(self._work / folder / "**" / "*.parquet"))
                self._db.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM read_parquet({where}, hive_partitioning = false)")

    def _bucket(self, buckets: int) -> str:
        """The expression of a patient's partition: ranges in the order of patients, so that the parts are in order."""
        if buckets == 1:
            return "0"
        sample = self._db.execute(f"SELECT DISTINCT patient FROM (SELECT patient FROM acts_raw WHERE patient IS NOT NULL) USING SAMPLE reservoir({SAMPLE} ROWS) REPEATABLE (1)").fetchall()
        patients = sorted(patient for (patient,) in sample)
        bounds = sorted({patients[len(patients) * place // buckets] for place in range(1, buckets)})
        return _ranges(bounds, 0)

    # -- answers -------------------------------------------------------------------------------------

    def _answers(self, links: Links, facts: FactTable, book: Book, buckets: int) -> int:
        registry = self._rules.registry
        standings = Standings(self._rules.asker, self._readings)
        if self._job.kind == BILL:
            assert self._job.on is not None  # the command asks for it
            day = standings.fee_days([self._job.on])[self._job.on]
            fees = {
                code: self._job.prices.fee(self._job.on, standings.cents.get((day.toordinal(), code)), benefit.points)
                for code, benefit in registry.benefits.items()
            }
            answering: Billing | Auditing = Billing(self._db, registry, links, facts, standings, book, self._job.on, fees)
        else:
            names = [str(path) for path in self._acts]
            answering = Auditing(self._db, registry, links, facts, standings, book, self._job.prices, self._stage, names)
        self._told("partitions", buckets, 0)
        parts = []
        suffix, kind = self._job.out.suffix.lower(), FORMATS[self._job.out.suffix.lower()]
        for bucket in range(buckets):
            part = self._work / f"part-{bucket:05d}{suffix}"
            parts.append(part)
            if not part.exists():
                self._take(answering, bucket)
                half = part.with_name("half-" + part.name)
                statement = answering.answer()
                self._in_order(f"COPY ({statement}) TO {quoted(str(half))} {kind}")
                half.rename(part)
            self._told("partitions", 0, 1)
        return self._join(parts)

    def _in_order(self, statement: str) -> None:
        """Write rows in the order in which they are selected, hence the same bytes each time: on one core, as written."""
        self._db.execute("SET threads = 1; SET disabled_optimizers = 'join_order,build_side_probe_side'")
        try:
            self._db.execute(statement)
        finally:
            self._db.execute(f"SET threads = {self._job.jobs}; SET disabled_optimizers = ''")

    def _take(self, answering: Billing | Auditing, bucket: int) -> None:
        """Fill the tables of one partition."""
        where = f"WHERE bucket = {bucket}"
        apart = "ANTI JOIN quarantine USING (file, row)" if one(self._db, "SELECT count(*) FROM quarantine") else ""
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE set_aside AS SELECT DISTINCT patient FROM quarantine WHERE patient IS NOT NULL AND file < {len(self._acts)}"
        )
        people = f"SELECT DISTINCT patient FROM acts_kept {where}"
        if self._job.kind == BILL:  # those too of whom only facts are known
            people = f"SELECT patient FROM people {where}"
            facts = "SELECT who AS patient FROM known WHERE kind = 'patient'"
            people += f" UNION SELECT patient FROM ({facts}) WHERE {self._ranges} = {bucket}"
        answering.take(people)
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE acts AS SELECT p.n, a.* EXCLUDE (patient, bucket, id) FROM (SELECT * FROM acts_kept {apart} {where}) a JOIN patients p USING (patient)"
        )

    def _join(self, parts: Sequence[Path]) -> int:
        """Put the parts together, in order, and name the whole only when it is whole."""
        out = self._job.out
        whole = self._work / f"whole{out.suffix.lower()}"
        names = "[" + ", ".join(quoted(str(part)) for part in parts) + "]"
        if len(parts) == 1:
            shutil.copyfile(parts[0], whole)
        elif out.suffix.lower() == ".csv":
            with whole.open("wb") as file:
                for place, part in enumerate(parts):
                    with part.open("rb") as own:
                        if place:
                            own.readline()
                        shutil.copyfileobj(own, file)
        else:
            self._in_order(f"COPY (SELECT * FROM read_parquet({names})) TO {quoted(str(whole))} {FORMATS['.parquet']}")
        read = f"read_parquet({names})" if out.suffix.lower() == ".parquet" else f"read_csv({names}, header = true, all_varchar = true)"
        answers = one(self._db, f"SELECT count(*) FROM {read}")
        _sync(whole)
        os.replace(whole, out)
        return answers

    def _write_quarantine(self) -> None:
        names = [str(path) for path in (*self._acts, *self._fact_files, *self._hospitals)]
        make_table(self._db, "names", [("file", "INTEGER"), ("name", "VARCHAR")], list(enumerate(names)))
        half = self._work / "quarantine.csv"
        self._db.execute(
            f"COPY (SELECT n.name AS file, q.row AS line, q.field, q.value, q.reason FROM quarantine q JOIN names n USING (file) "
            f"ORDER BY q.file, q.row, q.field, q.reason) TO {quoted(str(half))} (FORMAT csv, HEADER true)"
        )
        _sync(half)
        os.replace(half, self._job.kept_apart)

    def _note(self, ignored: Mapping[Path, Sequence[str]]) -> None:
        self._ignored |= {str(path): names for path, names in ignored.items() if names}


def _rows_at_once(memory: str) -> int:
    number, unit = memory[:-2].strip().rstrip("KMGTi"), memory.replace("i", "").strip()[-2]
    gigabytes = int(number) * {"K": 1e-6, "M": 1e-3, "G": 1, "T": 1e3}[unit]
    return max(100_000, int(ROWS_A_PARTITION * gigabytes))


def _ranges(bounds: Sequence[str], first: int) -> str:
    """The place of a patient among bounds, halved until one is left."""
    if not bounds:
        return str(first)
    middle = len(bounds) // 2
    lower, upper = _ranges(bounds[:middle], first), _ranges(bounds[middle + 1 :], first + middle + 1)
    return f"CASE WHEN patient < {quoted(bounds[middle])} THEN {lower} ELSE {upper} END"


def _write_whole(path: Path, text: str) -> None:
    half = path.with_name("half-" + path.name)
    half.write_text(text, encoding="utf-8")
    half.rename(path)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


__all__ = ["AUDIT", "BILL", "Job", "Summary", "run_job"]

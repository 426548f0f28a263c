"""Runs a job from tables to a table: partition by partition, resumed where it was killed, whole or not at all."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pyreco.batch.auditing import Auditing
from pyreco.batch.billing import Billing
from pyreco.batch.book import Book
from pyreco.batch.cache import Cache, digest_of
from pyreco.batch.engine import make_table, one, open_engine
from pyreco.batch.facts import FactTable
from pyreco.batch.indicating import Indicating
from pyreco.batch.jobs import AUDIT, BILL, EMBEDDED, Job, Summary
from pyreco.batch.judging import Bench, Judging, judge_all
from pyreco.batch.kept_links import links_from
from pyreco.batch.knowing import Known
from pyreco.batch.links import Candidate, Links, candidates_of, find_links
from pyreco.batch.partitions import DONE, Partitions
from pyreco.batch.sources import broken_table, find_files
from pyreco.batch.spark_engine import SparkDatabase, cluster, spark_condition
from pyreco.batch.spark_judging import ClusterJudging
from pyreco.batch.staging import Stage
from pyreco.batch.standing import Standings
from pyreco.batch.supplements import Supplements
from pyreco.batch.writing import FORMATS, Writer, write_quarantine
from pyreco.errors import BadContent, Fault, UsageError, told
from pyreco.rulebase.digest import digest_of as digest_of_files
from pyreco.rules import Rules

if TYPE_CHECKING:
    import duckdb

__all__ = ["AUDIT", "BILL", "Job", "Summary", "run_job"]

KEY, LOCK = "key", "lock"

Told = Callable[[str, int, int], None]
"""Told of progress: what is done, how many more are to be done, how many more are done."""


def run_job(rules: Rules, job: Job, heard: Told = lambda what, more, done: None) -> Summary:
    """Answer, and write the answers and what is kept apart.

    Raises:
        UsageError: a file or option is wrong.
        BadContent: a table is none, or lacks a column.
    """
    files = _files(job)
    work = job.out.with_name(job.out.name + ".parts")
    key = _key(rules, job, files)
    with _folder(work, key):
        try:
            with _opened(job, work) as (connection, judge_new):
                try:
                    summary = _Run(connection, rules, job, files, work, heard, judge_new).run()
                except Exception as error:
                    raise _explained(error, job, files) from error
        except (BadContent, UsageError):
            if not (work / DONE).exists():  # nothing that the next run could go on from
                shutil.rmtree(work, ignore_errors=True)
            raise
        shutil.rmtree(work, ignore_errors=True)
    return summary


def _files(job: Job) -> list[list[Path]]:
    """The tables of acts, facts and hospitals.

    Raises:
        UsageError: there is none, or what is written could not be, or would be written over one.
    """
    if job.out.suffix.lower() not in FORMATS:
        known = ", ".join(FORMATS)
        raise UsageError(
            told("{name} is of no known kind; its name must end in {known}", name=repr(str(job.out)), known=known)
        )
    if job.kept_apart.suffix.lower() == ".parquet":
        apart = repr(str(job.kept_apart))
        raise UsageError(told("{name} is no name of a CSV file, which rows in quarantine need; change it", name=apart))
    for path in (job.out, job.kept_apart):
        if path.is_dir():
            raise UsageError(told("{name} is a folder; name a file in it", name=repr(str(path))))
    if not job.out.parent.is_dir() or not job.kept_apart.parent.is_dir():
        raise UsageError(
            told("the folder of {name} or of the quarantine does not exist; make it first", name=repr(str(job.out)))
        )
    files = [find_files(job.acts, acts=True), find_files(job.facts), find_files(job.hospitals)]
    written = (job.out.resolve(), job.kept_apart.resolve())
    if written[0] == written[1] or any(path.resolve() in written for own in files for path in own):
        raise UsageError(
            told("{name} is read and written, or written twice; write to another file", name=repr(str(job.out)))
        )
    return files


@contextmanager
def _folder(work: Path, key: str) -> Iterator[None]:
    """The folder of a run, with what a run under the same key has left there; nobody else uses it meanwhile."""
    if work.is_dir() and any(work.iterdir()) and not (work / LOCK).exists():
        raise UsageError(told("{work} is in the way and none of pyreco's folders; move it", work=repr(str(work))))
    work.mkdir(exist_ok=True)
    with (work / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                told("another run is writing to {name}; wait for it, or write elsewhere", name=repr(work.stem))
            ) from error
        kept = work / KEY
        if not kept.exists() or kept.read_text(encoding="utf-8") != key:
            for path in work.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif path.name != LOCK:
                    path.unlink()
            kept.write_text(key, encoding="utf-8")
        yield


@contextmanager
def _opened(job: Job, work: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Judging]]:
    """What does all that is relational, and what has views judged."""
    with closing(open_engine(work / "spill", job.memory, job.jobs)) as connection:
        if job.engine == EMBEDDED:
            yield connection, judge_all
            return
        with cluster(job.spark) as session:
            yield cast("duckdb.DuckDBPyConnection", SparkDatabase(session, connection, work)), ClusterJudging(session)


def _explained(error: Exception, job: Job, files: Sequence[Sequence[Path]]) -> Exception:
    """What the database says, in words that help; nothing of what the tables hold."""
    import duckdb

    if isinstance(error, duckdb.Error) and not isinstance(error, duckdb.OutOfMemoryException):
        broken = broken_table(path for own in files for path in own)
        if broken is not None:
            what = told("the file cannot be read to its end")
            return BadContent([Fault(str(broken), 1, 1, "", what, told("give a whole one"))])
    if isinstance(error, duckdb.OutOfMemoryException):
        return UsageError(told("{memory} of memory is too little; give more with --memory-limit", memory=job.memory))
    if job.engine != EMBEDDED and (condition := spark_condition(error)):
        return UsageError(told("Spark cannot end the job ({condition}); its log says where", condition=condition))
    if isinstance(error, duckdb.IOException):
        return UsageError(told("a table cannot be read or written to its end; make room, or give a whole file"))
    return error


def _key(rules: Rules, job: Job, files: Sequence[Sequence[Path]]) -> str:
    """All that the answers hang on: what was made under another key is never used."""
    stats = [[(str(path.resolve()), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in own] for own in files]
    prices = [
        [(str(day), str(value)) for day, value in dated.values] for dated in (job.prices.k_values, job.prices.index)
    ]
    options = (job.kind, str(job.on), rules.readings(job.readings), job.scope, job.memory, job.partition, job.unsettled,
               job.engine)  # fmt: skip
    return digest_of(rules.ruleset, _code(), stats, options, prices)


def _code() -> str:
    """A digest of this room."""
    return digest_of_files(Path(__file__).parent, "*.py")


class _Run:
    """One run, with the folder to itself."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        rules: Rules,
        job: Job,
        files: Sequence[Sequence[Path]],
        work: Path,
        heard: Told,
        judge_new: Judging,
    ) -> None:
        self._judge_new = judge_new
        self._db = connection
        self._rules = rules
        self._job = job
        self._acts, self._facts, self._hospitals = files
        self._work = work
        self._heard = heard
        self._readings = rules.readings(job.readings)
        self._stage = Stage(connection, rules.vocabulary, work)
        self._ignored: dict[str, Sequence[str]] = {}

    def run(self) -> Summary:
        """Read, judge and write."""
        candidates = self._candidates()
        digest = digest_of(self._rules.ruleset, self._readings, [str(c) for c in candidates], self._job.kind, _code())
        links = links_from(self._job.cache, digest, candidates, lambda: self._links(candidates))
        self._heard("rows", 1, 0)
        partitions = Partitions(self._db, self._stage, self._job, self._acts, self._work)
        self._note(partitions.load())
        facts = FactTable(self._db, self._rules.vocabulary, links, self._rules.asker.case_facts, self._work)
        self._note(facts.load(self._facts, self._hospitals, len(self._acts)))
        self._heard("rows", 0, 1)
        bench, cache = Bench(self._rules, self._readings, links), Cache(self._job.cache, digest)
        heard = partial(self._heard, "views")
        book = Book(bench, cache, self._job.jobs, heard, self._judge_new)
        writer = self._answer(links, facts, book, partitions)
        files = (*self._acts, *self._facts, *self._hospitals)
        write_quarantine(self._db, files, self._work, self._job.kept_apart, self._stage.holds_messages)
        answers = writer.join(partitions.many)  # last: where the output is, all is there
        rows = f"SELECT DISTINCT file, row FROM quarantine WHERE file >= {len(self._acts)}"
        apart = one(self._db, f"SELECT count(*) FROM ({rows})")
        views = len(book.judgements)
        columns = self._stage.columns
        return Summary(
            partitions.counts,
            facts.read,
            apart,
            answers,
            views,
            book.fresh,
            self._ignored,
            columns,
            self._stage.passed,
        )

    def _candidates(self) -> list[Candidate]:
        benefits = self._rules.registry.benefits
        found = [c for c in candidates_of(self._rules.registry) if self._job.scope in benefits[c.benefit].scopes]
        if not found:
            scopes = ", ".join(self._rules.registry.scopes)
            raise UsageError(
                told("scope {scope} is not known; choose one of {known}", scope=repr(self._job.scope), known=scopes)
            )
        if self._job.kind == AUDIT:
            return found
        return [c for c in found if len(c.sides) == 1 and c.sides[0] in benefits[c.benefit].sides]

    def _links(self, candidates: list[Candidate]) -> Links:
        rules = self._rules
        return find_links(rules.asker, rules.registry, self._readings, candidates, claimed=self._job.kind == AUDIT)

    def _answer(self, links: Links, facts: FactTable, book: Book, partitions: Partitions) -> Writer:
        """Answer one partition after the other, but for those that an earlier run has answered."""
        known = Known(self._db, facts, links, self._stage.holds_messages)
        answering = self._answering(links, facts, known, book)
        writer = Writer(self._db, self._job.out, self._work, self._job.slices_at_once)
        self._heard("partitions", partitions.many, 0)
        for number in range(partitions.many):
            if not writer.part(number).exists():
                partitions.take(number, known)
                writer.write(number, answering.answer())
            self._heard("partitions", 0, 1)
        return writer

    def _answering(self, links: Links, facts: FactTable, known: Known, book: Book) -> Billing | Auditing:
        registry, prices, on = self._rules.registry, self._job.prices, self._job.on
        standings = Standings(self._rules.asker, self._readings)
        names = [(file, str(path)) for file, path in enumerate(self._acts)]
        make_table(self._db, "files", [("file", "INTEGER"), ("name", "VARCHAR")], names)
        if self._job.kind == AUDIT:
            charged = Supplements(self._db, self._rules, self._readings, prices, standings, self._stage.used)
            auditing = Indicating if self._job.unsettled else Auditing
            given = (prices, self._stage, charged, self._job.slice)
            return auditing(self._db, registry, links, facts, known, standings, book, *given)
        assert on is not None  # the command asks for it
        like = standings.fee_days([on])[on].toordinal()
        fees = {
            code: prices.fee(on, standings.cents.get((like, code)), benefit.points)
            for code, benefit in registry.benefits.items()
        }
        return Billing(self._db, registry, links, facts, known, standings, book, on, fees, self._job.slice)

    def _note(self, ignored: Mapping[Path, Sequence[str]]) -> None:
        self._ignored |= {str(path): names for path, names in ignored.items() if names}

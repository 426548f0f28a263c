"""Judges views where a cluster has its machines: each holds the rules once, and is sent views by the chunk."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyreco.batch import judging
from pyreco.batch.judging import Asked, Bench, Judgement, judge_all
from pyreco.batch.links import Links
from pyreco.rulebase.files import RuleFiles
from pyreco.rules import Rules

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import SparkSession

Packed = tuple[RuleFiles, Mapping[str, str], Links]
"""What judging needs, as it is sent: the text of the rules, the readings, and what the numbers of views mean."""


class ClusterJudging:
    """Has views judged by the machines of a cluster, on which pyreco is installed.

    Args:
        session: of the cluster.
    """

    def __init__(self, session: SparkSession) -> None:
        self._spark = session

    def __call__(
        self, bench: Bench, asked: Sequence[Asked], jobs: int, done: Callable[[int], None], /
    ) -> Iterable[Judgement]:
        """The judgement on each view, in their order."""
        if len(asked) <= judging.FEW:  # here the rules are loaded already
            yield from judge_all(bench, asked, 1, done)
            return
        packed: Packed = (bench.rules.files, bench.readings, bench.links)
        sent = self._spark.sparkContext.broadcast(pickle.dumps(packed))
        starts = range(0, len(asked), judging.CHUNK)
        chunks = [(start, pickle.dumps(asked[start : start + judging.CHUNK])) for start in starts]
        rows = self._spark.createDataFrame(chunks, "place int, asked binary").repartition(len(chunks), "place")

        def mapped(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
            for batch in batches:
                yield judged(batch, sent.value)

        found = rows.mapInArrow(mapped, "place int, judged binary").collect()
        sent.destroy()
        for row in sorted(found):
            chunk: list[Judgement] = pickle.loads(bytes(row.judged))
            done(len(chunk))
            yield from chunk


def judged(batch: pyarrow.RecordBatch, packed: bytes) -> pyarrow.RecordBatch:
    """The judgements on chunks of views, by the place of each chunk."""
    import pyarrow

    bench = _bench(packed)
    columns: dict[str, list[Any]] = batch.to_pydict()
    found = [pickle.dumps(bench.judge(pickle.loads(chunk))) for chunk in columns["asked"]]
    return pyarrow.RecordBatch.from_pydict(
        {"place": pyarrow.array(columns["place"], pyarrow.int32()), "judged": pyarrow.array(found, pyarrow.binary())}
    )


@lru_cache(maxsize=1)
def _bench(packed: bytes) -> Bench:
    """The rules of a run, loaded once in each process that judges."""
    files, readings, links = pickle.loads(packed)
    return Bench(Rules(files), readings, links)

"""Writes figures as Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def write_figures(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str], path: Path) -> None:
    """Write rows as one file.

    Args:
        rows: with a value for each column.
        columns: what each holds: ``text``, ``count``, ``number`` (a decimal with two places), ``euros`` or ``flag``.
        path: where it goes.
    """
    import pyarrow
    from pyarrow import parquet

    kinds = {
        "text": pyarrow.string(),
        "count": pyarrow.int64(),
        "number": pyarrow.decimal128(18, 2),
        "euros": pyarrow.decimal128(18, 2),
        "flag": pyarrow.bool_(),
    }
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
    parquet.write_table(pyarrow.Table.from_pylist([dict(row) for row in rows], schema=schema), path)

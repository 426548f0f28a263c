"""Says in Spark's dialect what the room says in that of the embedded database; the differences stand here."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from sqlglot import ErrorLevel, exp, parse

from pyreco.errors import UsageError, told

READ, WRITTEN = "duckdb", "spark"
COPIED = "copied_here"
ROW_OF_FILE = "_metadata.row_index"
"""What Spark calls the place of a row in its Parquet file, from 0."""
_PATTERN = re.compile(r"[\[\]{}*?\\]")
_WIDER = {"INT128": "DECIMAL(38, 0)", "HUGEINT": "DECIMAL(38, 0)", "USMALLINT": "INT", "UINTEGER": "BIGINT"}
_INTEGERS = frozenset(("INT", "INTEGER", "BIGINT"))


@dataclass(frozen=True, slots=True)
class Made:
    """A statement that makes a table or view, adds rows to one, writes them to a file, or drops a table.

    Attributes:
        verb: ``table``, ``view``, ``insert``, ``copy``, ``drop``, or ``select`` for a mere question.
        name: of the table or view, else empty.
        query: in Spark's dialect.
        sources: the tables and views that it names.
        copied: of ``copy`` the statement that writes to the file, with ``COPIED`` in place of the query.
    """

    verb: str
    name: str
    query: str
    sources: frozenset[str]
    copied: str = ""


def translated(text: str) -> Made:
    """One statement, taken apart.

    Raises:
        UsageError: it is of a kind that Spark cannot be told.
    """
    (tree,) = parse(text, READ)
    if isinstance(tree, exp.Create) and isinstance(tree.expression, exp.Query):
        return _made(str(tree.kind).lower(), tree.this.name, tree.expression)
    if isinstance(tree, exp.Insert):
        return _made("insert", tree.this.name, _named(tree.expression))
    if isinstance(tree, exp.Copy):
        query = tree.this.unnest()
        made = _made("copy", "", query)
        tree.set("this", exp.Subquery(this=exp.Var(this=COPIED)))
        return Made(made.verb, made.name, made.query, made.sources, tree.sql(READ))
    if isinstance(tree, exp.Drop) and tree.kind == "TABLE":
        (table,) = tree.find_all(exp.Table)
        return Made("drop", table.name, "", frozenset())
    if isinstance(tree, exp.Query):
        return _made("select", "", tree)
    raise UsageError(
        told("the engine spark has no counterpart of {word}; use --engine duckdb", word=text.split(maxsplit=1)[0])
    )


def _made(verb: str, name: str, query: exp.Query) -> Made:
    sources = frozenset(table.name for table in query.find_all(exp.Table))
    return Made(verb, name, spoken(query), sources)


def escaped(path: str) -> str:
    """A path in which no sign stands for several."""
    return _PATTERN.sub(r"\\\g<0>", path)


def spoken(query: exp.Query) -> str:
    """A query in Spark's dialect."""
    query = query.copy()
    for bracket in list(query.find_all(exp.Bracket)):  # past its end an array holds NULL, and is no error
        bracket.replace(exp.Anonymous(this="GET", expressions=[bracket.this, *bracket.expressions]))
    for some in list(query.find_all(exp.AnyValue)):
        whole = some.parent if isinstance(some.parent, exp.IgnoreNulls) else some
        whole.replace(exp.Anonymous(this="ANY_VALUE", expressions=[some.this, exp.true()]))  # NULL is none of them
    for kind in query.find_all(exp.DataType):
        wider = _WIDER.get(kind.this.value if isinstance(kind.this, exp.DataType.Type) else str(kind.this))
        if wider:
            kind.replace(exp.DataType.build(wider, dialect=WRITTEN))
    for select in list(query.find_all(exp.Select)):
        _number_of_file(select)
        _spread(select)
    for select in list(query.find_all(exp.Select)):
        numbered = _numbered(select)
        if numbered is not select:
            if select is query:
                query = numbered
            else:
                select.replace(numbered)
    return query.sql(WRITTEN, unsupported_level=ErrorLevel.RAISE)


def _named(query: exp.Query) -> exp.Query:
    """A query each of whose columns has a name, which some ways of saying things need."""
    for place, column in enumerate(query.selects):
        if not column.alias_or_name or isinstance(column, exp.Literal):
            column.replace(exp.alias_(column.copy(), f"c{place}"))
    return query


def _number_of_file(select: exp.Select) -> None:
    """A Parquet file by its whole path, with signs that would stand for several escaped; and where its rows are."""
    for table in select.find_all(exp.ReadParquet):
        path = os.path.abspath(table.expressions[0].name)
        table.expressions[0].replace(exp.Literal.string("file://" + escaped(path)))
        if len(table.expressions) > 1:
            table.set("expressions", table.expressions[:1])
            for column in list(select.find_all(exp.Column)):
                if column.name == "file_row_number":
                    column.replace(exp.maybe_parse(ROW_OF_FILE, dialect=WRITTEN))


def _spread(select: exp.Select) -> None:
    """A row for each number of a range, which Spark does beside the columns and not among them."""
    for column in select.selects:
        spread = column.find(exp.Unnest, exp.Explode)
        range_ = None if spread is None else spread.find(exp.GenerateSeries)
        if spread is not None and range_ is not None:
            spread.replace(exp.column("id", "spread"))
            select.join(
                f"RANGE({range_.args['end'].sql(WRITTEN)}) AS spread", join_type="CROSS", dialect=WRITTEN, copy=False
            )


def _numbered(select: exp.Select) -> exp.Select:
    """Rows numbered over all of them: in their order, but with gaps, so that no single core has to see them all."""
    for column in select.selects:
        window = column.find(exp.Window)
        if window is None or not isinstance(window.this, exp.RowNumber) or window.args.get("partition_by"):
            continue
        return _lifted(select, column, window)
    return select


def _lifted(select: exp.Select, column: exp.Expr, window: exp.Window) -> exp.Select:
    """The select below one that numbers its rows as they come."""
    order = window.args.get("order")
    outer = column.copy()
    own: exp.Expr | None = outer.find(exp.Window)
    assert own is not None  # it is in the column that was copied
    while isinstance(own.parent, exp.Paren | exp.Cast):  # a number with gaps may be large
        own = own.parent
    own.replace(exp.maybe_parse("(MONOTONICALLY_INCREASING_ID() + 1)", dialect=WRITTEN))
    inner = select.copy()
    inner.set("expressions", [one.copy() for one in select.selects if one is not column])
    inner.set("order", order.copy() if isinstance(order, exp.Order) else None)
    return exp.select(outer, "*").from_(inner.subquery("unnumbered"))

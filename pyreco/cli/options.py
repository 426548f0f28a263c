"""The options that commands share, and what their words mean."""

from __future__ import annotations

import datetime
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Protocol, TypeVar

import typer

from pyreco.cli.rule_option import LANG, LANG_CHOICE
from pyreco.cli.spoken import choose_language, spoken
from pyreco.errors import BadContent, Fault, Told, UsageError, said_in, told
from pyreco.receipts.given import day_of, factor_of, readings_of, variants_of

__all__ = ["day_of", "readings_of", "variants_of"]

if TYPE_CHECKING:  # the rest is imported when a command needs it: help and errors stay quick
    from pyreco.answers.tariffs import DatedValues, Prices
    from pyreco.documents.history import History
    from pyreco.documents.reading import Document
    from pyreco.receipts.options import Options
    from pyreco.rules import Rules
    from pyreco.vocabulary import Vocabulary

Read = TypeVar("Read")


class Reader(Protocol[Read]):
    """Reads the documents of a file, such as ``read_histories``."""

    def __call__(
        self,
        documents: Sequence[Document],
        faults: Sequence[Fault],
        file: str,
        vocabulary: Vocabulary,
        *,
        keep_going: bool = False,
    ) -> tuple[list[tuple[int, Read]], tuple[Fault, ...]]:
        """What was read, with its place in the file; and every fault."""


GATE = 1
"""The exit code of a gate that found something."""


class TextFormat(StrEnum):
    """How a page is printed."""

    text = "text"
    json = "json"


Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help="Histories: YAML, JSON (Lines) or FHIR; - for standard input."),
]
OnDay = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day asked about, YYYY-MM-DD; left out, today.")
]
Readings = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="QUESTION=ANSWER", help="Another answer to an open question; may be repeated."),
]
Language = Annotated[
    str,
    typer.Option(
        LANG, metavar=LANG_CHOICE, help="The language of the texts, and of messages.",
        callback=choose_language, is_eager=True,
    ),
]  # fmt: skip
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Answer the good documents of a file beside the bad; still exit 3.")
]
KValue = Annotated[
    str | None,
    typer.Option(
        "--k-value", metavar="EUROS|FILE", help="The value of K in article 14 c): a number, or a file of dated ones."
    ),
]
Index = Annotated[
    str | None,
    typer.Option(
        "--index", metavar="FACTOR|FILE", help="By what the amounts of 2016 are multiplied: likewise; left out, 1."
    ),
]


Receipt = Annotated[
    bool, typer.Option("--receipt", help="With --format json: add what `pyreco replay` needs to answer again.")
]

Jobs = Annotated[
    int | None, typer.Option("--jobs", min=1, max=64, help="In so many processes; left out, as there are processors.")
]


def _finite(seconds: float | None) -> float | None:
    if seconds is not None and not math.isfinite(seconds):
        raise UsageError(told("--seconds {seconds} is no time; give a number such as 30", seconds=seconds))
    return seconds


Seconds = Annotated[
    float | None,
    typer.Option("--seconds", min=0.1, callback=_finite, help="When one search is given up; left out, 30."),
]
SEARCH_MEMORY = "2GB"
SearchMemory = Annotated[
    str,
    typer.Option(
        "--memory-limit", metavar="SIZE", help="What a process that searches may take; what needs more is not decided."
    ),
]


def memory_of(size: str) -> int:
    """What a process may take, in MiB."""
    from pyreco.limits import mebibytes

    return mebibytes("--memory-limit", size)


def prices_of(k_value: str | None, index: str | None) -> Prices:
    """What the user adds to the amounts of the law."""
    from pyreco.answers.tariffs import Prices

    return Prices(_dated("--k-value", k_value), _dated("--index", index))


def _dated(option: str, given: str | None) -> DatedValues:
    from pyreco.answers.tariffs import DatedValues
    from pyreco.documents.dated import read_dated_values

    if given is None:
        return DatedValues()
    factor = factor_of(given, option)
    if factor is not None:
        return DatedValues.always(factor)
    return DatedValues.of(read_dated_values(given))


def loaded_rules() -> Rules:
    """The rules that ``--rules`` names, or those that come with pyreco."""
    from pyreco.cli.rule_option import chosen_rules

    name = chosen_rules()
    return packaged() if name is None else rules_named(name)


def rules_named(name: str) -> Rules:
    """The rules of a name as ``--rules`` takes it."""
    from pyreco.rules import Rules
    from pyreco.rules.versions import PACKAGED

    return packaged() if name in PACKAGED else Rules.named(name)


def packaged() -> Rules:
    """The rules that come with pyreco."""
    from pyreco.rules import Rules

    return Rules()


def histories_of(rules: Rules, names: Iterable[str], keep_going: bool) -> tuple[list[History], list[Fault]]:
    """The histories of some files, and every fault of all of them at once.

    Raises:
        BadContent: there are faults, unless ``keep_going``.
    """
    from pyreco.documents.history import read_histories

    return documents_of(read_histories, rules, names, keep_going)


def histories_with_nodes(
    rules: Rules, names: Iterable[str], keep_going: bool
) -> tuple[list[tuple[Document, History]], list[Fault]]:
    """The same, each history beside the tree that it was read from."""
    from pyreco.documents.history import read_histories

    return with_nodes(read_histories, rules, names, keep_going)


def documents_of(
    reader: Reader[Read], rules: Rules, names: Iterable[str], keep_going: bool
) -> tuple[list[Read], list[Fault]]:
    """What a reader of documents makes of some files, and every fault of all of them at once.

    Raises:
        BadContent: there are faults, unless ``keep_going``.
    """
    found, faults = with_nodes(reader, rules, names, keep_going)
    return [document for _, document in found], faults


def with_nodes(
    reader: Reader[Read], rules: Rules, names: Iterable[str], keep_going: bool
) -> tuple[list[tuple[Document, Read]], list[Fault]]:
    """The same, each beside the tree that it was read from.

    Raises:
        BadContent: there are faults, unless ``keep_going``.
    """
    from pyreco.documents.reading import read_file

    found: list[tuple[Document, Read]] = []
    faults: list[Fault] = []
    for name in names:
        documents, own = read_file(name)
        whole, kept = reader(documents, own, name, rules.vocabulary, keep_going=True)
        faults.extend(kept)
        nodes = {node.index: node for node in documents}
        found += [(nodes[index], document) for index, document in whole]
    if faults and not keep_going:
        raise BadContent(faults)
    return found, faults


def check_receipt(receipt: bool, format: StrEnum) -> None:
    """Tell that only JSON has a place for a receipt."""
    if receipt and format.value != "json":
        raise UsageError(told("--receipt without --format json; only that has a place for a receipt"))


def question(
    command: str, on: datetime.date | None, readings: Mapping[str, str], language: str, **more: Any
) -> Options:
    """A question with its options; the day is today where it is left out."""
    from pyreco.receipts.options import Options

    return Options(command, on or datetime.date.today(), readings, language, **more)


def write_json(rules: Rules, options: Options, found: Sequence[tuple[Document, Read]], receipt: bool) -> bool:
    """Print each answer as a line of JSON, with its receipt if asked for; whether a gate finds nothing in them."""
    from pyreco.receipts.answering import answers
    from pyreco.receipts.receipt import with_receipt

    clean = True
    said = answers(rules, options, found)
    for (node, _), one in zip(found, said, strict=True):
        line = with_receipt(rules, options, node, one.line) if receipt else one.line
        sys.stdout.write(line + "\n")
        clean = clean and one.clean
    return clean


class Judged(Protocol):
    """An answer that a gate looks at."""

    @property
    def clean(self) -> bool:
        """Whether the gate finds nothing."""


Answer = TypeVar("Answer", bound=Judged)


def watched(answers: Iterator[Answer], clean: list[bool]) -> Iterator[Answer]:
    """The answers as they pass; whether each is clean is written down."""
    for answer in answers:
        clean.append(answer.clean)
        yield answer


def write_lines(lines: Iterable[str]) -> None:
    """Print lines."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def write_told(messages: Iterable[Told]) -> None:
    """Print messages on standard error, in the language of the command."""
    sys.stderr.writelines(f"{said_in(message, spoken())}\n" for message in messages)


def write_answers(answers: Iterable[Iterable[str]]) -> None:
    """Print the lines of each answer, with an empty line between two answers."""
    for place, lines in enumerate(answers):
        write_lines([""] if place else [])
        write_lines(lines)

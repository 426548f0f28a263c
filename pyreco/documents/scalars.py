"""One scalar of a document to one value, or what is wrong with it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Container, Iterable
from decimal import Decimal

from pyreco.documents import codes
from pyreco.documents.nodes import Node, shown
from pyreco.documents.shape import Form, Key
from pyreco.errors import Told, told

FIRST_YEAR, LAST_YEAR = 1900, 9998  # what is reckoned from a day in the last year can still be written
MAX_QUANTITY = 9_999
MAX_AREA = 1_000_000
MAX_COUNT = 99_999

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_QUANTITY = re.compile(r"[1-9][0-9]{0,3}").fullmatch
_COUNT = re.compile(r"0|[1-9][0-9]{0,4}").fullmatch
# Up to 9,999,999.99: in cents such an amount still fits the 32 bits of the solver.
_AMOUNT = re.compile(r"0*[0-9]{1,7}(?:\.[0-9]{1,2})?").fullmatch
_FACTOR = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,9})?").fullmatch
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?").fullmatch


class Wrong(Exception):
    """What is wrong with a value, and what to do about it; ``node`` is the item of a list at fault."""

    def __init__(self, what: Told, todo: Told, node: Node | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo
        self.node = node


def quoted(node: Node) -> str:
    """A value for a message, cut and with control characters escaped."""
    if isinstance(node.value, dict):
        return told("a mapping")
    if isinstance(node.value, list):
        return told("a list")
    if node.value is None:
        return "null"
    return shown(node.text) if isinstance(node.value, str) else shown(node.text)[1:-1]


def left_out(node: Node | None) -> bool:
    """Whether a value is left out, or as good as that: ``null`` or ``unknown``."""
    return node is None or node.value is None or node.value == "unknown"


def suggestion(word: str, words: Iterable[str]) -> str:
    """``did you mean 'left'? `` for the most similar of the words, or nothing."""
    import difflib  # only where something is wrong

    close = difflib.get_close_matches(word[:64], list(words), 1)
    return told("did you mean {word}? ", word=repr(close[0])) if close else ""


def scalar_reader(key: Key, table: Container[int]) -> Callable[[Node], object]:
    """The function that reads values of ``key``; it raises ``Wrong``.

    Args:
        key: of any form but ``SECTION`` and ``SECTIONS``.
        table: the codes that exist in the rules, for suggestions.
    """
    if key.form is Form.WORD:
        return _word_reader(key.values)
    if key.form is Form.WORDS:
        return _words_reader(key.values)
    if key.form is Form.CODE:
        return lambda node: read_code(node, table)
    return _READERS[key.form]


def read_patient(node: Node) -> str:
    """The name of a patient. No message may show it, nor any other name."""
    return _name(node, told("the patient"))


def read_name(node: Node) -> str:
    """The name of a hospital or a surgeon."""
    return _name(node, told("the name"))


def _name(node: Node, what: str) -> str:
    if isinstance(node.value, bool) or not isinstance(node.value, str | int | float):
        raise Wrong(told("{what} is no string and no number", what=what), told("give a string in quotes"))
    return node.text


def name_of(node: Node | None, known: str | None) -> str | None:
    """A name as written: ``unknown`` is as good a name as any, since it is never interpreted."""
    return node.text if node is not None and isinstance(node.value, str) else known


def read_id(node: Node) -> str:
    """An id; an integer is read as its digits."""
    value = node.value
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        if _ID(node.text):
            return node.text
        raise Wrong(told("{value} is no id", value=quoted(node)), told("give {form}", form=Form.ID.value))
    if isinstance(value, bool | float):
        raise Wrong(
            told("{value} is read as a number or truth value, not as an id", value=quoted(node)),
            told("put it in quotes"),
        )
    raise Wrong(told("{value} is no id", value=quoted(node)), told("give {form}", form=Form.ID.value))


def given_id(node: Node) -> str | None:
    """The id of an item, if it has a valid one; whether it is wrong is reported with the other keys."""
    child = node.value.get("id") if isinstance(node.value, dict) else None
    if child is None or left_out(child):
        return None
    try:
        return read_id(child)
    except Wrong:
        return None


def read_code(node: Node, table: Container[int]) -> int:
    """A six-digit code with its check digit, whether or not ``table`` has it."""
    value = node.value
    number = isinstance(value, int) and not isinstance(value, bool)
    if not (number or isinstance(value, str)) or not codes.is_six_digits(node.text):
        raise Wrong(told("{value} is no code", value=quoted(node)), told("give six digits, such as 252652"))
    code = int(node.text)
    if codes.has_check_digit(code):
        return code
    same, near = codes.nearest(code, table)
    right, wrong = codes.check_digit(code // 10), code % 10
    what = told(
        "{code} fails its check digit: the first five digits modulo 7 are {right}, not {wrong}",
        code=node.text, right=right, wrong=wrong,
    )  # fmt: skip
    hints = [told("the same first five digits: {code}", code=codes.written(same))] if same is not None else []
    if near:
        hints.append(told("one digit or a swap away: {codes}", codes=", ".join(map(codes.written, near))))
    if len(hints) == 2:
        raise Wrong(what, told("correct the code ({one}; {other})", one=hints[0], other=hints[1]))
    raise Wrong(what, told("correct the code ({one})", one=hints[0]) if hints else told("correct the code"))


def read_date(node: Node) -> datetime.date:
    """A date written YYYY-MM-DD that exists."""
    if not isinstance(node.value, str) or not _DATE(node.text):
        raise Wrong(told("{value} is no date", value=quoted(node)), told("write it YYYY-MM-DD, such as 2017-03-02"))
    try:
        date = datetime.date.fromisoformat(node.text)
    except ValueError:
        raise Wrong(
            told("the date {value} does not exist", value=quoted(node)), told("correct the day, month or year")
        ) from None
    if date.year < FIRST_YEAR:
        raise Wrong(
            told("the date {value} is before {year}", value=quoted(node), year=FIRST_YEAR), told("correct the year")
        )
    return date


def read_truth(node: Node) -> bool:
    """True or false, and nothing that merely sounds so."""
    if isinstance(node.value, bool):
        return node.value
    raise Wrong(
        told("{value} is not true or false", value=quoted(node)),
        told("give true or false without quotes, or leave it out"),
    )


def read_day(node: Node) -> datetime.date | bool:
    """A date, or false for what never was."""
    if node.value is False:
        return False
    if isinstance(node.value, bool):
        raise Wrong(told("true is no date"), told("give the date, false where it never was, or leave it out"))
    day = read_date(node)
    if day.year > LAST_YEAR:
        raise Wrong(
            told("the date {value} is after {year}", value=quoted(node), year=LAST_YEAR), told("correct the year")
        )
    return day


def read_count(node: Node) -> int | bool:
    """How many, or false where that is not stated."""
    if node.value is False:
        return False
    if isinstance(node.value, int) and not isinstance(node.value, bool) and _COUNT(node.text):
        return node.value
    todo = told("give a whole number from 0 to {most}, or false where none is stated", most=MAX_COUNT)
    raise Wrong(told("{value} is no number of operations", value=quoted(node)), todo)


def read_quantity(node: Node) -> int:
    """How often an act was done."""
    if isinstance(node.value, int) and not isinstance(node.value, bool) and _QUANTITY(node.text):
        return node.value
    raise Wrong(
        told("{value} is no quantity", value=quoted(node)),
        told("give a whole number from 1 to {most}", most=MAX_QUANTITY),
    )


def read_amount(node: Node) -> Decimal:
    """Euros, exactly as written."""
    if not _is_number(node) and not isinstance(node.value, str):
        raise Wrong(told("{value} is no amount", value=quoted(node)), told('give euros such as "3088.44"'))
    if _AMOUNT(node.text):
        return Decimal(node.text)
    if node.text.startswith("-") and _AMOUNT(node.text[1:]):
        raise Wrong(told("the amount {value} is negative", value=quoted(node)), told("give 0 or more"))
    what = told("{value} is no amount with at most two decimals", value=quoted(node))
    raise Wrong(what, told('give euros below 10 million such as "3088.44"'))


def read_factor(node: Node) -> Decimal:
    """A number above zero, exactly as written."""
    if (_is_number(node) or isinstance(node.value, str)) and _FACTOR(node.text) and Decimal(node.text) > 0:
        return Decimal(node.text)
    raise Wrong(told("{value} is no number above 0", value=quoted(node)), told("give {form}", form=Form.FACTOR.value))


def read_area(node: Node) -> Decimal:
    """Square centimetres, exactly as written."""
    if not _is_number(node) or not _NUMBER(node.text):
        raise Wrong(
            told("{value} is no area", value=quoted(node)), told("give square centimetres as a number, such as 60")
        )
    area = Decimal(node.text)
    if area < 0:
        raise Wrong(told("the area {value} is negative", value=quoted(node)), told("give 0 or more square centimetres"))
    if area > MAX_AREA:
        raise Wrong(
            told("the area {value} is no area of a patient", value=quoted(node)), told("give square centimetres")
        )
    return abs(area)


def _is_number(node: Node) -> bool:
    return isinstance(node.value, int | float) and not isinstance(node.value, bool)


def _word_reader(values: tuple[str, ...]) -> Callable[[Node], object]:
    # The words of the vocabulary are given back, not those of the document.
    known: dict[object, str] = {value: value for value in values}

    def read_word(node: Node) -> str:
        word = known.get(node.value) if isinstance(node.value, str) else None
        if word is None:
            raise _unknown_word(node, values)
        return word

    return read_word


def _words_reader(values: tuple[str, ...]) -> Callable[[Node], object]:
    read_word = _word_reader(values)

    def read_words(node: Node) -> tuple[object, ...]:
        if not isinstance(node.value, list):
            return (read_word(node),)
        if not node.value:
            raise Wrong(told("an empty list"), told("leave it out, or give some of {words}", words=", ".join(values)))
        return tuple(dict.fromkeys(read_word(item) for item in node.value))

    return read_words


def _unknown_word(node: Node, values: tuple[str, ...]) -> Wrong:
    guess = suggestion(node.text, values) if isinstance(node.value, str) else ""
    return Wrong(
        told("{value} is not known here", value=quoted(node)),
        told("{guess}give one of {words}", guess=guess, words=", ".join(values)),
        node,
    )


_READERS: dict[Form, Callable[[Node], object]] = {
    Form.PATIENT: read_patient,
    Form.NAME: read_name,
    Form.DAY: read_day,
    Form.COUNT: read_count,
    Form.ID: read_id,
    Form.DATE: read_date,
    Form.TRUTH: read_truth,
    Form.QUANTITY: read_quantity,
    Form.AMOUNT: read_amount,
    Form.AREA: read_area,
    Form.FACTOR: read_factor,
}

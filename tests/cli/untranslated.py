"""A made-up language, in which each text of the catalogues is written in other letters; and what English is left."""

from __future__ import annotations

import gettext
import itertools
import re

from pyreco import Rules
from pyreco.errors import Told
from pyreco.web.examples import examples
from tests.cli.pages import Page

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
PROSE = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")
PLACE = re.compile(r"(\{\w+\})")
WIDE = {code: code - ord("!") + ord("！") for code in range(ord("A"), ord("z") + 1) if chr(code).isalpha()}
WORD = re.compile(r"[A-Za-z]{2,}")
NAME = re.compile(r'\b((?:patient|id|session|name|hospital)"?: *)(?!\{)("[^"]*"|[^\s,}][^,}\n]*)')

# What is said as it is in every language.
DATA = (
    re.compile(r"^ *patient: witness\n(?:.+\n)*", re.M),  # a history that shows something
    re.compile(r"\S+@[\w@+#-]+|https?:\S+|\burn:[\w:-]+"),
    re.compile(r"\b\w[\w-]*(?:/[\w.-]+)+(?::[0-9]+)*|\b\w+\.(?:yaml|lp)\b"),  # a file
    re.compile(r"\b[a-z_]+(?:\.[\w#-]+)+|^[?•✗ ]*(?:claim|hospital): ", re.M),  # a path of a document
    re.compile(r"\b(?:conv|nps)\\?_[\w\\]+|\b\w+ = \w+\b"),  # a clause; a question and its answer
    re.compile(r'\b[a-z_\\]+\((?:"[^"]*"|[^()"]|\([^()]*\))*\)\.?'),  # a fact of law
    re.compile(
        r"^ *(?:classDef .*|gantt|flowchart LR|dateFormat .*|axisFormat .*|todayMarker off|title |section )", re.M
    ),
    re.compile(r":(?:done|crit|active|milestone)\b.*, 1d$|:::\w+|\bv[0-9]\w*|<br/>", re.M),  # of Mermaid
)
WORDS = {
    "pyreco",
    "packaged",
    "mermaid",
    "er",
    "English",
    "Fran",
    "ais",
    "Nederlands",
    "Deutsch",
    "EUR",
}  # 1er is French, rightly


class Wide(gettext.NullTranslations):
    """The made-up language."""

    def gettext(self, message: str) -> str:
        return "".join(part if PLACE.fullmatch(part) else part.translate(WIDE) for part in PLACE.split(message))


def numbered(text: str) -> str:
    """A document in which patients, acts, sessions, surgeons and hospitals have numbers for names."""
    numbers: dict[str, str] = {}
    return NAME.sub(lambda found: f'{found[1]}"{numbers.setdefault(found[2], f"n{len(numbers) + 1}")}"', text)


def data_of(rules: Rules) -> list[str]:
    """What the rules call things, as far as it is no English word; and texts that are data. The longest first."""
    known = {question.id for question in rules.registry.questions.values()}
    known |= {answer for question in rules.registry.questions.values() for answer, _ in question.answers}
    known |= {fact.partition("(")[0] for clause in rules.registry.clauses.values() for fact, _ in clause.facts}
    known = {name for name in known if "_" in name}
    known |= {own for example in examples()[1] for own in (example["title"], example["said"])}
    known |= set(rules.vocabulary.fields["operation"]["flap"].values) - {"other"}
    return sorted(known, key=len, reverse=True)


def left_over(text: str, data: list[str]) -> list[str]:
    """The English of a text that is no data."""
    data = sorted(data, key=len, reverse=True)
    sentences = [name for name in data if " " in name]
    for name in sentences:
        text = text.replace(name, " ")
    for pattern in DATA:
        text = pattern.sub(" ", text)
    for name in data:
        text = text.replace(name, " ")
    return [found for found in WORD.findall(text) if found not in WORDS]


def shown(said: str) -> str:
    """What a person sees or hears: of a page its texts and labels, but what it quotes or calls English."""
    if not said.lstrip().startswith("<"):
        return re.sub(r"#([0-9]+);", lambda found: chr(int(found[1])), said)  # as Mermaid writes them
    quoted = r'<(pre|code|textarea|style|script|\w+(?=[^>]* lang="en"))\b.*?</\1>'
    page = Page(re.sub(quoted, "", said, flags=re.DOTALL))
    heard = [page.attributes(name) for name in ("aria-label", "title", "alt", "placeholder", "summary")]
    return "\n".join([*page.said, *itertools.chain.from_iterable(heard)])


def prose_in(message: object) -> list[str]:
    """The values of a message, and of messages in it, that are words in a row and neither quoted nor translated."""
    if not isinstance(message, Told):
        plain = QUOTED.sub(" ", str(message))
        return [str(message)] if PROSE.search(plain) else []
    if message.form == "{text}":
        return []  # said by others
    return [found for name, value in message.values.items() if name != "why" for found in prose_in(value)]

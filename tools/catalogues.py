"""Keeps the translators' catalogues in step with the texts of the rules and of the program.

python tools/catalogues.py            collects the texts anew, merges them into every catalogue and compiles them
python tools/catalogues.py --check    says what is missing, obsolete or not in step, and exits with 1 if anything is
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from build_hook import compile_catalogues

from pyreco.answers.languages import CASES, TEXTS
from pyreco.case_files import packaged_cases
from pyreco.case_reading import read_cases
from pyreco.questions.proving import meaning_of
from pyreco.rulebase.statements import PROPERTIES
from pyreco.web.examples import examples

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "pyreco" / "locale"
LANGUAGES = ("fr", "nl", "de")

# The predicates of the rule base whose strings are texts for people.
PREDICATES = ("source", "clause", "not_decidable", "question", "alternative", "label", "word_label", "property")
FACT = re.compile(rf'^(?:{"|".join(PREDICATES)})\((?:[^"]|"[^"]*")*?\)\.', re.MULTILINE)


def collect() -> Catalog:
    """Every text that can be printed, with the places where it stands."""
    catalogue = Catalog(project="pyreco", charset="utf-8", fuzzy=False)
    for file, line, message, comments, _ in extract_from_dir(
        ROOT / "pyreco",
        [("**.py", "python"), ("web/templates/**.html", "jinja2.ext:babel_extract")],
        keywords={"N_": None, "_": None, "told": None},
        strip_comment_tags=True,
    ):
        catalogue.add(message, locations=[(f"pyreco/{file}", line)], auto_comments=comments)
    for one in examples()[1]:
        for text in (one["title"], one["said"]):
            catalogue.add(text, locations=[(f"examples/{one['name']}", 1)])
    for path in sorted((ROOT / "logic").rglob("*.lp")):
        program = path.read_text(encoding="utf-8")
        found = law_texts(program)
        if path.parent.name == PROPERTIES:
            found.append((1, meaning_of(program)))
        for line, text in found:
            catalogue.add(text, locations=[(path.relative_to(ROOT).as_posix(), line)])
    return catalogue


def collect_titles() -> Catalog:
    """The title of every case that comes with the rules; codes in it are places to fill in."""
    catalogue = Catalog(project="pyreco", charset="utf-8", fuzzy=False)
    for case in read_cases(packaged_cases()):
        catalogue.add(case.said.form, locations=[(f"tests/cases/{case.file}", case.node.line)])
    return catalogue


def path_of(language: str, about: str) -> Path:
    """The file of a catalogue."""
    return LOCALE / language / "LC_MESSAGES" / f"{about}.po"


def law_texts(program: str) -> list[tuple[int, str]]:
    """Line and wording of each text in a file of the rule base: the sentence of a clause, and where it stands."""
    return [
        (program.count("\n", 0, fact.start()) + 1, text)
        for fact in FACT.finditer(program)
        for text in re.findall(r'"([^"]*)"', fact[0])
    ]


def update(language: str, about: str, template: Catalog) -> bytes:
    """The catalogue of a language with every text of the template, its translations kept."""
    path = path_of(language, about)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        catalogue = Catalog(locale=language, project="pyreco", charset="utf-8")
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    out = BytesIO()
    write_po(out, catalogue, width=110, sort_by_file=True, omit_header=False, include_lineno=False)
    return out.getvalue()


def faults(language: str, about: str, template: Catalog) -> list[str]:
    """What is wrong with the catalogue of a language."""
    path = path_of(language, about)
    name = path.relative_to(ROOT).as_posix()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    wanted = {message.id for message in template if message.id}
    known = {message.id for message in catalogue if message.id}
    found = [f"{name}: obsolete: {text}" for text in sorted(known - wanted)]
    found += [f"{name}: missing: {text}" for text in sorted(wanted - known)]
    for message in catalogue:
        if message.id and not message.string:
            found.append(f"{name}: not translated: {message.id}")
        elif message.id and places(str(message.id)) != places(str(message.string)):
            found.append(f"{name}: other places to fill in: {message.id}")
    return found


def places(text: str) -> list[str]:
    """The places of a text that are filled in, sorted."""
    return sorted(re.findall(r"\{\w+\}", text))


def main() -> None:
    """Update the catalogues, or check them."""
    templates = {TEXTS: collect(), CASES: collect_titles()}
    if "--check" in sys.argv:
        wrong = [fault for about, own in templates.items() for one in LANGUAGES for fault in faults(one, about, own)]
        texts = sum(map(len, templates.values()))
        print("\n".join(wrong) or f"{len(LANGUAGES)} catalogues of {texts} texts are complete")
        sys.exit(bool(wrong))
    for about, template in templates.items():
        for language in LANGUAGES:
            path = path_of(language, about)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(update(language, about, template))
    compile_catalogues(LOCALE)


if __name__ == "__main__":
    main()

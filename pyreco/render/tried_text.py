"""How cases that were run are told: to a person, as JSON Lines, as JUnit XML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from pyreco.answers.speech import Speech
from pyreco.answers.trying import SUMMARY, TRIED
from pyreco.documents.editing import written
from pyreco.lab.running import Ran
from pyreco.render.table import BOLD, GREEN, RED, printable, styled


def tried_lines(ran: Sequence[Ran], recorded: Sequence[Ran], speech: Speech) -> Iterator[str]:
    """What each case that differs expects and what the rules answer, then how many passed.

    Args:
        ran: the cases, in their order.
        recorded: those whose answer was written down, as they were run before that.
        speech: the words.
    """
    say = speech.say
    shown = [(say(TRIED["written"]), "", one) for one in recorded]
    shown += [(say(TRIED["failed"]), RED, one) for one in ran if not one.passed]
    for word, style, one in shown:
        yield f"{styled(word, style)} {place(one)}: {printable(one.case.title)}"
        yield from difference(one, speech)
        yield ""
    failed = sum(not one.passed for one in ran)
    said = say(SUMMARY).format(count=len(ran), passed=len(ran) - failed)
    if recorded:
        said += " " + say(TRIED["recorded"]).format(count=len(recorded))
    yield styled(said, RED if failed else GREEN)


def difference(one: Ran, speech: Speech) -> Iterator[str]:
    """For each thing that differs what is expected and what the rules answer."""
    say = speech.say
    for key in one.differences:
        expected, actual = one.expected[key], one.actual[key]
        if isinstance(expected, Mapping) and isinstance(actual, Mapping):
            changed = [part for part in {**expected, **actual} if expected.get(part) != actual.get(part)]
            pairs = [
                (f"{key}.{part}", _shown(expected, part, speech), _shown(actual, part, speech)) for part in changed
            ]
        else:
            pairs = [(key, printable(written(expected)), printable(written(actual)))]
        for name, stated, found in pairs:
            yield f"  {styled(printable(name), BOLD)}"
            yield f"    - {say(TRIED['expected']).format(value=stated)}"
            yield f"    + {say(TRIED['actual']).format(value=found)}"


def _shown(values: Mapping[str, Any], part: str, speech: Speech) -> str:
    return printable(written(values[part])) if part in values else speech.say(TRIED["nothing"])


def place(one: Ran) -> str:
    """Where the case stands."""
    return f"{printable(one.case.path)}:{one.case.node.line}"


def tried_line(one: Ran) -> str:
    """A case that was run as one line of JSON."""
    return json.dumps(
        {
            "file": one.case.path,
            "line": one.case.node.line,
            "case": one.case.title,
            "tests": list(one.case.tests),
            "passed": one.passed,
            "differences": one.differences,
            "expected": one.expected,
            "actual": one.actual,
        }
    )


def tried_junit(ran: Sequence[Ran], speech: Speech) -> str:
    """A test suite for each file with a test for each case."""
    root = ElementTree.Element("testsuites", name="pyreco test")
    suites: dict[str, ElementTree.Element] = {}
    for one in ran:
        name = printable(one.case.path)
        if name not in suites:
            suites[name] = ElementTree.SubElement(root, "testsuite", name=name)
        test = ElementTree.SubElement(suites[name], "testcase", classname=name, name=printable(one.case.title))
        test.set("file", name)
        test.set("line", str(one.case.node.line))
        if not one.passed:
            failure = ElementTree.SubElement(test, "failure", message=", ".join(one.differences))
            failure.text = "\n".join(difference(one, speech))
    for suite in suites.values():
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"

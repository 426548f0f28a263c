"""Checks a text of Mermaid against the part of its grammar that drawings use, line by line."""

from __future__ import annotations

import re

_LABEL = r"(?:[^\"#;:%{}\[\]<>`|&\\\n]|#\d+;)+"
_TEXT = rf"{_LABEL}(?:<br/>{_LABEL})*"
_SHAPES = [(r"\(\[", r"\]\)"), (r"\{\{", r"\}\}"), (r"\[/", r"/\]"), (r"\[", r"\]"), (r"\(", r"\)")]
_NODE = "|".join(rf"{opens}\"{_TEXT}\"{closes}" for opens, closes in _SHAPES)
FLOWCHART = [
    re.compile(rf"  (?P<node>\w+)(?:{_NODE}):::(?P<kind>\w+)"),
    re.compile(r"  (?P<from>\w+) (?:-->|-\.->) (?P<to>\w+)"),
    re.compile(r"  classDef (?P<kind>\w+) fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}"),
]
GANTT = [
    re.compile(rf"  title {_LABEL}"),
    re.compile(r"  dateFormat YYYY-MM-DD"),
    re.compile(r"  axisFormat %Y-%m-%d"),
    re.compile(r"  todayMarker off"),
    re.compile(rf"  section {_LABEL}"),
    re.compile(rf"  {_LABEL} :(?:(?:done|active|crit|milestone), ){{0,2}}\d{{4}}-\d{{2}}-\d{{2}}, 1d"),
]


def check(text: str) -> None:
    """Fails where a line is not of the grammar, an arrow leads nowhere, or a class is not defined."""
    first, *lines = text.removesuffix("\n").split("\n")
    grammar = {"flowchart LR": FLOWCHART, "gantt": GANTT}[first]
    nodes, ends, kinds, defined = set[str](), set[str](), set[str](), set[str]()
    for line in lines:
        match = next((found for rule in grammar if (found := rule.fullmatch(line))), None)
        assert match is not None, line
        parts = match.groupdict()
        if "node" in parts:
            assert parts["node"] not in nodes
            nodes.add(parts["node"])
            kinds.add(parts["kind"])
        elif "from" in parts:
            ends |= {parts["from"], parts["to"]}
        elif "kind" in parts:
            defined.add(parts["kind"])
    assert ends <= nodes and kinds <= defined


def drawings(text: str) -> list[str]:
    """The drawings of a text: itself, or the blocks of a Markdown document."""
    blocks = re.findall(r"^```mermaid\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return blocks or [text]

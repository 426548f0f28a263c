"""Writes Markdown: text that stays text, tables, blocks to be copied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&])")
_RUN = re.compile("`+")


def safe(text: str) -> str:
    """A text in one line, in which no sign has a meaning."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def code(text: object) -> str:
    """A word or a few as code; nothing where there is none."""
    return f"`{text}`" if str(text) else ""


def link(text: str, target: str) -> str:
    """A link; the text is Markdown."""
    return f"[{text}]({target})"


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "".join(f"| {' | '.join(cell or ' ' for cell in line)} |\n" for line in lines)


def block(text: str, language: str) -> str:
    """A block to be copied; whatever stands in it."""
    fence = "`" * max(3, 1 + max(map(len, _RUN.findall(text)), default=0))
    return f"{fence}{language}\n{text.rstrip(chr(10))}\n{fence}\n"


def page(*parts: str) -> str:
    """A page of parts, an empty line between them; empty parts are left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"

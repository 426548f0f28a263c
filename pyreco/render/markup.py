"""Makes SVG and HTML from parts; whatever a text holds, it stays text, and what is made is well-formed."""

from __future__ import annotations

import re
from xml.etree import ElementTree

Element = ElementTree.Element
Part = str | Element | None

SVG = "http://www.w3.org/2000/svg"

# What XML 1.0 cannot say, not even escaped: control characters, surrogates and two others.
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, attributes: dict[str, object] | None = None, *parts: Part) -> Element:
    """An element with its attributes (a ``float`` with one decimal) and what is in it; ``None`` is nothing."""
    made = ElementTree.Element(tag, {name: _value(value) for name, value in (attributes or {}).items()})
    last: Element | None = None
    for part in parts:
        if isinstance(part, str):
            said = sayable(part)
            if last is None:
                made.text = (made.text or "") + said
            else:
                last.tail = (last.tail or "") + said
        elif part is not None:
            made.append(part)
            last = part
    return made


def sayable(text: str) -> str:
    """The text with a visible code for each character that XML has no place for."""
    if text.isprintable():  # that is quicker to know, and true of nearly all
        return text
    return _UNSAYABLE.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def as_xml(root: Element) -> str:
    """The whole document of an element, ending in a line's end."""
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def as_html(root: Element) -> str:
    """A whole page, ending in a line's end."""
    return f"<!DOCTYPE html>\n{ElementTree.tostring(root, encoding='unicode', method='html')}\n"


def as_html_part(part: Element) -> str:
    """An element within a page."""
    return ElementTree.tostring(part, encoding="unicode", method="html")


def _value(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else sayable(str(value))

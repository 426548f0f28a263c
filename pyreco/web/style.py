"""The style sheet of all pages: that of reports and drawings, and what forms need besides."""

from __future__ import annotations

from pyreco.packaged import PACKAGE
from pyreco.render.palette import DARK, INK, LIGHT, drawn_style, page_style


def style_sheet() -> str:
    """The whole of it."""
    own = (PACKAGE / "web" / "static" / "workbench.css").read_text(encoding="utf-8")
    dark = f"@media screen and (prefers-color-scheme:dark){{{_colours(DARK)}}}"
    return page_style() + drawn_style() + own + _colours(LIGHT) + dark


def _colours(palette: dict[str, str]) -> str:
    names = "".join(f"--{name}:{colour};" for name, colour in palette.items())
    words = "".join(
        f".word.pr-{verdict}{{color:{palette[INK[verdict]]}}}"
        for verdict in ("billable", "conditional", "not_yet", "closed")
    )
    return f":root{{{names}}}{words}"

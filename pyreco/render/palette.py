"""The colours of drawings and pages, light and dark; whatever a colour says, a shape or a word says as well."""

from __future__ import annotations

from pyreco.answers.bill_answer import VERDICTS

# Each against its ground with a contrast of 4.5 or more (WCAG AA), which a test holds.
LIGHT = {
    "ground": "#ffffff", "card": "#f6f7f9", "text": "#1b1f24", "muted": "#545d68",
    "line": "#8b949e", "faint": "#d5dae0", "good": "#146c2e", "bad": "#b3261e",
    "open": "#7a5200", "calm": "#1f4fa3", "violet": "#6639a6", "asked": "#a3195b",
}  # fmt: skip
DARK = {
    "ground": "#14171c", "card": "#1e232a", "text": "#e8ebef", "muted": "#aab4c0",
    "line": "#77828f", "faint": "#39414b", "good": "#5ccc7f", "bad": "#ff8a80",
    "open": "#f0b849", "calm": "#82b1ff", "violet": "#c9a6ff", "asked": "#ff8fc0",
}  # fmt: skip

INK = {
    "reimbursed": "good", "claimed": "calm", "performed": "violet", "refused": "bad", "unknown": "open",
    "billable": "good", "conditional": "open", "not_yet": "calm", "closed": "bad",
    "met": "good", "failed": "bad",
    "because": "muted", "also": "muted", "missing": "open", "beside": "muted",
}  # fmt: skip
"""The ink of each status, verdict, outcome and kind of leaf."""


def drawn_style() -> str:
    """The style sheet of a drawing, which may stand in a page beside others: each class begins with ``pr-``."""
    fixed = [
        ".pr-drawing{font-family:system-ui,'Segoe UI','Noto Sans','DejaVu Sans',sans-serif;font-size:13px}",
        ".pr-strong{font-weight:600}",
        ".pr-title{font-size:18px;font-weight:600}",
        ".pr-thin{fill:none;stroke-width:1}",
        ".pr-dotted{stroke-dasharray:2 3}",
        ".pr-dashed{stroke-dasharray:6 4}",
        ".pr-bold{stroke-width:2}",
    ]
    dark = "".join(_colours(DARK))
    return "".join([*fixed, *_colours(LIGHT), f"@media screen and (prefers-color-scheme:dark){{{dark}}}"])


def _colours(palette: dict[str, str]) -> list[str]:
    fills = [f".pr-{name}{{fill:{colour}}}" for name, colour in palette.items()]
    return fills + [f".pr-stroke-{name}{{stroke:{colour}}}" for name, colour in palette.items()]


def page_style() -> str:
    """The style sheet of a page around drawings."""
    fixed = """
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,'Segoe UI','Noto Sans','DejaVu Sans',sans-serif;overflow-wrap:anywhere}
main{max-width:1000px;margin:0 auto;padding:1.5rem 1.25rem 3rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.25rem;margin:1.75rem 0 .6rem}
section{margin-top:2.5rem;border-top:1px solid}
h3{font-size:1.1rem;margin:1.75rem 0 .6rem}
.pr-wide{overflow-x:auto}
.pr-wide svg{display:block;width:100%;min-width:640px;height:auto}
.pr-sign{width:1.2em;height:1.2em;vertical-align:-.22em;margin-right:.5em;flex:none;position:relative;top:.2em}
.pr-verdict{margin:.5rem 0;border:1px solid;border-left-width:5px;border-radius:8px}
summary{display:flex;flex-wrap:wrap;align-items:center;gap:.1rem .6rem;padding:.55rem .8rem;cursor:pointer}
summary .pr-sign{margin-right:0;top:0}
summary:before{content:'\\25B8';width:1em}
details[open]>summary:before{content:'\\25BE'}
summary::-webkit-details-marker{display:none}
summary strong{flex:1}
.pr-fee{white-space:nowrap}
.pr-reason{flex-basis:100%;padding-left:3.4em}
.pr-verdict>:not(summary){margin-left:1.6rem;margin-right:1rem}
.pr-tree,.pr-tree ul{list-style:none;padding:0}
.pr-tree>li{margin:.7rem 0;padding-left:1.7em}
.pr-tree p{margin:0}
.pr-tree p:first-child{margin-left:-1.7em;display:flex;align-items:baseline}
.pr-tree li li{display:flex;align-items:baseline}
.pr-tree ul{border-left:1px solid;margin:.2rem 0 0 .1em;padding-left:.7em}
.pr-needs{padding-left:1.3em}
.pr-verdicts{width:100%;border-collapse:collapse}
.pr-verdicts caption{text-align:left;padding:0 0 .4rem}
.pr-verdicts th,.pr-verdicts td{text-align:left;vertical-align:top;padding:.5rem .6rem}
.pr-verdicts tbody{border-style:solid;border-width:1px 0 0 5px}
.pr-verdicts{overflow-wrap:break-word}
.pr-verdicts tbody th{font-weight:400;width:60%}
.pr-verdicts tr:not(.pr-more)>*{padding-bottom:.1rem}
.pr-lines{width:100%;border-collapse:collapse;overflow-wrap:break-word}
.pr-lines th,.pr-lines td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-top:1px solid}
.pr-lines tbody th{font-weight:400}
.pr-lines td:last-child{min-width:14rem}
.pr-lines td:nth-child(2){min-width:9rem}
.pr-name{font-size:.9rem}
.pr-glance{list-style:none;display:flex;flex-wrap:wrap;align-items:flex-start;gap:.6rem;padding:0;margin:1rem 0}
.pr-chip{border:1px solid;border-left-width:5px;border-radius:8px;padding:.4rem .9rem .4rem .7rem}
.pr-glance ul{list-style:none;padding:0;margin:.1rem 0 0}
.pr-hidden{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
.pr-said{white-space:nowrap}
.pr-said .pr-sign{margin-right:.35em}
.pr-verdicts .pr-more>td{padding:0 .6rem .4rem}
.pr-more details>:not(summary){margin-left:1.4rem}
.pr-more summary,.pr-readings summary{flex-wrap:nowrap;align-items:baseline;gap:.4rem;padding:.1rem 0}
.pr-more summary:before,.pr-readings summary:before{flex:none;width:.8em}
.pr-readings ul{margin:.2rem 0;padding-left:1.4rem}
.pr-missing{margin:.8rem 0}
.pr-missing p{margin:0}
.pr-goals{list-style:none;padding:0}
.pr-plan>li{margin:.5rem 0}
tbody:target,.aimed{outline:3px solid}
@media (max-width:720px){.pr-verdicts thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.pr-verdicts tbody,.pr-verdicts tr,.pr-verdicts tbody th,.pr-verdicts td,.pr-verdicts caption{display:block}
.pr-verdicts tbody th{width:auto}.pr-verdicts tr:not(.pr-more) td{display:inline-block}
.pr-verdicts tbody{margin:.6rem 0}.pr-verdicts tbody th,.pr-verdicts td{padding:.15rem .7rem}}
.pr-figures{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;overflow-wrap:normal}
.pr-figures caption{text-align:left;padding:.4rem 0;font-weight:600}
.pr-figures th,.pr-figures td{text-align:left;vertical-align:top;padding:.25rem .6rem;border-bottom:1px solid}
.pr-figures .pr-number{text-align:right;white-space:nowrap}
.pr-figures tbody th{font-weight:400}
.pr-figure-details{margin:.6rem 0}
footer{font-size:.9rem;margin-top:2rem}
a{text-decoration-thickness:1px;text-underline-offset:2px}
:focus-visible{outline:3px solid;outline-offset:2px}
g:target rect{stroke-width:4}
@page{margin:14mm 13mm}
@media print{html,body{font-size:13px}main{max-width:none;padding:0}.pr-wide{overflow:visible}
h1,h2,h3,h4,caption,summary,.pr-verdicts tr:not(.pr-more),.pr-tree p:first-child{break-after:avoid}
.pr-verdicts tr:not(.pr-more),.pr-tree>li,.pr-wide svg,.pr-plan>li,.pr-missing,footer{break-inside:avoid}
details::details-content{content-visibility:visible;height:auto}summary:before{content:''}}
"""
    dark = "".join(_page_colours(DARK))
    return "".join([fixed, *_page_colours(LIGHT), f"@media screen and (prefers-color-scheme:dark){{{dark}}}"])


def _page_colours(palette: dict[str, str]) -> list[str]:
    edges = [f".pr-edge-{name}{{border-left-color:{palette[INK[name]]}}}" for name in VERDICTS]
    return [
        f"body{{background:{palette['ground']};color:{palette['text']}}}",
        f"section,.pr-verdict,.pr-chip,.pr-tree ul,.pr-lines th,.pr-lines td{{border-color:{palette['faint']}}}",
        f"summary{{background:{palette['card']};border-radius:8px}}",
        f".pr-verdicts tbody{{border-top-color:{palette['faint']}}}",
        f".pr-figures th,.pr-figures td{{border-color:{palette['faint']}}}",
        f".pr-more summary,.pr-readings summary{{background:none;color:{palette['muted']}}}",
        f".pr-reason,.pr-name,.pr-verdicts caption,footer,.pr-leaf-beside,.pr-leaf-also{{color:{palette['muted']}}}",
        f".pr-reading{{color:{palette['muted']}}}",
        f".pr-leaf-missing{{color:{palette['open']}}}",
        f"a{{color:{palette['calm']}}}:focus-visible{{outline-color:{palette['calm']}}}",
        *edges,
    ]

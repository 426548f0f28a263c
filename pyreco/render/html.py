"""Drawings as one page that needs nothing else: each document's timeline, its verdicts, and below each its explanation.

No script, no network; light and dark; it prints with everything open to the reader. A report can put more into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.drawing_model import Branch, Drawing, Tree, numbered
from pyreco.render.explained import Leaf
from pyreco.render.markup import Element, as_html, element
from pyreco.render.palette import drawn_style, page_style
from pyreco.render.svg import sign_element, timeline_element


def page(drawings: Sequence[Drawing], speech: Speech, opened: bool) -> str:
    """A page with a section for each document.

    Args:
        drawings: of the documents.
        speech: the words.
        opened: whether the explanations are open at first.
    """
    level = 2 if len(drawings) == 1 else 3
    return whole_page(
        [(drawing.title, section(drawing, prefix, speech, opened, level)) for prefix, drawing in numbered(drawings)],
        speech,
    )


def whole_page(sections: Sequence[tuple[str, Sequence[Element]]], speech: Speech) -> str:
    """A page of sections with their titles; of several, with a list of them before."""
    if len(sections) == 1:
        ((title, own),) = sections
        return _page(title, [element("h1", None, title), *own], speech)
    title = speech.say(N_("{count} documents")).format(count=len(sections))
    contents = [
        element("li", None, element("a", {"href": f"#d{place}"}, name)) for place, (name, _) in enumerate(sections, 1)
    ]
    body = [
        element("section", {"id": f"d{place}"}, element("h2", None, name), *own)
        for place, (name, own) in enumerate(sections, 1)
    ]
    nav = element("nav", {"aria-label": title}, element("ol", None, *contents))
    return _page(title, [element("h1", None, title), nav, *body], speech)


def _page(title: str, body: Sequence[Element], speech: Speech) -> str:
    head = element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("title", None, title),
        element("style", None, page_style() + drawn_style()),
    )
    return as_html(
        element("html", {"lang": speech.language}, head, element("body", None, element("main", None, *body)))
    )


def section(drawing: Drawing, prefix: str, speech: Speech, opened: bool, level: int = 2) -> list[Element]:
    """What a page shows of one document: timeline, verdicts with their explanations, notes.

    Args:
        drawing: of the document.
        prefix: begins the ids in it, which no other section of the page may have.
        speech: the words.
        opened: whether the explanations are open at first.
        level: of its headings.
    """
    verdicts = [_verdict(tree, prefix, opened) for tree in drawing.trees]
    return [
        *in_time(drawing, prefix, speech, level),
        element(f"h{level}", None, speech.say(N_("What can be billed, and why"))),
        *verdicts,
        closing_element(drawing),
    ]


def in_time(drawing: Drawing, prefix: str, speech: Speech, level: int) -> list[Element]:
    """The timeline below its heading; where a screen is too narrow for it, it can be scrolled."""
    said = speech.say(N_("The acts in time"))
    timeline = timeline_element(drawing.timeline, drawing.summary, prefix)
    return [
        element(f"h{level}", None, said),
        element("div", {"class": "pr-wide", "tabindex": "0", "role": "region", "aria-label": said}, timeline),
    ]


def closing_element(drawing: Drawing) -> Element:
    """Notes, readings at issue, and what an answer is not."""
    return element("footer", None, *(element("p", None, text) for text in drawing.closing))


def explanation(tree: Tree, prefix: str, law: str = "") -> list[Element]:
    """Every condition of a verdict, what is missing, and what hangs on a reading.

    Args:
        tree: the verdict.
        prefix: begins the ids of acts on the page.
        law: where a clause is shown, with ``{clause}`` for its id; empty where it is shown nowhere.
    """
    return [
        element("ul", {"class": "pr-tree"}, *(_branch(branch, prefix, law) for branch in tree.branches)),
        *sentences(tree.advice),
    ]


def _verdict(tree: Tree, prefix: str, opened: bool) -> Element:
    """A verdict in one line, which opens to its explanation."""
    summary = element(
        "summary",
        None,
        sign_element(tree.verdict),
        element("strong", None, f"{tree.codes}, {tree.side}: {tree.said}"),
        element("span", {"class": "pr-fee"}, tree.fee) if tree.fee else None,
        element("span", {"class": "pr-reason"}, tree.reason),
    )
    attributes: dict[str, object] = {"class": f"pr-verdict pr-edge-{tree.verdict}"}
    if opened:
        attributes["open"] = "open"
    return element("details", attributes, summary, *explanation(tree, prefix))


def _branch(branch: Branch, prefix: str, law: str) -> Element:
    place, clause, said = branch.head.partition(f"[{branch.clause}]")
    shown = link_beside(place + clause, law.format(clause=branch.clause)) if law else place + clause
    head = element("p", None, sign_element(branch.outcome), element("strong", None, shown, said))
    text = element("p", None, f"{branch.sentence} {branch.detail}")
    leaves = [_leaf(leaf, prefix) for leaf in branch.leaves]
    return element("li", None, head, text, element("ul", None, *leaves) if leaves else None)


def link_beside(text: str, address: str) -> Element:
    """A link that opens beside this page, which would lose what it was asked."""
    return element("a", {"href": address, "target": "_blank", "rel": "noopener"}, text)


def _leaf(leaf: Leaf, prefix: str) -> Element:
    """A leaf; the one that stands for an act leads to it on the timeline."""
    said: Element | str = leaf.text
    if leaf.path.startswith("acts."):
        said = element("a", {"href": f"#{prefix}-{leaf.path.split('.')[1]}"}, leaf.text)
    return element("li", {"class": f"pr-leaf-{leaf.kind}"}, sign_element(leaf.kind), said)


def sentences(said: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Element]:
    """Sentences, each with the items below it."""
    for sentence, items in said:
        yield element("p", None, sentence)
        if items:
            yield element("ul", {"class": "pr-needs"}, *(element("li", None, item) for item in items))

"""The examples that come with pyreco, those to begin with described in each language."""

from __future__ import annotations

from pathlib import Path

from pyreco.answers.wording import N_
from pyreco.errors import UsageError, told
from pyreco.packaged import packaged_examples

_CHOSEN = {
    "delayed_one_sided.yaml": (
        N_("A delayed reconstruction"),
        N_("Mastectomy in 2016, flap in March 2017. May the nipple follow?"),
    ),
    "papers_missing.yaml": (
        N_("Papers are missing"),
        N_("The file is thin: the answer says what to find out."),
    ),
    "tattoo_too_early.yaml": (
        N_("A tattoo too early"),
        N_("The tattoo was planned before the flap that it belongs to."),
    ),
    "preventive_two_sided.yaml": (
        N_("Both breasts, without cancer"),
        N_("A genetic predisposition; for one side nobody wrote the indication down."),
    ),
    "unknown_breast.yaml": (N_("Which breast was it?"), N_("An invoice of another hospital does not say the side.")),
    "claim_to_correct.yaml": (
        N_("A claim to correct"),
        N_("An assistant charged apart, a supplement in a two-bed room, a quote that is a day late."),
    ),
}

Example = dict[str, str]


def examples() -> tuple[list[Example], list[Example]]:
    """Those to begin with, and the further ones, as their files describe themselves; all to be translated."""
    found = {path.name: path for path in sorted(packaged_examples().glob("*.yaml"))}
    chosen = [{"name": name, "title": title, "said": said} for name, (title, said) in _CHOSEN.items() if name in found]
    further = [
        {"name": name, "title": _title(path), "said": _said(path.read_text(encoding="utf-8"))}
        for name, path in found.items()
        if name not in _CHOSEN
    ]
    return chosen, further


def _title(path: Path) -> str:
    """The title of an example, from the name of its file."""
    return path.stem.replace("_", " ").capitalize()


def _said(text: str) -> str:
    """What the file of an example says of itself, in its comments."""
    lines = [line for line in text.splitlines() if line.startswith("#")]
    return " ".join(line.removeprefix("#").strip() for line in lines if not line.startswith("# Ask: "))


def example(name: str) -> tuple[str, str]:
    """The text of an example and the day that it asks about, or nothing.

    Raises:
        UsageError: there is no such example.
    """
    for path in packaged_examples().glob("*.yaml"):
        if path.name == name:
            text = path.read_text(encoding="utf-8")
            asks = next((line for line in text.splitlines() if line.startswith("# Ask: ")), "")
            return text, asks.partition("--on ")[2][:10]
    raise UsageError(told("there is no example {name}; choose one of the first page", name=repr(name[:80])))

"""Where the rules and the examples are that come with pyreco."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def packaged_rules() -> Path:
    """The folder of the rule base that comes with pyreco: inside the package, or beside it in a checkout."""
    inside = PACKAGE / "logic"
    return inside if inside.is_dir() else PACKAGE.parent / "logic"


def packaged_examples() -> Path:
    """The folder of the examples: inside the package, or beside it in a checkout."""
    inside = PACKAGE / "examples"
    return inside if inside.is_dir() else PACKAGE.parent / "examples"

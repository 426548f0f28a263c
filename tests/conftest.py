"""What all tests share: the rules, loaded once, and the options of the random histories."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyreco import Rules

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".yaml", ".json", ".jsonl"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many random histories are compared with the reference evaluator, and from which seed on."""
    group = parser.getgroup("pyreco")
    group.addoption("--histories", type=int, default=2000, help="random histories to compare with the reference")
    group.addoption("--first-seed", type=int, default=0, help="seed of the first of them")


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rule base of the checkout."""
    return Rules()

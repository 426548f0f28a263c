"""What all tests share: the rules, loaded once, and the options of the random histories."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from pyreco import Rules

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".yaml", ".json", ".jsonl"))
"""Of patients."""
HOSPITALS = sorted((ROOT / "examples" / "hospitals").iterdir())
MESSAGES = sorted((ROOT / "examples" / "fhir").iterdir())
ALL_EXAMPLES = [*EXAMPLES, *HOSPITALS, *MESSAGES]

# The same examples each time, so that a run tells of the change and not of chance; to look for more:
# pytest --hypothesis-profile=explore
settings.register_profile("fixed", derandomize=True, deadline=None, max_examples=30)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("fixed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many random histories are compared with the reference evaluator, and from which seed on."""
    group = parser.getgroup("pyreco")
    group.addoption("--histories", type=int, default=600, help="random histories to compare with the reference")
    group.addoption("--first-seed", type=int, default=0, help="seed of the first of them")


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rule base of the checkout."""
    return Rules()

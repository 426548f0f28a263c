"""Collects case files in a run of pytest: ``*.case.yaml``, and every YAML file below the folders of ``pyreco_cases``.

Loaded in every run of pytest where pyreco is installed: it imports nothing of pyreco before there is a case.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pyreco.case_files import AnyCase
    from pyreco.lab.running import Ran
    from pyreco.rules import Rules

_YAML = (".yaml", ".yml")
_rules = pytest.StashKey["Rules"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two settings."""
    parser.addini("pyreco_cases", "folders of which every YAML file holds cases of pyreco", type="paths", default=[])
    parser.addini("pyreco_rules", "the rules that answer them, as `pyreco --rules` takes them", default="")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file of cases, if this is one."""
    if file_path.suffix not in _YAML:
        return None
    folders: list[Path] = parent.config.getini("pyreco_cases")
    if file_path.stem.endswith(".case") or any(file_path.is_relative_to(folder) for folder in folders):
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator[pytest.Item]:
        """Its cases.

        Raises:
            CollectError: it cannot be read; every fault with its place.
        """
        from pyreco.case_reading import read_case_file
        from pyreco.errors import PyrecoError

        try:
            cases = read_case_file(str(self.path))
        except PyrecoError as error:
            raise self.CollectError(str(error)) from error
        for case in cases:
            yield CaseItem.from_parent(self, name=case.title, case=case)

    def ran(self, item: CaseItem) -> Ran:
        """The case as the rules answer it; all that are to be run of this file are asked together."""
        from pyreco.errors import BadContent
        from pyreco.lab.running import run_cases

        rules = _loaded(self.config)
        if not hasattr(self, "_ran"):
            items = [other for other in self.session.items if isinstance(other, CaseItem) and other.parent is self]
            try:
                ran = run_cases(rules, [other.case for other in items])
                self._ran = {id(one.case): one for one in ran}
            except BadContent:  # each says for itself what is wrong with it
                self._ran = {}
        return self._ran.get(id(item.case)) or run_cases(rules, [item.case])[0]


class CaseItem(pytest.Item):
    """A case."""

    def __init__(self, *, case: AnyCase, **options: Any) -> None:
        super().__init__(**options)
        self.case = case

    def runtest(self) -> None:
        """Compare.

        Raises:
            _Differs: the rules answer it otherwise.
        """
        assert isinstance(self.parent, CaseFile)
        ran = self.parent.ran(self)
        if not ran.passed:
            raise _Differs(ran)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What is expected and what the rules answer; of a file or rules at fault, what is wrong."""
        from pyreco.errors import PyrecoError

        if isinstance(excinfo.value, _Differs):
            from pyreco.render.tried_text import difference, place

            ran = excinfo.value.ran
            lines = difference(ran, _loaded(self.config).speech())
            return "\n".join([f"{place(ran)}: {ran.case.title}", *lines])
        if isinstance(excinfo.value, PyrecoError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands."""
        return self.path, self.case.node.line - 1, self.case.title


class _Differs(Exception):
    def __init__(self, ran: Ran) -> None:
        super().__init__(", ".join(ran.differences))
        self.ran = ran


def _loaded(config: pytest.Config) -> Rules:
    """The rules of the run, loaded once."""
    from pyreco.rules import Rules

    if _rules not in config.stash:
        name = str(config.getini("pyreco_rules")) or os.environ.get("PYRECO_RULES", "")
        beside = (config.inipath.parent if config.inipath else config.rootpath) / name
        config.stash[_rules] = Rules.named(str(beside) if name and beside.exists() else name or "packaged")
    return config.stash[_rules]

"""A rule base that has been checked: what it says without any document, and the parts of it that a question needs.

Reading one parses, lints and grounds every file. What comes of that is kept beside the package when it is built
(``COMPILED``), and used for as long as neither the rules nor the code that read them have changed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyreco.errors import RuleFault
from pyreco.rulebase.digest import digest_of
from pyreco.rulebase.files import RuleFiles, whole
from pyreco.rulebase.grounding import Question
from pyreco.rulebase.terms import Atoms, Term

if TYPE_CHECKING:  # a rule base that was kept is never parsed
    from pyreco.rulebase.statements import Source

COMPILED = Path(__file__).parent / "compiled"
KEPT = "rule_base.json"
Names = tuple[str, ...]


class RuleBase:
    """A rule base, checked.

    Args:
        where: the folder of its files, or the files.
        kept: what was kept of it when the package was built, if that is still true.

    Attributes:
        files: as they stand.
        digest: SHA-256 over all its files, as hexadecimal digits.
        atoms: what it says without any document, by predicate.
        facts: by clause, each fact of law as it is written, with its file.

    Raises:
        RuleFault: it is broken; every message names the place.
    """

    def __init__(self, where: Path | RuleFiles, kept: Mapping[str, Any] | None = None) -> None:
        self.files = whole(where)
        self._kept: dict[str, Any] = dict(kept["shown"]) if kept else {}
        self._questions: dict[Names, Question] = {}
        if kept:
            self.digest: str = kept["digest"]
            self.atoms: Atoms = {name: [_term(row) for row in rows] for name, rows in kept["atoms"].items()}  # type: ignore[misc]
            self.facts: Mapping[str, Sequence[tuple[str, str]]] = {
                clause: [(text, file) for text, file in facts] for clause, facts in kept["facts"].items()
            }
        else:
            try:
                self._check()
            except RuleFault as fault:
                raise self.files.told(fault) from fault

    def _check(self) -> None:
        """Parse, lint and ground everything."""
        from pyreco.rulebase.lint import lint
        from pyreco.rulebase.registry import REGISTRY_PREDICATES
        from pyreco.rulebase.slicing import facts_of_law, ground_law

        if faults := lint(self.source):
            raise RuleFault(faults)
        self.digest = self.source.digest
        self.atoms = ground_law(self.source, REGISTRY_PREDICATES)
        self.facts = facts_of_law(self.source)

    @classmethod
    def varied(cls, base: RuleBase, source: Source) -> RuleBase:
        """A rule base with other statements, which nobody has linted: what another one becomes by a small change.

        Raises:
            RuleFault: the solver reports a fault of the rules.
        """
        from pyreco.rulebase.registry import REGISTRY_PREDICATES
        from pyreco.rulebase.slicing import facts_of_law, ground_law

        varied = cls.__new__(cls)
        varied.files, varied._kept, varied._questions = base.files, {}, {}
        varied.source = source
        varied.digest = base.digest
        varied.atoms = ground_law(source, REGISTRY_PREDICATES)
        varied.facts = facts_of_law(source)
        return varied

    @cached_property
    def source(self) -> Source:
        """Its parsed statements."""
        from pyreco.rulebase.statements import read_source

        return read_source(self.files)

    def question(self, names: Names) -> Question:
        """Everything that bears on what the questions of these names show, put together."""
        if names not in self._questions:
            name = "+".join(names)
            if name in self._kept:
                text = (COMPILED / f"{name}.lp").read_text(encoding="utf-8")
                self._questions[names] = Question(
                    name, text, tuple([(name, arity) for name, arity in self._kept[name]])
                )
            else:
                from pyreco.rulebase.slicing import slice_for

                self._questions[names] = slice_for(self.source, *names)
        return self._questions[names]


def open_rule_base(where: Path | RuleFiles) -> RuleBase:
    """The rule base of a folder, or of files: from what was kept of it, or read anew.

    Raises:
        RuleFault: it is broken.
        UsageError: there is none.
    """
    try:
        kept = json.loads((COMPILED / KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return RuleBase(where)
    files = whole(where)
    same = kept.get("code") == _code() and kept.get("digest") == files.digest
    return RuleBase(files, kept if same else None)


def keep_rule_base(folder: Path, asked: Iterable[Names]) -> None:
    """Check a rule base once and keep what comes of it, with the statements of the questions that are asked most.

    Raises:
        RuleFault: it is broken.
    """
    base = RuleBase(folder)
    COMPILED.mkdir(exist_ok=True)
    shown = {}
    for names in asked:
        question = base.question(names)
        shown[question.name] = question.shown
        (COMPILED / f"{question.name}.lp").write_text(question.text, encoding="utf-8")
    kept = {"code": _code(), "digest": base.digest, "atoms": base.atoms, "facts": base.facts, "shown": shown}
    (COMPILED / KEPT).write_text(json.dumps(kept), encoding="utf-8")


def _code() -> str:
    """A digest of the code that made what is kept."""
    return digest_of(Path(__file__).parent, "*.py")


def _term(kept: Any) -> Term:
    return tuple([_term(part) for part in kept]) if isinstance(kept, list) else kept

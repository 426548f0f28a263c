"""Proofs of explanations, asked of a loaded rule base."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property

from pyreco.answers.findings import Candidate
from pyreco.documents.history import read_history
from pyreco.documents.nodes import Node, node_from_python
from pyreco.facts.cases import Fact
from pyreco.facts.occasions import asked_by_document
from pyreco.proofs.making import proof_of
from pyreco.proofs.matter import Words
from pyreco.rules.loaded import Loaded


class Proving(Loaded):
    """Proofs of what is said about what can be billed."""

    def proof(
        self,
        document: Node | Mapping[str, object],
        asked: Sequence[Candidate],
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
    ) -> str:
        """The proof of what `bill` says of some candidates: every rule instance, and every one that fails.

        Args:
            document: of one patient, as it was read or as plain data.
            asked: benefits, each with a side.
            on: the day asked about; left out, today.
            readings: answers to open questions other than their defaults.

        Returns:
            JSON text, as `pyreco schema proof` describes it.

        Raises:
            BadContent: the document is no history.
            UsageError: an unknown reading.
            RuleFault: the rules are beyond the reader of proofs.
        """
        node = document if isinstance(document, Node) else node_from_python(document)
        day, answers = on or datetime.date.today(), self.readings(readings)

        def find(candidate: Candidate, billable: bool) -> list[Fact] | None:
            case = asked_by_document(history := read_history(node, "<data>", self.vocabulary), day)
            facts = [("asked", (0, 0, *candidate)), *self._asker.facts([(0, (history, case))], answers)]
            return self._asker.example(("worlds",), facts, ("billable", (0, 0, *candidate)), billable)

        return proof_of(self._words, node, day, answers, asked, find)

    @cached_property
    def _words(self) -> Words:
        return Words(self._base.files.contents)

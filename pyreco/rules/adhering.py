"""Whether a hospital satisfies the convention, asked of a loaded rule base."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyreco.answers.frame import Frame
from pyreco.documents.reading import node_from_python, read_file
from pyreco.rules.loaded import NO_PRICES, Loaded

if TYPE_CHECKING:
    from pyreco.answers.adhesion_answer import AdhesionAnswer
    from pyreco.documents.adhesion import Adhesion


class Adhering(Loaded):
    """Questions about hospitals and their surgeons."""

    def read_adhesions(self, path: str | os.PathLike[str]) -> list[Adhesion]:
        """The hospitals of an adhesion file, as ``read`` reads histories."""
        from pyreco.documents.adhesion import read_adhesions

        adhesions, _ = read_adhesions(*read_file(path), os.fspath(path), self.vocabulary)
        return [adhesion for _, adhesion in adhesions]

    def hospital(self, document: Mapping[str, object]) -> Adhesion:
        """A hospital from plain data: what an adhesion file says, as mappings, lists and scalars.

        Raises:
            BadContent: with every fault of the data.
        """
        from pyreco.documents.adhesion import AdhesionReader

        return AdhesionReader(self.vocabulary).read(node_from_python(document), "<data>")

    def adhesion(
        self,
        adhesion: Adhesion,
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> AdhesionAnswer:
        """Does a hospital with its surgeons satisfy articles 6 and 7, and when is its convention in force?

        Args:
            adhesion: what is known of the hospital.
            on: the day asked about; left out, today.
            readings: answers to open questions about adhesion other than their defaults.
            language: of the texts.

        Returns:
            Every clause with its outcome, the surgeons, and the dates by article 16.

        Raises:
            UsageError: an unknown reading or language.
            RuleFault: the rules contradict themselves.
        """
        return next(self.adhesion_all([adhesion], on, readings=readings, language=language))

    def adhesion_all(
        self,
        adhesions: Iterable[Adhesion],
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> Iterator[AdhesionAnswer]:
        """The same for many hospitals, in their order; grounded many at a time."""
        from pyreco.questions.adhering import adhesion_all

        chosen = self.readings(readings, adhesion=True)
        frame = Frame(self.registry, self.speech(language), chosen, self.ruleset, NO_PRICES)
        return adhesion_all(self._asker, frame, adhesions, on or datetime.date.today())

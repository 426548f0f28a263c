"""Answers whether hospitals satisfy the convention: many documents in one grounding, which decides it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice

from pyreco.answers.adhesion_answer import AdhesionAnswer
from pyreco.answers.adhesions import AdhesionMaker
from pyreco.answers.frame import Frame
from pyreco.documents.adhesion import Adhesion
from pyreco.facts.adhesion import adhesion_facts
from pyreco.facts.cases import reading_facts
from pyreco.questions.asking import Asker, by_case

CHUNK = 100  # documents in one grounding


def adhesion_all(
    asker: Asker, frame: Frame, adhesions: Iterable[Adhesion], on: datetime.date
) -> Iterator[AdhesionAnswer]:
    """The answer on each document, in their order."""
    maker = AdhesionMaker(frame)
    remaining = iter(adhesions)
    while chunk := list(islice(remaining, CHUNK)):
        facts = [fact for case, adhesion in enumerate(chunk) for fact in adhesion_facts(case, adhesion, on)]
        atoms = asker.decided(("adhesion",), [*reading_facts(frame.readings), *facts])
        for adhesion, own in zip(chunk, by_case(atoms, len(chunk)), strict=True):
            yield maker.answer(adhesion, on, own)

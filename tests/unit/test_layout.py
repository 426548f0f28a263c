"""On a timeline nothing lies on anything else, days are to scale, and texts have room."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pyreco import Rules
from pyreco.render.drawing_model import timeline
from pyreco.render.fitting import SIZE, broken, width
from pyreco.render.timeline_layout import NAME_SIZE, PADDING, TEXT_FROM, Card, Layout, laid_out
from tests.properties.test_invariants import SEEDS
from tests.reference.histories import random_document

ACROSS = 912.0


def drawn(rules: Rules, seed: int) -> tuple[Layout, date]:
    on = date(2017, 3, 1)
    history = rules.history(random_document(random.Random(seed), on))
    return laid_out(timeline(history, on, rules.speech()), ACROSS), on


def apart(one: Card, other: Card) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


@given(SEEDS)
def test_cards_lie_apart_within_the_image_and_hold_their_texts(rules: Rules, seed: int) -> None:
    layout, _ = drawn(rules, seed)
    cards = [*layout.cards, *layout.undated]
    for place, card in enumerate(cards):
        assert all(apart(card, other) for other in cards[:place])
        assert card.x >= 0 and card.x + card.width <= ACROSS and card.y + card.height <= layout.height
        room = card.width - TEXT_FROM - PADDING
        assert all(width(line, NAME_SIZE) <= room for line in card.name)
        assert all(width(line, SIZE) <= room for line in card.detail)


@given(SEEDS)
def test_days_are_to_scale_and_cards_in_order(rules: Rules, seed: int) -> None:
    layout, on = drawn(rules, seed)
    asked, day_asked = layout.asked
    places = {on: day_asked} | {card.mark.day: card.day for card in layout.cards if card.mark.day and card.day}
    first, last = min(places), max(places)
    if first != last:
        scale = (places[last] - places[first]) / (last - first).days
        assert all(abs(places[first] + (day - first).days * scale - y) < 0.01 for day, y in places.items())
    for card in layout.cards:
        assert card.mark.day is not None
        assert card.y + card.height <= asked if card.mark.day < on else card.y >= asked
    assert [y for y, _ in layout.ticks] == sorted({y for y, _ in layout.ticks})


@given(st.text(max_size=300), st.floats(20, 900))
def test_a_text_is_broken_without_loss_into_lines_that_fit(text: str, room: float) -> None:
    lines = broken(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= room or len(line) == 1 for line in lines)

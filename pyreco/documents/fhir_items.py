"""One item of a FHIR message to what it says of an act: code, day, side, quantity, amounts, and what was decided."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from pyreco.documents.fhir_parts import NOMENCLATURE, Part, leaf
from pyreco.documents.nodes import Node
from pyreco.errors import told
from pyreco.vocabulary import BOTH, LEFT, RIGHT

SNOMED = "http://snomed.info/sct"
SIDES = {"7771000": LEFT, "24028007": RIGHT, "51440002": BOTH}
_LATERALITY = "be-ext-laterality"
_SUPPLEMENT = "item-supplement"
_REIMBURSEMENT = "item-reimbursement"
_REFUSAL, _REFUSALS = "refusal", "be-cs-refusal-values"
_PENDING = "intreatment"  # as the guide on eAttestation says that a claim was accepted and is looked into

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").match
_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0*)?").fullmatch
_SEQUENCE = re.compile(r"[1-9][0-9]{0,8}").fullmatch


def like(node: Node, value: bool | int | str | list[Node] | dict[str, Node]) -> Node:
    """A value that stands where ``node`` does."""
    text = "" if isinstance(value, list | dict) else str(value).lower() if isinstance(value, bool) else str(value)
    return Node(value, text, node.at, node.source, node.at)


def sequence_of(item: Part) -> str | None:
    """The number of an item in its message."""
    node = item.scalar("sequence")
    if node is not None and _SEQUENCE(node.text):
        return node.text
    item.fault(told("an item without a sequence number"), told("give sequence, from 1"), "sequence")
    return None


def code_of(item: Part) -> Node | None:
    """The nomenclature code; nothing where the item has none."""
    product = item.part("productOrService")
    if product is None:
        return None
    found = [own for own in product.parts("coding") if NOMENCLATURE(own.text("system") or "")]
    codes = [code for own in found if (code := own.scalar("code")) is not None]
    if found and not codes:
        found[0].fault(told("a coding of the nomenclature without a code"), told("give {name}", name="code"))
    if len({code.text for code in codes}) > 1:
        product.fault(told("two codes of the nomenclature for one item"), told("give an item each"))
    return codes[0] if codes else None


def date_of(item: Part) -> Node | None:
    """The day of the act, also where it is written as a period within one day."""
    period = item.part("servicedPeriod")
    given = item.scalar("servicedDate")
    if given is not None or period is None:
        return given
    start, end = period.scalar("start"), period.scalar("end")
    days = {found[0] if (found := _DAY(node.text)) else node.text for node in (start, end) if node is not None}
    if start is None or end is None or len(days) != 1:
        what = told("a period that is not one day does not tell the day of the act")
        period.fault(what, told("give {name}", name="servicedDate"))
        return None
    return like(start, days.pop())


def side_of(item: Part) -> Node | None:
    """The side: the laterality of the body site, as its extension or among its codes."""
    site = item.part("bodySite")
    if site is None:
        return None
    codings = site.parts("coding")
    for extension in site.extensions(_LATERALITY):
        value = extension.part("valueCoding")
        concept = extension.part("valueCodeableConcept")
        codings += [] if value is None else [value]
        codings += [] if concept is None else concept.parts("coding")
    found: dict[str, Node] = {}
    for coding in codings:
        code = coding.scalar("code")
        if code is not None and code.text in SIDES and coding.text("system") in (SNOMED, None):
            found.setdefault(SIDES[code.text], code)
    if len(found) > 1:
        site.fault(told("two sides for one item"), told("give one; both is 51440002"))
    return next((like(node, side) for side, node in found.items()), None)


def day_of(node: Node | None) -> Node | None:
    """A date that is written to the day; others leave the day unknown."""
    return node if node is not None and _DAY(node.text) else None


def quantity_of(item: Part) -> Node | None:
    """How often it was done; ``1.0`` is 1."""
    quantity = item.part("quantity")
    node = None if quantity is None else quantity.scalar("value")
    whole = None if node is None else _WHOLE(node.text)
    return node if node is None or whole is None else like(node, int(whole[1]))


def fee_of(item: Part) -> Node | None:
    """The fee charged: ``net``, or the price of one times the quantity."""
    net = item.money("net")
    price = item.money("unitPrice") if net is None else None
    if price is None:
        return net
    product = _number(price)
    factors = [quantity_of(item), item.scalar("factor")]
    for factor in (node for node in factors if node is not None):
        number = _number(factor)
        product = None if product is None or number is None else product * number
    return price if product is None else like(price, format(product.normalize(), "f"))


def supplement_of(item: Part) -> Node | None:
    """The supplement charged for an item."""
    return _extension_money(item, _SUPPLEMENT)


def _extension_money(part: Part, name: str) -> Node | None:
    found = [value for own in part.extensions(name) if (value := own.money("valueMoney")) is not None]
    if len(found) > 1:
        part.fault(told("two extensions {name}", name=name), told("give one"))
    return found[0] if found else None


def _number(node: Node | None) -> Decimal | None:
    """A number that is not out of all bounds, or nothing."""
    try:
        number = Decimal(node.text) if node is not None and len(node.text) <= 40 else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number.adjusted()) < 40 else None


def decided_on(adjudications: list[Part], item: Part) -> str | None:
    """What the adjudication of an item decides: refused, reimbursed, still pending, or nothing."""
    pending = False
    paid = _positive(_extension_money(item, _REIMBURSEMENT))
    for own in adjudications:
        for name in ("category", "reason"):
            concept = own.part(name)
            for coding in concept.parts("coding") if concept is not None else []:
                system, code = coding.text("system") or "", coding.text("code")
                if leaf(system) == _REFUSALS or code == _REFUSAL:
                    return "refused"
                pending = pending or code == _PENDING
                paid = paid or (code == "benefit" and _positive(own.money("amount")))
    return "reimbursed" if paid else "claimed" if pending else None


def paid_whole(resource: Part, items: int) -> bool:
    """Whether what a benefit pays is surely for each of its items, though it decides on none by itself."""
    payment = resource.part("payment")
    if payment is None:
        return False
    kind = payment.part("type")
    whole = kind is not None and "complete" in [coding.text("code") for coding in kind.parts("coding")]
    return (whole or items == 1) and (_positive(payment.money("amount")) or payment.scalar("date") is not None)


def _positive(amount: Node | None) -> bool:
    number = _number(amount)
    return number is not None and number > 0

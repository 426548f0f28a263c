"""What a change does to claims: lines, findings, amounts, and euros for insurer and patient."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pyreco import Rules
from pyreco.lab.claims import ClaimsEffect
from pyreco.lab.population import effect_on
from tests.cli.conftest import Run
from tests.conftest import ROOT
from tests.lab.conftest import EXAMPLE, Overlay

CLAIM = ROOT / "examples" / "claim_in_order.yaml"
ART_3D, ART_9 = "law/convention_2016/art_03d.lp", "law/convention_2016/art_09.lp"
SECOND: dict[str, Any] = {
    "patient": "both-in-one",
    "acts": [
        {"id": "flap", "code": 252674, "date": "2017-03-02", "breast": "both", "status": "reimbursed", "flap": "DIEP",
         "session": "s1"},
        {"id": "nipple", "code": 252755, "date": "2017-03-02", "breast": "both", "status": "claimed", "session": "s1"},
    ],
    "agreements": [],
    "surgeon": {"eligible": True},
    "hospital": {"convention_signed": "2016-11-15"},
}  # fmt: skip


def effect(old: Rules, new: Rules, *documents: dict[str, Any]) -> ClaimsEffect:
    histories = [old.history(document) for document in documents] or old.read(CLAIM)
    return effect_on(old, new, ((one, one) for one in histories), date(2017, 9, 1)).claims


def claim(**flap: Any) -> dict[str, Any]:
    return {
        "acts": [{"id": "m", "code": 227636, "date": "2016-10-03", "breast": "left", "status": "reimbursed"},
                 {"id": "flap", "code": 252663, "date": "2017-09-01", "breast": "left", "status": "claimed",
                  "flap": "DIEP", "room": "individual", **flap}],
        "breasts": {"left": {"indication": "breast_cancer", "tumour_board_indication": True,
                             "tumour_board_report_on_file": True, "oncology_consultation_report": True}},
        "agreements": [],
        "surgeon": {"eligible": True},
        "hospital": {"convention_signed": "2016-11-15"},
    }  # fmt: skip


def test_a_line_that_flips_is_counted_with_clause_and_euros(rules: Rules, changed: Rules) -> None:
    """The worked example lets the nipples be rebuilt in the session of the flaps."""
    found = effect(rules, changed, SECOND)
    before, after = (next(iter(one.check(rules.history(SECOND)).lines)) for one in (rules, changed))
    assert (before.verdict, after.verdict) == ("refused", "payable")
    assert found.matrix == {("refused", "payable"): 1} and found.clauses["conv_4b_2b"] == {("failed", "met"): 1}
    assert (found.documents, found.lines, found.affected) == (1, 1, 1)
    assert (found.insurer.gained, found.insurer.net_eur) == (1, Decimal("796.20"))
    (flip,) = found.examples
    assert (flip.line, flip.benefit, flip.euros) == ("nipple", 252755, Decimal("796.20"))
    back = effect(changed, rules, SECOND)
    assert (back.insurer.lost, back.insurer.net_eur) == (1, Decimal("-796.20"))


def test_another_tariff_moves_the_amounts_of_findings(rules: Rules, overlay: Overlay) -> None:
    cheaper = Rules.named(str(overlay("308844", "300000", ART_3D)))
    found = effect(rules, cheaper, claim(fee_eur="3088.44", supplement_eur="3050.00"))
    assert found.matrix == {} and found.insurer.net_eur == found.insurer.repriced_eur == Decimal("-88.44")
    assert found.amounts["conv_3d_1"].limit_eur == found.amounts["conv_9_1a"].limit_eur == Decimal("-88.44")
    assert found.clauses["conv_3d_1"] == {("met", "failed"): 1}
    assert (found.patient_lost_eur, found.patient_net_eur, found.patient_open) == (Decimal(50), Decimal(-50), 0)


def test_a_claim_without_supplements_costs_the_patient_nothing(rules: Rules, overlay: Overlay) -> None:
    cheaper = Rules.named(str(overlay("308844", "300000", ART_3D)))
    found = effect(rules, cheaper, claim(fee_eur="3088.44", supplement_eur="0"))
    assert (found.patient_net_eur, found.patient_open) == (Decimal(0), 0)


def test_histories_without_a_claim_are_left_out(rules: Rules, changed: Rules) -> None:
    reimbursed = {**SECOND, "acts": SECOND["acts"][:1]}
    assert effect(rules, changed, reimbursed, {"acts": [], "acts_complete": False}) == ClaimsEffect()


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_claims_stand_on_the_page(run: Run, format: str) -> None:
    text = json.dumps(SECOND).encode()
    options = ("--on-population", "-", "--on", "2017-09-01", "--no-witness")
    done = run("diff", "packaged", EXAMPLE, *options, "--format", format, stdin=text)
    assert (done.code, done.err) == (0, "")
    for word in ("796.20", "refused", "payable", "both-in-one"):
        assert word in done.out
    assert run("diff", "packaged", EXAMPLE, *options, "--exit-code", stdin=text).code == 1

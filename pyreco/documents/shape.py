"""The shape of a document: the keys of each section and how the value of each is written.

One table for all who need it: the reader of histories and the JSON Schema are both made from it.
What holds between several keys stands in ``acts.py``, ``history.py`` and ``adhesion.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from pyreco.errors import told
from pyreco.vocabulary import BREASTS, SIDES, STATUSES, Field, FieldKind, Vocabulary


class Form(Enum):
    """How a value is written."""

    PATIENT = "any string or number"
    NAME = "a name, any string or number"
    ID = told("1 to 64 letters, digits, - or _")
    CODE = "a six-digit code"
    WORD = "one of a closed list"
    WORDS = "one of a closed list, or a list of them"
    DATE = "a date, YYYY-MM-DD"
    TRUTH = "true or false"
    QUANTITY = "a whole number, 1 or more"
    AMOUNT = "euros, with at most two decimals"
    AREA = "square centimetres, 0 or more"
    FACTOR = told("a number above 0, with at most nine decimals")
    DAY = "a date, YYYY-MM-DD, or false where it never was"
    COUNT = "a whole number, 0 or more, or false where none is stated"
    SECTION = "a mapping"
    SECTIONS = "a list of mappings"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a section.

    Attributes:
        form: how its value is written.
        about: what it says, in a few words.
        values: the closed list of ``WORD`` and ``WORDS``.
        required: may be neither left out nor unknown.
        per_breast: may also be given as ``{left: …, right: …}``.
        keys: of ``SECTION`` and ``SECTIONS``, the keys in it.
    """

    form: Form
    about: str
    values: tuple[str, ...] = ()
    required: bool = False
    per_breast: bool = False
    keys: Mapping[str, Key] = field(default_factory=dict)


_FORM_OF_FIELD = {
    FieldKind.TRUTH: Form.TRUTH,
    FieldKind.CHOICE: Form.WORD,
    FieldKind.LIST: Form.WORDS,
    FieldKind.AREA: Form.AREA,
    FieldKind.COUNT: Form.COUNT,
    FieldKind.DAY: Form.DAY,
    FieldKind.END: Form.DAY,
}

_SESSION = Key(Form.ID, "the operating session; acts with the same id were in one session")

PASSED_FOR = ("no_nomenclature_code", "withdrawn", "predetermination", "decided", "detail")
"""Why an item of a message is no act."""

HOSPITAL_KEYS: Mapping[str, Key] = {
    "convention_signed": Key(Form.DATE, "signed on; in force from the first day of the next month"),
    "convention_from": Key(Form.DATE, "in force from this date, instead of convention_signed"),
    "notice_sent": Key(Form.DATE, "notice sent on; it ends after six months"),
    "convention_until": Key(Form.DATE, "ended on this date, instead of notice_sent"),
    "criteria_lost_on": Key(Form.DATE, "the hospital meets the criteria no more from this date"),
    "convention_in_force": Key(Form.TRUTH, "in force on the date asked, instead of any date"),
}

DEPOSIT_KEYS: Mapping[str, Key] = {
    "amount_eur": Key(Form.AMOUNT, "the deposit asked for"),
    "in_quote": Key(Form.TRUTH, "the quote names the deposit"),
}

INFORMATION_KEYS: Mapping[str, Key] = {
    "consent_on": Key(Form.DATE, "the patient signed the consent"),
    "brochure_given": Key(Form.TRUTH, "the patient was given the brochure"),
    "quote_on": Key(Form.DATE, "the patient was given the quote"),
    "admission_form_on": Key(Form.DATE, "the patient was given the admission form"),
}

CLAIM_KEYS: Mapping[str, Key] = {
    "deposit": Key(Form.SECTION, "the deposit", keys=DEPOSIT_KEYS),
    "information": Key(Form.SECTION, "what the patient was told, and when", keys=INFORMATION_KEYS),
}


PASSED_KEYS: Mapping[str, Key] = {
    "id": Key(Form.ID, "names the item in the answer", required=True),
    "date": Key(Form.DATE, "the day of it"),
    "reason": Key(Form.WORD, "why the rules do not judge it", PASSED_FOR, required=True),
}

MESSAGE_KEYS: Mapping[str, Key] = {
    "id": Key(Form.ID, "begins the ids of its items", required=True),
    "reference": Key(Form.NAME, "what its sender calls it"),
    "system": Key(Form.NAME, "whose identifier it has, if it has no reference"),
    "value": Key(Form.NAME, "that identifier"),
}


def act_keys(vocabulary: Vocabulary) -> dict[str, Key]:
    """The keys of an act or of a line of a kind; each field of ``operation`` may stand on it."""
    return {
        "id": Key(Form.ID, "names the act in the answer; a1, a2, … by position if left out"),
        "code": Key(Form.CODE, "the code as billed; instead of kind"),
        "kind": Key(Form.WORD, "a claim line without a code", vocabulary.kinds),
        "date": Key(Form.DATE, "the day of the act"),
        "breast": Key(Form.WORD, "the breast that the act is on", SIDES),
        "status": Key(Form.WORD, "what became of it", STATUSES),
        "session": _SESSION,
        "reimbursed_on": Key(Form.DATE, "the day of the reimbursement"),
        "quantity": Key(Form.QUANTITY, "how often, 1 if left out"),
        "fee_eur": Key(Form.AMOUNT, "the fee charged"),
        "supplement_eur": Key(Form.AMOUNT, "the supplement charged"),
        "aesthetic_supplement_eur": Key(Form.AMOUNT, "the aesthetic supplement charged"),
        **_field_keys(vocabulary, "operation"),
    }


def agreement_keys(vocabulary: Vocabulary) -> dict[str, Key]:
    """The keys of an agreement."""
    return {
        "by": Key(Form.WORD, "who decided", vocabulary.deciders, required=True),
        "benefit": Key(Form.CODE, "either code of the benefit", required=True),
        "breast": Key(Form.WORD, "the breast; any if left out", (*BREASTS, "both")),
        "decision": Key(Form.WORD, "what was decided", vocabulary.decisions, required=True),
        "date": Key(Form.DATE, "the day of the decision", required=True),
    }


def document_keys(vocabulary: Vocabulary) -> dict[str, Key]:
    """The keys of a document, with those of all its sections."""
    of_breast = _field_keys(vocabulary, "breasts")
    breasts = {side: Key(Form.SECTION, f"the {side} breast", keys=of_breast) for side in BREASTS}
    operation = {**_field_keys(vocabulary, "operation"), "session": _SESSION}
    surgeon = _field_keys(vocabulary, "surgeon")
    return {
        "patient": Key(Form.PATIENT, "opaque; printed in the answer and nowhere else"),
        "acts": Key(Form.SECTIONS, "every act known", required=True, keys=act_keys(vocabulary)),
        "acts_complete": Key(Form.TRUTH, "false if there may be acts that are not listed"),
        "breasts": Key(Form.SECTION, "attested facts of each breast", keys=breasts),
        "operation": Key(Form.SECTION, "the operation asked about", keys=operation),
        "agreements": Key(Form.SECTIONS, "every decision, [] if there is none", keys=agreement_keys(vocabulary)),
        "surgeon": Key(Form.SECTION, "attested facts of the surgeon", keys=surgeon),
        "hospital": Key(Form.SECTION, "the convention of the hospital", keys=HOSPITAL_KEYS),
        "claim": Key(Form.SECTION, "the papers of what is claimed", keys=CLAIM_KEYS),
        "passed_through": Key(Form.SECTIONS, "items of a message that are outside the rules", keys=PASSED_KEYS),
        "messages": Key(Form.SECTIONS, "the claims of a message, as its sender calls them", keys=MESSAGE_KEYS),
    }


def adhesion_keys(vocabulary: Vocabulary) -> dict[str, Key]:
    """The keys of an adhesion file, with those of all its sections."""
    surgeon = {
        "id": Key(Form.ID, "names the surgeon in paths; s1, s2, … by position if left out"),
        "name": Key(Form.NAME, "opaque; printed in the answer and nowhere else"),
        **_field_keys(vocabulary, "surgeons"),
    }
    satellite, quality = _field_keys(vocabulary, "satellite"), _field_keys(vocabulary, "quality_control")
    return {
        "hospital": Key(Form.NAME, "opaque; printed in the answer and nowhere else"),
        "kind": Key(Form.WORD, "the breast clinic that it has", vocabulary.clinics, required=True),
        **_field_keys(vocabulary, "adhesion"),
        "satellite": Key(Form.SECTION, "of a satellite: how it is linked to the coordinating clinic", keys=satellite),
        "quality_control": Key(Form.SECTION, "what it has of quality control", keys=quality),
        "surgeons": Key(Form.SECTIONS, "every plastic surgeon, [] if there is none", keys=surgeon),
    }


def _field_keys(vocabulary: Vocabulary, section: str) -> dict[str, Key]:
    return {name: _field_key(known) for name, known in vocabulary.fields.get(section, {}).items()}


def _field_key(known: Field) -> Key:
    # The vocabulary keeps its words in the rule base; a field is described there, not here.
    about = known.name.replace("_", " ") + ("; left out, it never was" if known.kind is FieldKind.END else "")
    return Key(_FORM_OF_FIELD[known.kind], about, known.values, per_breast=known.per_breast)

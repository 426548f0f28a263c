"""Judges claims: every line with all others granted, then by sets of the others; and the findings on the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pyreco.answers.check_answer import CONFLICT, CheckAnswer
from pyreco.answers.findings import Findings, amounts, findings_by_case
from pyreco.answers.frame import Frame
from pyreco.answers.lines import CheckMaker, Judged
from pyreco.documents.history import History
from pyreco.facts.cases import NO_ROWS, Fact
from pyreco.facts.claims import Claim, Item
from pyreco.questions.asking import Asker, Case, by_case
from pyreco.questions.settling import settle
from pyreco.rulebase.terms import Atoms

CHUNK = 100  # documents in one grounding
TOGETHER = 20  # lines in one search for sets; every model of it serves all of them
MOST_CONFLICTS = 12
"""With more lines in conflict the sets that can be paid together are not looked for."""


@dataclass(slots=True)
class _Line:
    """A claimed line that is judged: its row, its cases, and the positions of the claimed lines that bear on it."""

    row: int
    claim: Claim
    item: Item
    others: frozenset[int] = NO_ROWS
    cases: dict[int, str] = field(default_factory=dict)

    def case(self) -> Case:
        assert self.item.occasion is not None  # an act has a date
        return self.claim.history, self.item.occasion

    def asked(self, case: int, side: str) -> Fact:
        return "asked", (case, 0, self.item.act.benefit or 0, side)


def check_all(asker: Asker, frame: Frame, histories: Iterable[History]) -> Iterator[CheckAnswer]:
    """The answer on each history, in their order."""
    remaining = iter(histories)
    maker = CheckMaker(frame)
    while chunk := list(islice(remaining, CHUNK)):
        claims = [Claim(history, frame.registry) for history in chunk]
        lines, found, atoms = _judge(asker, frame, claims)
        cents = amounts(atoms)
        verdicts = _verdicts(asker, frame, lines, found, atoms)
        by_claim: dict[int, list[Judged]] = {id(claim): [] for claim in claims}
        for line in lines:
            own = {side: found[case] for case, side in line.cases.items()}
            by_claim[id(line.claim)].append(Judged(line.claim, line.item, verdicts[line.row], own))
        rated = [maker.rated(by_claim[id(claim)]) for claim in claims]
        findings = asker.decided(("findings",), _finding_facts(asker, frame, claims, rated))
        split = by_case(findings, len(claims), apart="fee")
        cents |= amounts(findings)
        for place, claim in enumerate(claims):
            own_lines = [line for line in lines if line.claim is claim]
            in_conflict = [line for line in own_lines if verdicts[line.row] == CONFLICT]
            conflicts = _conflicts(asker, frame, in_conflict)
            too_many = len(in_conflict) > MOST_CONFLICTS
            sets = _together(asker, frame, claim, own_lines) if in_conflict and not too_many else None
            yield maker.answer(claim, by_claim[id(claim)], split[place], cents, conflicts, sets, too_many)


def line_verdicts(asker: Asker, frame: Frame, claims: Sequence[Claim], position: int = 0) -> list[str]:
    """The verdict on one line of each claim, that of the act in that position, a benefit that the texts define."""
    verdicts = []
    remaining = iter(claims)
    while chunk := list(islice(remaining, CHUNK)):
        lines, found, atoms = _judge(asker, frame, chunk, lambda item: item.act.position == position)
        of_line = _verdicts(asker, frame, lines, found, atoms)
        verdicts += [of_line[line.row] for line in lines]
    return verdicts


def _judge(
    asker: Asker, frame: Frame, claims: Sequence[Claim], wanted: Callable[[Item], bool] = lambda item: item.judged
) -> tuple[list[_Line], list[Findings], Atoms]:
    """Every wanted line with all others granted: one case for each side that it may be on."""
    lines: list[_Line] = []
    cases: list[Case] = []
    facts: list[Fact] = []
    for claim in claims:
        for item in claim.items:
            if not wanted(item):
                continue
            line = _Line(len(lines), claim, item)
            lines.append(line)
            for side in _sides(frame, item):
                line.cases[len(cases)] = side
                facts += [line.asked(len(cases), side), ("line_case", (line.row, len(cases)))]
                cases.append(line.case())
    atoms = asker.decided(("verdict", "bill", "lines"), [*asker.facts(enumerate(cases), frame.readings), *facts])
    bearing: dict[int, set[int]] = {}
    for row, act in atoms["bears_on"]:
        bearing.setdefault(int(str(row)), set()).add(int(str(act)))
    for line in lines:
        line.others = frozenset(item.act.position for item in line.claim.items) & bearing.get(line.row, set())
    found = findings_by_case(atoms, len(cases))
    settle(asker, frame, cases, found)
    return lines, found, atoms


def _sides(frame: Frame, item: Item) -> tuple[str, ...]:
    """The sides that a line may ask for: those of its act, or the only one where the benefit is of no breast."""
    benefit = frame.registry.benefits[item.act.benefit or 0]
    return tuple([side for side in item.act.sides if side in benefit.conditions]) or benefit.sides


def _verdicts(
    asker: Asker, frame: Frame, lines: Sequence[_Line], found: Sequence[Findings], atoms: Atoms
) -> dict[int, str]:
    """The verdict on each judged line, by its row."""
    verdicts = {int(str(row)): str(verdict) for row, verdict in atoms["line_verdict"]}
    undecided = {int(str(row)): [str(word) for word in rest] for row, *rest in atoms["line_open"]}
    open_lines = [line for line in lines if line.row in undecided]
    payable = _possible(asker, frame, "payable", [line for line in open_lines if line.others])
    for line in open_lines:
        if line.row in payable:
            verdicts[line.row] = undecided[line.row][0]
        elif any(v in ("billable", "conditional") for case in line.cases for v in found[case].verdicts.values()):
            verdicts[line.row] = undecided[line.row][1]
    rest = [line for line in open_lines if line.row not in verdicts]
    billable = _possible(asker, frame, "worlds", [line for line in rest if line.others])
    for line in rest:
        verdicts[line.row] = undecided[line.row][1 if not billable.isdisjoint(line.cases) else 2]
    return verdicts


def _possible(asker: Asker, frame: Frame, question: str, lines: Sequence[_Line]) -> set[int]:
    """What is possible for some set of the others: rows of payable lines, or of billable cases."""
    found: set[int] = set()
    remaining = iter(lines)
    while few := list(islice(remaining, TOGETHER)):
        facts = dict.fromkeys(fact for line in few for fact in _set_facts(asker, frame, line))
        atoms = asker.possible(("sets", question), facts)
        found |= {int(str(atom[0])) for atom in atoms["payable" if question == "payable" else "billable"]}
    return found


def _set_facts(asker: Asker, frame: Frame, line: _Line, group: int | None = None) -> Iterator[Fact]:
    """The cases of a line while the set of the granted lines is open."""
    own = line.row if group is None else group
    yield from asker.facts([(case, line.case()) for case in line.cases], frame.readings, line.others)
    for case, side in line.cases.items():
        yield line.asked(case, side)
        yield "line_case", (line.row, case)
        yield "of_group", (case, own)
    if group is None:
        for act in sorted(line.others):
            yield "member", (own, act)


def _conflicts(asker: Asker, frame: Frame, lines: Sequence[_Line]) -> dict[int, list[int]]:
    """For each line in conflict, by its position, the positions of the lines that make it unpayable."""
    conflicts: dict[int, list[int]] = {}
    for line in lines:
        facts = list(_set_facts(asker, frame, line))
        row = max(line.cases) + 1
        for act in sorted(line.others):
            for side in line.cases.values():
                copies = asker.facts([(row, line.case())], frame.readings, line.others)
                facts += [fact for fact in copies if fact[0] != "reading"]
                facts += [
                    line.asked(row, side),
                    ("with_too", (line.row, act, row)),
                    ("of_group", (row, line.row)),
                    ("granted_too", (row, act)),
                ]
                row += 1
        atoms = asker.possible(("sets", "conflicts"), facts)
        conflicts[line.item.act.position] = sorted(int(str(act)) for _, act in atoms["conflicts"])
    return conflicts


def _together(asker: Asker, frame: Frame, claim: Claim, lines: Sequence[_Line]) -> list[tuple[int, ...]]:
    """Every largest set of claimed lines that can be paid together, as positions."""
    facts: list[Fact] = []
    for line in lines:
        # Here a line stands for its position, and the one group is the claim's.
        facts += _set_facts(asker, frame, _Line(line.item.act.position, claim, line.item, line.others, line.cases), 0)
    members = [item.act.position for item in claim.items if item.act.code is not None]
    facts += [("member", (0, position)) for position in members]
    answers = asker.largest(("sets", "together"), dict.fromkeys(facts))
    found = [tuple(sorted(int(str(act)) for _, act in answer["chosen"])) for answer in answers]
    return sorted(set(found), key=lambda own: (-len(own), own))


def _finding_facts(
    asker: Asker, frame: Frame, claims: Sequence[Claim], rated: Sequence[Mapping[int, Sequence[tuple[int, str]]]]
) -> Iterator[Fact]:
    yield from asker.facts((), frame.readings)
    for row, claim in enumerate(claims):
        yield from claim.facts(row, asker.case_facts, rated[row])

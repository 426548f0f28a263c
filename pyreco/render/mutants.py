"""What became of small changes of the law: for a terminal, for programs, and as examples that notice survivors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.written import yaml_of
from pyreco.questions.mutating import CAUGHT, EQUIVALENT, SURVIVED, Mutant, as_case
from pyreco.render.table import BOLD, DIM, RED, styled, wrapped

_REASONS = {
    "broken": N_("the rules or the examples cannot be read with it"),
    "told": N_("it is told, and decides nothing"),
    "same_within_bounds": N_("no history within the bounds shows it"),
    "settled": N_("no history in which nothing is unknown shows it, within the bounds"),
    "implied": N_("no history within the bounds shows it, since {because} makes it good"),
    "out_of_time": N_("the search for a history ran out of time"),
    "no_hospital": N_("no hospital within the bounds shows it"),
    "hospital": N_("a hospital shows it, and no example notices it"),
    "elsewhere": N_("it shows on claims or the days of a hospital alone, and no example notices it"),
    "amount": N_("an amount differs, and no example notices it"),
    "history": N_("a history shows it, and no example notices it"),
}
_FATES = {SURVIVED: N_("Not noticed by any example:"), EQUIVALENT: N_("Without a consequence:")}
_SUM = N_(
    "{all} changes: {caught} noticed by the examples, {equivalent} without a consequence, {survived} not noticed."
)
_CHANGE = N_("{clause}: {fact} {what}: {reason}")


def mutant_lines(mutants: Sequence[Mutant], speech: Speech) -> Iterator[str]:
    """Those that survived, those that change nothing, and how many there are of each."""
    say = speech.say
    for fate, style in ((SURVIVED, RED), (EQUIVALENT, DIM)):
        own = [mutant for mutant in mutants if mutant.fate == fate]
        if own:
            yield styled(say(_FATES[fate]), BOLD)
        for mutant in own:
            mutation = mutant.mutation
            reason = say(_REASONS[mutant.by]).format(because=" ".join(mutant.because))
            place = mutation.clause or mutation.file
            said = say(_CHANGE).format(clause=place, fact=mutation.before, what=f"({mutation.what})", reason=reason)
            first, *more = wrapped(said, "• ", "  ")
            yield f"{styled('•', style)} {first[2:]}"
            yield from more
    counts = Counter(mutant.fate for mutant in mutants)
    yield say(_SUM).format(
        all=len(mutants), caught=counts[CAUGHT], equivalent=counts[EQUIVALENT], survived=counts[SURVIVED]
    )


def mutant_line(mutant: Mutant) -> str:
    """One change as a JSON object on a line."""
    mutation = mutant.mutation
    return json.dumps(
        {
            "clause": mutation.clause or None,
            "file": mutation.file,
            "change": mutation.what,
            "before": mutation.before,
            "after": mutation.after or None,
            "fate": mutant.fate,
            "by": mutant.by if mutant.fate == CAUGHT and mutant.by not in _REASONS else None,
            "reason": mutant.by if mutant.by in _REASONS else None,
            "implied_by": list(mutant.because),
            "case": as_case(mutant),
        }
    )


def case_file(mutants: Sequence[Mutant], speech: Speech) -> str:
    """Examples that notice the survivors that a history shows, as a case file, one a history; empty without any."""
    cases: dict[str, object] = {}
    for mutant in mutants:
        case = as_case(mutant)
        if case is not None:
            cases.setdefault(json.dumps([case["on"], case["ask"], case["history"], case.get("readings")]), case)
    if not cases:
        return ""
    about = speech.say(N_("Examples made from the histories on which a small change of the law shows"))
    return yaml_of({"about": about, "cases": list(cases.values())})

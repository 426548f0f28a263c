"""In which order the parts of a body are joined: it decides how long a proof is, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pyreco.errors import RuleFault, told
from pyreco.proofs.syntax import Aggregate, AtomPattern, Comparison, Element, Literal, variables, variables_of

_LATEST = 1_000_000  # what speaks of variables of its own is joined when all others have their values
_NEVER = _LATEST + 1
Known = set[str]
Weigh = Callable[[AtomPattern, Known], int]
"""About how many atoms match a literal whose variables are known, or not; 0 where looking costs nothing."""


def _open(atom: AtomPattern, known: Known) -> int:
    return sum(name not in known for name in set(variables(atom)))


def arranged(
    elements: Sequence[Element],
    bound: frozenset[str],
    weigh: Weigh = _open,
    fixed: frozenset[str] = frozenset(),
) -> Iterator[int]:
    """The places of the parts of a body in the order in which they are joined.

    What binds nothing new comes as soon as it can be judged, then what has the fewest matches; of those alike what
    stands first.

    Args:
        elements: the parts.
        bound: the variables that have values.
        weigh: about how many atoms match.
        fixed: the variables of which the head or more than one part speaks; the others are a part's own.

    Raises:
        RuleFault: a variable never gets a value.
    """
    left = list(range(len(elements)))
    known = set(bound)
    while left:
        costs = {place: _cost(elements[place], known, weigh, fixed) for place in left}
        place = min(left, key=lambda at: (costs[at], at))
        if costs[place] == _NEVER:
            raise RuleFault([told("a rule cannot be joined: a variable has no value; give it one")])
        yield place
        left.remove(place)
        known.update(variables_of(elements[place]))


def _cost(element: Element, known: Known, weigh: Weigh, fixed: frozenset[str]) -> int:
    if isinstance(element, Literal):
        ready = element.positive or not _open(element.atom, known)
        return weigh(element.atom, known) if ready else _NEVER
    if isinstance(element, Comparison):
        sides = (element.left, element.right)
        left, right = ([name for name in variables(side) if name not in known] for side in sides)
        ready = not (left or right) or (element.operator == "=" and not (left and right))
        return 0 if ready else _NEVER
    own = set(variables_of(element)) & fixed
    if isinstance(element, Aggregate) and element.operator == "=":
        own -= set(variables(element.bound))
    return _LATEST if own <= known else _NEVER

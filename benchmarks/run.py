"""Prints how fast pyreco is, as ratios measured in one run: python benchmarks/run.py

`python benchmarks/serve.py` does the same for the server. Each figure is the median of several runs; a ratio compares
two things done by the same machine in the same minutes.
"""

from __future__ import annotations

import datetime
import itertools
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import clingo

from pyreco import History, Rules
from pyreco.facts.occasions import asked_by_document
from pyreco.render.json_lines import answer_line
from pyreco.rulebase.base import RuleBase
from pyreco.rulebase.terms import symbol
from pyreco.rules import packaged_rules

ROOT = Path(__file__).parent.parent
ON = datetime.date(2017, 9, 1)
EXAMPLE = ROOT / "examples" / "delayed_one_sided.yaml"


def seconds(run: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """The median time of a run."""
    run()
    taken = []
    for _ in range(times):
        started = clock()
        run()
        taken.append(clock() - started)
    return statistics.median(taken)


def cold() -> str:
    """A whole process that answers one history, against one that only loads the two libraries."""

    def process(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)

    code = "from pyreco.cli import main; main()"
    bill = seconds(process("-c", code, "bill", str(EXAMPLE), "--on", ON.isoformat()), 9)
    base = seconds(process("-c", "import clingo, typer"), 9)
    return f"cold bill of one history / import of clingo and typer: {bill / base:.2f} ({bill:.3f} s / {base:.3f} s)"


def warm(rules: Rules, history: History) -> str:
    """One question to loaded rules, against a fresh solver on the same kept program, with no explanation."""
    question = RuleBase(packaged_rules()).question(("verdict", "bill"))
    facts = [
        ("scope", ("convention",)),
        *rules.facts_of([(0, (history, asked_by_document(history, ON)))]),
    ]

    def bare() -> None:
        control = clingo.Control(["--warn=none"])
        question.add_to(control)
        with control.backend() as backend:
            for name, arguments in facts:
                atom = clingo.Function(name, [symbol(part) for part in arguments])
                backend.add_rule([backend.add_atom(atom)])
        control.ground([("base", [])])
        control.solve()

    ours, theirs = seconds(lambda: rules.bill(history, ON), 30), seconds(bare, 30)
    return f"warm bill through the interface / bare grounding and solving: {ours / theirs:.2f} ({ours * 1000:.1f} ms)"


def many(rules: Rules, histories: list[History]) -> str:
    """A thousand histories, answered and printed as JSON, on one core."""

    def run() -> None:
        for answer in rules.bill_all(histories, ON):
            answer_line(answer)

    taken = seconds(run, 3)
    each = taken / len(histories) * 1000
    return f"{len(histories)} histories in one call: {each:.2f} ms each"


def check(rules: Rules) -> str:
    """A claim judged, against a plain bill of the same history."""
    history = rules.read(ROOT / "examples" / "claim_to_correct.yaml")[0]
    judged = seconds(lambda: rules.check(history), 15)
    billed = seconds(lambda: rules.bill(history, ON), 15)
    return f"check of a claim / bill of the same history: {judged / billed:.2f}"


def scopes(rules: Rules, history: History) -> str:
    """All benefits of both texts, against the nine of the convention."""
    whole = seconds(lambda: rules.bill(history, ON, scope="all"), 15)
    nine = seconds(lambda: rules.bill(history, ON), 15)
    return f"bill of all 55 benefits / of the nine: {whole / nine:.2f}"


def advice(rules: Rules) -> Iterator[str]:
    """What is missing, what hangs on readings and what comes next, each against a plain bill of the same history."""
    history = rules.read(ROOT / "examples" / "papers_missing.yaml")[0]
    plain = seconds(lambda: rules.bill(history, ON), 15)
    more: dict[str, Callable[[], object]] = {
        "bill with needs and readings that matter": lambda: rules.bill(history, ON, advice=True),
        "bill under all readings": lambda: rules.bill(history, ON, all_readings=True),
        "bill with the events that open": lambda: rules.bill(history, ON, events=True),
        "plan of a whole reconstruction": lambda: rules.plan(history, ON),
    }
    for name, run in more.items():
        taken = seconds(run, 7)
        yield f"{name} / bill of the same history: {taken / plain:.1f} ({taken * 1000:.0f} ms / {plain * 1000:.1f} ms)"


def differences(rules: Rules, history: History) -> str:
    """A history of four acts on which a changed reading shows, and the proof that there is none, against a bill."""
    differ = rules.differ(rules, other_readings={"unique_scope": "breast"}, acts=4)
    shown, none = seconds(lambda: differ.differ(252733, "left"), 5), seconds(lambda: differ.differ(252770, "none"), 5)
    billed = seconds(lambda: rules.bill(history, ON), 15)
    taken = f"{shown / billed:.0f}, {none / billed:.0f} ({shown:.2f} s, {none:.2f} s)"
    return f"a witness of a difference, or of its absence, within four acts / bill of one history: {taken}"


def proofs(rules: Rules) -> str:
    """Every property of the law, in two processes; and a small change of the law tried on the examples."""
    started = time.perf_counter()
    count = len(list(rules.verify(jobs=2)))
    proved = time.perf_counter() - started
    mutator = rules.mutator()
    mutations = mutator.mutations(["conv_4b_1b", "conv_3b_2b"])
    started = time.perf_counter()
    found = list(mutator.all(mutations, 1))
    each = (time.perf_counter() - started) / len(found)
    return f"all {count} properties: {proved:.0f} s; a small change tried on the examples: {each:.2f} s"


def main() -> None:
    """Print every figure."""
    rules = Rules()
    examples = [history for path in sorted((ROOT / "examples").glob("*.yaml")) for history in rules.read(path)]
    history = rules.read(EXAMPLE)[0]
    thousand = list(itertools.islice(itertools.cycle(examples), 1000))
    plain = (cold(), warm(rules, history), many(rules, thousand), check(rules), scopes(rules, history))
    for line in (*plain, *advice(rules)):
        print(line, flush=True)
    print(differences(rules, history), flush=True)
    print(proofs(rules), flush=True)


if __name__ == "__main__":
    main()

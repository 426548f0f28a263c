"""A report: one page that needs nothing else, for a patient's file, on paper as well as on a screen.

Of each document: the acts of two breasts in time, what can be billed as a table in which each row opens to its
explanation, what is missing, and what comes next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyreco.answers.bill_answer import VERDICTS, Answer, UsedReading, Verdict
from pyreco.answers.plan_answer import Plan, PlanAnswer
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import History
from pyreco.render.drawing_model import Alternatives, Drawing, Tree, drawing
from pyreco.render.explained import missing
from pyreco.render.html import explanation, in_time, link_beside, sentences, whole_page
from pyreco.render.markup import Element, element
from pyreco.render.people import day, euros, fee, for_people
from pyreco.render.plan_words import act_words, goal_words, plan_words
from pyreco.render.spoken import names_in
from pyreco.render.svg import sign_element

LED_TO = ("billable", "conditional")
"""The verdicts on which something is to be done."""
MOST_LED_TO = 8
"""Of so many of each kind the rows are named; of more the table below tells."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported of one document.

    Attributes:
        history: the document.
        answer: what can be billed.
        beside: for each candidate what changes nothing, by clause.
        plan: what comes next; nothing where it was not asked for.
        names: of the benefits, by ambulatory code.
        law: where a clause is shown, with ``{clause}`` for its id, and an open question, with ``{question}``; empty
            in a page that needs nothing else.
    """

    history: History
    answer: Answer
    beside: Alternatives
    plan: PlanAnswer | None
    names: Mapping[int, str]
    law: tuple[str, str] = ("", "")


def report_page(reports: Sequence[Report], speech: Speech) -> str:
    """The whole page.

    Args:
        reports: of the documents, in their order.
        speech: the words.
    """
    level = 2 if len(reports) == 1 else 3
    sections = []
    for place, report in enumerate(reports, 1):
        shown = drawing_of(report, speech)
        sections.append((shown.title, list(report_parts(report, shown, f"d{place}", speech, level))))
    return whole_page(sections, speech)


def drawing_of(report: Report, speech: Speech) -> Drawing:
    """What is drawn of a report, with its days as people write them."""
    named = names_in(report.history, speech)
    shown = drawing(report.history, report.answer, report.answer.verdicts, report.beside, speech, named)
    return for_people(shown, report.history, speech)


def report_parts(report: Report, shown: Drawing, prefix: str, speech: Speech, level: int) -> Iterator[Element]:
    """What a page shows of one document; the ids in it begin with ``prefix``."""
    yield at_a_glance(report, shown, prefix, speech)
    yield from in_time(shown, prefix, speech, level)
    yield element(f"h{level}", None, speech.say(N_("What can be billed, and why")))
    yield verdict_table(report, shown, prefix, speech)
    yield element(f"h{level}", None, speech.say(N_("What is missing")))
    yield from missing_parts(report, prefix, speech)
    if report.plan is not None:
        yield element(f"h{level}", None, speech.say(N_("What comes next")))
        yield from plan_parts(report.plan, report.history, speech, level + 1)
    yield closing_parts(report, shown, speech)


def at_a_glance(report: Report, shown: Drawing, prefix: str, speech: Speech) -> Element:
    """How many verdicts there are of each kind; what is billable, now or on some condition, leads to its row."""
    items = []
    for kind in VERDICTS:
        own = [
            (verdict, tree)
            for verdict, tree in zip(report.answer.verdicts, shown.trees, strict=True)
            if verdict.verdict == kind
        ]
        if not own and kind != "billable":
            continue
        count = element("strong", None, speech.said_of(speech.verdict(kind), len(own)))
        links = [_to_row(verdict, tree, prefix, speech) for verdict, tree in own[:MOST_LED_TO] if kind in LED_TO]
        if links and len(own) > MOST_LED_TO:
            links.append(element("li", None, speech.say(N_("and {count} more")).format(count=len(own) - MOST_LED_TO)))
        below = element("ul", None, *links) if links else None
        items.append(element("li", {"class": f"pr-chip pr-edge-{kind}"}, sign_element(kind), count, below))
    return element("ul", {"class": "pr-glance", "aria-label": speech.say(N_("At a glance"))}, *items)


def _to_row(verdict: Verdict, tree: Tree, prefix: str, speech: Speech) -> Element:
    link = element("a", {"href": f"#{row_id(verdict, prefix)}"}, f"{tree.benefit}, {tree.side}")
    costs = element("span", {"class": "pr-fee"}, euros(verdict.fee_eur, speech))
    return element("li", None, link, " ", costs)


def closing_parts(report: Report, shown: Drawing, speech: Speech) -> Element:
    """Notes, what the texts leave open and was decided here, and what an answer is not."""
    answer = report.answer
    notes = for_people(tuple(note.text for note in answer.notes), report.history, speech)
    said = [element("p", None, speech.say(N_("Note: {text}")).format(text=text)) for text in notes]
    clauses = {branch.clause for tree in shown.trees for branch in tree.branches}
    used = [own for own in answer.readings_used if any(clause in clauses for clause in own.clauses)]
    if used:
        summary = element("summary", None, speech.said_of(speech.say(N_("Readings at issue")), len(used)))
        items = [_reading(own, report.law[1], speech) for own in used]
        said.append(element("details", {"class": "pr-readings"}, summary, element("ul", None, *items)))
    last = f"{answer.disclaimer} [{answer.ruleset.partition('#')[0]}]"
    return element("footer", None, *said, element("p", None, last))


def _reading(used: UsedReading, law: str, speech: Speech) -> Element:
    question, answer = speech.reading(used.question, used.answer)
    basis = speech.basis(used.basis)
    asked = link_beside(question, law.format(question=used.question)) if law else question
    return element("li", None, asked, " ", element("strong", None, answer), f" ({basis})")


def verdict_table(report: Report, shown: Drawing, prefix: str, speech: Speech) -> Element:
    """The verdicts, a row each, and below each row its explanation, to be opened."""
    say = speech.say
    headers = (N_("Benefit"), N_("Breast"), N_("Verdict"), N_("Fee"))
    head = element("thead", None, element("tr", None, *(element("th", {"scope": "col"}, say(h)) for h in headers)))
    bodies = [
        _rows(verdict, tree, report, prefix, speech)
        for verdict, tree in zip(report.answer.verdicts, shown.trees, strict=True)
    ]
    caption = element("caption", None, say(N_("Acts: {acts}. Asked about: {on}.")).format(
        acts=len(report.history.acts), on=day(report.answer.on, speech)
    ))  # fmt: skip
    return element("table", {"class": "pr-verdicts"}, caption, head, *bodies)


def _rows(verdict: Verdict, tree: Tree, report: Report, prefix: str, speech: Speech) -> Element:
    """A verdict in one line, and its reason in the next, which opens to the explanation."""
    name = report.names.get(tree.benefit, "")
    about = element("span", {"class": "pr-name"}, name) if name else None
    said = element("span", {"class": "pr-said"}, sign_element(tree.verdict), element("strong", None, tree.said))
    cells = [
        element("th", {"scope": "row"}, element("strong", None, tree.codes), " ", about),
        element("td", None, speech.side(verdict.breast)),
        element("td", None, said),
        element("td", {"class": "pr-fee"}, euros(verdict.fee_eur, speech) or "\u2013"),
    ]
    opens = speech.say(N_("Explanation"))
    of_what = speech.said_of(opens, f"{tree.codes}, {tree.side}")
    hidden = element("span", {"class": "pr-hidden"}, f" {of_what}")
    summary = element("summary", None, element("span", None, tree.reason), hidden)
    opened = element("details", None, summary, *explanation(tree, prefix, report.law[0]))
    return element(
        "tbody",
        {"class": f"pr-edge-{tree.verdict}", "id": row_id(verdict, prefix)},
        element("tr", None, *cells),
        element("tr", {"class": "pr-more"}, element("td", {"colspan": "4"}, opened)),
    )


def row_id(verdict: Verdict, prefix: str) -> str:
    """The id of a verdict's row; no act has it, since their ids hold no dot."""
    return f"{prefix}.{verdict.benefit}.{verdict.breast}"


def missing_parts(report: Report, prefix: str, speech: Speech) -> Iterator[Element]:
    """What would make each conditional verdict billable, and what would open what cannot be billed yet."""
    said = False
    named = names_in(report.history, speech)
    for verdict in report.answer.verdicts:
        own = for_people(tuple(missing(verdict, speech, named)), report.history, speech)
        if not own:
            continue
        said = True
        name = f"{verdict.benefit}-{verdict.hospital_code}, {speech.word(verdict.breast)}: " + speech.verdict(
            verdict.verdict
        )
        link = element("a", {"href": f"#{row_id(verdict, prefix)}"}, name)
        yield element(
            "div", {"class": "pr-missing"}, element("p", None, element("strong", None, link)), *sentences(own)
        )
    if not said:
        yield element("p", None, speech.say(N_("Nothing: no verdict hangs on a fact that is unknown or yet to come.")))


def plan_parts(answer: PlanAnswer, history: History, speech: Speech, level: int) -> Iterator[Element]:
    """Goals and plans, each session with its acts."""
    if not answer.goals:
        text = N_("No breast to rebuild is known: name a goal, or state an indication or an ablation.")
        yield element("p", None, speech.say(text))
    goals = [element("li", None, for_people(goal_words(goal, speech), history, speech)) for goal in answer.goals]
    if goals:
        yield element("ul", {"class": "pr-goals"}, *goals)
    if answer.goals and not answer.plans:
        yield element("p", None, speech.say(N_("No further act is needed, or none can reach more.")))
    for plan in answer.plans:
        yield from _plan(plan, history, speech, level)


def _plan(plan: Plan, history: History, speech: Speech, level: int) -> Iterator[Element]:
    first, more = plan_words(plan, speech, fee)
    yield element(f"h{level}", None, first)
    yield from (element("p", None, text) for text in more)
    names = names_in(history, speech)
    sessions = []
    for session in plan.sessions:
        acts = []
        for act in session.acts:
            named, details = for_people(act_words(act, speech, fee, names), history, speech)
            below = element("ul", None, *(element("li", None, text) for text in details)) if details else None
            acts.append(element("li", None, named, below))
        heading = speech.say(N_("{day} or later:")).format(day=day(session.on, speech))
        sessions.append(element("li", None, element("strong", None, heading), element("ul", None, *acts)))
    yield element("ol", {"class": "pr-plan"}, *sessions)

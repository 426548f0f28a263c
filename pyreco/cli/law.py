"""Commands that show the rule base: clauses, open questions, schemas."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.cli.options import Language, TextFormat, loaded_rules, write_lines

if TYPE_CHECKING:
    from pyreco.catalogue import Page


class SchemaName(StrEnum):
    """What there is a schema of."""

    history = "history"
    answer = "answer"
    check = "check"
    adhesion = "adhesion"
    adhesion_answer = "adhesion-answer"
    plan = "plan"
    proof = "proof"
    question = "question"
    receipt = "receipt"
    comparison = "comparison"
    difference = "difference"
    indicators = "indicators"


def rules(
    clause: Annotated[str | None, typer.Argument(metavar="CLAUSE", help="One clause; left out, all of them.")] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="How each clause is decided and how many cases test it.")
    ] = False,
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    lang: Language = "en",
) -> None:
    """The clauses of the texts and what each became; or one with its article, dates, benefits, facts and cases."""
    from pyreco.catalogue import clause_page, clause_table, coverage_table

    loaded = loaded_rules()
    speech = loaded.speech(lang)
    if clause is not None:
        page = clause_page(loaded.registry, speech, clause)
    else:
        page = (coverage_table if coverage else clause_table)(loaded.registry, speech)
    _print(page, format)


def readings(
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    lang: Language = "en",
) -> None:
    """The open questions of the texts, their answers, and which of them is the default."""
    from pyreco.catalogue import reading_table

    loaded = loaded_rules()
    _print(reading_table(loaded.registry, loaded.speech(lang)), format)


def schema(what: Annotated[SchemaName, typer.Argument(help="What to describe.")]) -> None:
    """The JSON Schema of what pyreco reads or prints: a history, an adhesion file, or an answer."""
    from pyreco.documents.schema import adhesion_schema, history_schema
    from pyreco.receipts.schema import receipt_schema
    from pyreco.render.adhesion_schema import adhesion_answer_schema
    from pyreco.render.answer_schema import answer_schema
    from pyreco.render.check_schema import check_schema
    from pyreco.render.comparison_schema import comparison_schema
    from pyreco.render.difference_schema import difference_schema
    from pyreco.render.indicators_schema import indicators_schema
    from pyreco.render.inquiry_schema import inquiry_schema
    from pyreco.render.plan_schema import plan_schema
    from pyreco.render.proof_schema import explanation_schema

    loaded = loaded_rules()
    documents = {SchemaName.history: history_schema, SchemaName.adhesion: adhesion_schema}
    answers = {
        SchemaName.answer: answer_schema,
        SchemaName.check: check_schema,
        SchemaName.adhesion_answer: adhesion_answer_schema,
        SchemaName.plan: plan_schema,
        SchemaName.proof: explanation_schema,
        SchemaName.question: inquiry_schema,
        SchemaName.receipt: receipt_schema,
        SchemaName.comparison: comparison_schema,
        SchemaName.difference: difference_schema,
        SchemaName.indicators: indicators_schema,
    }
    made = documents[what](loaded.vocabulary) if what in documents else answers[what](loaded.registry)
    sys.stdout.write(json.dumps(made, indent=2) + "\n")


def _print(page: Page, format: TextFormat) -> None:
    if format is TextFormat.json:
        sys.stdout.write(json.dumps(page.data, indent=2, ensure_ascii=False) + "\n")
    else:
        from pyreco.render.terminal import page_lines

        write_lines(page_lines(page))

"""The program: its commands, and how it ends."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from pyreco.answers.languages import ENGLISH
from pyreco.cli import (
    adhering,
    asking,
    changing,
    claiming,
    indicating,
    inquiring,
    law,
    planning,
    proving,
    replaying,
    reporting,
    serving,
    synthesising,
    trying,
    verifying,
)
from pyreco.cli.rule_option import RuledApp
from pyreco.cli.spoken import choose_language, spoken
from pyreco.errors import PyrecoError, UsageError, reason_of, said_in, told

app = RuledApp(
    name="pyreco",
    help="What can be billed for a breast reconstruction in Belgium, by the convention and article 14 c), and why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command(epilog="Example: pyreco bill examples/delayed_one_sided.yaml --on 2017-09-01")(asking.bill)
app.command(epilog="Example: pyreco why examples/delayed_one_sided.yaml 252733 --breast left --on 2017-09-01")(
    asking.why
)
app.command(
    "verify-proof",
    epilog="Example: pyreco why examples/tattoo_too_early.yaml 252792 --on 2018-01-15 --format json"
    " | pyreco verify-proof -",
)(proving.verify_proof)
app.command(epilog="Example: pyreco needs examples/papers_missing.yaml 252652 --breast right --on 2017-09-01")(
    asking.needs
)
app.command(epilog="Example: pyreco plan examples/pending_claim.yaml --on 2017-08-28")(planning.plan)
app.command(epilog="Example: pyreco report examples/papers_missing.yaml --on 2017-09-01")(reporting.report)
app.command(epilog="Example: pyreco serve --check")(serving.serve)
app.command(epilog="Example: pyreco ask examples/papers_missing.yaml --on 2017-10-16 --format json")(inquiring.ask)
app.command(epilog="Example: pyreco check examples/claim_in_order.yaml")(claiming.check)
app.command(epilog="Example: pyreco adhesion examples/hospitals/coordinating.yaml --on 2017-03-01")(adhering.adhesion)
app.command(epilog="Example: pyreco check examples/claim_in_order.yaml --format json --receipt | pyreco replay -")(
    replaying.replay
)
app.command(epilog="Example: pyreco verify second_nipple splitting_pays_more")(verifying.verify)
app.command(epilog="Example: pyreco mutate --clause nps_i5_n1")(verifying.mutate)
app.add_typer(indicating.batch, name="batch", epilog="Example: pyreco batch --help")
app.command(epilog="Example: pyreco synth --patients 3 --seed 7 --relevant 1 -o -")(synthesising.synth)
app.command(epilog="Example: pyreco rules conv_4b_1b")(law.rules)
app.command(epilog="Example: pyreco readings")(law.readings)
app.command(epilog="Example: pyreco schema history")(law.schema)
app.command("test", epilog="Example: pyreco test examples/rule-change/cases --rules examples/rule-change")(
    trying.run_cases
)
app.command(epilog="Example: pyreco diff packaged examples/rule-change")(changing.diff)
app.add_typer(trying.new, name="new", epilog="Example: pyreco new rule-change --help")


def main() -> None:
    """Run the command line; every fault that pyreco knows ends in a message and an exit code, never in a traceback."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115 - a stream that the caller has closed
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    choose_language(ENGLISH)
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except PyrecoError as error:
        sys.stderr.write(f"{error.said_in(spoken())}\n")
        sys.exit(error.exit_code)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # typer makes 1 of it, which is a gate's
            _give_up_output(0)
        raise
    except BrokenPipeError:  # the reader has seen enough
        _give_up_output(0)
    except OSError as error:
        said = told("cannot write the answer: {why}; make room, or write elsewhere", why=reason_of(error))
        sys.stderr.write(f"{said_in(said, spoken())}\n")
        _give_up_output(UsageError.exit_code)


def _give_up_output(code: int) -> NoReturn:
    """End without what Python would still try to write and then complain about."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(code)

"""Prints how fast the server is, as ratios measured in one run: python benchmarks/serve.py --seconds 60 --clients 50

Each figure is a median; a ratio compares two things done by the same machine in the same minutes. Pages are asked for
over HTTP and measured in seconds of the processor, of all processes of a server, so that what else the machine does
counts little. The last part asks the server from many clients at once, counts what goes wrong, and watches its memory
and that of its child processes.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from run import EXAMPLE, ON, ROOT, seconds

from pyreco import Rules
from pyreco.web.state import State

COMMAND = [sys.executable, "-c", "from pyreco.cli import main; main()"]
TEXT = EXAMPLE.read_text(encoding="utf-8")
PATIENTS = ("delayed_one_sided.yaml", "papers_missing.yaml", "refused_flap.yaml")
WARM, TIMES = 3, 18  # each page; after five hundred a worker is replaced, which takes time of its own
NEW_ACT = {"new:code": "252733", "new:date": "2017-08-01", "new:breast": "left", "new:status": "reimbursed"}
COMPARED = "two sets of rules side by side"
CHANGES: dict[str, dict[str, str]] = {
    "a page of the workbench": {},
    COMPARED: {},
    "after another day": {"on": "2017-09-02"},
    "after a day before the law": {"on": "2016-09-01"},
    "after another reading": {"reading:prior_means": "earlier_or_same_date"},
    "after an act was added": {"do": "add", **NEW_ACT},
    "after a fact was changed": {"was:surgeon.eligible": "true", "fact:surgeon.eligible": "false"},
}
"""What a person does to a page, as its form has it."""

FORM = {"content-type": "application/x-www-form-urlencoded"}


def pages(rules: Rules) -> Iterator[str]:
    """A page of the workbench, and one after each kind of change, against plain bills of the same history."""
    with serving() as (address, pid):
        host = urllib.parse.urlsplit(address).netloc
        for name in PATIENTS:
            path = ROOT / "examples" / name
            (history,) = rules.read(path)
            plain = seconds(partial(rules.bill, history, ON), TIMES, time.process_time)
            state = State(path.read_text(encoding="utf-8"), on=ON.isoformat()).written()
            for what, change in CHANGES.items():
                form = urllib.parse.urlencode({"state": state, **change})
                ask = partial(asked, host, "POST", "/compare" if what == COMPARED else "/patient", form, FORM)
                turned = ask()[1].count("</span> → ")
                for _ in range(WARM):
                    ask()
                began = processor(pid)
                for _ in range(TIMES):
                    ask()
                made = (processor(pid) - began) / TIMES  # a clock of ticks tells nothing of one page
                said = f"{what}, {turned} verdicts turned" if turned else what
                yield f"{said} / bill of the same history ({name}): {made / plain:.2f} ({made * 1000:.0f} ms)"


def asked(host: str, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
    """The status and the body of a reply."""
    connection = http.client.HTTPConnection(host, timeout=120)
    connection.request(method, path, body.encode(), headers)
    reply = connection.getresponse()
    found = reply.status, reply.read().decode()
    connection.close()
    return found


def processor(pid: int) -> float:
    """The seconds of the processor that a process has taken, and all below it."""
    ticks = 0
    for one in [pid, *_below(pid)]:
        stat = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(stat[11]) + int(stat[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def up() -> str:
    """From the command to the first answer of a server, against a cold bill of one history."""

    def served() -> None:
        with serving() as (address, _):
            urllib.request.urlopen(address + "health").read()

    def billed() -> None:
        subprocess.run([*COMMAND, "bill", str(EXAMPLE)], check=True, stdout=subprocess.DEVNULL)

    taken, bill = seconds(served, 3), seconds(billed, 3)
    return f"a server's first answer / cold bill of one history: {taken / bill:.2f} ({taken:.2f} s)"


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """A server of its own: its address and its process."""
    with subprocess.Popen([*COMMAND, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.terminate()


def soak(clients: int, lasting: float) -> Iterator[str]:
    """Many clients at once, each with one request after the other: pages, changes, answers of the API, the law."""
    state = State(TEXT, on=ON.isoformat()).written()
    requests = [
        ("POST", "/patient", urllib.parse.urlencode({"state": state}), FORM),
        ("POST", "/patient", urllib.parse.urlencode({"state": state, "on": "2017-03-01", "lang": "fr"}), FORM),
        ("POST", "/bill?on=2017-09-01", TEXT, {"content-type": "application/yaml"}),
        ("POST", "/compare", urllib.parse.urlencode({"state": state}), FORM),
        ("GET", "/law/conv_4b_1b", "", {}),
        ("POST", "/bill", "acts: [", {"content-type": "application/yaml"}),
    ]
    statuses: Counter[str] = Counter()
    taken: list[float] = []
    with serving() as (address, pid):
        host = urllib.parse.urlsplit(address).netloc
        until = time.monotonic() + lasting

        def client(place: int) -> None:
            turn = place
            while time.monotonic() < until:
                method, path, body, headers = requests[turn % len(requests)]
                turn += 1
                started = time.perf_counter()
                try:
                    status = str(asked(host, method, path, body, headers)[0])
                except OSError as error:
                    status = type(error).__name__
                taken.append(time.perf_counter() - started)
                expected = "422" if body == "acts: [" else "200"
                statuses["as expected" if status == expected else status] += 1

        threads = [threading.Thread(target=client, args=(place,)) for place in range(clients)]
        for thread in threads:
            thread.start()
        memory = []
        while any(thread.is_alive() for thread in threads):
            memory.append(resident(pid))
            time.sleep(min(1.0, lasting / 10))
        for thread in threads:
            thread.join()
    wrong = {status: count for status, count in statuses.items() if status != "as expected"}
    rate = len(taken) / lasting
    said = f"{len(taken)} replies, {rate:.0f} a second, {wrong or 'no error'}"
    yield f"{clients} clients at once for {lasting:.0f} s: {said}"
    half, last = max(memory[: len(memory) // 2 + 1]), max(memory)
    slow = statistics.quantiles(taken, n=20)[-1]
    yield f"a reply took {statistics.median(taken):.2f} s, 95 % of them less than {slow:.2f} s"
    yield f"most memory of all processes: {last:.0f} MiB; in the second half / in the first: {last / half:.2f}"


def resident(pid: int) -> float:
    """The memory of a process and of all below it, in MiB; what they share counts once."""
    total = 0.0
    for one in [pid, *_below(pid)]:
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _below(pid: int) -> list[int]:
    try:
        own = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [one for child in map(int, own) for one in (child, *_below(child))]


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="how long many clients ask at once")
    parser.add_argument("--clients", type=int, default=50, help="how many")
    asked = parser.parse_args()
    for line in (*pages(Rules()), up(), *soak(asked.clients, asked.seconds)):
        print(line, flush=True)


if __name__ == "__main__":
    main()

"""Starts a change of the rules: a folder with the file of law to be changed, a first case, and what to try."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pyreco.case_files import AnyCase, Case, packaged_cases
from pyreco.case_reading import read_cases
from pyreco.documents.editing import written
from pyreco.errors import UsageError, reason_of, told
from pyreco.rulebase.files import LOGIC, RuleFiles
from pyreco.rules import Rules

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_RESERVED = {"con", "prn", "aux", "nul", "packaged"}
_FIRST = "convention_art_04.yaml"


def begin(rules: Rules, name: str, into: Path, files: Sequence[str], clauses: Sequence[str]) -> Path:
    """Make the folder of a change.

    Args:
        rules: that are to be changed.
        name: of the change, which is that of the folder.
        into: where the folder is made.
        files: paths of files of rules to be copied.
        clauses: clauses whose files of law are to be copied.

    Returns:
        The folder.

    Raises:
        UsageError: the name, a file or a clause will not do, or the folder exists or cannot be made.
    """
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise UsageError(
            told(
                "{name} cannot be the name of a change; use up to 64 of a-z, 0-9, - and _, such as nipple-both",
                name=repr(name),
            )
        )
    folder = into / name
    wanted = dict.fromkeys([*(_file(rules.files, file) for file in files), *_files_of(rules, clauses)])
    if folder.exists() or folder.is_symlink():
        raise UsageError(told("{folder} exists already; give another name, or remove it", folder=repr(str(folder))))
    try:
        into.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=into, prefix=f".{name}."))
        try:
            made.chmod(0o755)
            _fill(made, folder, name, rules, list(wanted), clauses)
            made.rename(folder)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as error:
        raise UsageError(
            told(
                "cannot make {folder}: {why}; name another place with --into",
                folder=repr(str(folder)),
                why=reason_of(error),
            )
        ) from error
    return folder


def _file(files: RuleFiles, name: str) -> str:
    short = name.replace("\\", "/").removeprefix("./").removeprefix(f"{LOGIC}/")
    if short not in files.contents:
        import difflib

        close = difflib.get_close_matches(short, list(files.contents), 1)
        hint = told("did you mean {word}? ", word=repr(close[0])) if close else ""
        raise UsageError(
            told(
                "{name} is no file of the rules; {hint}name one as law/convention_2016/art_04.lp",
                name=repr(name),
                hint=hint,
            )
        )
    return short


def _files_of(rules: Rules, clauses: Sequence[str]) -> list[str]:
    found = []
    for clause in clauses:
        known = rules.registry.clauses.get(clause)
        if known is None:
            raise UsageError(told("clause {clause} is not known; `pyreco rules` lists them", clause=repr(clause)))
        own = list(dict.fromkeys(file for _, file in known.facts))
        if not own:
            raise UsageError(
                told(
                    "clause {clause} has no fact of law; `pyreco rules {clause}` says what it became",
                    clause=clause,
                )
            )
        found += own
    return found


def _fill(made: Path, folder: Path, name: str, rules: Rules, files: list[str], clauses: Sequence[str]) -> None:
    copied = files or ["law/convention_2016/art_04.lp"]
    for file in copied:
        target = made / LOGIC / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(rules.files.contents[file])
    (made / "cases").mkdir()
    case = _first_case(clauses)
    (made / "cases" / f"{name}.yaml").write_text(_case_text(name, case), encoding="utf-8")
    (made / "README.md").write_text(_readme(name, folder.as_posix(), copied), encoding="utf-8")


def _first_case(clauses: Sequence[str]) -> AnyCase:
    """A packaged case on one of the clauses, so that the change begins with one that runs."""
    cases = [case for case in read_cases(packaged_cases()) if isinstance(case, Case)]
    return next(
        (case for case in cases if any(clause in case.tests for clause in clauses)),
        next(case for case in cases if case.file == _FIRST),
    )


def _case_text(name: str, case: AnyCase) -> str:
    assert isinstance(case, Case)
    lines = [
        f"about: {json.dumps(f'Cases of the change {name}')}",
        "# This first one comes with pyreco and holds for the rules as they are. Change what is expected to what your",
        "# change is to do, and add more below it; `pyreco test --record` writes down what the rules answer.",
        "cases:",
        f"  - case: {json.dumps(case.title)}",
        f"    tests: {written(case.tests)}",
    ]
    lines += [f"    readings: {written(case.readings)}"] if case.readings else []
    lines += [f"    k_value: {written(str(case.k_value))}"] if case.k_value is not None else []
    lines += [f"    index: {written(str(case.index))}"] if case.index is not None else []
    lines += [
        f"    on: {case.on.isoformat()}",
        f"    ask: {written({'code': case.code, 'breast': case.breast})}",
        "    history:",
        *_block(case.document, 6),
        f"    verdict: {case.verdict}",
        f"    clauses: {written(sorted(case.clauses))}",
    ]
    return "\n".join(lines) + "\n"


def _block(document: Mapping[str, Any], indent: int) -> list[str]:
    """A history with one act a line."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
            lines.append(f"{' ' * indent}{key}:")
            lines += [f"{' ' * indent}  - {written(item)}" for item in value]
        elif isinstance(value, Mapping) and any(isinstance(own, Mapping) for own in value.values()):
            lines.append(f"{' ' * indent}{key}:")
            lines += _block(value, indent + 2)
        else:
            lines.append(f"{' ' * indent}{key}: {written(value)}")
    return lines


def _readme(name: str, folder: str, files: Sequence[str]) -> str:
    listed = "\n".join(f"- `{LOGIC}/{file}`" for file in files)
    return f"""# {name}

What is to change, for whom, from which day, and where that is decided.

Files laid over those of pyreco, by their path; an empty file takes one away:

{listed}

Cases of this change: `cases/{name}.yaml`.

```sh
pyreco diff packaged {folder}
pyreco test {folder}/cases --rules {folder}
pyreco test {folder}/cases --rules {folder} --record
pyreco diff packaged {folder} --on-population FILE --on 2017-09-01
pyreco bill FILE --rules {folder}
```

In a project with pytest the same cases are collected with

```toml
[tool.pytest.ini_options]
pyreco_cases = ["{name}/cases"]
pyreco_rules = "{name}"
```
"""

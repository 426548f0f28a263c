"""The files of a rule base as they stand in a folder, and one set of files laid over another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyreco.errors import RuleFault, Told, UsageError, moved, reason_of, told, told_at
from pyreco.rulebase.digest import digest_of_files

VOCABULARY = "vocabulary.lp"
LOGIC = "logic"


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """Files of rules, whole or a part that is to be laid over a whole.

    Attributes:
        contents: what each holds, by its path below the rule base, with ``/``.
        origins: what messages call those that lie over others, by the same path.
    """

    contents: Mapping[str, bytes]
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 over names and contents, as hexadecimal digits."""
        return digest_of_files(self.contents)

    @property
    def is_whole(self) -> bool:
        """Whether it is a rule base by itself: only such a one says what words there are."""
        return bool(self.contents.get(VOCABULARY))

    def over(self, below: RuleFiles) -> RuleFiles:
        """These files laid over others: one of the same path replaces, an empty one takes away, any other is added."""
        if self.is_whole:
            kept = {name: content for name, content in self.contents.items() if content}
            return RuleFiles(kept, {name: self.origins[name] for name in kept if name in self.origins})
        laid = {**below.contents, **self.contents}
        kept = {name: content for name, content in laid.items() if content}
        origins = {name: origin for name, origin in {**below.origins, **self.origins}.items() if name in kept}
        return RuleFiles(kept, origins)

    def told(self, fault: RuleFault) -> RuleFault:
        """The fault with the files that lie over others called as their owner calls them."""
        return RuleFault([moved(message, lambda name: self.origins.get(name, name)) for message in fault.messages])


def files_of(folder: Path) -> RuleFiles:
    """Every ``.lp`` file below a folder.

    Raises:
        RuleFault: one of them cannot be read.
    """
    contents = {}
    for path in folder.rglob("*.lp"):
        name = path.relative_to(folder).as_posix()
        try:
            contents[name] = path.read_bytes()
        except OSError as error:
            raise RuleFault([told_at(f"{name}:1:1", told("cannot be read: {why}", why=reason_of(error)))]) from error
    return RuleFiles(contents)


def whole(where: Path | RuleFiles) -> RuleFiles:
    """The files of a whole rule base.

    Raises:
        UsageError: there is no such folder, or it holds no vocabulary.
        RuleFault: one of them cannot be read.
    """
    files = files_of(where) if isinstance(where, Path) else where
    if VOCABULARY not in files.contents:
        called = where if isinstance(where, Path) else told("these files")
        raise UsageError(
            told(
                "{called}: not a rule base, {vocabulary} is missing; name the folder that holds it",
                called=called,
                vocabulary=VOCABULARY,
            )
        )
    return files


def named(contents: Mapping[str, bytes], origin: str, missing: Told) -> RuleFiles:
    """Files that somebody keeps under a name: those in ``logic/`` where there is such a folder, otherwise all.

    Args:
        contents: what each holds, by its path below what was named.
        origin: what was named; with the path of a file behind it messages call that file so.
        missing: what to say where there is no file of rules.

    Raises:
        UsageError: there is none.
    """
    rules = {name: content for name, content in contents.items() if name.endswith(".lp")}
    inside = {name.removeprefix(f"{LOGIC}/"): name for name in rules if name.startswith(f"{LOGIC}/")}
    paths = inside or {name: name for name in rules}
    if not paths:
        raise UsageError(missing)
    return RuleFiles(
        {short: rules[name] for short, name in paths.items()},
        {short: f"{origin}{name}" for short, name in paths.items()},
    )

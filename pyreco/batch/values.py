"""Reads values of tables by the rules for documents: each distinct one once, or what is wrong with it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyreco.documents.history import History, read_history
from pyreco.documents.nodes import node_from_python
from pyreco.documents.scalars import Wrong, scalar_reader
from pyreco.documents.shape import Form, Key, act_keys, document_keys
from pyreco.errors import BadContent
from pyreco.vocabulary import BREASTS, Vocabulary

_NUMBER = re.compile(r"[-+]?[0-9]{1,40}(?:\.[0-9]{0,40})?", re.ASCII)
_SHOWN = 80  # characters of a bad value
NO_ACT = {"code": 350033, "date": "2017-01-01"}  # a code of no text: nothing hangs on it
UNKNOWN = ("unknown", "null")


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a value: either the value, or what is wrong with it."""

    value: object = None
    wrong: str | None = None


class ValueReader:
    """Reads texts as values of keys.

    Args:
        vocabulary: the words that documents may use.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._act_keys = act_keys(vocabulary)
        self._keys = document_keys(vocabulary)

    def of_act(self, name: str, text: str) -> Read:
        """The value of a key of an act."""
        return self._read(self._act_keys[name], text)

    def of_path(self, path: str, text: str) -> Read:
        """The value of a fact: ``breasts.left.total_loss``, ``operation.flap.left``, ``surgeon.eligible``."""
        key = self._key(path)
        if key is None:
            return Read(wrong=f"{_cut(path)} is the path of no fact")
        return self._read(key, text)

    def act(self, fields: Mapping[str, object]) -> str | None:
        """What is wrong between the keys of an act, if anything."""
        return self.document({"acts": [{**NO_ACT, **fields}]})[1]

    def document(self, data: Mapping[str, object]) -> tuple[History | None, str | None]:
        """A history of plain data, or what is wrong with it."""
        try:
            return read_history(node_from_python(data), "<row>", self._vocabulary), None
        except BadContent as bad:
            return None, "; ".join(f"{fault.what}: {fault.todo}" for fault in bad.faults)

    def _key(self, path: str) -> Key | None:
        keys: Mapping[str, Key] = self._keys
        parts = path.split(".")
        key: Key | None = None
        for place, part in enumerate(parts):
            if key is not None and key.per_breast and part in BREASTS and place == len(parts) - 1:
                return key
            key = keys.get(part)
            if key is None or key.form is Form.SECTIONS:
                return None
            keys = key.keys
        return None if key is None or key.form in (Form.SECTION, Form.SECTIONS) else key

    def _read(self, key: Key, text: str) -> Read:
        try:
            value = scalar_reader(key, self._vocabulary.pairs)(node_from_python(_plain(key.form, text)))
        except Wrong as wrong:
            return Read(wrong=f"{wrong}; {wrong.todo}")
        return Read(value)


def _plain(form: Form, text: str) -> object:
    """A text as the plain value that a document would hold."""
    if form is Form.TRUTH and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if form in (Form.QUANTITY, Form.COUNT, Form.AREA) and _NUMBER.fullmatch(text):
        return int(text) if text.isdigit() else Decimal(text)
    return text


def _cut(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def day_of(value: object) -> datetime.date:
    """A value that was read as a date."""
    assert isinstance(value, datetime.date)
    return value

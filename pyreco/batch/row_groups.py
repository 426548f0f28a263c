"""Puts Parquet files of one shape together as they are: row groups are copied, not read; only their places change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

MAGIC = b"PAR1"
# Types of the compact protocol of Thrift, in which a file's description is written.
_YES, _NO, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 7, 8, 9, 10, 12
_WHOLE = (3, 4, 5, 6)
# Fields by the structure that they are of, as in parquet.thrift.
_SCHEMA, _ROWS, _GROUPS = 2, 3, 4
_COLUMNS, _GROUP_AT, _ORDINAL = 1, 5, 7
_CHUNK_PLACES, _DESCRIBED = (2, 4, 6), 3
_PLACES = (9, 10, 11, 14)  # data, index and dictionary pages, Bloom filter
_LAST_ORDINAL = 2**15 - 1

Fields = dict[int, tuple[int, Any]]
"""Of a structure: its fields by their number, each with its type."""


def put_together(parts: Sequence[Path], whole: Path) -> None:
    """Write the row groups of some files one after the other into one.

    Args:
        parts: at least one, all with the same columns.
        whole: what they become.

    Raises:
        ValueError: the columns differ.
    """
    groups: list[Fields] = []
    described: Fields = {}
    rows = 0
    with whole.open("wb") as file:
        file.write(MAGIC)
        for part in parts:
            with part.open("rb") as own:
                found, length = _description(own)
                if described and found[_SCHEMA] != described[_SCHEMA]:
                    raise ValueError(f"{part.name} has other columns than {parts[0].name}")
                described = described or found
                for group in found[_GROUPS][1][1]:
                    _move(group, file.tell() - len(MAGIC), len(groups))
                    groups.append(group)
                rows += found[_ROWS][1]
                own.seek(len(MAGIC))
                _copy(own, file, length)
        described[_ROWS] = described[_ROWS][0], rows
        described[_GROUPS] = _LIST, (_STRUCT, groups)
        footer = bytearray()
        _write_struct(footer, described)
        file.write(footer + len(footer).to_bytes(4, "little") + MAGIC)


def _description(file: BinaryIO) -> tuple[Fields, int]:
    """What a file says of itself, and how many bytes its row groups take."""
    size = file.seek(0, 2)
    file.seek(size - 8)
    length = int.from_bytes(file.read(4), "little")
    file.seek(size - 8 - length)
    return _Reader(file.read(length)).struct(), size - 8 - length - len(MAGIC)


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    """Copy so many bytes."""
    while length:
        piece = source.read(min(length, 1 << 22))
        target.write(piece)
        length -= len(piece)


def _move(group: Fields, by: int, number: int) -> None:
    """Let a row group lie so many bytes later, and be the one with this number."""
    _shift(group, (_GROUP_AT,), by)
    if _ORDINAL in group:
        group[_ORDINAL] = group[_ORDINAL][0], number
        if number > _LAST_ORDINAL:  # it may be left out
            del group[_ORDINAL]
    for chunk in group[_COLUMNS][1][1]:
        _shift(chunk, _CHUNK_PLACES, by)
        _shift(chunk[_DESCRIBED][1], _PLACES, by)


def _shift(fields: Fields, places: Sequence[int], by: int) -> None:
    for place in places:
        kind, at = fields.get(place, (0, 0))
        if at:  # 0 says that there is none
            fields[place] = kind, at + by


# -- the compact protocol ----------------------------------------------------------------------------


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def struct(self) -> Fields:
        fields: Fields = {}
        number = 0
        while head := self._byte():
            kind = head & 15
            number = number + (head >> 4) if head >> 4 else self._whole()
            fields[number] = kind, (kind == _YES) if kind in (_YES, _NO) else self._value(kind)
        return fields

    def _value(self, kind: int) -> Any:
        if kind in _WHOLE[1:]:
            return self._whole()
        if kind == _STRUCT:
            return self.struct()
        if kind in (_LIST, _SET):
            head = self._byte()
            many = head >> 4 if head >> 4 < 15 else self._plain()
            return head & 15, [self._value(head & 15) for _ in range(many)]
        if kind == _BINARY:
            return self._bytes(self._plain())
        if kind == _DOUBLE:
            return self._bytes(8)
        if kind in (_YES, _NO, _WHOLE[0]):
            return self._byte()
        raise ValueError(f"type {kind} stands in no description of a Parquet file")

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _bytes(self, many: int) -> bytes:
        self._at += many
        return self._data[self._at - many : self._at]

    def _plain(self) -> int:
        number = shift = 0
        while (byte := self._byte()) & 128:
            number |= (byte & 127) << shift
            shift += 7
        return number | byte << shift

    def _whole(self) -> int:
        number = self._plain()
        return (number >> 1) ^ -(number & 1)


def _write_struct(out: bytearray, fields: Fields) -> None:
    before = 0
    for number, (kind, value) in sorted(fields.items()):
        truth = kind in (_YES, _NO)
        shown = (_YES if value else _NO) if truth else kind
        if number - before < 16:
            out.append((number - before) << 4 | shown)
        else:
            out.append(shown)
            _write_whole(out, number)
        if not truth:
            _write(out, kind, value)
        before = number
    out.append(0)


def _write(out: bytearray, kind: int, value: Any) -> None:
    if kind in _WHOLE[1:]:
        _write_whole(out, value)
    elif kind == _STRUCT:
        _write_struct(out, value)
    elif kind in (_LIST, _SET):
        of, values = value
        if len(values) < 15:
            out.append(len(values) << 4 | of)
        else:
            out.append(15 << 4 | of)
            _write_plain(out, len(values))
        for own in values:
            _write(out, of, own)
    elif kind == _BINARY:
        _write_plain(out, len(value))
        out += value
    elif kind == _DOUBLE:
        out += value
    else:
        out.append(value)


def _write_plain(out: bytearray, number: int) -> None:
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def _write_whole(out: bytearray, number: int) -> None:
    _write_plain(out, number << 1 if number >= 0 else (-number << 1) - 1)

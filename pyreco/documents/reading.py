"""From a file to its documents: YAML, JSON, JSON Lines or FHIR as trees of nodes with places."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from pyreco.documents.contents import MAX_BYTES, fault_at, file_bytes, text_of, too_large
from pyreco.documents.fhir import documents_of, is_resource
from pyreco.documents.json_text import JsonScanner
from pyreco.documents.nodes import MAX_NODES, Broken, Document, Node, Source, no_collection, node_from_python, shown
from pyreco.documents.xml_text import FhirXml, XmlSource
from pyreco.documents.yaml_text import YamlComposer
from pyreco.errors import Fault, UsageError, reason_of, told

__all__ = [
    "FORMATS",
    "Document",
    "Node",
    "node_from_python",
    "read_blocks",
    "read_documents",
    "read_file",
]

BLOCK_BYTES = 4 * 1024 * 1024
MAX_FAULTS = 100_000
"""So many faults end the reading: a file of nothing else would fill the memory with messages."""

MAX_VALUES = 5_000_000
"""So many values in one file end the reading; a tree takes far more memory than its text."""

_GIVE_ONE = told("give at least one document")
FORMATS = ("yaml", "json", "jsonl", "xml")
_EXTENSIONS = {".xml": "xml", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".yaml": "yaml", ".yml": "yaml"}

Read = tuple[list[Document], list[Fault]]


def read_file(path: str | os.PathLike[str], *, format: str | None = None, most: int = MAX_NODES) -> Read:
    """Read the documents of a file, or of standard input where ``path`` is ``-``.

    Args:
        path: the file as the user named it; faults call it so.
        format: one of ``FORMATS``; left out, the extension tells it, or else the first character.
        most: how many values a document in JSON may have.

    Raises:
        UsageError: the file cannot be opened or read.
    """
    name = os.fspath(path)
    return read_documents(file_bytes(name), name, format=format, most=most)


def read_blocks(path: str | os.PathLike[str], *, messages: bool = False) -> Iterator[Read]:
    """The documents of a file a block at a time: a file of JSON Lines may then be larger than the memory.

    Any other file is one block, as ``read_file`` reads it. With ``messages`` those of FHIR are left as they are.

    Raises:
        UsageError: the file cannot be opened or read.
    """
    name = os.fspath(path)
    if name == "-" or _EXTENSIONS.get(os.path.splitext(name)[1].lower()) != "jsonl":
        yield read_documents(file_bytes(name), name, messages=messages)
        return
    empty, line, index = True, 1, 0
    try:
        with open(name, "rb") as file:
            while block := file.readlines(BLOCK_BYTES):
                data = b"".join(block)
                if data.isspace():
                    line += len(block)
                    continue
                documents, faults = _read_block(data, name, line, index, messages)
                empty, line, index = False, line + len(block), index + len(block)
                yield documents, faults
    except (OSError, ValueError) as error:
        raise UsageError(
            told("cannot read {name}: {why}; name a file that can be read", name=shown(name, 300), why=reason_of(error))
        ) from error
    if empty:
        yield [], [fault_at(name, Source(""), 0, told("the file is empty"), _GIVE_ONE)]


def _read_block(data: bytes, name: str, line: int, index: int, messages: bool) -> Read:
    """Some lines of a file of JSON Lines; ``line`` and ``index`` are those of the first of them."""
    if len(data) > MAX_BYTES:  # one line may be as long as it likes
        return [], [too_large(name)]
    decoded = text_of(data, name, line)
    if isinstance(decoded, Fault):
        lines = data.removesuffix(b"\n").split(b"\n")
        if len(lines) == 1:
            return [], [decoded]
        # One of them is no text: the others are read all the same.
        read = [_read_block(own, name, line + place, index + place, messages) for place, own in enumerate(lines)]
        return [one for documents, _ in read for one in documents], [fault for _, faults in read for fault in faults]
    reading = _Reading(name, MAX_NODES, messages)
    reading.index = index
    with no_collection():
        _read_lines(decoded, reading, line)
    return reading.documents, reading.faults


def read_documents(
    data: bytes, name: str, *, format: str | None = None, most: int = MAX_NODES, messages: bool = False
) -> Read:
    """Read the documents of a file that is in memory already.

    Args:
        data: the whole file, in UTF-8.
        name: the file as the user named it; its extension tells the format.
        format: one of ``FORMATS``, if the extension is not to tell it.
        most: how many values a document in JSON may have.
        messages: leave messages of FHIR as they are, each a document.

    Returns:
        The documents that could be read, and every fault of the file up to the first error of
        syntax; a document with a fault of its own is in both.

    Raises:
        UsageError: ``format`` is none of ``FORMATS``.
    """
    if format is not None and format not in FORMATS:
        raise UsageError(
            told("unknown format {format}; give one of {known}", format=shown(format), known=", ".join(FORMATS))
        )
    decoded = text_of(data, name)
    if isinstance(decoded, Fault):
        return [], [decoded]
    start = decoded.lstrip(" \t\r\n")[:1]
    if not start:
        return [], [fault_at(name, Source(""), 0, told("the file is empty"), _GIVE_ONE)]
    sniffed = "json" if start in ("{", "[") else "xml" if start == "<" else "yaml"
    read = _READERS[format or _EXTENSIONS.get(os.path.splitext(name)[1].lower(), sniffed)]
    reading = _Reading(name, most, messages)
    with no_collection():
        read(decoded, reading)
    if not reading.documents and not reading.faults:
        return [], [fault_at(name, Source(""), 0, told("the file holds no document"), _GIVE_ONE)]
    return reading.documents, reading.faults


class _Reading:
    """What has been read of a file so far."""

    def __init__(self, name: str, most: int, messages: bool) -> None:
        self.name = name
        self._messages = messages
        self.most = most
        self.index = 0
        self.documents: list[Document] = []
        self.faults: list[Fault] = []
        self._values = 0

    def full(self) -> Broken | None:
        """Why nothing more is to be read, or ``None``."""
        if len(self.faults) > MAX_FAULTS:
            return Broken(
                0, told("more than {most} faults: the reading ends here", most=MAX_FAULTS), told("check the format")
            )
        if self._values > MAX_VALUES:
            what = told("more than {most} values in one file: the reading ends here", most=MAX_VALUES)
            return Broken(0, what, told("split it into several files"))
        return None

    def keep(self, root: Node, faults: tuple[Fault, ...], values: int) -> None:
        """One document that could be read, with its own faults."""
        if root.value is None:
            what = told("the document is empty")
            todo = told("give a document, or remove what announces it")
            self.faults.append(fault_at(self.name, root.source, root.at, what, todo))
            self.index += 1
        elif is_resource(root) and not self._messages:
            self._keep_message(root, faults)
        else:
            self._keep(root, faults)
        self._values += values

    def _keep(self, root: Node, faults: tuple[Fault, ...]) -> None:
        self.documents.append(Document(root, self.index, faults))
        self.faults += faults
        self.index += 1

    def _keep_message(self, root: Node, faults: tuple[Fault, ...]) -> None:
        """The documents of a message, a patient each; what is wrong with it as a whole is wrong with each of them."""
        documents, own = documents_of(root, self.name)
        for document, found in documents:
            self._keep(document, (*faults, *own, *found))
        if not documents:
            self.faults += [*faults, *own]
            self.index += 1

    def lose(self, broken: Broken, source: Source, faults: tuple[Fault, ...] = ()) -> None:
        """A document that could not be read to its end."""
        self.faults += faults
        self.faults.append(fault_at(self.name, source, broken.at, broken.what, broken.todo))
        self.index += 1


def _read_yaml(text: str, reading: _Reading) -> None:
    source = Source(text)
    composer = YamlComposer(source, reading.name)
    try:
        for root in composer.documents():
            reading.keep(root, composer.take_faults(), composer.count)
            if full := reading.full():
                raise full
    except Broken as broken:
        reading.lose(broken, source, composer.take_faults())


def _read_json(text: str, reading: _Reading) -> None:
    source = Source(text)
    scanner = JsonScanner(source, reading.name, reading.most)
    start = scanner.skip(0)
    try:
        if text[start] == "[":
            _read_array(scanner, start, reading)
            return
        root, end = scanner.document(start)
        value = text[start:end]
        if end < len(text) and "\n" in value and "\n" not in value.rstrip():
            # A value that fills its line, and more on the next: one document a line.
            _read_lines(text, reading)
            return
        reading.keep(root, scanner.take_faults(), scanner.count)
        scanner.expect_end(end)
    except Broken as broken:
        reading.lose(broken, source, scanner.take_faults())


def _read_xml(text: str, reading: _Reading) -> None:
    source = XmlSource(text)
    parser = FhirXml(source)
    try:
        reading.keep(parser.resource(), (), parser.count)
    except Broken as broken:
        reading.lose(broken, source)


def _read_array(scanner: JsonScanner, start: int, reading: _Reading) -> None:
    """The documents of an array; each has its own bounds, and those before a broken one are kept."""
    at, more = scanner.first_item(start)
    while more:
        root, end = scanner.document(at)
        reading.keep(root, scanner.take_faults(), scanner.count)
        if full := reading.full():
            raise full
        at, more = scanner.next_item(end)
    scanner.expect_end(at)


def _read_lines(text: str, reading: _Reading, first: int = 1) -> None:
    """One document a line; a broken line is a fault and the next one is read all the same."""
    for number, line in enumerate(_lines(text), first):
        source = Source(line, number)
        scanner = JsonScanner(source, reading.name, reading.most)
        start = scanner.skip(0)
        if start == len(line):
            continue
        try:
            root, end = scanner.document(start)
            scanner.expect_end(end)
            reading.keep(root, scanner.take_faults(), scanner.count)
        except Broken as broken:
            reading.lose(broken, source, scanner.take_faults())
        if full := reading.full():
            reading.lose(full, source)
            return


def _lines(text: str) -> Iterator[str]:
    """The lines of a text; only a line feed ends one, since Unicode's other marks may be in strings."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


_READERS: dict[str, Callable[[str, _Reading], None]] = {
    "yaml": _read_yaml,
    "json": _read_json,
    "jsonl": _read_lines,
    "xml": _read_xml,
}

"""A small file of readings: ``cumulation_scope: ever``, one line for each question that is answered otherwise."""

from __future__ import annotations

from pyreco.documents.nodes import Node, joined
from pyreco.documents.reading import read_file
from pyreco.documents.scalars import quoted
from pyreco.errors import BadContent, Fault, Told, told

_TODO = told("write QUESTION: ANSWER, `pyreco readings` lists them")


def read_chosen(path: str) -> dict[str, str]:
    """The answers of a file by question; which questions there are, only the rules know.

    Raises:
        UsageError: the file cannot be opened.
        BadContent: with every fault of the file.
    """
    documents, faults = read_file(path)
    found = list(faults)
    chosen: dict[str, str] = {}

    def fault(node: Node, name: str, what: Told) -> None:
        found.append(Fault(path, node.line, node.column, name, what, _TODO))

    for document in documents:
        if document.index or not isinstance(document.value, dict):
            fault(document, "", told("not one mapping of questions to answers"))
            continue
        for question, node in document.value.items():
            if isinstance(node.value, str):
                chosen[question] = node.value
            else:
                fault(node, joined([question]), told("{value} where an answer is expected", value=quoted(node)))
    if found:
        raise BadContent(sorted(set(found)))
    return chosen

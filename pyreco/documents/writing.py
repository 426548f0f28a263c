"""Writes plain data as YAML that the readers of this room read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """Writes dates as a person does, without quotes: here they are strings, and are read as such."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as in the class above it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }


def as_yaml(document: Mapping[str, Any]) -> str:
    """A document as YAML: each act, breast and section on a line of its own."""
    text: str = yaml.dump(
        dict(document), Dumper=_Dumper, sort_keys=False, default_flow_style=None, width=110, allow_unicode=True
    )
    return text

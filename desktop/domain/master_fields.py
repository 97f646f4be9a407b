"""Fields that many tables of office data have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.domain.masters import FieldKind, MasterField

#: The name of a row as people read it.
LABEL = MasterField(name="label", label="名称")
#: What there is to say about a row.
NOTE = MasterField(name="note", label="説明", required=False, lines=2)


def optional(name: str, label: str) -> MasterField:
    """A line of text that may stay empty."""
    return MasterField(name=name, label=label, required=False)


def yes_no(name: str, label: str) -> MasterField:
    """A tick, unset unless somebody sets it."""
    return MasterField(name=name, label=label, kind=FieldKind.YES_NO, required=False)


def number(name: str, label: str, unit: str = "", *, required: bool = True) -> MasterField:
    """A number with its unit."""
    return MasterField(name=name, label=label, kind=FieldKind.NUMBER, unit=unit, required=required)


def choice(name: str, label: str, labels: Mapping[Any, str]) -> MasterField:
    """A choice among the codes of a list of labels."""
    choices = tuple((code.value, said) for code, said in labels.items())
    return MasterField(name=name, label=label, kind=FieldKind.CHOICE, choices=choices)

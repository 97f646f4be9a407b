"""Conditions on rows that hold from one day, or one version, to another."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_

from desktop.models.base import Dated
from desktop.models.records import EntryRecord, PromiseRow


def holds_on(table: type[Dated] | Any, day: date) -> ColumnElement[bool]:  # noqa: ANN401 - also aliases
    """The dated row holds on this day; both ends are inclusive."""
    return (table.valid_from <= day) & or_(table.valid_to.is_(None), table.valid_to >= day)


def said_in(version: ColumnElement[int]) -> ColumnElement[bool]:
    """The promise is part of this version of its entry."""
    p = PromiseRow
    return (p.from_version <= version) & or_(p.to_version.is_(None), p.to_version > version)


def said_now() -> ColumnElement[bool]:
    """The promise is part of its entry's valid version: the approved one, or the newest while none was approved."""
    return said_in(func.coalesce(EntryRecord.approved_version, EntryRecord.version))

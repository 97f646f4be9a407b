"""Conditions on dated rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_

from desktop.models.base import Dated


def holds_on(table: type[Dated] | Any, day: date) -> ColumnElement[bool]:  # noqa: ANN401 - also aliases
    """The dated row holds on this day; both ends are inclusive."""
    return (table.valid_from <= day) & or_(table.valid_to.is_(None), table.valid_to >= day)

"""Statements that say one thing of each household."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session


def by_household(session: Session, query: Select[*tuple[Any, ...]]) -> dict[UUID, Any]:
    """Household → value, of a statement whose columns are these two; of several rows the last counts."""
    return {household_id: value for household_id, value in session.execute(query)}  # noqa: C416 - rows are not pairs to the type checker

"""Which rows of a file a disposal removes, and in which order: read off the tables, so that a new one is not forgotten.

Every table that names a household is part of its file, but for those in KEPT. Rows are found by an index: of the
household itself, else through the row above that has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, PrimaryKeyConstraint, Table, UniqueConstraint

from desktop.models import Base

#: Tables that name a household and stay: who read the file, and the disposal's own papers.
KEPT = frozenset({"ticket_household", "disposal_item", "tombstone"})
#: Tables of a person, removed with somebody whom no other file names; children first.
OF_PERSONS = ("residence_period", "work_period", "person_assignment", "person")
#: Columns by which rows of other files point into this one; they are emptied.
POINTERS = (("entry", "relates_to"), ("entry", "moved_to"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """A table whose rows go, and the condition that finds them; `$1` stands for the household."""

    name: str
    condition: str


def file_parts() -> Iterator[FilePart]:
    """The tables of a file, children before what they hang on."""
    for table in reversed(Base.metadata.sorted_tables):
        if is_part(table):
            yield FilePart(name=table.name, condition=_condition(table))


def is_part(table: Table) -> bool:
    """Whether the table's rows belong to a household's file."""
    return "household_id" in table.columns and table.name not in KEPT


def _condition(table: Table) -> str:
    if _is_indexed(table, "household_id"):
        return "household_id = $1"
    column, above = _above(table)
    return " ".join(
        (
            column.name,
            "IN (SELECT id FROM",
            f"public.{above.name}",
            "WHERE",
            f"{_condition(above)})",
        )
    )


def _above(table: Table) -> tuple[Column[object], Table]:
    """The indexed column by which a row hangs on another row of the file."""
    for column in table.columns:
        for key in column.foreign_keys:
            target = key.column.table
            if target is not table and is_part(target) and _is_indexed(table, column.name):
                return column, target
    raise LookupError(table.name)


def _is_indexed(table: Table, name: str) -> bool:
    """Whether an index over all rows, of a key too, begins with the column."""
    keys = [c for c in table.constraints if isinstance(c, PrimaryKeyConstraint | UniqueConstraint)]
    whole = [index for index in table.indexes if not index.dialect_kwargs]
    return any(next(iter(each.columns)).name == name for each in (*keys, *whole))

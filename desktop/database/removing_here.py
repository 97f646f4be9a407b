"""Removes one file's rows where the database has no functions (SQLite): the order is that of `disposal_order`."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Table,
    Uuid,
    bindparam,
    delete,
    exists,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from desktop.database.disposal_order import OF_PERSONS, POINTERS, file_parts
from desktop.domain.disposal import DISPOSED_NAME
from desktop.models import Base
from desktop.models.households import Household, Member
from desktop.models.records import ContactMet, EntryRecord


def remove_file(session: Session, household_id: UUID) -> tuple[dict[str, int], str]:
    """Remove everything of a file and blank its household; return rows per table, and their SHA-256."""
    persons = _persons(session, household_id)
    _loosen(session, household_id)
    made = hashlib.sha256()
    removed: dict[str, int] = {}
    for part in file_parts():
        where = text(part.condition.replace("public.", "").replace("$1", ":household")).bindparams(
            bindparam("household", household_id, Uuid())
        )
        _remove(session, Base.metadata.tables[part.name], where, removed, made)
    for name in OF_PERSONS:
        table = Base.metadata.tables[name]
        column = table.c["id" if name == "person" else "person_id"]
        _remove(session, table, column.in_(persons), removed, made)
    session.expire_all()
    _blank(session.get_one(Household, household_id), made)
    return removed, made.hexdigest()


def _persons(session: Session, household_id: UUID) -> list[UUID]:
    """Persons of the file whom no other file names."""
    other = Member.__table__.alias()
    elsewhere = exists().where(
        other.c.person_id == Member.person_id, other.c.household_id != household_id
    )
    met = exists().where(
        ContactMet.person_id == Member.person_id, ContactMet.household_id != household_id
    )
    found = select(Member.person_id).where(Member.household_id == household_id, ~elsewhere, ~met)
    return list(session.scalars(found.distinct()))


def _loosen(session: Session, household_id: UUID) -> None:
    """Records of other files lose their pointers into this one."""
    own = select(EntryRecord.id).where(EntryRecord.household_id == household_id)
    for name, column in POINTERS:
        table = Base.metadata.tables[name]
        session.execute(
            update(table)
            .where(table.c[column].in_(own), table.c.household_id != household_id)
            .values({column: None})
        )


def _remove(
    session: Session,
    table: Table,
    where: ColumnElement[bool] | Any,  # noqa: ANN401 - also a text
    removed: dict[str, int],
    made: Any,  # noqa: ANN401 - a hash under way
) -> None:
    # Of an attached file the row beside has the hash.
    columns = [c for c in table.columns if not isinstance(c.type, LargeBinary)]
    rows = sorted(repr(tuple(row)) for row in session.execute(select(*columns).where(where)))
    made.update(f"{table.name}\n".encode())
    made.update("\n".join(rows).encode())
    if rows:
        removed[table.name] = len(rows)
        session.execute(delete(table).where(where))


def _blank(household: Household, made: Any) -> None:  # noqa: ANN401 - a hash under way
    made.update(f"{household.head_name}\n{household.head_kana}".encode())
    household.head_name, household.head_kana = DISPOSED_NAME, ""
    household.sort_key = household.case_number
    household.household_type = None
    household.member_count = 0
    household.is_shielded = False
    household.version += 1

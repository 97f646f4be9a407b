"""Rows of what waits for paper: the household, the district and the author beside what is printed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.office import SignedInStaff
from desktop.domain.printing import ReadyToPrint
from desktop.models.households import Household
from desktop.models.issued_forms import IssuedFormRecord, IssuedSubject
from desktop.models.office import District, Staff

#: A row, and whether its household is shielded: its name and address are no directory then.
Found = tuple[ReadyToPrint, bool]
#: A row of one kind: what is printed, its household, the district's code, the author's name.
Rows = Select[Any, Household, str, str | None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where is looked: for whom, on which day, in these districts or in all."""

    session: Session
    staff: SignedInStaff
    today: date
    district_ids: Collection[UUID]

    def rows(
        self,
        table: Any,  # noqa: ANN401 - whatever is printed
        author: InstrumentedAttribute[Any],
        on: InstrumentedAttribute[Any],
        *where: ColumnElement[bool],
    ) -> Rows:
        """Rows of a table of the office that has a household, by district, case number and the day `on`."""
        query = (
            select(table, Household, District.code, Staff.name)
            .join(Household, Household.id == table.household_id)
            .join(District, District.id == Household.district_id)
            .outerjoin(Staff, Staff.id == author)
            .where(table.office_id == self.staff.office_id, *where)
            .order_by(District.code, Household.case_number, on, table.id)
        )
        if not self.district_ids:
            return query
        return query.where(Household.district_id.in_(self.district_ids))


def ready_row(
    form_code: str,
    subject_id: UUID,
    household: Household,
    *,
    district_code: str,
    author: str | None,
    label: str,
    on: date,
    since: datetime | None,
) -> Found:
    """One row. Raises LookupError for something that nobody approved."""
    if since is None:
        raise LookupError(subject_id)
    row = ReadyToPrint(
        form_code=form_code,
        subject_id=subject_id,
        household_id=household.id,
        case_number=household.case_number,
        head_name=household.head_name,
        district_code=district_code,
        label=label,
        on=on,
        author=author or "",
        since=since,
    )
    return row, household.is_shielded


def issued(
    form_code: str,
    subject: InstrumentedAttribute[UUID],
    version: InstrumentedAttribute[int | None] | None = None,
) -> ColumnElement[bool]:
    """Whether this (version) was issued as that form, and the issue is not void."""
    found = (
        select(IssuedSubject.issued_id)
        .join(IssuedFormRecord, IssuedFormRecord.id == IssuedSubject.issued_id)
        .where(
            IssuedSubject.subject_id == subject,
            IssuedFormRecord.form_code == form_code,
            IssuedFormRecord.voided_at.is_(None),
        )
    )
    return (found if version is None else found.where(IssuedSubject.version == version)).exists()

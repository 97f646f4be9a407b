"""The declarations of an opened file, with the words of reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.declarations import (
    Cycle,
    DeclarationKind,
    DeclarationsOfFile,
    DutyInFile,
    FileDeclaration,
    month_of,
    months_between,
    months_from,
)
from desktop.models.declarations import DeclarationDuty, DeclarationDutyText
from desktop.models.households import Household, Member, Person
from desktop.models.office import Staff
from desktop.services.declarations.cells import Happened, happened

#: So many months back are shown, and so many ahead.
_BACK, _AHEAD = 36, 1


def of_household(
    session: Session, household_id: UUID, cycles: Mapping[str, Cycle], today: date
) -> DeclarationsOfFile:
    """Every due declaration of the last years, the latest month first. The caller holds a ticket."""
    first = months_later(month_of(today), -_BACK)
    where = Household.id == household_id
    known = happened(session, where, first, cycles, today, with_words=True)
    names = _names(session, household_id)
    return DeclarationsOfFile(
        lines=tuple(
            line
            for line in sorted(
                _lines(known, names, first, today),
                key=lambda line: (line.cell.month, line.kind == DeclarationKind.INCOME),
                reverse=True,
            )
        ),
        duties=_duties(session, household_id, cycles),
    )


def _lines(
    known: Happened, names: Mapping[UUID, tuple[str, date | None]], first: date, today: date
) -> list[FileDeclaration]:
    months = months_from(first, months_between(first, today) + 1 + _AHEAD)
    found = []
    for whose in known.duties:
        name, until = names.get(whose[1], ("", None))
        for cell in known.cells(whose, months, until):
            if cell is None:
                continue
            duty = known.duty_on(whose, cell.month)
            cycle = known.cycles.get(duty.cycle) if duty else None
            label = cycle.label if cycle else ""
            found.append(FileDeclaration(person=name, kind=whose[2], cycle_label=label, cell=cell))
    return found


def _names(session: Session, household_id: UUID) -> dict[UUID, tuple[str, date | None]]:
    """Name of each person who ever belonged, and the day on which he left or died."""
    rows = session.execute(
        select(Person.id, Person.name, Member.valid_to, Person.died_on)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id)
        .order_by(Member.valid_from)
    )
    return {
        person_id: (name, min((day for day in (left, died) if day), default=None))
        for person_id, name, left, died in rows
    }


def _duties(
    session: Session, household_id: UUID, cycles: Mapping[str, Cycle]
) -> tuple[DutyInFile, ...]:
    d, t = DeclarationDuty, DeclarationDutyText
    rows = session.execute(
        select(
            *(Person.name, d.kind, d.cycle, d.valid_from, d.valid_to, Staff.name, d.given_at),
            t.reason,
        )
        .join(Person, Person.id == d.person_id)
        .join(Staff, Staff.id == d.given_by)
        .outerjoin(t, t.duty_id == d.id)
        .where(d.household_id == household_id)
        .order_by(d.valid_from.desc(), d.id.desc())
    )
    return tuple(
        DutyInFile(
            person=name,
            kind=kind,
            cycle_label=cycles[cycle].label if cycle in cycles else cycle,
            valid_from=since,
            valid_to=until,
            given_by=by,
            given_on=japan_day(at),
            reason=reason or "",
        )
        for name, kind, cycle, since, until, by, at, reason in rows
    )

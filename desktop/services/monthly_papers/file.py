"""The monthly papers of an opened file, with the words of reasons. Declarations stand in a section of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.declarations import month_of
from desktop.domain.monthly_papers import FilePaper, MonthlyDue, PaperNote
from desktop.domain.office import SignedInStaff
from desktop.models.households import Household
from desktop.models.monthly_papers import MonthlyPaperMissing, MonthlyPaperMissingText
from desktop.models.office import Staff
from desktop.services.declarations.loading import people
from desktop.services.masters.lookup_monthly import monthly_reasons
from desktop.services.monthly_papers.grid import known_of

#: So many months are shown.
_BACK = 24


def of_household(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> tuple[FilePaper, ...]:
    """Every paper asked for in the last two years, the latest month first. The caller holds a ticket."""
    where = Household.id == household_id
    first = months_later(month_of(today), 1 - _BACK)
    members = people(session, staff, where, today, since=first)
    known = known_of(session, staff.office_id, where, members, month_of(today), today, back=_BACK)
    notes = _notes(session, staff.office_id, household_id, today)
    found = []
    for month in reversed(known.months):
        for person in members:
            if person.until is not None and person.until < month:
                continue
            for paper in known.asked.papers_of(person.person_id, month):
                due = MonthlyDue(
                    household_id=household_id,
                    person_id=person.person_id,
                    paper=paper.code,
                    month=month,
                )
                found.append(
                    FilePaper(
                        person=person.name,
                        label=paper.label,
                        cell=known.cell(due, paper),
                        notes=notes.get(due, ()),
                    )
                )
    return tuple(found)


def _notes(
    session: Session, office_id: UUID, household_id: UUID, today: date
) -> Mapping[MonthlyDue, tuple[PaperNote, ...]]:
    """Every reason noted, the newest first."""
    m, t = MonthlyPaperMissing, MonthlyPaperMissingText
    labels = {each.code: each.label for each in monthly_reasons(session, office_id, today)}
    rows: Iterable[Any] = session.execute(
        select(m.person_id, m.paper, m.month, m.reason, m.noted_at, Staff.name)
        .add_columns(t.words, t.help_missing)
        .join(Staff, Staff.id == m.noted_by)
        .outerjoin(t, t.missing_id == m.id)
        .where(m.household_id == household_id)
        .order_by(m.noted_at.desc(), m.id.desc())
    )
    found: dict[MonthlyDue, list[PaperNote]] = defaultdict(list)
    for person_id, paper, month, reason, at, name, words, help_missing in rows:
        due = MonthlyDue(household_id=household_id, person_id=person_id, paper=paper, month=month)
        found[due].append(
            PaperNote(
                reason=labels.get(reason, reason),
                noted_on=japan_day(at),
                noted_by=name,
                words=words or "",
                help_missing=help_missing or "",
            )
        )
    return {due: tuple(notes) for due, notes in found.items()}

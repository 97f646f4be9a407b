"""The side of a brief that no policy tells: what protects, what changed since the last meeting, what was written, what to ask."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.briefs import ExpiringPaper, RecentEntry, VisitSide
from desktop.domain.entry_words import result_text
from desktop.domain.liaisons import barred_text
from desktop.domain.office import SignedInStaff
from desktop.domain.records import Entry, body_text
from desktop.domain.visit_questions import lists_for, residence_groups
from desktop.models.records import EntryRecord
from desktop.services.declarations.file import of_household
from desktop.services.households.case_file import load_case_file
from desktop.services.liaisons.loading import held_today
from desktop.services.masters import lookup
from desktop.services.masters.lookup_ticks import tick_subjects
from desktop.services.records.absences import vain_times
from desktop.services.records.loading import load_entries

_RECENT = 3
_GIST_CHARACTERS = 80


def visit_side(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> VisitSide:
    """The caller holds a ticket."""
    file = load_case_file(session, staff, household_id, today, today=today, without_duty=False)
    recent = load_entries(
        session,
        staff,
        EntryRecord.household_id == household_id,
        newest=_RECENT,
        today=today,
    )
    since = file.last_met_on
    return VisitSide(
        marks=file.identity.marks,
        last_met_on=since,
        days_since_met=None if since is None else (today - since).days,
        absences=file.absences_in_series,
        vain=tuple(vain_times(session, household_id, today)),
        changes=tuple(f for f in file.facts if since is None or f.period.valid_from > since),
        recent=tuple(_in_brief(entry) for entry in reversed(recent) if not entry.is_annulled),
        questions=lists_for(tick_subjects(session, staff.office_id, today), residence_groups(file)),
        expiring=_expiring(session, staff, household_id, today),
        barred=tuple(barred_text(x) for x in held_today(session, household_id, today) if x.bar),
    )


def _expiring(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> tuple[ExpiringPaper, ...]:
    """Declarations that did not come and whose day is over or near."""
    cycles = lookup.declaration_cycles(session, staff.office_id, today)
    days = lookup.thresholds(session, staff.office_id, today).brief_paper_days
    near = today + timedelta(days=days)
    open_ones = (
        line
        for line in of_household(session, household_id, cycles, today).lines
        if line.cell.is_open and line.cell.due_on <= near
    )
    found = (
        ExpiringPaper(
            person=line.person,
            kind=line.kind,
            month=line.cell.month,
            due_on=line.cell.due_on,
            reminders=len(line.cell.reminded_on),
        )
        for line in open_ones
    )
    return tuple(sorted(found, key=lambda paper: (paper.due_on, paper.person, paper.kind)))


def _in_brief(entry: Entry) -> RecentEntry:
    body = "".join(body_text(entry.segments).split())
    is_long = len(body) > _GIST_CHARACTERS
    return RecentEntry(
        entry_id=entry.entry_id,
        event_on=entry.event_on,
        kind_label=entry.kind_label,
        result_label=result_text(entry),
        gist=f"{body[:_GIST_CHARACTERS]}…" if is_long else body,
    )

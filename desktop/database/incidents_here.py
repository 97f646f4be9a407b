"""Incidents (漏えい等事案) where the database has no rules of its own (SQLite, the training office)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain import leaks as rules
from desktop.domain.carry_outs import CarryOutState
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.leaks import INCIDENT_TEXTS, IncidentInput, IncidentRules
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.carry_outs import CarryOutRecord, IncidentRecord


def save(
    session: Session, staff: SignedInStaff, given: IncidentInput, terms: IncidentRules, at: datetime
) -> int:
    """Report an incident (version 0) or go on with it."""
    stored = session.get(IncidentRecord, given.incident_id, populate_existing=True)
    _judge(session, staff, given, stored)
    again = (1, 0, staff.staff_id)
    if stored is not None and (stored.version, given.version, stored.saved_by) == again:
        return 1
    if (stored.version if stored is not None else 0) != given.version:
        raise ConflictError(rules.MOVED_ON)
    texts = {name: getattr(given, name).strip() for name, _ in INCIDENT_TEXTS}
    _check(given, texts, at)
    _judge_report(staff, given, stored, texts, at)
    if stored is None:
        stored = _new(session, staff, given, at)
    else:
        stored.version += 1
    found_on = japan_day(given.found_at)
    stored.found_at, stored.persons = given.found_at, given.persons
    stored.is_malicious, stored.is_reportable = given.is_malicious, given.is_reportable
    stored.quick_due_on = terms.quick_due(found_on)
    stored.full_due_on = terms.full_due(found_on, is_malicious=given.is_malicious)
    stored.quick_reported_on = given.quick_reported_on
    stored.full_reported_on = given.full_reported_on
    for name, text in texts.items():
        setattr(stored, name, text)
    stored.saved_by, stored.saved_at = staff.staff_id, at
    session.add(stored)
    session.flush()
    return stored.version


def _judge(
    session: Session, staff: SignedInStaff, given: IncidentInput, stored: IncidentRecord | None
) -> None:
    """Who may report or go on with it, and of which trip."""
    trip = session.get(CarryOutRecord, given.carry_out_id) if given.carry_out_id else None
    if trip is not None and trip.office_id != staff.office_id:
        trip = None
    reporter = stored.reported_by if stored is not None else staff.staff_id
    is_own = trip is not None and trip.staff_id == staff.staff_id == reporter
    if not staff.may(Permission.SEE_SUPERVISION) and not is_own:
        raise NotPermittedError(rules.NOT_ALLOWED)
    if given.carry_out_id is not None and (trip is None or trip.state is not CarryOutState.LOST):
        raise ConflictError(rules.NOT_LOST)
    if stored is not None and (stored.office_id, stored.carry_out_id) != (
        staff.office_id,
        given.carry_out_id,
    ):
        raise NotPermittedError(rules.NO_INCIDENT)


def _check(given: IncidentInput, texts: dict[str, str], at: datetime) -> None:
    if given.found_at > at:
        raise ValidationError(found_at=rules.FOUND_LATER)
    if not 0 <= given.persons <= rules.MOST_PERSONS:
        raise ValidationError(persons=rules.BAD_PERSONS)
    for name, text in texts.items():
        if len(text) > rules.MOST_WORDS:
            raise ValidationError(**{name: rules.TOO_LONG})
    if not texts["summary"]:
        raise ValidationError(summary=rules.NO_SUMMARY)


def _judge_report(
    staff: SignedInStaff,
    given: IncidentInput,
    stored: IncidentRecord | None,
    texts: dict[str, str],
    at: datetime,
) -> None:
    """Whether a report is needed and when it was made is the supervisor's word."""
    was = (True, None, None)
    if stored is not None:
        was = (stored.is_reportable, stored.quick_reported_on, stored.full_reported_on)  # type: ignore[assignment]
    said = (given.is_reportable, given.quick_reported_on, given.full_reported_on)
    if said != was and not staff.may(Permission.DECIDE_APPROVALS):
        raise NotPermittedError(rules.NOT_YOUR_REPORT)
    found_on, today = japan_day(given.found_at), japan_day(at)
    for name in ("quick_reported_on", "full_reported_on"):
        day = getattr(given, name)
        if day is not None and not found_on <= day <= today:
            raise ValidationError(**{name: rules.BAD_REPORT_DAY})
    if not given.is_reportable and not texts["remark"]:
        raise ValidationError(remark=rules.NO_REASON)


def _new(
    session: Session, staff: SignedInStaff, given: IncidentInput, at: datetime
) -> IncidentRecord:
    i = IncidentRecord
    if given.carry_out_id is not None and session.scalar(
        select(i.id).where(i.carry_out_id == given.carry_out_id)
    ):
        raise ConflictError(rules.ONE_EACH)
    return IncidentRecord(
        id=given.incident_id,
        office_id=staff.office_id,
        version=1,
        carry_out_id=given.carry_out_id,
        reported_by=staff.staff_id,
        reported_at=at,
    )

"""Pieces of time from what is entered anyway: contacts, acts of support, papers, conferences (9.1). Every one is an estimate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.activities import ActivityKind, ActivityResult, EffortWork
from desktop.domain.clock import JAPAN
from desktop.domain.effort import StandardKind, Unit
from desktop.domain.records import ContactMethod, EntryState
from desktop.models.activities import ActivityRecord
from desktop.models.conferences import CaseConference, ConferenceMatter, ConferenceMemberRow
from desktop.models.households import Household
from desktop.models.papers import PaperRecord
from desktop.models.records import Contact, EntryRecord
from desktop.services.masters.lookup_effort import Standard

Standards = Mapping[StandardKind, Standard]
_STANDARD: Mapping[ContactMethod, StandardKind] = {
    ContactMethod.VISIT: StandardKind.VISIT,
    ContactMethod.OFFICE: StandardKind.OFFICE,
    ContactMethod.TELEPHONE_IN: StandardKind.TELEPHONE,
    ContactMethod.TELEPHONE_OUT: StandardKind.TELEPHONE,
    ContactMethod.LETTER_IN: StandardKind.LETTER,
    ContactMethod.LETTER_OUT: StandardKind.LETTER,
    ContactMethod.AGENCY: StandardKind.AGENCY,
}
_COORDINATION = frozenset({StandardKind.AGENCY})
_PAPERWORK = frozenset({StandardKind.LETTER})


def units(
    session: Session,
    where: ColumnElement[bool],
    spans: tuple[tuple[date, date], ...],
    standards: Standards,
    kinds: Mapping[str, ActivityKind],
) -> tuple[Unit, ...]:
    """Every piece within these spans of days. A talk of the same day and household as a contact is that contact, not another one."""
    contacts = tuple(_contacts(session, where, spans, standards))
    met = {(unit.household_id, unit.day) for unit in contacts if unit.is_contact}
    return (
        *contacts,
        *_acts(session, where, spans, kinds, met),
        *_papers(session, where, spans, standards),
        *_matters(session, where, spans, standards),
    )


def _within(
    column: SQLColumnExpression[Any], spans: tuple[tuple[date, date], ...]
) -> ColumnElement[bool]:
    return or_(*(column.between(first, last) for first, last in spans))


def counting_contacts(*columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of any type
    """Contacts of entries that were handed in and not annulled, each once."""
    wanted: Select[Any] = select(*columns)
    return (
        wanted.select_from(Contact)
        .join(EntryRecord, EntryRecord.contact_id == Contact.id)
        .join(Household, Household.id == Contact.household_id)
        .where(EntryRecord.state != EntryState.DRAFT, EntryRecord.is_annulled.is_(False))
    )


def _contacts(
    session: Session,
    where: ColumnElement[bool],
    spans: tuple[tuple[date, date], ...],
    standards: Standards,
) -> Iterator[Unit]:
    c = Contact
    rows = session.execute(
        counting_contacts(
            c.happened_on, c.household_id, c.method, c.started_at, c.ended_at, c.is_absence
        ).where(where, _within(c.happened_on, spans))
    )
    for day, household_id, method, started, ended, is_absence in rows:
        kind = _STANDARD.get(method)
        if kind is None:
            continue
        standard = standards[kind]
        minutes = ended - started if started is not None and ended is not None else 0
        work = (
            EffortWork.COORDINATION
            if kind in _COORDINATION
            else EffortWork.PAPERWORK
            if kind in _PAPERWORK
            else EffortWork.TALK
        )
        is_met = not is_absence and work is EffortWork.TALK
        if not is_absence:
            yield Unit(
                *(day, household_id, None, work, standard.is_direct),
                *(minutes or standard.minutes, is_met),
            )
        if method is ContactMethod.VISIT:
            travel = standards[StandardKind.TRAVEL]
            yield Unit(
                *(day, household_id, None, EffortWork.TALK, travel.is_direct),
                *(travel.minutes, False),
            )


def _acts(
    session: Session,
    where: ColumnElement[bool],
    spans: tuple[tuple[date, date], ...],
    kinds: Mapping[str, ActivityKind],
    met: set[tuple[UUID, date]],
) -> Iterator[Unit]:
    a, later = ActivityRecord, aliased(ActivityRecord)
    rows = session.execute(
        select(a.done_on, a.household_id, a.person_id, a.kind, a.minutes, a.result)
        .join(Household, Household.id == a.household_id)
        .outerjoin(later, later.replaces_id == a.id)
        .where(where, _within(a.done_on, spans), later.id.is_(None), a.is_void.is_(False))
    )
    for day, household_id, person_id, code, minutes, result in rows:
        kind = kinds.get(code)
        work = kind.work if kind is not None else EffortWork.PAPERWORK
        if work is EffortWork.TALK and (household_id, day) in met:
            continue
        is_direct = kind is not None and kind.is_direct
        is_met = is_direct and result is not ActivityResult.NOT_MET
        yield Unit(day, household_id, person_id, work, is_direct, minutes, is_met)


def _papers(
    session: Session,
    where: ColumnElement[bool],
    spans: tuple[tuple[date, date], ...],
    standards: Standards,
) -> Iterator[Unit]:
    p, standard = PaperRecord, standards[StandardKind.PAPER]
    within = or_(
        *(
            (p.received_at >= _instant(first)) & (p.received_at < _instant(last, 1))
            for first, last in spans
        )
    )
    rows = session.execute(
        select(p.received_at, p.household_id, p.person_id)
        .join(Household, Household.id == p.household_id)
        .where(where, within)
    )
    for at, household_id, person_id in rows:
        yield Unit(
            *(at.astimezone(JAPAN).date(), household_id, person_id, EffortWork.PAPERWORK),
            *(standard.is_direct, standard.minutes, False),
        )


def _matters(
    session: Session,
    where: ColumnElement[bool],
    spans: tuple[tuple[date, date], ...],
    standards: Standards,
) -> Iterator[Unit]:
    """Each matter of a meeting that was held: its standard times those who took part."""
    c, m, member = CaseConference, ConferenceMatter, ConferenceMemberRow
    standard = standards[StandardKind.MATTER]
    present = (
        select(func.count()).where(member.conference_id == c.id).correlate(c).scalar_subquery()
    )
    rows = session.execute(
        select(c.held_on, m.household_id, m.person_id, present)
        .join(m, m.conference_id == c.id)
        .join(Household, Household.id == m.household_id)
        .where(where, c.held_on.is_not(None), _within(c.held_on, spans))
    )
    for day, household_id, person_id, attendees in rows:
        yield Unit(
            *(day, household_id, person_id, EffortWork.COORDINATION, standard.is_direct),
            *(standard.minutes * attendees, False),
        )


def _instant(day: date, days: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(), tzinfo=JAPAN)

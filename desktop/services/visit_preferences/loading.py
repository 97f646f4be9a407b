"""Preferences and hit rates of many households in few statements: facts. Their telephones are content: a ticket comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, time
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.records import ContactMethod
from desktop.domain.visit_preferences import HitRate, Liking, VisitPreference, VisitTry, hit_rates
from desktop.domain.visit_telephones import Telephones
from desktop.domain.working_time import Half
from desktop.models.office import Staff
from desktop.models.records import Contact, EntryRecord
from desktop.models.visit_preferences import (
    VisitPreferenceRecord,
    VisitPreferenceTelephone,
    VisitPreferenceTime,
)


def preferences(session: Session, household_ids: Collection[UUID]) -> dict[UUID, VisitPreference]:
    """Household → what holds now; households of which nobody said anything are missing. Two statements."""
    p, newer = VisitPreferenceRecord, aliased(VisitPreferenceRecord)
    is_newest = ~exists().where(newer.household_id == p.household_id, newer.version > p.version)
    rows = session.execute(
        select(p, Staff.name)
        .join(Staff, Staff.id == p.set_by)
        .where(p.household_id.in_(household_ids), is_newest)
    ).all()
    times: dict[UUID, dict[tuple[int, Half], Liking]] = defaultdict(dict)
    t = VisitPreferenceTime
    for preference_id, weekday, half, liking in session.execute(
        select(t.preference_id, t.weekday, t.half, t.liking).where(
            t.preference_id.in_([row.id for row, _ in rows])
        )
    ):
        times[preference_id][weekday, half] = liking
    return {
        row.household_id: VisitPreference(
            household_id=row.household_id,
            version=row.version,
            times=times[row.id],
            is_announced=row.is_announced,
            needs_two=row.needs_two,
            set_by=name,
            set_at=row.set_at,
        )
        for row, name in rows
    }


def telephones(session: Session, household_ids: Collection[UUID]) -> dict[UUID, Telephones]:
    """Household → the numbers of its newest version; those without any are missing. Their files are open."""
    t, p, newer = VisitPreferenceTelephone, VisitPreferenceRecord, aliased(VisitPreferenceRecord)
    is_newest = ~exists().where(newer.household_id == p.household_id, newer.version > p.version)
    rows = session.scalars(
        select(t)
        .join(p, p.id == t.preference_id)
        .where(t.household_id.in_(household_ids), is_newest)
    )
    return {
        row.household_id: Telephones(
            call_number=row.call_number,
            message_number=row.message_number,
            agreed_on=row.agreed_on,
        )
        for row in rows
    }


def hit_rates_of(
    session: Session, household_ids: Collection[UUID], since: date
) -> dict[UUID, tuple[HitRate, ...]]:
    """Household → how often it was met by half-day, from the visits of valid entries since a day. One statement.

    Households that nobody tried to visit at a noted time are missing. Only visits count as tries: a call is none.
    """
    c, e = Contact, EntryRecord
    stands = exists().where(e.contact_id == c.id, e.is_annulled.is_(False), e.number.is_not(None))
    rows = session.execute(
        select(c.household_id, c.happened_on, c.started_at, c.is_home_visit).where(
            c.household_id.in_(household_ids),
            c.happened_on >= since,
            c.method == ContactMethod.VISIT,
            or_(c.is_home_visit, c.is_absence),
            stands,
        )
    )
    tries: dict[UUID, list[VisitTry]] = defaultdict(list)
    for household_id, happened_on, started_at, is_met in rows:
        began = None if started_at is None else time(*divmod(started_at, 60))
        tries[household_id].append(VisitTry(happened_on=happened_on, began_at=began, is_met=is_met))
    found = {household_id: hit_rates(each) for household_id, each in tries.items()}
    return {household_id: rates for household_id, rates in found.items() if rates}


def newest_version(session: Session, household_id: UUID) -> int:
    """The version that holds, 0 where there is none."""
    p = VisitPreferenceRecord
    found = session.scalar(select(func.max(p.version)).where(p.household_id == household_id))
    return found or 0

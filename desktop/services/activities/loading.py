"""People, acts and steps of plans of an opened file."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.database.support_plans_standing import is_in_force
from desktop.domain.activities import Activity, ActivityPerson, ActivityStep
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.models.activities import ActivityRecord, ActivityText
from desktop.models.households import Household, Member, Person
from desktop.models.office import Staff
from desktop.models.support_plans import SupportPlanRecord, SupportPlanStep

_NO_HOUSEHOLD = "この世帯は見つからないか、ほかの福祉事務所の世帯です。"


def need_household(session: Session, staff: SignedInStaff, household_id: UUID) -> None:
    """Raise NotPermittedError for a household of another office."""
    known = select(Household.id).where(
        Household.id == household_id, Household.office_id == staff.office_id
    )
    if session.scalar(known) is None:
        raise NotPermittedError(_NO_HOUSEHOLD)


def people(session: Session, household_id: UUID) -> tuple[ActivityPerson, ...]:
    """Everybody who belongs or belonged to the household, the head first."""
    found = session.execute(
        select(Person.id, Person.name, Member.is_head)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id)
        .order_by(Member.is_head.desc(), Person.kana, Person.id)
    )
    by_id = dict[UUID, ActivityPerson]()
    for person_id, name, is_head in found:
        by_id.setdefault(person_id, ActivityPerson(person_id=person_id, name=name, is_head=is_head))
    return tuple(by_id.values())


def plan_steps(session: Session, household_id: UUID) -> tuple[ActivityStep, ...]:
    """The steps of the plans in force."""
    p, s = SupportPlanRecord, SupportPlanStep
    rows = session.execute(
        select(s.stem_id, p.person_id, s.action)
        .join(p, p.id == s.plan_id)
        .where(p.household_id == household_id, is_in_force())
        .order_by(p.person_id, s.number)
    )
    return tuple(
        ActivityStep(step_id=stem_id, person_id=person_id, text=action)
        for stem_id, person_id, action in rows
    )


def activities(
    session: Session, household_id: UUID, *, since: date | None = None, until: date | None = None
) -> tuple[Activity, ...]:
    """The acts of a household, the newest first, with those that a later row stands for."""
    a, t = ActivityRecord, ActivityText
    does, writes, later = aliased(Staff), aliased(Staff), aliased(ActivityRecord)
    wanted = (
        select(a, t, Person.name, does.name, writes.name, later.id)
        .join(t, t.activity_id == a.id)
        .join(Person, Person.id == a.person_id)
        .join(does, does.id == a.staff_id)
        .join(writes, writes.id == a.made_by)
        .outerjoin(later, later.replaces_id == a.id)
        .where(a.household_id == household_id)
        .order_by(a.done_on.desc(), a.made_at.desc(), a.id.desc())
    )
    if since is not None:
        wanted = wanted.where(a.done_on >= since)
    if until is not None:
        wanted = wanted.where(a.done_on <= until)
    return tuple(_activity(*row) for row in session.execute(wanted))


def _activity(
    row: ActivityRecord,
    text: ActivityText,
    person: str,
    staff: str,
    made_by: str,
    later_id: UUID | None,
) -> Activity:
    return Activity(
        activity_id=row.id,
        person_id=row.person_id,
        person=person,
        done_on=row.done_on,
        starts_at=row.starts_at,
        minutes=row.minutes,
        kind=row.kind,
        place=row.place,
        partner=row.partner,
        step_id=row.step_id,
        result=row.result,
        memo=text.memo,
        next_step=text.next_step,
        next_due_on=row.next_due_on,
        staff=staff,
        made_by=made_by,
        made_at=row.made_at,
        replaces_id=row.replaces_id,
        is_void=row.is_void,
        is_old=later_id is not None,
        reason=text.reason,
    )

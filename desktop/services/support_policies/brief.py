"""What a next contact with a household begins with, put together from its file. The caller holds a ticket."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.briefs import Brief, OpenPromise
from desktop.domain.clock import japan_day
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import PaperLine, PaperState
from desktop.domain.records import EntryState
from desktop.models.households import Household, Member, Person
from desktop.models.policy_duties import PolicyDuty
from desktop.models.records import EntryRecord, PromiseRow, PromiseText
from desktop.services.papers import loading as papers
from desktop.services.periods import duty_stands, holds_on, said_now
from desktop.services.support_policies.duties import duties_of
from desktop.services.support_policies.loading import load_policy


def brief_of(session: Session, staff: SignedInStaff, household_id: UUID, today: date) -> Brief:
    """Issues and duties of the policy in force, promises not kept, papers not settled."""
    policy_id = _standing(session, household_id)
    policy = None if policy_id is None else load_policy(session, staff, policy_id)
    issues = policy.goes_on if policy else ()
    return Brief(
        household_id=household_id,
        policy_id=policy_id,
        approved_on=japan_day(policy.approved_at) if policy and policy.approved_at else None,
        review_due_on=policy.review_due_on if policy else None,
        issues=issues,
        duties=duties_of(session, household_id, issues),
        promises=_promises(session, staff, household_id),
        papers=_papers(session, staff, household_id, today),
        names=_names(session, household_id, today),
    )


def _standing(session: Session, household_id: UUID) -> UUID | None:
    """The policy in force; none where the household is closed or was since."""
    return session.scalar(
        select(PolicyDuty.policy_id)
        .join(Household, Household.id == PolicyDuty.household_id)
        .where(PolicyDuty.household_id == household_id, duty_stands())
        .limit(1)
    )


def _promises(
    session: Session, staff: SignedInStaff, household_id: UUID
) -> tuple[OpenPromise, ...]:
    """The earliest day first, those without a day last."""
    p, e, t = PromiseRow, EntryRecord, PromiseText
    handed_in = or_(
        e.state != EntryState.DRAFT, e.approved_version.is_not(None), e.author_id == staff.staff_id
    )
    rows = session.execute(
        select(p.id, e.id, e.event_on, t.who, t.what, p.due_on)
        .join(e, e.id == p.entry_id)
        .join(t, t.promise_id == p.id)
        .where(
            p.household_id == household_id,
            p.kept_on.is_(None),
            said_now(),
            e.is_annulled.is_(False),
            handed_in,
        )
    )
    found = [
        OpenPromise(
            promise_id=promise_id,
            entry_id=entry_id,
            event_on=event_on,
            who=who,
            what=what,
            due_on=due_on,
        )
        for promise_id, entry_id, event_on, who, what, due_on in rows
    ]
    return tuple(sorted(found, key=lambda o: (o.due_on or date.max, o.event_on, o.promise_id)))


def _papers(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> tuple[PaperLine, ...]:
    """What was taken in and is not settled, the oldest first."""
    found = papers.of_household(session, staff, household_id, today)
    open_ones = [each.line for each in found if each.line.state is not PaperState.SETTLED]
    return tuple(reversed(open_ones))


def _names(session: Session, household_id: UUID, today: date) -> dict[UUID, str]:
    found = (
        select(Person.id, Person.name)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, holds_on(Member, today))
    )
    return dict(session.execute(found).all())

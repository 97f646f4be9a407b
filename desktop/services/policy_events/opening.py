"""Which events are open: newer than the last policy handed in, and not answered with 見直し不要."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.domain.approvals import ApprovalState
from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.master_tables import Master
from desktop.domain.policy_events import (
    EventKind,
    EventSource,
    ReviewDue,
    ReviewEvent,
    Term,
    review_due,
)
from desktop.domain.support_policies import PolicyState
from desktop.models.approvals import Approval
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod, TakeOver
from desktop.models.support_policies import PolicyNoReview, SupportPolicyRecord
from desktop.services.masters import lookup
from desktop.services.policy_events.happening import Happening, Households
from desktop.services.policy_events.settling import Considered, as_events, happenings, is_settled

#: Nothing older is looked for: a policy that was not reviewed for so long is told of by P02.
_LOOK_BACK_MONTHS = 36
_SUBJECT = "support_policy"
_UNDER_WAY = (ApprovalState.WAITING, ApprovalState.HELD, ApprovalState.APPROVED)


def event_kinds(session: Session, office_id: UUID, on: date) -> tuple[EventKind, ...]:
    """The kinds of event in force."""
    rows = lookup.in_force(session, office_id, Master.REVIEW_EVENTS, on)
    return tuple(
        EventKind(
            code=code,
            label=str(value.get("label") or ""),
            source=EventSource(str(value["reads"])),
            number=int(cast("int", value.get("number") or 0)),
            term=Term(str(value["term"])),
            age=int(cast("int", value["age"])) if value.get("age") else None,
        )
        for code, value in rows.items()
    )


def open_events(
    session: Session, office_id: UUID, where: ColumnElement[bool], today: date
) -> tuple[ReviewEvent, ...]:
    """The open events of the receiving households for which `where` (a condition on Household) holds.

    The most urgent come first. Without any policy only what a record says (影響あり) asks for one; P01 tells the rest.
    """
    kinds = event_kinds(session, office_id, today)
    asked = Households(
        where=where & (Household.state == HouseholdState.RECEIVING),
        since=months_later(today, -_LOOK_BACK_MONTHS),
        today=today,
    )
    considered = _considered(session, asked)
    answers = _answers(session, asked)
    return as_events(
        (
            one
            for one in happenings(session, asked, kinds)
            if _is_open(one, considered.get(one.household_id), answers)
        ),
        kinds,
    )


def reviews_due(
    session: Session, office_id: UUID, where: ColumnElement[bool], today: date
) -> dict[UUID, ReviewDue]:
    """Household → by when its policy is reviewed; only households that have a yearly day or an open event.

    While the next policy lies with the approvers no yearly day counts.
    """
    events = defaultdict[UUID, list[ReviewEvent]](list)
    for event in open_events(session, office_id, where, today):
        events[event.household_id].append(event)
    yearly = _yearly_days(session, where)
    return {
        household_id: review_due(yearly.get(household_id), events[household_id])
        for household_id in {*yearly, *events}
    }


def _yearly_days(session: Session, where: ColumnElement[bool]) -> dict[UUID, date]:
    """Household → the yearly day of the policy in force, unless the next one is handed in."""
    p = SupportPolicyRecord
    rows = session.execute(
        select(p.household_id, p.state, p.approved_at, p.review_due_on)
        .join(Household, Household.id == p.household_id)
        .where(
            where,
            Household.state == HouseholdState.RECEIVING,
            p.state.in_((PolicyState.SUBMITTED, PolicyState.APPROVED)),
        )
        .order_by(p.approved_at, p.id)
    ).all()
    handed_in = {row.household_id for row in rows if row.state is PolicyState.SUBMITTED}
    closed = _closed(session, where)
    found = dict[UUID, date]()
    for household_id, _, approved_at, due in rows:
        if due is None or approved_at is None or household_id in handed_in:
            continue
        if japan_day(approved_at) >= closed.get(household_id, date.min):
            found[household_id] = due
    return found


def _considered(session: Session, asked: Households) -> dict[UUID, Considered]:
    """Households whose policy is handed in or approved, or known to the ledger, since they were last closed."""
    found = {
        household_id: Considered(day=day)
        for household_id, day in session.execute(
            select(TakeOver.household_id, TakeOver.taken_over_on)
            .join(Household, Household.id == TakeOver.household_id)
            .where(asked.where, TakeOver.policy_approved_on.is_not(None))
        )
    }
    p, a = SupportPolicyRecord, Approval
    handed_in = session.execute(
        select(p.household_id, func.max(func.coalesce(a.submitted_at, p.approved_at)))
        .outerjoin(
            a,
            (a.subject_id == p.id) & (a.subject_kind == _SUBJECT) & a.state.in_(_UNDER_WAY),
        )
        .join(Household, Household.id == p.household_id)
        .where(
            asked.where,
            p.state.in_((PolicyState.SUBMITTED, PolicyState.APPROVED)),
        )
        .group_by(p.household_id)
    )
    for household_id, at in handed_in:
        if at is not None:
            found[household_id] = Considered(day=japan_day(at), at=at)
    for household_id, day in _closed(session, asked.where).items():
        if household_id in found and found[household_id].day < day:
            del found[household_id]
    return found


def _closed(session: Session, where: ColumnElement[bool]) -> dict[UUID, date]:
    """Household → the day on which it was last closed; a policy of before is not in force any more."""
    s = HouseholdStatePeriod
    rows = session.execute(
        select(s.household_id, func.max(s.valid_from))
        .join(Household, Household.id == s.household_id)
        .where(where, s.state == HouseholdState.CLOSED)
        .group_by(s.household_id)
    )
    return {household_id: day for household_id, day in rows}  # noqa: C416 - rows are not pairs to the type checker


def _answers(session: Session, asked: Households) -> dict[tuple[UUID, date], datetime]:
    """Household and day → when somebody last said that what happened then needs no review."""
    n = PolicyNoReview
    rows = session.execute(
        select(n.household_id, n.happened_on, func.max(n.answered_at))
        .join(Household, Household.id == n.household_id)
        .where(asked.where)
        .group_by(n.household_id, n.happened_on)
    )
    return {(household_id, day): at for household_id, day, at in rows}


def _is_open(
    one: Happening,
    considered: Considered | None,
    answers: Mapping[tuple[UUID, date], datetime],
) -> bool:
    """Without any policy only what a record says asks for one."""
    if considered is None and one.source is not EventSource.IMPACT:
        return False
    return not is_settled(one, considered, answers.get((one.household_id, one.happened_on)))

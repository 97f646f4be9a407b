"""The policies of somebody's districts by the day of their review. Facts only: no ticket is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_events import ReviewEvent, review_due
from desktop.domain.policy_review import DuePolicy, same_since, stage_of
from desktop.domain.support_policies import PolicyState
from desktop.domain.thresholds import Thresholds
from desktop.models.households import Household
from desktop.models.ledger import TakeOver
from desktop.models.support_policies import SupportPolicyRecord
from desktop.services.households.identity import shielded_names
from desktop.services.masters import lookup
from desktop.services.policy_events import open_events
from desktop.services.policy_review.histories import Approvals, approvals, protected_since
from desktop.services.support_policies.loading import visible_to
from desktop.services.support_policies.standing import closed_since_take_over, is_in_force


class _Next(NamedTuple):
    """The policy that was begun after the one in force."""

    policy_id: UUID
    state: PolicyState


def due_policies(session: Session, staff: SignedInStaff, today: date) -> tuple[DuePolicy, ...]:
    """Every household of the person's districts that receives protection, the first due first.

    Due is what comes first: the yearly day, an open event's, or, where nobody knows of a policy, that of rule P01.
    """
    where = and_(
        Household.office_id == staff.office_id, Household.district_id.in_(staff.district_ids)
    )
    rows = session.execute(_standing(where)).all()
    shielded = {row.id: row.district_id for row in rows if row.is_shielded}
    list_of = _List(
        today=today,
        limits=lookup.thresholds(session, staff.office_id, today),
        names=shielded_names(session, staff, shielded, today),
        begun=_begun(session, staff),
        events=_events(session, staff, where, today),
        began=protected_since(session, where, today) if any(map(_is_missing, rows)) else {},
        approvals=approvals(session, where),
    )
    return tuple(sorted(map(list_of.line, rows), key=lambda line: line.urgency))


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """What the lines are made of beside their rows, by household."""

    today: date
    limits: Thresholds
    names: Mapping[UUID, tuple[str, str]]
    begun: Mapping[UUID, _Next]
    events: Mapping[UUID, list[ReviewEvent]]
    began: Mapping[UUID, date]
    approvals: Approvals

    def line(self, row: Any) -> DuePolicy:  # noqa: ANN401 - a row of `_standing`
        """The line of a household."""
        approved_on = japan_day(row.approved_at) if row.approved_at else row.policy_approved_on
        since = self._protected_since(row) if _is_missing(row) else None
        first = review_due(self._own_day(row, approved_on, since), self.events.get(row.id, ()))
        begun = self.begun.get(row.id)
        return DuePolicy(
            household_id=row.id,
            case_number=row.case_number,
            head_name=self.names.get(row.id, (row.head_name,))[0],
            due_on=first.due_on or self.today,
            approved_on=approved_on,
            policy_id=row.policy_id,
            stage=stage_of(begun.state if begun else None),
            open_policy_id=begun.policy_id if begun else None,
            events=first.events,
            is_missing=_is_missing(row),
            protected_since=since,
            same_since=self._same_since(row, approved_on),
        )

    def _own_day(self, row: Any, approved_on: date | None, since: date | None) -> date | None:  # noqa: ANN401 - a row
        """The day of the year, without the events; of a missing policy the last one that rule P01 allows."""
        if _is_missing(row):
            return since and since + timedelta(days=self.limits.p01_days)
        due_on: date | None = row.review_due_on if row.policy_id else row.policy_due_on
        if due_on is None and approved_on is not None:
            return months_later(approved_on, self.limits.policy_review_months)
        return due_on

    def _protected_since(self, row: Any) -> date | None:  # noqa: ANN401 - a row
        """The start of protection, or the take-over where that came later; None where neither is known."""
        days = (self.began.get(row.id), row.taken_over_on)
        return max((day for day in days if day is not None), default=None)

    def _same_since(self, row: Any, approved_on: date | None) -> date | None:  # noqa: ANN401 - a row
        """Of a policy that only the ledger knows the words are not compared; its day tells."""
        most_bits = 100 - self.limits.p05_percent
        if row.policy_id:
            chain = self.approvals.of(row.policy_id)
        else:
            chain = ((approved_on, 0),) if approved_on else ()
        return same_since(chain, most_bits, self.today)


def _is_missing(row: Any) -> bool:  # noqa: ANN401 - a row
    """Neither we nor the former system's ledger know of a policy."""
    return not (row.policy_id or row.policy_approved_on or row.policy_due_on)


def _standing(where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    h, p, t = Household, SupportPolicyRecord, TakeOver
    return (
        select(
            *(h.id, h.case_number, h.head_name, h.district_id, h.is_shielded),
            p.id.label("policy_id"),
            *(p.approved_at, p.review_due_on),
            *(t.taken_over_on, t.policy_approved_on, t.policy_due_on),
        )
        .select_from(h)
        .outerjoin(p, and_(p.household_id == h.id, is_in_force()))
        .outerjoin(t, and_(t.household_id == h.id, ~closed_since_take_over()))
        .where(where, h.state == HouseholdState.RECEIVING)
    )


def _begun(session: Session, staff: SignedInStaff) -> Mapping[UUID, _Next]:
    """The newest policy of each household that is under way."""
    h, p = Household, SupportPolicyRecord
    rows = session.execute(
        select(p.household_id, p.id, p.state)
        .join(h, h.id == p.household_id)
        .where(
            h.district_id.in_(staff.district_ids),
            p.state != PolicyState.APPROVED,
            visible_to(staff),
        )
        .order_by(p.made_on, p.id)
    )
    return {household_id: _Next(policy_id, state) for household_id, policy_id, state in rows}


def _events(
    session: Session, staff: SignedInStaff, where: ColumnElement[bool], today: date
) -> Mapping[UUID, list[ReviewEvent]]:
    found = defaultdict[UUID, list[ReviewEvent]](list)
    for event in open_events(session, staff.office_id, where, today):
        found[event.household_id].append(event)
    return found

"""The policies of somebody's districts by the day of their review. Facts only: no ticket is needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_review import DuePolicy, stage_of
from desktop.domain.support_policies import PolicyState
from desktop.models.households import Household
from desktop.models.ledger import TakeOver
from desktop.models.support_policies import SupportPolicyRecord
from desktop.services.households.identity import shielded_names
from desktop.services.masters import lookup
from desktop.services.support_policies.loading import visible_to
from desktop.services.support_policies.standing import closed_since_take_over, is_in_force


class _Next(NamedTuple):
    """The policy that was begun after the one in force."""

    policy_id: UUID
    state: PolicyState


def due_policies(session: Session, staff: SignedInStaff, today: date) -> tuple[DuePolicy, ...]:
    """Every household of the person's districts that receives protection and has a day of review, the first first."""
    rows = session.execute(_standing(staff)).all()
    months = lookup.thresholds(session, staff.office_id, today).policy_review_months
    shielded = {row.id: row.district_id for row in rows if row.is_shielded}
    names = shielded_names(session, staff, shielded, today)
    begun = _begun(session, staff)
    found = (_line(row, months, names, begun.get(row.id)) for row in rows)
    return tuple(sorted((line for line in found if line), key=lambda line: line.urgency))


def _standing(staff: SignedInStaff) -> Select[*tuple[Any, ...]]:
    h, p, t = Household, SupportPolicyRecord, TakeOver
    return (
        select(
            *(h.id, h.case_number, h.head_name, h.district_id, h.is_shielded),
            p.id.label("policy_id"),
            p.approved_at,
            p.review_due_on,
            t.policy_approved_on,
            t.policy_due_on,
        )
        .select_from(h)
        .outerjoin(p, and_(p.household_id == h.id, is_in_force()))
        .outerjoin(t, and_(t.household_id == h.id, ~closed_since_take_over()))
        .where(
            h.office_id == staff.office_id,
            h.district_id.in_(staff.district_ids),
            h.state == HouseholdState.RECEIVING,
        )
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


def _line(
    row: Any,  # noqa: ANN401 - a row of `_standing`
    months: int,
    names: Mapping[UUID, tuple[str, str]],
    begun: _Next | None,
) -> DuePolicy | None:
    approved_on = japan_day(row.approved_at) if row.approved_at else row.policy_approved_on
    due_on = row.review_due_on if row.policy_id else row.policy_due_on
    if due_on is None and approved_on is not None:
        due_on = months_later(approved_on, months)
    if due_on is None:
        return None
    return DuePolicy(
        household_id=row.id,
        case_number=row.case_number,
        head_name=names.get(row.id, (row.head_name,))[0],
        due_on=due_on,
        approved_on=approved_on,
        policy_id=row.policy_id,
        stage=stage_of(begun.state if begun else None),
        open_policy_id=begun.policy_id if begun else None,
    )

"""The policy of a household that is open: begun and not approved yet. There is never a second one beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from desktop.domain.errors import NotPermittedError
from desktop.domain.support_policies import PolicyState
from desktop.models.households import Household
from desktop.models.office import Assignment, Staff, StaffAbsence
from desktop.models.support_policies import SupportPolicyRecord
from desktop.services.periods import holds_on

_MINE = "この世帯には書きかけの援助方針があります。新しく作らずに、その続きを書いてください。"
_SUBMITTED = (
    "この世帯の援助方針が決裁待ちです。決裁が終わってから書くか、引き戻して書き直してください。"
)
_OTHERS = "{name}さんがこの世帯の援助方針を書いています。続きは{name}さんと相談してください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPolicy:
    """The open policy of a household, and why no second one is begun beside it."""

    policy_id: UUID
    is_mine_to_write: bool
    refusal: str


def open_policy(
    session: Session, household_id: UUID, staff_id: UUID, today: date
) -> OpenPolicy | None:
    """The open policy that stands in the way of another: an own one before a colleague's.

    What a colleague began stands in the way while he looks after the household; what was handed in always does.
    """
    p = SupportPolicyRecord
    is_own = p.author_id == staff_id
    rows = session.execute(
        select(p.id, p.state, p.author_id, Staff.name)
        .join(Household, Household.id == p.household_id)
        .join(Staff, Staff.id == p.author_id)
        .where(
            p.household_id == household_id,
            p.state != PolicyState.APPROVED,
            or_(is_own, p.state == PolicyState.SUBMITTED, _looks_after(today)),
        )
        .order_by(is_own.desc(), p.made_on.desc(), p.id.desc())
    )
    found = rows.first()
    if found is None:
        return None
    policy_id, state, author_id, name = found
    if state is PolicyState.SUBMITTED:
        refusal = _SUBMITTED
    else:
        refusal = _MINE if author_id == staff_id else _OTHERS.format(name=name)
    return OpenPolicy(
        policy_id=policy_id,
        is_mine_to_write=author_id == staff_id and state is not PolicyState.SUBMITTED,
        refusal=refusal,
    )


def refuse_a_second(session: Session, household_id: UUID, staff_id: UUID, today: date) -> None:
    """Raise NotPermittedError where a policy of the household is open."""
    found = open_policy(session, household_id, staff_id, today)
    if found is not None:
        raise NotPermittedError(found.refusal)


def _looks_after(today: date) -> ColumnElement[bool]:
    """The author is there today, and he, or somebody for whom he stands in, has the household's district."""
    a, absence = Assignment, StaffAbsence
    is_here = and_(
        Staff.active_from <= today, or_(Staff.active_to.is_(None), Staff.active_to >= today)
    )
    is_away = exists().where(absence.staff_id == Staff.id, holds_on(absence, today))
    stands_in = exists().where(
        absence.substitute_id == Staff.id,
        absence.staff_id == a.staff_id,
        holds_on(absence, today),
    )
    is_assigned = exists().where(
        a.district_id == Household.district_id,
        holds_on(a, today),
        or_(a.staff_id == Staff.id, stands_in),
    )
    return and_(is_here, ~is_away, is_assigned)

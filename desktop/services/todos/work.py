"""What lies on a desk of support towards work: plans that came back, starts of work to be asked about. Facts only.

Each line vanishes with its reason, and nothing but a line follows from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.employment_spells import due_checks
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.support_plans import PlanState
from desktop.domain.todos import TodoOrigin
from desktop.models.employment_spells import (
    EmploymentCheckRecord,
    EmploymentEndRecord,
    EmploymentSpellRecord,
)
from desktop.models.households import Household
from desktop.models.support_plans import SupportPlanEnd, SupportPlanRecord
from desktop.services.todos.lines import Line

_RETURNED = "差戻し：個別支援計画。理由を読んで直し、もう一度提出してください"
_CHECK = "定着の確認：就労開始から{months}か月です。いまも働いているか、困っていることはないか聞いてください"


def work_lines(session: Session, staff: SignedInStaff, today: date) -> Iterator[Line]:
    """The own plans that came back, and the checks of retention that are due. Whoever asks adds the household's names."""
    yield from _returned_plans(session, staff.staff_id)
    yield from _checks(session, staff, today)


def _returned_plans(session: Session, author_id: UUID) -> Iterator[Line]:
    """Until a later version is saved or the plan ends."""
    p, later, e = SupportPlanRecord, aliased(SupportPlanRecord), SupportPlanEnd
    rows = session.execute(
        select(p.id, p.household_id, p.starts_on)
        .join(Household, Household.id == p.household_id)
        .where(
            p.author_id == author_id,
            p.state == PlanState.RETURNED,
            Household.state != HouseholdState.CLOSED,
            ~exists().where(later.root_id == p.root_id, later.version > p.version),
            ~exists().where(e.root_id == p.root_id),
        )
    )
    for plan_id, household_id, starts_on in rows:
        yield Line(
            origin=TodoOrigin.SUPPORT_PLAN,
            household_id=household_id,
            case_number="",
            head_name="",
            subject_id=plan_id,
            due_on=starts_on,
            text=_RETURNED,
        )


def _checks(session: Session, staff: SignedInStaff, today: date) -> Iterator[Line]:
    """The oldest check of each start of work that goes on: for who wrote it, and for the district's caseworker."""
    s, c, e = EmploymentSpellRecord, EmploymentCheckRecord, EmploymentEndRecord
    rows = session.execute(
        select(s.id, s.household_id, s.started_on, c.months)
        .join(Household, Household.id == s.household_id)
        .outerjoin(c, c.spell_id == s.id)
        .where(
            or_(s.made_by == staff.staff_id, Household.district_id.in_(staff.district_ids)),
            Household.state == HouseholdState.RECEIVING,
            ~exists().where(e.spell_id == s.id),
        )
    )
    answered: dict[tuple[UUID, UUID, date], set[int]] = defaultdict(set)
    for spell_id, household_id, started_on, months in rows:
        answered[spell_id, household_id, started_on] |= {months} - {None}
    for (spell_id, household_id, started_on), known in answered.items():
        for months, day in due_checks(started_on, known, today)[:1]:
            yield Line(
                origin=TodoOrigin.EMPLOYMENT,
                household_id=household_id,
                case_number="",
                head_name="",
                subject_id=spell_id,
                due_on=day,
                text=_CHECK.format(months=months),
            )

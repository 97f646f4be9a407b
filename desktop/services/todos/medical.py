"""What lies on a desk of medical matters: somebody to look after, answers and judgements that are due, orders that wait.

Facts only; nothing says what a doctor wrote, and each line vanishes with its reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select

from desktop.domain.conferences import MatterKind
from desktop.domain.households import HouseholdState
from desktop.domain.medical_opinions import EnquiryStep
from desktop.domain.medical_orders import OrderStep
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.assessments import AssessmentRecord
from desktop.models.conferences import ConferenceMatter
from desktop.models.households import Household
from desktop.models.medical import MedicalEnquiry, MedicalEnquiryStep, MedicalOpinion
from desktop.models.medical_orders import ExaminationOrderRecord, ExaminationStepRecord
from desktop.models.medical_plans import HospitalPlanRecord
from desktop.services.medical.holding import is_held
from desktop.services.medical.missed import missed_twice

_GO = "通院：2回続けて受診していません。訪問・電話で様子を聞いてください"
_REJUDGE = "医師の再判断の時期です。意見を聞き、アセスメントを見直してください"
_ANSWER = "病状照会：回答の期限です。届いていなければ督促しますか"
_TO_APPROVE = "検診命令：承認を待っています"
_TO_DELIVER = "検診命令：承認されました。交付してください"
_TO_MEET = "検診命令：受診しませんでした。会議で扱うかを決めてください"
_UNDER_CARE = (HouseholdState.RECEIVING, HouseholdState.SUSPENDED)


def medical_tasks(
    staff: SignedInStaff, today: date, notice_days: int
) -> Iterator[tuple[str, Select[*tuple[Any, ...]]]]:
    """Text and the statement of its household ids and due days: of own districts, to be approved of supervised ones."""
    if staff.district_ids:
        own = _near(staff.district_ids)
        yield _GO, missed_twice(own, today)
        until = today + timedelta(days=notice_days)
        yield _REJUDGE, _rejudged(own, MedicalOpinion, until)
        yield _REJUDGE, _rejudged(own, HospitalPlanRecord, until)
        yield _ANSWER, _unanswered(own, today)
        yield _TO_DELIVER, _orders(own, (OrderStep.APPROVED,))
        if staff.may(Permission.CALL_CONFERENCES):
            yield _TO_MEET, _not_discussed(own)
    if staff.supervised_district_ids:
        x = ExaminationOrderRecord
        near = _near(staff.supervised_district_ids) & (x.author_id != staff.staff_id)
        yield _TO_APPROVE, _orders(near, ())


def _near(district_ids: Collection[UUID]) -> ColumnElement[bool]:
    return Household.district_id.in_(district_ids) & Household.state.in_(_UNDER_CARE)


def _rejudged(
    near: ColumnElement[bool], of: type[MedicalOpinion | HospitalPlanRecord], until: date
) -> Select[*tuple[Any, ...]]:
    """A doctor's day to judge again that has come, until the person is assessed from that day on."""
    a = AssessmentRecord
    assessed = exists().where(a.person_id == of.person_id, a.made_on >= of.rejudge_on)
    return (
        select(of.household_id, of.person_id, of.rejudge_on)
        .join(Household, Household.id == of.household_id)
        .where(near, of.rejudge_on <= until, ~assessed)
    )


def _unanswered(near: ColumnElement[bool], today: date) -> Select[*tuple[Any, ...]]:
    e, o, s = MedicalEnquiry, MedicalOpinion, MedicalEnquiryStep
    return (
        select(e.household_id, e.person_id, e.reply_by)
        .join(Household, Household.id == e.household_id)
        .where(
            near,
            e.reply_by <= today,
            ~exists().where(o.enquiry_id == e.id),
            ~exists().where(s.enquiry_id == e.id, s.kind == EnquiryStep.WITHDRAWN),
        )
    )


def _orders(near: ColumnElement[bool], taken: Collection[OrderStep]) -> Select[*tuple[Any, ...]]:
    """Orders that took these steps and no others; none of them while a question of safety is open."""
    x, s = ExaminationOrderRecord, ExaminationStepRecord
    found = (
        select(x.household_id, x.person_id, x.due_on)
        .join(Household, Household.id == x.household_id)
        .where(
            near,
            ~is_held(x.person_id),
            ~exists().where(s.order_id == x.id, s.step.not_in(taken)),
        )
    )
    for step in taken:
        found = found.where(exists().where(s.order_id == x.id, s.step == step))
    return found


def _not_discussed(near: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Orders that were not obeyed and stand on no agenda; none of them while a question of safety is open."""
    x, s, m = ExaminationOrderRecord, ExaminationStepRecord, ConferenceMatter
    stands = exists().where(
        m.person_id == x.person_id, m.kind == MatterKind.OTHER, m.added_at >= s.done_at
    )
    return (
        select(x.household_id, x.person_id, s.done_on)
        .join(s, s.order_id == x.id)
        .join(Household, Household.id == x.household_id)
        .where(near, ~is_held(x.person_id), s.step == OrderStep.NOT_OBEYED, ~stands)
    )

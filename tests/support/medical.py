"""Medical matters for tests: an enquiry, what a doctor said, an order to be examined, a plan of hospital visits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from desktop.domain.assessments import HealthSource
from desktop.domain.ids import new_id
from desktop.domain.medical_opinions import Answer, EnquiryInput, OpinionInput
from desktop.domain.medical_orders import Doubt, OrderInput, OrderStep, OrderStepInput
from desktop.domain.medical_plans import (
    AppointmentInput,
    PlanInput,
    PlanRow,
    TripInput,
    TripPurpose,
    VisitInput,
    VisitStatus,
)
from tests.support.assessments import Somebody
from tests.support.desk import SmallOffice
from tests.support.factories import TODAY, days_ago

REASON = "働けるかどうかについて、本人の話と主治医の意見が食い違っています。"
ELSEWHERE = "主治医に二度照会しましたが、回答では働けるかどうかが分かりませんでした。"


def an_enquiry(office: SmallOffice | Somebody, **changes: Any) -> EnquiryInput:
    """An enquiry of today to a made-up hospital."""
    values: dict[str, Any] = {
        "enquiry_id": new_id(),
        "asked_on": TODAY,
        "reply_by": TODAY + timedelta(days=30),
        "institution": "見本病院",
        "doctor": "模擬　医師",
        "questions": ("仕事をすることはできますか。", "再判断はいつごろですか。"),
        "consent": "10月1日に面接で説明し、同意書をもらった",
        **changes,
    }
    return EnquiryInput(household_id=office.household_id, person_id=office.person_id, **values)


def an_opinion(office: SmallOffice | Somebody, **changes: Any) -> OpinionInput:
    """What the treating doctor said ten days ago."""
    values: dict[str, Any] = {
        "opinion_id": new_id(),
        "source": HealthSource.TREATING,
        "given_on": days_ago(10),
        "institution": "見本病院",
        "doctor": "模擬　医師",
        "answers": (Answer(question="仕事をすることはできますか。", answer="制限付きで可"),),
        "words": "座ってする仕事を一日四時間まで。",
        "interpretation": "短い時間の仕事から始める。",
        **changes,
    }
    return OpinionInput(household_id=office.household_id, person_id=office.person_id, **values)


def an_order(office: SmallOffice | Somebody, **changes: Any) -> OrderInput:
    """An order to be examined within two weeks."""
    values: dict[str, Any] = {
        "order_id": new_id(),
        "doubt": Doubt.ABILITY,
        "due_on": TODAY + timedelta(days=14),
        "reason": REASON,
        "elsewhere": ELSEWHERE,
        "institution": "指定検診病院",
        "department": "整形外科",
        "items": "診察、X線検査",
        **changes,
    }
    return OrderInput(household_id=office.household_id, person_id=office.person_id, **values)


def a_step(order: OrderInput, step: OrderStep, **changes: Any) -> OrderStepInput:
    """A step of today."""
    values: dict[str, Any] = {
        "step_id": new_id(),
        "done_on": TODAY,
        "words": "面接で説明して確かめた。",
        **changes,
    }
    return OrderStepInput(
        order_id=order.order_id, household_id=order.household_id, step=step, **values
    )


def a_plan(office: SmallOffice | Somebody, **changes: Any) -> PlanInput:
    """A plan of six months with one institution, twice a month."""
    values: dict[str, Any] = {
        "plan_id": new_id(),
        "begins_on": days_ago(90),
        "ends_on": TODAY + timedelta(days=90),
        "purpose": "腰の痛みをやわらげ、短い時間の仕事を始める",
        "condition": "長く立つと腰が痛む",
        "consented_on": days_ago(90),
        "consent": "面接で説明し、署名をもらった",
        "rows": (PlanRow(institution="見本病院", visits_a_month=2, department="整形外科"),),
        **changes,
    }
    return PlanInput(household_id=office.household_id, person_id=office.person_id, **values)


def an_appointment(plan: PlanInput, **changes: Any) -> AppointmentInput:
    """An appointment of a week ago."""
    values: dict[str, Any] = {
        "appointment_id": new_id(),
        "on_day": days_ago(7),
        "institution": "見本病院",
        "at": "10:30",
        **changes,
    }
    return AppointmentInput(household_id=plan.household_id, plan_id=plan.plan_id, **values)


def a_visit(appointment: AppointmentInput, status: VisitStatus, **changes: Any) -> VisitInput:
    """What became of an appointment."""
    values: dict[str, Any] = {"visit_id": new_id(), "note": "", **changes}
    return VisitInput(
        appointment_id=appointment.appointment_id,
        household_id=appointment.household_id,
        status=status,
        **values,
    )


def a_trip(office: SmallOffice | Somebody, **changes: Any) -> TripInput:
    """A way to the hospital by bus."""
    values: dict[str, Any] = {
        "trip_id": new_id(),
        "on_day": days_ago(7),
        "purpose": TripPurpose.HOSPITAL,
        "from_place": "自宅",
        "to_place": "見本病院",
        "means": "バス",
        "fare": 460,
        "evidence": "領収書",
        **changes,
    }
    return TripInput(household_id=office.household_id, person_id=office.person_id, **values)

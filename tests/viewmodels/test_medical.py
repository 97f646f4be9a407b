"""How medical matters read: newest first, overdue said, orders hidden while safety comes first, words apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desktop.domain.assessments import HealthSource
from desktop.domain.ids import new_id
from desktop.domain.medical_files import MedicalPerson
from desktop.domain.medical_opinions import Enquiry, EnquiryInput, Opinion, OpinionInput
from desktop.domain.medical_orders import (
    Doubt,
    ExaminationOrder,
    OrderInput,
    OrderStep,
    StepTaken,
)
from desktop.viewmodels.medical import MatterKind, order_state, rows_of, summary, told, warnings

TODAY = date(2024, 10, 1)
AT = datetime(2024, 9, 1, 1, 0, tzinfo=UTC)
WHO: dict[str, Any] = {"household_id": new_id(), "person_id": new_id()}


def enquiry(reply_by: date, **changes: Any) -> Enquiry:
    given = EnquiryInput(
        enquiry_id=new_id(),
        asked_on=date(2024, 8, 1),
        reply_by=reply_by,
        institution="見本病院",
        questions=("仕事をすることはできますか。",),
        consent="面接で",
        **WHO,
    )
    return Enquiry(given=given, asked_by="見本 担当", **changes)


def opinion(**changes: Any) -> Opinion:
    given = OpinionInput(
        opinion_id=new_id(),
        source=HealthSource.TREATING,
        given_on=date(2024, 9, 10),
        institution="見本病院",
        doctor="模擬",
        words="半日まで。",
        interpretation="短い仕事から。",
        **WHO,
    )
    return Opinion(given=given, noted_by="見本 担当", noted_at=AT, **changes)


def order(*steps: OrderStep, due_on: date = TODAY, **changes: Any) -> ExaminationOrder:
    given = OrderInput(
        order_id=new_id(),
        doubt=Doubt.ABILITY,
        due_on=due_on,
        reason="理由",
        elsewhere="ほか",
        institution="指定病院",
        **WHO,
    )
    taken = tuple(
        StepTaken(step=step, done_on=TODAY, done_by="見本 査察", words="確かめた") for step in steps
    )
    return ExaminationOrder(
        given=given, author="見本 担当", is_own=True, made_at=AT, steps=taken, **changes
    )


def person(**changes: Any) -> MedicalPerson:
    return MedicalPerson(person_id=WHO["person_id"], name="架空 花子", **changes)


def test_everything_stands_newest_first_and_says_what_is_overdue():
    late = enquiry(TODAY - timedelta(days=1))
    rows = rows_of(person(enquiries=(late,), opinions=(opinion(),)), TODAY)
    assert [row.kind for row in rows] == [MatterKind.OPINION, MatterKind.ENQUIRY]
    assert rows[1].state.startswith("期限超過")
    assert rows[1].waits
    answered = rows_of(person(enquiries=(replace(late, answered_on=TODAY),)), TODAY)
    assert answered[0].state == "回答あり（R6.10.1）"
    assert not answered[0].waits


def test_what_the_doctor_said_and_what_is_made_of_it_stand_apart():
    (row,) = rows_of(person(opinions=(opinion(),)), TODAY)
    said = told(row).splitlines()
    assert "医師の言葉：半日まで。" in said
    assert "担当員の読み取り（医師の言葉ではありません）：短い仕事から。" in said


def test_orders_are_hidden_while_safety_comes_first():
    found = person(orders=(order(),), is_held=True)
    assert rows_of(found, TODAY) == ()
    assert "安全の確認が先" in warnings(found)
    assert len(rows_of(replace(found, is_held=False), TODAY)) == 1


def test_where_an_order_stands():
    s = OrderStep
    assert order_state(order(), TODAY) == "承認待ち"
    assert order_state(order(s.APPROVED), TODAY) == "承認済み・交付待ち"
    assert order_state(order(s.APPROVED, s.DELIVERED), TODAY).startswith("受診待ち")
    past = order(s.APPROVED, s.DELIVERED, due_on=TODAY - timedelta(days=1))
    assert order_state(past, TODAY).startswith("期限超過")
    ended = order(s.APPROVED, s.DELIVERED, s.NOT_OBEYED)
    assert order_state(ended, TODAY) == "受診しなかった"
    (row,) = rows_of(person(orders=(ended,)), TODAY)
    assert "会議へ：受診しなかったことだけでは何も変わりません" in told(row)


def test_the_newest_evidence_says_its_age():
    assert "まだありません" in summary(person(), TODAY)
    assert "令和6年9月10日　主治医　見本病院　模擬 医師" in summary(
        person(opinions=(opinion(),)), TODAY
    )
    assert "古い意見です" in summary(person(opinions=(opinion(is_old=True),)), TODAY)

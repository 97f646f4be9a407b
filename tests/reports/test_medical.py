"""Papers about medical matters: what stands on them, and what never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.database.shipped import shipped_rows
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.domain.medical_forms import (
    EnquirySheet,
    OrderSet,
    PlanSheet,
    TripApplication,
    TripLine,
    VisitLine,
)
from desktop.domain.medical_opinions import DoctorQuestion
from desktop.domain.medical_plans import PlanRow
from desktop.reports.medical.enquiry_sheet import ENQUIRY_SHEET
from desktop.reports.medical.order_set import ORDER_SET
from desktop.reports.medical.plan_sheet import HOSPITAL_PLAN_SHEET
from desktop.reports.medical.trip_application import TRIP_APPLICATION
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint

DAY = date(2024, 10, 1)
QUESTIONS = (
    DoctorQuestion(
        code="Q1", label="仕事をすることはできますか。", choices=("可", "制限付きで可", "困難")
    ),
    DoctorQuestion(code="Q2", label="できる場合、1日に何時間、週に何日くらいですか。"),
)
_CALL: dict[str, Any] = {
    "contact": "見本市役所 1階 5番窓口",
    "caseworker": "見本 担当",
    "phone": "000-000-0000",
}
TRIP = TripLine(
    on_day=DAY,
    purpose="通院",
    from_place="自宅",
    to_place="見本病院",
    means="バス",
    fare=460,
    evidence="領収書",
)


def enquiry_sheet(**changes: Any) -> EnquirySheet:
    made = EnquirySheet(
        imprint=make_imprint(),
        case_number="0001234",
        written_on=DAY,
        reply_by=date(2024, 10, 31),
        institution="見本病院",
        doctor="模擬 医師",
        name="架空 花子",
        birth_date=date(1980, 4, 1),
        consent="10月1日の面接で説明し、同意書をもらった",
        questions=QUESTIONS,
        **_CALL,
    )
    return replace(made, **changes)


def plan_sheet(**changes: Any) -> PlanSheet:
    made = PlanSheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        begins_on=DAY,
        ends_on=date(2025, 3, 31),
        purpose="腰の痛みをやわらげ、短い時間の仕事を始める",
        condition="長く立つと腰が痛む",
        consented_on=DAY,
        consent="面接で説明し、署名をもらった",
        rejudge_on=date(2025, 1, 15),
        rows=(
            PlanRow(
                institution="見本病院",
                visits_a_month=2,
                department="整形外科",
                companion="就労支援員",
                transport="バス",
                cost_approved=True,
                ask="いつごろから仕事を始められますか",
                convey="夜に眠れない日がある",
            ),
        ),
        visits=(VisitLine(on_day=DAY, at="10:30", institution="見本病院", status="受診", note=""),),
        trips=(TRIP,),
        **_CALL,
    )
    return replace(made, **changes)


def trip_application(**changes: Any) -> TripApplication:
    made = TripApplication(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        birth_date=date(1980, 4, 1),
        purpose="通院",
        trips=(TRIP, replace(TRIP, on_day=date(2024, 10, 15))),
    )
    return replace(made, **changes)


def order_set(**changes: Any) -> OrderSet:
    made = OrderSet(
        household_id=new_id(),
        subject_id=new_id(),
        imprint=make_imprint(),
        case_number="0001234",
        written_on=DAY,
        postal_code="0000000",
        address="見本県見本市見本町1-2-3",
        name="架空 花子",
        birth_date=date(1980, 4, 1),
        reason="働けるかどうかについて、本人の話と主治医の意見が食い違っています。",
        institution="指定検診病院",
        place="見本市見本町9",
        department="整形外科",
        items="診察、X線検査",
        bring="この命令書、保険証に代わるもの",
        due_on=date(2024, 10, 15),
        questions=QUESTIONS,
        **_CALL,
    )
    return replace(made, **changes)


def pages(kind: Any, made: Any, fonts: Any) -> list[str]:
    return [text.replace("\n", "") for text in page_texts(kind.pdf(made, fonts).data)]


def test_the_enquiry_has_its_questions_and_a_sheet_for_the_answers(fonts):
    letter, answers = pages(ENQUIRY_SHEET, enquiry_sheet(), fonts)
    for words in ("見本病院", "模擬 医師 先生", "架空 花子", "令和6年10月31日", "同意書をもらった"):
        assert words in letter.replace("　", " ")
    for text in (letter, answers):
        assert all(question.label in text for question in QUESTIONS)
    assert "制限付きで可" in answers
    assert "医師の署名" in answers


def test_the_plan_is_in_plain_words_and_says_what_may_not_follow(fonts):
    plan, record = pages(HOSPITAL_PLAN_SHEET, plan_sheet(), fonts)
    for words in ("月2回", "夜に眠れない日がある", "就労支援員", "保護が止まることはありません"):
        assert words in plan
    for words in ("10:30", "受診", "460円", "点数や評価ではありません"):
        assert words in record


def test_the_application_adds_the_fares_up(fonts):
    (text,) = pages(TRIP_APPLICATION, trip_application(), fonts)
    assert "920円" in text
    (blank,) = pages(TRIP_APPLICATION, trip_application(trips=()), fonts)
    assert "円" not in blank.replace("円）", "").split("合計")[1][:10]


def test_the_order_is_three_sheets(fonts):
    order, findings, fee = pages(ORDER_SET, order_set(), fonts)
    for words in (
        "第28条第1項",
        "食い違っています",
        "指定検診病院",
        "福祉事務所が負担します",
        "事情をうかがいます",
    ):
        assert words in order
    assert "食い違っています" not in findings + fee
    for words in ("病名", "軽労働", "仕事をすることはできますか"):
        assert words in findings
    assert "請求額" in fee


def test_the_shipped_questions_fit_the_doctors_sheets(fonts):
    shipped = tuple(
        DoctorQuestion(
            code=row.key,
            label=str(row.value["label"]),
            choices=tuple(filter(None, str(row.value["choices"]).split("・"))),
        )
        for row in shipped_rows(Master.DOCTOR_QUESTIONS)
    )
    assert len(pages(ENQUIRY_SHEET, enquiry_sheet(questions=shipped), fonts)) == 2
    assert len(pages(ORDER_SET, order_set(questions=shipped), fonts)) == 3


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        (ENQUIRY_SHEET, enquiry_sheet),
        (HOSPITAL_PLAN_SHEET, plan_sheet),
        (TRIP_APPLICATION, trip_application),
        (ORDER_SET, order_set),
    ],
    ids=["S-07", "S-21", "S-22", "K-18"],
)
def test_no_group_and_no_motivation_stands_on_them(kind, made, fonts):
    text = "".join(pages(kind, made(), fonts))
    for words in ("G1", "G2", "意欲", "支援区分", "稼働余地"):
        assert words not in text

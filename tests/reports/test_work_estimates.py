"""手取り試算 (S-36) on paper: every line and value, 試算 in a box, nothing about groups or motivation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.ids import new_id
from desktop.domain.work_estimates_forms import (
    DecisionNotice,
    HandSheet,
    IncomeMonth,
    IndependenceApplication,
    JobSearchApplication,
    MonthLine,
    MonthTable,
    StudyOrWorkApplication,
)
from desktop.domain.work_estimates_income import EarnedIncome, earned_income
from desktop.reports.work_estimates.applications import (
    INDEPENDENCE_APPLICATION,
    JOB_SEARCH_APPLICATION,
    STUDY_OR_WORK_APPLICATION,
)
from desktop.reports.work_estimates.decision_notice import (
    INDEPENDENCE_NOTICE,
    JOB_SEARCH_NOTICE,
    STUDY_OR_WORK_NOTICE,
)
from desktop.reports.work_estimates.hand_sheet import HAND_SHEET
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint
from tests.support.work_money import shipped_tables

MONTH = date(2024, 10, 1)
INCOME = EarnedIncome(on=MONTH, gross=100_000, new_work_month=2, insurance=12_000, commuting=4_000)


def sheet(**changes: Any) -> HandSheet:
    made = HandSheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        month=MONTH,
        gross=100_000,
        estimate=earned_income(INCOME, shipped_tables(MONTH)),
        contact="見本市役所 1階 5番窓口",
        caseworker="見本 担当",
        phone="000-000-0000",
    )
    return replace(made, **changes)


def text_of(made, fonts):
    return "".join(page_texts(HAND_SHEET.pdf(made, fonts).data)).replace("\n", "")


def test_what_remains_in_hand_stands_on_it_line_by_line(fonts):
    text = text_of(sheet(), fonts)
    for words in (
        "試算",
        "架空 花子",
        "令和6年10月",
        "100,000円",
        "手元に残る額",
        "51,300円",
        "23,600円",
        "11,700円",
        "48,700円",
        "【未確認】",
        "これは試算です",
    ):
        assert words in text
    for words in ("G1", "G2", "意欲", "稼働能力", "支援区分"):
        assert words not in text


def test_a_refusal_stands_on_it_in_a_sentence(fonts):
    given = EarnedIncome(on=MONTH, gross=60_000, is_first=False)
    text = text_of(sheet(estimate=earned_income(given, shipped_tables(MONTH))), fonts)
    assert "kiso.table.2" in text
    assert "計算できません" in text


_WHO: dict[str, Any] = {
    "case_number": "0001234",
    "name": "架空 花子",
    "birth_date": date(1990, 5, 1),
}


def job_search() -> JobSearchApplication:
    months = (date(2024, 10, 1), date(2024, 11, 1), date(2024, 12, 1))
    return JobSearchApplication(imprint=make_imprint(), **_WHO, months=months)


def independence() -> IndependenceApplication:
    months = (
        IncomeMonth(month=date(2024, 8, 1), recognised=None),
        IncomeMonth(month=date(2024, 9, 1), recognised=52_700),
    )
    return IndependenceApplication(
        imprint=make_imprint(),
        **_WHO,
        job_began=date(2024, 7, 1),
        ended_on=date(2024, 9, 30),
        is_single=True,
        months=months,
    )


def study_or_work() -> StudyOrWorkApplication:
    return StudyOrWorkApplication(
        imprint=make_imprint(),
        **_WHO,
        is_work=True,
        begins_on=date(2025, 4, 1),
        moves_out=False,
    )


def read(form, made, fonts):
    return "".join(page_texts(form.pdf(made, fonts).data)).replace("\n", "")


def test_an_application_has_what_is_known_and_room_for_the_rest(fonts):
    text = read(JOB_SEARCH_APPLICATION, job_search(), fonts)
    for words in ("令和6年10月", "令和6年12月", "応募・採用面接", "架空 花子", "署名"):
        assert words in text
    text = read(INDEPENDENCE_APPLICATION, independence(), fonts)
    for words in ("■ 単身世帯", "52,700円", "令和6年8月", "令和6年9月30日"):
        assert words in text
    text = read(STUDY_OR_WORK_APPLICATION, study_or_work(), fonts)
    for words in ("■ 就職", "□ 進学", "■ 転居しない", "令和7年4月1日", "賃貸借契約書"):
        assert words in text


def test_no_estimate_stands_on_an_application(fonts):
    for form, made in (
        (JOB_SEARCH_APPLICATION, job_search()),
        (INDEPENDENCE_APPLICATION, independence()),
        (STUDY_OR_WORK_APPLICATION, study_or_work()),
    ):
        text = read(form, made, fonts)
        for words in ("試算", "未確認", "支援区分", "意欲"):
            assert words not in text


def month_table(**changes: Any) -> MonthTable:
    made = MonthTable(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        asked_on=date(2024, 9, 2),
        lines=(
            MonthLine(
                month=date(2024, 9, 1),
                interviews=1,
                applications=3,
                outcome="支給決定",
                decided_on=date(2024, 10, 3),
                amount=5000,
                noted_by="見本 査察",
            ),
            MonthLine(
                month=date(2024, 10, 1),
                interviews=0,
                applications=1,
                outcome="却下",
                decided_on=date(2024, 11, 3),
                reason="面接の回数が足りないため。事情は10月20日に聴いた。",
                noted_by="見本 査察",
            ),
            MonthLine(month=date(2024, 11, 1)),
        ),
    )
    return replace(made, **changes)


def notice(**changes: Any) -> DecisionNotice:
    made = DecisionNotice(
        household_id=new_id(),
        subject_id=new_id(),
        imprint=make_imprint(),
        case_number="0001234",
        postal_code="0000000",
        address="架空市見本町1-2-3",
        name="架空 花子",
        written_on=date(2024, 10, 20),
        asked_on=date(2024, 10, 2),
        decided_on=date(2024, 10, 18),
        about_on=date(2024, 9, 30),
        is_refused=False,
        amount=50_000,
        reason="就労による収入が安定し、保護を要しなくなったため。",
        contact="見本市役所 1階 5番窓口",
        phone="000-000-0000",
    )
    return replace(made, **changes)


def test_a_notice_says_what_was_decided_why_and_how_to_appeal(fonts):
    style = replace(make_imprint().style, appeal="架空の教示の文です。")
    made = notice(imprint=make_imprint(style=style))
    text = read(INDEPENDENCE_NOTICE, made, fonts)
    for words in ("■ 支給します", "50,000円", "令和6年10月18日", "安定し", "架空の教示の文です。"):
        assert words in text
    of_month = replace(
        made, about_on=date(2024, 9, 1), counted="窓口での面接 1回　応募・採用面接 3回"
    )
    text = read(JOB_SEARCH_NOTICE, of_month, fonts)
    for words in ("対象の月", "令和6年9月", "応募・採用面接 3回", "次の月の分を支給"):
        assert words in text
    refused = replace(made, is_refused=True, amount=None, reason="申請の期限を過ぎているため。")
    text = read(STUDY_OR_WORK_NOTICE, refused, fonts)
    for words in (
        "■ 支給しません（却下）",
        "期限を過ぎている",
        "入学・就職の日",
        "支給しないことに",
    ):
        assert words in text
    for words in ("試算", "未確認", "支援区分"):
        assert words not in text

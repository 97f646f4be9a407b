"""The yearly plan (K-07), the month with its results (K-08), the report of all districts (K-27)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.call_lists import CallLine, CallList, ToldBy
from desktop.domain.forms import FormMark
from desktop.domain.households import HouseholdType
from desktop.domain.ids import new_id
from desktop.domain.visit_grades import LivingPlace
from desktop.domain.visit_marks import VisitMark
from desktop.domain.visit_plan_forms import (
    DistrictReport,
    GradeCounts,
    MonthPlanForm,
    MonthSource,
    MonthVisitLine,
    Unvisited,
    VisitCounts,
    VisitReport,
    YearPlanForm,
    YearPlanLine,
)
from desktop.domain.visit_plans import PlanState, VisitKind
from desktop.domain.working_time import Half
from desktop.reports.visit_plans.call_list import CALL_LIST
from desktop.reports.visit_plans.month_plan import MONTH_PLAN
from desktop.reports.visit_plans.status_report import STATUS_REPORT
from desktop.reports.visit_plans.year_plan import YEAR_PLAN
from tests.reports.reading import bookmarks, page_texts
from tests.reports.samples import make_imprint, make_stamps

M = VisitMark
APRIL = date(2024, 4, 1)
TODAY = date(2024, 10, 1)
_MARKS: tuple[tuple[VisitMark, ...], ...] = (
    *((M.DONE,), (), (M.ABSENT,), (M.DONE, M.EXTRA), (), (M.CANCELLED,)),
    *((M.PLANNED,), (), (M.PLANNED,), (), (M.PLANNED,), ()),
)


def year_line(number: int = 1, **changes) -> YearPlanLine:
    made = YearPlanLine(
        case_number=f"{number:07}",
        head_name="架空　花子",
        head_kana="カクウ　ハナコ",
        address=f"架空市見本町{number}-2-3 見本荘10{number % 10}",
        members=2,
        household_type=HouseholdType.ELDERLY,
        working_age=0,
        place=LivingPlace.HOME,
        protected_since=date(2019, 6, 1),
        grade_before="C",
        grade="B",
        planned=6,
        marks=_MARKS,
        purposes=("生活状況の把握", "申告書の受領"),
        policy_review_on=date(2024, 12, 1),
        income_months=(APRIL, date(2024, 7, 1), date(2024, 10, 1), date(2025, 1, 1)),
        assets_months=(date(2024, 6, 1),),
        remarks=(),
    )
    return replace(made, **changes)


def year(*lines: YearPlanLine, **changes) -> YearPlanForm:
    months = tuple(
        VisitCounts(planned=8, done=3, absent=1, minutes=320, capacity_minutes=1900)
        for _ in range(12)
    )
    made = YearPlanForm(
        imprint=make_imprint(mark=FormMark.ORIGINAL),
        district_code="01",
        district_name="第1地区",
        caseworker="担当 見本",
        first_on=APRIL,
        as_of=TODAY,
        state=PlanState.APPROVED,
        lines=lines or tuple(map(year_line, range(1, 6))),
        months=months,
        grades=(
            GradeCounts(grade="A", households=2, planned=24, standard=24, done=10),
            GradeCounts(grade="随時", households=1, planned=1, standard=None, done=0),
        ),
        unplanned=2,
        changes=3,
        days_needed=27,
        stamps=make_stamps(date(2024, 3, 20), date(2024, 3, 25), None),
    )
    return replace(made, **changes)


def month_line(day: int = 7, **changes) -> MonthVisitLine:
    made = MonthVisitLine(
        day=date(2024, 10, day),
        half=Half.PM,
        order=2,
        case_number=f"{day:07}",
        head_name="架空　花子",
        grade="B",
        kind=VisitKind.PLANNED,
        purposes=("生活状況の把握", "申告書の受領"),
        with_whom=("支援 見本",),
        mark=M.DONE,
        result_code="11",
        result_label="面接（世帯主）",
        made_on=date(2024, 10, day),
        started_at=14 * 60,
        ended_at=14 * 60 + 35,
        recorded_on=date(2024, 10, day + 1),
        checked_on=date(2024, 10, day + 3),
        reason="",
        moved_from=None,
        moved_to=None,
    )
    return replace(made, **changes)


def nothing_made(day: int, **changes) -> MonthVisitLine:
    """A visit of which nothing is recorded."""
    blank = {"made_on": None, "started_at": None, "ended_at": None, "recorded_on": None}
    return month_line(
        day, **blank, checked_on=None, result_code="", result_label="", with_whom=(), **changes
    )


def month(*lines: MonthVisitLine, **changes) -> MonthPlanForm:
    made = MonthPlanForm(
        imprint=make_imprint(mark=FormMark.DRAFT),
        district_code="01",
        district_name="第1地区",
        caseworker="担当 見本",
        month=date(2024, 10, 1),
        as_of=date(2024, 10, 31),
        source=MonthSource.MONTH,
        state=PlanState.SUBMITTED,
        lines=lines
        or (
            month_line(),
            nothing_made(9, mark=M.PLANNED),
            nothing_made(10, mark=M.CANCELLED, reason="入院したため"),
            nothing_made(11, mark=None, reason="急な面接", moved_to=date(2024, 11, 1)),
            month_line(15, kind=None, half=None, order=None, purposes=(), mark=M.EXTRA),
        ),
        counts=VisitCounts(planned=4, done=1, cancelled=1, extra=1),
        moved=1,
        unrecorded=1,
        unplanned=0,
        stamps=make_stamps(date(2024, 9, 27), None, None),
    )
    return replace(made, **changes)


def district(number: int = 1, **changes) -> DistrictReport:
    made = DistrictReport(
        district_code=f"{number:02}",
        district_name=f"第{number}地区",
        caseworker="担当 見本",
        plan=PlanState.APPROVED,
        households=82,
        month=VisitCounts(planned=21, done=15, absent=2, cancelled=1, extra=3),
        year=VisitCounts(planned=120, done=96, absent=9, cancelled=4, extra=11),
        overdue=4,
        unrecorded=3,
        unvisited=Unvisited(three=9, six=2, twelve=1, never=1),
        policies_overdue=5,
        undecided=6,
    )
    return replace(made, **changes)


def report(*lines: DistrictReport, **changes) -> VisitReport:
    made = VisitReport(
        imprint=make_imprint(),
        month=date(2024, 9, 1),
        as_of=TODAY,
        lines=lines or tuple(map(district, range(1, 4))),
        stamps=make_stamps(None, None, None),
    )
    return replace(made, **changes)


def flat(data: bytes) -> list[str]:
    return ["".join(text.split()) for text in page_texts(data)]


def test_the_year_has_its_columns_its_marks_and_its_totals(fonts):
    made = YEAR_PLAN.pdf(year(), fonts)
    (page,) = flat(made.data)
    for words in (
        *(
            "令和6年度",
            "地区01第1地区",
            "担当員担当見本",
            "世帯5",
            "計画30回",
            "計画（変更後）888",
            "承認済",
        ),
        *("令和6年10月1日現在", "承認後の変更3件", "計画に入らない訪問2回"),
        *("C→B", "R1.6.1", "●＊", "4・7・10・1月", "6月", "R6.12", "居宅", "カクウハナコ"),
        *("月別の集計", "格付別の集計", "5:20", "必要な日数27日", "随時11－0"),
    ):
        assert words in page, words
    assert "「－」" not in page
    assert bookmarks(made.data) == [("01", 0)]


@pytest.mark.parametrize("count", [40, 110, 400])
def test_rows_stay_whole_heads_return_and_totals_come_once(fonts, count: int):
    lines = [
        year_line(
            number,
            case_number=f"第{number:05}号",
            purposes=("生活状況の把握", "申告書の受領", "病状の把握") * (number % 3),
        )
        for number in range(1, count + 1)
    ]
    pages = flat(YEAR_PLAN.pdf(year(*lines), fonts).data)
    assert len(pages) > 1
    assert all("ケース番号" in page for page in pages[:-1])
    assert [page.count("月別の集計") for page in pages] == [0] * (len(pages) - 1) + [1]
    told = [number for page in pages for number in _numbers(page, count)]
    assert told == list(range(1, count + 1))


def _numbers(page: str, count: int) -> list[int]:
    """The case numbers on a page, in their order, each with its kana on the same page."""
    found = [n for n in range(1, count + 1) if f"第{n:05}号" in page]
    assert page.count("カクウハナコ") == len(found)
    return found


def test_what_was_approved_says_that_it_is_no_more(fonts):
    (page,) = flat(YEAR_PLAN.pdf(year(as_of=None, changes=0), fonts).data)
    assert "承認後の変更と実施は含みません" in page
    assert "現在" not in page


def test_a_shielded_household_is_a_number_alone(fonts):
    hidden = year_line(9, head_name="", head_kana="", address="")
    (page,) = flat(YEAR_PLAN.pdf(year(hidden), fonts).data)
    assert "0000009－－" in page
    assert "支援措置" not in page
    assert "ケース番号だけを印刷" in page
    (page,) = flat(MONTH_PLAN.pdf(month(month_line(9, head_name="")), fonts).data)
    assert "0000009－" in page
    assert "支援措置" not in page


def test_a_year_declares_each_month_in_a_word(fonts):
    months = tuple(date(2024 + (n < 4), n, 1) for n in (*range(4, 13), 1, 2, 3))
    (page,) = flat(YEAR_PLAN.pdf(year(year_line(income_months=months)), fonts).data)
    assert "毎月" in page


def test_the_month_says_what_became_of_each_visit(fonts):
    (page,) = flat(MONTH_PLAN.pdf(month(), fonts).data)
    for words in (
        *("令和6年10月", "月間訪問計画（決裁待ち）", "令和6年10月31日現在"),
        *("7月0000007架空花子B計画", "午後2番支援見本", "●11面接（世帯主）R6.10.714:00～14:35"),
        *("×入院したため", "→急な面接R6.11", "計画外"),
        *("計画件数4", "実施件数1", "実施率25％", "未記録件数1", "振替1"),
    ):
        assert words in page, words


def test_a_long_month_goes_on_and_counts_at_the_end(fonts):
    lines = [replace(month_line(1 + n % 27), case_number=f"{n:07}") for n in range(90)]
    pages = flat(MONTH_PLAN.pdf(month(*lines), fonts).data)
    assert len(pages) >= 3
    assert all("ケース番号世帯主" in page for page in pages[:-1])
    assert [page.count("計画件数4") for page in pages] == [0] * (len(pages) - 1) + [1]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (MonthSource.YEAR, "年間訪問計画（承認済）の訪問です"),
        (MonthSource.NONE, "訪問計画はありません"),
    ],
)
def test_a_month_says_where_its_visits_come_from(fonts, source: MonthSource, said: str):
    made = month(source=source, state=PlanState.APPROVED)
    assert said in flat(MONTH_PLAN.pdf(made, fonts).data)[0]


def test_an_empty_month_and_an_empty_report_say_so(fonts):
    nothing = replace(month(), lines=(), counts=VisitCounts())
    (page,) = flat(MONTH_PLAN.pdf(nothing, fonts).data)
    assert "この月の訪問はありません" in page
    assert "実施率－" in page
    assert "地区がありません" in flat(STATUS_REPORT.pdf(replace(report(), lines=()), fonts).data)[0]


def test_the_report_has_the_figures_of_each_district_and_together(fonts):
    (page,) = flat(STATUS_REPORT.pdf(report(district(1), district(2, plan=None)), fonts).data)
    for words in (
        *("令和6年9月分令和6年10月1日現在", "担当見本01第1地区承認済8220"),
        *("1575％231", "11682％", "4921", "02第2地区なし", "計1644030", "所見"),
    ):
        assert words in page, words


def test_thirty_districts_stand_in_their_order(fonts):
    pages = flat(STATUS_REPORT.pdf(report(*map(district, range(1, 31))), fonts).data)
    whole = "".join(pages)
    places = [whole.find(f"第{number}地区") for number in range(1, 31)]
    assert places == sorted(places)
    assert pages[-1].count("所見") == 1


def call_line(n: int = 1, **changes) -> CallLine:
    made = CallLine(
        household_id=new_id(),
        case_number=f"{n:07}",
        head_name="架空　花子",
        is_shielded=False,
        day=date(2024, 10, 9),
        half=Half.PM,
        order=n,
        told_by=(ToldBy.TELEPHONE,),
        letter_on=None,
        number="03-0000-0001",
        may_call=True,
    )
    return replace(made, **changes)


def make_call_list(*lines: CallLine, **changes) -> CallList:
    """Two households, of which one had its letter."""
    letter = call_line(
        2, told_by=(ToldBy.LETTER, ToldBy.TELEPHONE), letter_on=date(2024, 10, 2), number=""
    )
    made = CallList(
        imprint=make_imprint(),
        district_code="01",
        district_name="第1地区",
        caseworker="担当 見本",
        month=date(2024, 10, 1),
        as_of=TODAY,
        lines=lines or (call_line(), letter),
    )
    return replace(made, **changes)


def squeezed(form: CallList, fonts) -> str:
    return "".join("".join(page_texts(CALL_LIST.pdf(form, fonts).data)).split())


def test_the_call_list_has_numbers_and_boxes(fonts):
    text = squeezed(make_call_list(), fonts)
    assert "03-0000-0001" in text
    assert "（登録なし）" in text
    assert text.count("□変更希望") == 2
    assert "訪問のお知らせ（R6.10.2）、電話" in text
    assert "10/9（水）" in text


def test_a_shielded_line_tells_number_and_district_alone(fonts):
    line = call_line(is_shielded=True, head_name="", told_by=(), number="", may_call=False)
    text = squeezed(make_call_list(line), fonts)
    assert "0000001－（01第1地区）－－" in text
    assert "□通じた" not in text
    assert "電話をかけないでください" in text


def test_where_nobody_may_call_the_list_says_so(fonts):
    text = squeezed(make_call_list(call_line(told_by=(), number="", may_call=False)), fonts)
    assert "電話不可" in text
    assert "□" not in text


def test_a_long_list_with_long_and_rare_names_keeps_every_line(fonts):
    lines = [call_line(n, head_name="𠮷田　" + "長" * 40) for n in range(1, 41)]
    text = squeezed(make_call_list(*lines), fonts)
    assert all(f"{n:07}" in text for n in range(1, 41))

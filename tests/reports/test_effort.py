"""The monthly report (S-35) and the sheet of a programme's review (S-37) on paper: estimates say so, nobody is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.effort_forms import EffortLine, FigureLine, MonthlyReport, ProgrammeSheet
from desktop.domain.forms import Stamp
from desktop.reports.effort.monthly_report import MONTHLY_REPORT
from desktop.reports.effort.programme_sheet import PROGRAMME_SHEET
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint

_STAMPS = tuple(
    Stamp(position_label=label, name="", stamped_on=None)
    for label in ("査察指導員", "課長", "所長")
)
_WHATS = ("人数（月の平均）", "接触（1人あたり）", "時間", "時間の割合（G1～G4の計に対して）")


def monthly(**changes: Any) -> MonthlyReport:
    made = MonthlyReport(
        imprint=make_imprint(),
        team="事務所全体",
        month=date(2024, 10, 1),
        baseline=date(2024, 4, 1),
        one_before=date(2024, 9, 1),
        two_before=date(2024, 8, 1),
        as_of=date(2024, 10, 31),
        effort=tuple(
            EffortLine(
                group=group,
                what=what,
                baseline="1,200分",
                two_before="1,240分",
                one_before="1,300分",
                now="1,420分",
                change="＋220分",
                wanted="増やす",
            )
            for group in ("G1", "G2", "G3", "G4")
            for what in _WHATS
        ),
        safety="G3：12人のうち、3か月をこえて接触の記録がない人2人。",
        figures=(
            FigureLine(
                label="就労支援事業等の事業参加率",
                value="62.5％",
                numerator=50,
                denominator=80,
                target="65％（未確認）",
                note="",
            ),
        ),
        eligible="事業参加率の対象の区分：G1c・G2・G3。",
        stamps=_STAMPS,
    )
    return replace(made, **changes)


def sheet(**changes: Any) -> ProgrammeSheet:
    made = ProgrammeSheet(
        imprint=make_imprint(),
        year_label="令和6年度",
        programme="被保護者就労支援事業",
        basis="生活保護法第55条の7",
        carrier="就労支援員",
        persons=42,
        minutes=18_400,
        cost=6_200_000,
        outcomes="G2 就労開始（常用） 6、G2 就労開始（パート等） 9、G1 中断（体調） 3",
        verdict="見直す",
        reason="応募書類の支援に時間がかかっている。講座形式を試す。",
        remarks="",
        written_on=date(2025, 3, 20),
        author="見本 査察",
        is_approved=False,
        stamps=_STAMPS,
    )
    return replace(made, **changes)


def text_of(form, made, fonts):
    return "".join(page_texts(form.pdf(made, fonts).data)).replace("\n", "")


def test_the_monthly_report_says_that_minutes_are_estimates(fonts):
    text = text_of(MONTHLY_REPORT, monthly(), fonts)
    for said in (
        "業務時間（推計）",
        "1,420分",
        "＋220分",
        "65％（未確認）",
        "推計です",
        "G1c・G2・G3",
    ):
        assert said in text
    assert "円" not in text


def test_the_sheet_says_what_was_decided_and_why(fonts):
    text = text_of(PROGRAMME_SHEET, sheet(), fonts)
    for said in (
        "令和6年度",
        "被保護者就労支援事業",
        "42人",
        "18,400分",
        "6,200,000円",
        "見直す",
        "講座形式",
    ):
        assert said in text

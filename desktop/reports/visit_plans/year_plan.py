"""年間訪問計画表 (K-07): a caseworker's households by month, and at the end what the months and the grades take.

Columns after visits-records-approval 2.4. Sheets are of A3; rows are never parted, and the totals stand once, after the last row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from desktop.domain.era import fiscal_year, fiscal_year_label
from desktop.domain.imprint import Imprint
from desktop.domain.labels import HOUSEHOLD_TYPE
from desktop.domain.visit_grades import LIVING_PLACE
from desktop.domain.visit_marks import VISIT_MARK
from desktop.domain.visit_plan_forms import NOT_TOLD, VisitCounts, YearPlanForm, YearPlanLine
from desktop.domain.visit_plan_periods import months_of
from desktop.domain.visit_plans import PLAN_STATE, PlanKind
from desktop.reports.blocks import (
    Beside,
    Column,
    Heading,
    Note,
    Said,
    Stamps,
    Table,
    Title,
    Together,
)
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.paper_size import A3_ACROSS
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 8.5)
_SIGN = Style(FontRole.GOTHIC, 8)
_FIGURE = Style(FontRole.MINCHO, 9)
_YEAR = 12
_BEFORE = (
    ("No.", 8, Align.RIGHT),
    ("ケース番号", 19, Align.LEFT),
    ("世帯主\n（カナ）", 30, Align.LEFT),
    ("住所・地区", 43, Align.LEFT),
    ("世帯\n人員", 8.5, Align.RIGHT),
    ("世帯類型", 14, Align.CENTRE),
    ("稼働\n可能者", 10, Align.RIGHT),
    ("居宅・入院\n・入所の別", 16, Align.CENTRE),
    ("保護開始\n年月日", 17, Align.CENTRE),
    ("格付\n前年度→今年度", 19, Align.CENTRE),
    ("年間計\n画回数", 10, Align.RIGHT),
)
_AFTER = (
    ("主な訪問目的", 33, Align.LEFT),
    ("援助方針\n見直し", 13, Align.CENTRE),
    ("収入申告", 15, Align.CENTRE),
    ("資産申告", 15, Align.CENTRE),
    ("備考", 26, Align.LEFT),
)
_MONTH = 8.3
_NOTHING = "この計画に世帯はありません。"
_FEW_GRADES = 10
_PLAN, _PLAN_NOW = "計画", "計画（変更後）"
_HEAD, _LOW, _HEADING = 9.0, 6.4, 20.0
_MONTH_ROWS = 7
#: Part of the width that the months take, and what is left free before the grades.
_LEFT, _GAP = 0.66, 0.06


def _lay_out(form: YearPlanForm) -> Iterator[Block]:
    yield Stamps(form.stamps, beside=True)
    yield Title()
    yield from _about(form)
    months = months_of(PlanKind.YEAR, form.first_on)
    rows = [
        (f"{place:,}", *_values(form.imprint, line)) for place, line in enumerate(form.lines, 1)
    ]
    yield Table(_columns(months), rows, row=7.0, head=_HEAD, empty=_NOTHING)
    yield from _totals(form, months)


def _about(form: YearPlanForm) -> Iterator[Block]:
    year = fiscal_year_label(fiscal_year(form.first_on))
    district = f"{form.district_code} {form.district_name}"
    planned = sum(line.planned for line in form.lines)
    yield Said(f"{year}　地区 {district}　担当員 {form.caseworker}", VALUE, label="担当員")
    counts = (
        f"世帯 {len(form.lines):,}　計画 {planned:,}回　計画に入らない訪問 {form.unplanned:,}回"
    )
    yield Said(f"{counts}　{PLAN_STATE[form.state]}", VALUE, label="計画")
    yield Said("　".join(_state(form)), _FIGURE)


def _state(form: YearPlanForm) -> Iterator[str]:
    """Which state of the plan it is, and what is left out."""
    imprint = form.imprint
    if form.as_of is None:
        yield imprint.say("K-07", "as_approved")
    else:
        yield imprint.say("K-07", "as_of", day=imprint.day(form.as_of))
        if form.changes:
            yield imprint.say("K-07", "changes", count=f"{form.changes:,}")
    if any(not line.head_name for line in form.lines):
        yield imprint.say("K-07", "not_told")


def _columns(months: Sequence[date]) -> tuple[Column, ...]:
    between = (Column(f"{m.month}月", _MONTH, Align.CENTRE, _SIGN) for m in months)
    before, after = (
        [Column(label, share, align, _TEXT) for label, share, align in columns]
        for columns in (_BEFORE, _AFTER)
    )
    return (*before, *between, *after)


def _values(imprint: Imprint, line: YearPlanLine) -> tuple[str, ...]:
    name = "\n".join(filter(None, (line.head_name, line.head_kana))) or NOT_TOLD
    marks = ["".join(VISIT_MARK[mark] for mark in month) for month in line.marks]
    return (
        *(line.case_number, name, line.address or NOT_TOLD, f"{line.members:,}"),
        HOUSEHOLD_TYPE[line.household_type] if line.household_type else "",
        f"{line.working_age:,}" if line.working_age else "",
        LIVING_PLACE[line.place].partition("（")[0],
        imprint.day(line.protected_since, is_short=True),
        f"{line.grade_before or NOT_TOLD}→{line.grade or NOT_TOLD}",
        f"{line.planned:,}",
        *[*marks, *[""] * _YEAR][:_YEAR],
        "、".join(line.purposes),
        imprint.month(line.policy_review_on, is_short=True),
        _months(line.income_months),
        _months(line.assets_months),
        "\n".join(line.remarks),
    )


def _months(months: Sequence[date]) -> str:
    if len(months) == _YEAR:
        return "毎月"
    return "・".join(f"{month.month}" for month in months) + ("月" if months else "")


def _totals(form: YearPlanForm, months: Sequence[date]) -> Iterator[Block]:
    """By month and by grade, side by side where the grades are few; then what the figures mean."""
    by_month: list[Block] = [Heading("月別の集計"), _by_month(form, months)]
    by_grade: list[Block] = [Heading("格付別の集計"), _by_grade(form)]
    if len(form.grades) <= _FEW_GRADES:
        height = _HEAD + max(_MONTH_ROWS, len(form.grades)) * _LOW + _HEADING
        yield Beside(by_month, [Beside([], by_grade, _GAP, height)], _LEFT, height)
    else:
        yield Together(_HEAD + _MONTH_ROWS * _LOW + _HEADING, by_month)
        yield from by_grade
    if form.days_needed is not None:
        yield Note(form.imprint.say("K-07", "days", days=f"{form.days_needed:,}"))


def _by_month(form: YearPlanForm, months: Sequence[date]) -> Table:
    counts = [*form.months, *[VisitCounts()] * _YEAR][:_YEAR]
    heads = ["項目", *(f"{month.month}月" for month in months), "計"]
    shares = [26.0, *[15.0] * _YEAR, 18.0]
    columns = [
        Column(head, share, Align.RIGHT if place else Align.LEFT, _FIGURE)
        for place, (head, share) in enumerate(zip(heads, shares, strict=True))
    ]
    every = (*counts, form.whole_year)
    rows = [
        [_PLAN_NOW if form.changes else _PLAN, *(f"{c.planned:,}" for c in every)],
        ["実施", *(f"{c.done:,}" for c in every)],
        ["不在", *(f"{c.absent:,}" for c in every)],
        ["取りやめ", *(f"{c.cancelled:,}" for c in every)],
        ["計画外の訪問", *(f"{c.extra:,}" for c in every)],
        ["訪問の時間", *(_hours(c.minutes) for c in every)],
        ["訪問できる時間", *(_hours(c.capacity_minutes) for c in every)],
    ]
    return Table(columns, rows, row=_LOW, head=_LOW)


def _by_grade(form: YearPlanForm) -> Table:
    columns = [
        Column("格付", 30, Align.LEFT, _FIGURE),
        *(
            Column(head, 17, Align.RIGHT, _FIGURE)
            for head in ("世帯", "計画", "格付の回数", "実施")
        ),
    ]
    rows = [
        (
            *(counts.grade, f"{counts.households:,}", f"{counts.planned:,}"),
            NOT_TOLD if counts.standard is None else f"{counts.standard:,}",
            f"{counts.done:,}",
        )
        for counts in form.grades
    ]
    return Table(columns, rows, row=_LOW, head=_LOW)


def _hours(minutes: int) -> str:
    """Minutes as hours and minutes: 12:30."""
    return f"{minutes // 60:,}:{minutes % 60:02}" if minutes else NOT_TOLD


YEAR_PLAN: FormKind[YearPlanForm] = FormKind(
    code="K-07",
    title="年間訪問計画表",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda form: form.district_code,
    paper=A3_ACROSS,
)

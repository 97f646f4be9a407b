"""訪問実施状況報告書 (K-27): a month of every district beside its year, what is late, and room for the findings.

Districts stand in their order, never by their figures: it is a report about visits, not a ranking of staff. It names no household.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.visit_plan_forms import NOT_TOLD, DistrictReport, VisitReport, summed
from desktop.domain.visit_plans import PLAN_STATE
from desktop.reports.blocks import LongText, Note, Said, Space, Stamps, Table, Title
from desktop.reports.blocks.table import Column
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.paper_size import A4_ACROSS
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 9)
_COLUMNS = tuple(
    Column(label, share, align, _TEXT)
    for label, share, align in (
        ("担当員", 30, Align.LEFT),
        ("地区", 24, Align.LEFT),
        ("年間計画", 16, Align.CENTRE),
        ("世帯", 12, Align.RIGHT),
        ("計画", 11, Align.RIGHT),
        ("実施", 11, Align.RIGHT),
        ("実施率", 13, Align.RIGHT),
        ("不在", 11, Align.RIGHT),
        ("臨時", 11, Align.RIGHT),
        ("取り\nやめ", 11, Align.RIGHT),
        ("年度累計\n計画", 15, Align.RIGHT),
        ("年度累計\n実施率", 15, Align.RIGHT),
        ("期限\n超過", 11, Align.RIGHT),
        ("未訪問\n3～5月", 14, Align.RIGHT),
        ("未訪問\n6～11月", 14, Align.RIGHT),
        ("未訪問\n12月以上", 15, Align.RIGHT),
        ("訪問の\n記録なし", 14, Align.RIGHT),
        ("援助方針\n期限切れ", 15, Align.RIGHT),
        ("未記録", 12, Align.RIGHT),
        ("未決裁", 12, Align.RIGHT),
    )
)
_VACANT, _WHOLE = "（欠員）", "計"
_NOTHING = "報告する地区がありません。"
_FINDING_LINES = 5


def _lay_out(report: VisitReport) -> Iterator[Block]:
    imprint = report.imprint
    yield Stamps(report.stamps, side=18, beside=True)
    yield Title()
    yield Said(f"{imprint.month(report.month)}分　{imprint.day(report.as_of)}現在", VALUE)
    yield Space(6)
    rows = [_values(line) for line in report.lines]
    if len(report.lines) > 1:
        rows.append(_whole(report))
    yield Table(_COLUMNS, rows, row=7.0, head=9.0, empty=_NOTHING)
    yield Note(imprint.say("K-27", "about"))
    yield Space(2)
    yield LongText("所見", lines=_FINDING_LINES)


def _values(line: DistrictReport) -> tuple[str, ...]:
    return (
        line.caseworker or _VACANT,
        " ".join(filter(None, (line.district_code, line.district_name))),
        PLAN_STATE[line.plan] if line.plan else "なし",
        *_figures(line),
    )


def _figures(line: DistrictReport) -> tuple[str, ...]:
    month, year, late = line.month, line.year, line.unvisited
    return (
        *(f"{n:,}" for n in (line.households, month.standing, month.done)),
        _percent(month.standing_percent),
        *(f"{n:,}" for n in (month.absent, month.extra, month.cancelled, year.standing)),
        _percent(year.standing_percent),
        *(f"{n:,}" for n in (line.overdue, late.three, late.six, late.twelve, late.never)),
        *(f"{n:,}" for n in (line.policies_overdue, line.unrecorded, line.undecided)),
    )


def _whole(report: VisitReport) -> tuple[str, ...]:
    lines = report.lines
    month, year = summed(tuple(r.month for r in lines)), summed(tuple(r.year for r in lines))
    return (
        *(_WHOLE, "", ""),
        *(f"{n:,}" for n in (sum(r.households for r in lines), month.standing, month.done)),
        _percent(month.standing_percent),
        *(f"{n:,}" for n in (month.absent, month.extra, month.cancelled, year.standing)),
        _percent(year.standing_percent),
        f"{sum(r.overdue for r in lines):,}",
        f"{sum(r.unvisited.three for r in lines):,}",
        f"{sum(r.unvisited.six for r in lines):,}",
        f"{sum(r.unvisited.twelve for r in lines):,}",
        f"{sum(r.unvisited.never for r in lines):,}",
        f"{sum(r.policies_overdue for r in lines):,}",
        f"{sum(r.unrecorded for r in lines):,}",
        f"{sum(r.undecided for r in lines):,}",
    )


def _percent(share: int | None) -> str:
    return NOT_TOLD if share is None else f"{share}％"


STATUS_REPORT: FormKind[VisitReport] = FormKind(
    code="K-27",
    title="訪問実施状況報告書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=A4_ACROSS,
)

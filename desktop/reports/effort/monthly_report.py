"""KPI・業務配分 月報 (S-35): the table of effort and the key figures of the office or a team. Every minute on it is an estimate (推計)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.effort_forms import MonthlyReport
from desktop.reports.blocks import Heading, LongText, Note, Said, Space, Stamps, Table, Title
from desktop.reports.blocks.table import Column
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.paper_size import A4_ACROSS
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 9)
_FIGURES = tuple(
    Column(label, share, align, _TEXT)
    for label, share, align in (
        ("指標", 66, Align.LEFT),
        ("値", 34, Align.RIGHT),
        ("分子", 18, Align.RIGHT),
        ("分母", 18, Align.RIGHT),
        ("目標", 30, Align.RIGHT),
        ("備考", 40, Align.LEFT),
    )
)
_MONTH_SHARE, _FINDING_LINES = 20, 4


def _lay_out(report: MonthlyReport) -> Iterator[Block]:
    imprint = report.imprint
    yield Stamps(report.stamps, side=18, beside=True)
    yield Title()
    yield Said(
        f"{imprint.month(report.month)}分　{report.team}　{imprint.day(report.as_of)}現在", VALUE
    )
    yield Space(6)
    yield Heading("業務時間（推計）")
    rows = [
        (
            *(line.group, line.what, line.baseline),
            *(line.two_before, line.one_before, line.now, line.change, line.wanted),
        )
        for line in report.effort
    ]
    yield Table(_columns(report), rows, row=5.6, head=8.0, empty="集計する時間がありません。")
    yield Note(report.safety)
    yield Note(imprint.say("S-35", "about"))
    yield Space(3)
    yield Heading("KPI（年度のはじめから）")
    figures = [
        (
            *(line.label, line.value, f"{line.numerator:,}", f"{line.denominator:,}"),
            *(line.target, line.note),
        )
        for line in report.figures
    ]
    yield Table(_FIGURES, figures, row=5.6, head=6.5, empty="指標がありません。")
    yield Note(report.eligible)
    yield LongText("所見", lines=_FINDING_LINES)


def _columns(report: MonthlyReport) -> tuple[Column, ...]:
    imprint = report.imprint
    months = tuple(
        Column(imprint.month(month), _MONTH_SHARE, Align.RIGHT, _TEXT)
        for month in (report.two_before, report.one_before, report.month)
    )
    return (
        Column("区分", 11, Align.CENTRE, _TEXT),
        Column("項目", 52, Align.LEFT, _TEXT),
        Column(f"基準\n{imprint.month(report.baseline)}", _MONTH_SHARE + 4, Align.RIGHT, _TEXT),
        *months,
        Column("基準との差", 24, Align.RIGHT, _TEXT),
        Column("方向", 14, Align.CENTRE, _TEXT),
    )


MONTHLY_REPORT: FormKind[MonthlyReport] = FormKind(
    code="S-35",
    title="KPI・業務配分 月報",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=A4_ACROSS,
)

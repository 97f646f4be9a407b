"""就労開始者実績報告書 (S-16): who began to work or earned more in a month. For the manager, not for anybody's ranking."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.activity_forms import StartLine, StartReport
from desktop.domain.imprint import Imprint
from desktop.reports.blocks import Column, Note, Said, Space, Table, Title
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
        ("ケース番号", 20, Align.LEFT),
        ("氏名", 28, Align.LEFT),
        ("種類", 34, Align.LEFT),
        ("開始日", 18, Align.CENTRE),
        ("勤め先", 36, Align.LEFT),
        ("雇用形態", 34, Align.LEFT),
        ("週", 14, Align.RIGHT),
        ("見込みの月収", 22, Align.RIGHT),
        ("収入認定額 前", 22, Align.RIGHT),
        ("収入認定額 後", 22, Align.RIGHT),
        ("経路", 22, Align.LEFT),
    )
)


def _lay_out(report: StartReport) -> Iterator[Block]:
    yield Title()
    yield Space(2)
    count = len(report.lines)
    yield Said(f"{report.imprint.month(report.month)}　{report.scope}　{count:,}件", VALUE)
    yield Table(
        _COLUMNS,
        [_values(report.imprint, line) for line in report.lines],
        row=7.5,
        empty="この月の就労開始・増収はありません。",
    )
    yield Space(2)
    yield Note(report.imprint.say(START_REPORT.code, "about"))


def _values(imprint: Imprint, line: StartLine) -> tuple[str, ...]:
    return (
        line.case_number,
        line.name,
        line.outcome,
        imprint.day(line.started_on, is_short=True),
        line.employer,
        line.contract,
        "" if line.hours is None else f"{line.hours}時間",
        _yen(line.expected_wage),
        _yen(line.income_before),
        _yen(line.income_after),
        line.route,
    )


def _yen(amount: int | None) -> str:
    return "" if amount is None else f"{amount:,}円"


START_REPORT: FormKind[StartReport] = FormKind(
    code="S-16",
    title="就労開始者実績報告書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=A4_ACROSS,
)

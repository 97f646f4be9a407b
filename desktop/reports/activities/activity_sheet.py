"""支援記録票 (S-13): everything that was done for a person, by date. For the office."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.activity_forms import ActivityLine, ActivitySheet
from desktop.domain.imprint import Imprint
from desktop.reports.blocks import Cell, Column, Grid, Space, Table, Title
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.paper_size import A4_ACROSS
from desktop.reports.setter import Block

_TEXT = Style(FontRole.MINCHO, 9)
#: The columns of acts, also of the month's sheet.
LINE_COLUMNS = tuple(
    Column(label, share, align, _TEXT)
    for label, share, align in (
        ("活動日", 17, Align.CENTRE),
        ("種類", 32, Align.LEFT),
        ("分", 9, Align.RIGHT),
        ("直接", 9, Align.CENTRE),
        ("連携先", 32, Align.LEFT),
        ("結果", 17, Align.CENTRE),
        ("内容", 72, Align.LEFT),
        ("次にすること（期限）", 44, Align.LEFT),
        ("活動した人", 22, Align.LEFT),
    )
)
_ROW = 7.5


def _lay_out(sheet: ActivitySheet) -> Iterator[Block]:
    yield Title()
    yield Space(2)
    yield Grid(
        [
            [
                Cell("ケース番号", sheet.case_number),
                Cell("氏名", sheet.name),
                Cell("地区担当員", sheet.caseworker),
                Cell("件数", f"{len(sheet.lines)}件"),
            ]
        ]
    )
    yield Space(2)
    yield Table(
        LINE_COLUMNS,
        [line_values(sheet.imprint, line) for line in sheet.lines],
        row=_ROW,
        name=sheet.name,
        empty="支援活動の記録はありません。",
    )


def line_values(imprint: Imprint, line: ActivityLine) -> tuple[str, ...]:
    """An act in its row."""
    due = imprint.day(line.next_due_on, is_short=True)
    next_step = f"{line.next_step}（{due}まで）" if line.next_step else ""
    return (
        imprint.day(line.done_on, is_short=True),
        line.kind,
        str(line.minutes),
        "○" if line.is_direct else "",
        line.partner,
        line.result,
        line.memo,
        next_step,
        line.staff,
    )


ACTIVITY_SHEET: FormKind[ActivitySheet] = FormKind(
    code="S-13",
    title="就労支援記録票",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.case_number,
    paper=A4_ACROSS,
)

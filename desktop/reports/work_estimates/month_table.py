"""就労活動促進費 活動確認表 (S-25C): month by month what was done and what was decided. No estimate, no group, no motivation."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.work_estimates import yen
from desktop.domain.work_estimates_forms import MonthLine, MonthTable
from desktop.reports.blocks import Cell, Column, Grid, Note, Said, Signature, Space, Table, Title
from desktop.reports.form import FormKind
from desktop.reports.page import Align
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

_ROW, _LABEL = 9.0, 34.0


def _lay_out(form: MonthTable) -> Iterator[Block]:
    imprint = form.imprint
    yield Title()
    yield Said(imprint.say(MONTH_TABLE.code, "intro"), below=3)
    yield Grid(
        [
            [_cell("氏名", form.name), _cell("ケース番号", form.case_number)],
            [_cell("申請した日", imprint.day(form.asked_on))],
        ],
        label_width=_LABEL,
    )
    yield Space(3)
    yield Table(
        [
            Column("対象の月", 3),
            Column("面接（回）", 1.6, Align.RIGHT),
            Column("応募・採用面接（回）", 2, Align.RIGHT),
            Column("決定", 2),
            Column("決定した日", 3),
            Column("額", 2, Align.RIGHT),
            Column("支給しない理由など", 4),
            Column("記録した職員", 2.6),
        ],
        [_line(form, each) for each in form.lines],
        row=11.0,
    )
    yield Note(imprint.say(MONTH_TABLE.code, "decided"))
    yield Signature("本人の確認（日・署名）", width=110)


def _line(form: MonthTable, each: MonthLine) -> tuple[str, ...]:
    day = form.imprint.day
    return (
        form.imprint.month(each.month, is_short=True),
        "" if each.interviews is None else str(each.interviews),
        "" if each.applications is None else str(each.applications),
        each.outcome,
        day(each.decided_on, is_short=True),
        "" if each.amount is None else yen(each.amount),
        each.reason,
        each.noted_by,
    )


def _cell(label: str, value: str) -> Cell:
    return Cell(label, value, height=_ROW, style=BODY)


MONTH_TABLE: FormKind[MonthTable] = FormKind(
    code="S-25C",
    title="就労活動促進費 活動確認表",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda form: form.case_number,
)

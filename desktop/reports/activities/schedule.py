"""就労支援予定表 (S-17): the days of a month with what is due on them, and room to write. For the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from desktop.domain.activity_forms import Schedule
from desktop.domain.dates import months_later
from desktop.domain.era import weekday_name
from desktop.reports.blocks import Column, Note, Said, Space, Table, Title
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.paper_size import A4_ACROSS
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 7.5)
_COLUMNS = tuple(
    Column(label, share, align, _TEXT)
    for label, share, align in (
        ("日", 16, Align.CENTRE),
        ("午前", 44, Align.LEFT),
        ("午後", 44, Align.LEFT),
        ("ケース番号", 22, Align.LEFT),
        ("氏名", 30, Align.LEFT),
        ("予定されていること", 66, Align.LEFT),
        ("活動した人", 28, Align.LEFT),
    )
)
#: All days of a month stand on one sheet while each has at most one line.
_ROW = 4.4


def _lay_out(schedule: Schedule) -> Iterator[Block]:
    yield Title()
    yield Said(f"{schedule.imprint.month(schedule.month)}　{schedule.scope}", VALUE)
    yield Table(_COLUMNS, list(_rows(schedule)), row=_ROW)
    yield Space(1)
    yield Note(schedule.imprint.say(SCHEDULE.code, "about"))


def _rows(schedule: Schedule) -> Iterator[tuple[str, ...]]:
    day, end = schedule.month.replace(day=1), months_later(schedule.month.replace(day=1), 1)
    while day < end:
        due = [line for line in schedule.lines if line.due_on == day]
        said = _day(day)
        for line in due:
            yield said, "", "", line.case_number, line.name, line.what, line.staff
            said = ""
        if not due:
            yield said, "", "", "", "", "", ""
        day += timedelta(days=1)


def _day(day: date) -> str:
    return f"{day.day}（{weekday_name(day)}）"


SCHEDULE: FormKind[Schedule] = FormKind(
    code="S-17",
    title="就労支援予定表",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=A4_ACROSS,
)

"""支援状況記録票 (S-14): a person's month in counts and lines, with room for what the supervisor saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.activity_forms import ActivityLine, KindCount, MonthSheet
from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.reports.blocks import (
    Cell,
    Column,
    Grid,
    Heading,
    LongText,
    Note,
    Space,
    Stamps,
    Table,
    Title,
)
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.setter import Block

_TEXT = Style(FontRole.MINCHO, 9)
#: The columns of counts, also of the office's report.
COUNT_COLUMNS = (
    Column("活動の種類", 90, Align.LEFT, _TEXT),
    Column("直接的支援", 26, Align.CENTRE, _TEXT),
    Column("回数", 26, Align.RIGHT, _TEXT),
    Column("時間（分・推計）", 32, Align.RIGHT, _TEXT),
)
_LINES = (
    Column("日", 14, Align.CENTRE, _TEXT),
    Column("種類", 32, Align.LEFT, _TEXT),
    Column("結果", 18, Align.CENTRE, _TEXT),
    Column("内容", 62, Align.LEFT, _TEXT),
    Column("次にすること（期限）", 48, Align.LEFT, _TEXT),
)
_ROW = 7.0


def _lay_out(sheet: MonthSheet) -> Iterator[Block]:
    imprint = sheet.imprint
    yield Title()
    yield Stamps([Stamp(position_label="査察指導員", name="", stamped_on=None)], beside=True)
    yield Space(9)
    yield Grid(
        [
            [Cell("対象の月", imprint.month(sheet.month)), Cell("ケース番号", sheet.case_number)],
            [Cell("氏名", sheet.name), Cell("地区担当員", sheet.caseworker)],
            *([Cell("この記録で代える書類", said)] for said in sheet.stands_for),
        ]
    )
    yield Heading("種類ごとの回数")
    yield Table(
        COUNT_COLUMNS, count_values(sheet.counts), row=_ROW, empty="この月の活動はありません。"
    )
    yield Heading("活動の内容")
    yield Table(
        _LINES,
        [_line(imprint, line) for line in sheet.lines],
        row=_ROW,
        name=sheet.name,
        empty="この月の活動はありません。",
    )
    yield Space(2)
    yield LongText("この月の結果", "", lines=3)
    yield LongText("来月の予定", "", lines=3)
    yield LongText("査察指導員の確認", "", lines=2)
    yield Note(imprint.say(MONTH_SHEET.code, "minutes"))


def count_values(counts: Sequence[KindCount]) -> list[tuple[str, ...]]:
    """The rows of counts and their sum."""
    rows: list[tuple[str, ...]] = [
        (each.kind, "○" if each.is_direct else "", str(each.count), f"{each.minutes:,}")
        for each in counts
    ]
    if not rows:
        return rows
    total = sum(each.count for each in counts), sum(each.minutes for each in counts)
    return [*rows, ("計", "", str(total[0]), f"{total[1]:,}")]


def _line(imprint: Imprint, line: ActivityLine) -> tuple[str, ...]:
    due = imprint.day(line.next_due_on, is_short=True)
    next_step = f"{line.next_step}（{due}まで）" if line.next_step else ""
    day = f"{line.done_on.month}/{line.done_on.day}"
    return day, line.kind, line.result, line.memo, next_step


MONTH_SHEET: FormKind[MonthSheet] = FormKind(
    code="S-14",
    title="支援状況記録票",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.case_number,
)

"""申告書 受領・督促管理表 (K-21): what was due in a month, what came, who was asked; fields after visits-records-approval 6."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.declaration_forms import FollowUpLine, FollowUpTable
from desktop.domain.declarations import DECLARATION_KIND
from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.reports.blocks import Column, Said, Stamps, Table, Title
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
        ("番号", 9, Align.RIGHT),
        ("ケース番号", 20, Align.LEFT),
        ("世帯員", 30, Align.LEFT),
        ("申告種別", 18, Align.LEFT),
        ("稼働区分\n（周期）", 26, Align.LEFT),
        ("対象月", 15, Align.CENTRE),
        ("提出期限", 18, Align.CENTRE),
        ("受領日", 18, Align.CENTRE),
        ("受領番号", 16, Align.CENTRE),
        ("督促日\n1回目", 18, Align.CENTRE),
        ("督促日\n2回目", 18, Align.CENTRE),
        ("内容確認", 18, Align.CENTRE),
        ("認定変更\nの要否", 14, Align.CENTRE),
        ("起案日", 18, Align.CENTRE),
        ("備考", 30, Align.LEFT),
    )
)
_CHANGE = {None: "", True: "要", False: "否"}
_NOTHING = "この月に期限のある申告はありません。"


def _lay_out(table: FollowUpTable) -> Iterator[Block]:
    yield Title()
    yield Stamps([Stamp(position_label="査察指導員", name="", stamped_on=None)], beside=True)
    yield Said(f"{table.imprint.month(table.month)}分　担当 {table.caseworker}", VALUE)
    yield Said(_counts(table), VALUE)
    yield Table(
        _COLUMNS,
        [(f"{n:,}", *_values(table.imprint, line)) for n, line in enumerate(table.lines, start=1)],
        row=6.4,
        head=8.4,
        empty=_NOTHING,
    )


def _counts(table: FollowUpTable) -> str:
    came = sum(line.received_on is not None for line in table.lines)
    asked = sum(bool(line.reminded_on) for line in table.lines)
    count = len(table.lines)
    return f"対象 {count:,}件　受領 {came:,}件　未受領 {count - came:,}件　督促 {asked:,}件"


def _values(imprint: Imprint, line: FollowUpLine) -> tuple[str, ...]:
    days = (line.checked_on, line.drafted_on)
    checked, drafted = (imprint.day(day, is_short=True) for day in days)
    reminded = [imprint.day(day, is_short=True) for day in line.reminded_on[:2]]
    return (
        line.case_number,
        line.person,
        DECLARATION_KIND[line.kind],
        line.cycle_label,
        imprint.month(line.month, is_short=True),
        imprint.day(line.due_on, is_short=True),
        imprint.day(line.received_on, is_short=True),
        line.paper_label,
        *[*reminded, "", ""][:2],
        checked,
        _CHANGE[line.needs_change],
        drafted,
        line.reason,
    )


FOLLOW_UP_TABLE: FormKind[FollowUpTable] = FormKind(
    code="K-21",
    title="申告書 受領・督促管理表",
    edition="第2版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=A4_ACROSS,
)

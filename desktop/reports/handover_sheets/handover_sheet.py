"""引継票 (K-25): one household on one page for its next caseworker (visits-records-approval 6, 8.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop.domain.handover_sheets import (
    HandoverLine,
    HandoverMember,
    HandoverPart,
    HandoverSheet,
)
from desktop.domain.imprint import Imprint
from desktop.reports.blocks import Cell, Column, Grid, Note, Space, Table, Title
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.setter import Block

_SMALL = Style(FontRole.MINCHO, 8.5)
_DATE_WIDTH, _KIND_WIDTH, _WIDTH = 22, 24, 174
#: Low rows: a page holds about forty of them beside head and foot.
_ROW, _HEAD, _CELL = 4.2, 4.4, 5.4
_LABEL = 20.0


def _lay_out(form: HandoverSheet) -> Iterator[Block]:
    imprint = form.imprint
    yield Title(has_office=False)
    yield Grid(list(_head(form)), label_width=_LABEL)
    yield from _named(
        "してはいけないこと・気をつけること", form.cares, "印や都合の登録はありません。"
    )
    yield from _members(form)
    yield from _dated(
        "いま残っていること", form.open_items, imprint, "残っていることはありません。"
    )
    yield from _dated("これから60日", form.ahead, imprint, "予定・期日はありません。")
    yield from _named("連絡先（関係先と台帳で分かるもの）", form.contacts, "登録はありません。")
    recent = HandoverPart(lines=form.recent)
    yield from _dated("最近の接触", recent, imprint, "記録はありません。")
    yield from _named(_policy_title(form), form.policy, "有効な援助方針はありません。")
    yield Note(imprint.say("K-25", "not_printed"))
    names = ("旧担当", "新担当", "査察指導員")
    yield Grid([[Cell(f"{name}の確認", height=7) for name in names]], label_width=24)


def _head(form: HandoverSheet) -> Iterator[list[Cell]]:
    imprint = form.imprint
    yield [
        _cell("ケース番号", form.case_number, 0.9),
        _cell("地区", form.district, 1.7),
        _cell("基準日", imprint.day(form.as_of)),
    ]
    yield [_cell("世帯主", f"{form.head_name}（{form.head_kana}）")]
    yield [_cell("住所", form.address)]
    yield [
        _cell("状態", form.state),
        _cell("世帯類型", form.household_type),
        _cell("訪問格付", form.visit_grade),
    ]
    met = imprint.day(form.last_met_on) or "記録なし"
    days = "" if form.days_since_met is None else f"（{form.days_since_met}日前）"
    absent = f"　不在続き {form.absences}回" if form.absences else ""
    yield [
        _cell("保護開始", imprint.day(form.since)),
        _cell("最後の面接", f"{met}{days}{absent}"),
    ]
    since = f"（{imprint.day(form.in_charge_since)}から）" if form.in_charge_since else ""
    begins = f"（{imprint.day(form.from_day)}から）" if form.from_day else ""
    yield [
        _cell("旧担当", f"{form.old_caseworker}{since}"),
        _cell("新担当", f"{form.new_caseworker}{begins}"),
    ]


def _cell(label: str, value: str, share: float = 1.0) -> Cell:
    return Cell(label, value, share=share, height=_CELL, style=_SMALL)


def _members(form: HandoverSheet) -> Iterator[Block]:
    columns = (
        _column(_titled("世帯員", form.more_members, "人"), 66),
        _column("続柄", 24),
        _column("年齢", 14),
        _column("在所", 70),
    )
    yield from _table(columns, [_member(member) for member in form.members], "")


def _dated(title: str, part: HandoverPart, imprint: Imprint, empty: str) -> Iterator[Block]:
    columns = (
        Column("日", _DATE_WIDTH, Align.CENTRE, _SMALL),
        _column("種類", _KIND_WIDTH),
        _column(_titled(title, part.more), _WIDTH - _DATE_WIDTH - _KIND_WIDTH),
    )
    rows = [(_day(line, imprint), line.label, line.words) for line in part.lines]
    yield from _table(columns, rows, empty)


def _named(title: str, part: HandoverPart, empty: str) -> Iterator[Block]:
    columns = (
        _column("種類", _KIND_WIDTH),
        _column(_titled(title, part.more), _WIDTH - _KIND_WIDTH),
    )
    yield from _table(columns, [(line.label, line.words) for line in part.lines], empty)


def _titled(title: str, more: int, unit: str = "件") -> str:
    """What did not fit is counted beside the title, never left out unsaid."""
    return f"{title}（ほかに{more}{unit}、ファイルで確かめる）" if more else title


def _table(columns: Sequence[Column], rows: Iterable[Sequence[str]], empty: str) -> Iterator[Block]:
    """A part whose title is its table's head."""
    yield Space(1)
    yield Table(columns, list(rows), row=_ROW, head=_HEAD, empty=empty)


def _policy_title(form: HandoverSheet) -> str:
    imprint = form.imprint
    on = f"{imprint.day(form.policy_on)}決裁" if form.policy_on else ""
    review = f"見直期日 {imprint.day(form.review_on)}" if form.review_on else ""
    days = "、".join(filter(None, (on, review)))
    return f"援助方針の課題（{days}）" if days else "援助方針の課題"


def _column(label: str, width: float) -> Column:
    return Column(label, width, style=_SMALL)


def _member(member: HandoverMember) -> tuple[str, ...]:
    age = "" if member.age is None else f"{member.age}歳"
    return (member.name, member.relation, age, member.place)


def _day(line: HandoverLine, imprint: Imprint) -> str:
    """The day; what is over its day has a sign, so that paper without colours says it too."""
    day = imprint.day(line.day, is_short=True)
    return f"▲{day}" if line.is_late else day


HANDOVER_SHEET: FormKind[HandoverSheet] = FormKind(
    code="K-25",
    title="引継票",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda form: form.case_number,
)

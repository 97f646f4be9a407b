"""支援区分一覧・見直し予定表 (S-34): who has which group and when it is looked at again, the longest overdue first."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.conference_sheets import RegisterLine, RegisterSheet
from desktop.domain.imprint import Imprint
from desktop.reports.blocks import Column, Said, Table, Title
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
        ("見直し", 20, Align.CENTRE),
        ("過ぎ", 10, Align.CENTRE),
        ("ケース番号", 22, Align.LEFT),
        ("氏名", 36, Align.LEFT),
        ("地区", 14, Align.CENTRE),
        ("区分", 66, Align.LEFT),
        ("決め方", 34, Align.LEFT),
        ("決定日", 20, Align.CENTRE),
        ("仮の期限", 20, Align.CENTRE),
        ("評価した日", 20, Align.CENTRE),
    )
)
_LATE = "▲"
_NOTHING = "この範囲に、決まった区分の人はいません。"


def _lay_out(sheet: RegisterSheet) -> Iterator[Block]:
    late = sum(line.is_overdue for line in sheet.lines)
    counts = f"{len(sheet.lines):,}人　見直し日を過ぎた人 {late:,}人"
    yield Title()
    yield Said(f"{sheet.imprint.day(sheet.on)}現在　{sheet.scope}　{counts}", VALUE)
    yield Table(
        _COLUMNS,
        [_values(sheet.imprint, line) for line in sheet.lines],
        row=6.2,
        empty=_NOTHING,
    )


def _values(imprint: Imprint, line: RegisterLine) -> tuple[str, ...]:
    def day(name: str) -> str:
        return imprint.day(getattr(line, name), is_short=True)

    return (
        *(day("due_on"), _LATE if line.is_overdue else "", line.case_number, line.name),
        *(line.district, line.group, line.how),
        *(day("effective_from"), day("expires_on"), day("assessed_on")),
    )


GROUP_REGISTER: FormKind[RegisterSheet] = FormKind(
    code="S-34",
    title="支援区分一覧・見直し予定表",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=A4_ACROSS,
)

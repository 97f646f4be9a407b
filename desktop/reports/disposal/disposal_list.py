"""The 廃棄簿 (D-01): which files go, until when they were kept, who made, checked, approved and carried out the list.

No names of persons stand on it: the paper outlives the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.disposal import (
    STATE_LABELS,
    DisposalDecision,
    DisposalForm,
    DisposalItemRow,
    DisposalListRow,
    DisposalState,
)
from desktop.domain.era import DateStyle, format_date
from desktop.domain.seals import hex_groups
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.pdf_file import PdfFile
from desktop.reports.rendered import RenderedPdf
from desktop.reports.text_encoder import TextEncoder

FORM_CODE = "D-01"
FORM_TITLE = "廃棄簿"
FORM_EDITION = "第1版"

_LEFT, _RIGHT, _BOTTOM, _FOOTER = 18.0, 192.0, 278.0, 287.0
_WIDTH = _RIGHT - _LEFT
_ROW = 6.8
_STAMP = 32.0
_TITLE = Style(FontRole.BOLD, 16)
_HEADING = Style(FontRole.BOLD, 10.5)
_LABEL = Style(FontRole.GOTHIC, 8.5)
_VALUE = Style(FontRole.MINCHO, 10)
_SMALL = Style(FontRole.GOTHIC, 7.5)
_COLUMNS: Sequence[tuple[str, float]] = (
    ("番号", 12),
    ("ケース番号", 36),
    ("保存区分", 48),
    ("保護開始", 26),
    ("廃止", 26),
    ("保存期限", 26),
)


def disposal_list_pdf(form: DisposalForm, fonts: FontSet) -> RenderedPdf:
    """Print the list as it stands. The same list at the same instant gives the same bytes."""
    encoder = TextEncoder(fonts)
    log = MissingLog(fonts)
    log.check(f"{FORM_CODE} 職員", "".join(name for _, name, _ in _stamps(form.row)))
    sheets = _Paper(encoder).draw(form)
    file = PdfFile(encoder, FORM_TITLE, form.office_name, form.printed_at)
    for number, sheet in enumerate(sheets, start=1):
        _draw_footer(sheet, form, number, len(sheets))
        file.add_sheet(sheet)
    return RenderedPdf(data=file.finish(), pages=file.pages, missing=log.result())


class _Paper:
    """The sheets under way and how far down the last one is filled."""

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder
        self._sheets = [Sheet(encoder)]
        self._y = 0.0

    def draw(self, form: DisposalForm) -> list[Sheet]:
        """Everything but the footers."""
        self._draw_head(form)
        self._draw_stamps(form.row)
        self._draw_facts(form.row)
        self._draw_items(form.row.items)
        return self._sheets

    @property
    def _sheet(self) -> Sheet:
        return self._sheets[-1]

    def _draw_head(self, form: DisposalForm) -> None:
        sheet = self._sheet
        sheet.aligned(_LEFT, 22, _WIDTH, "　".join(FORM_TITLE), _TITLE, Align.CENTRE)
        sheet.text(_LEFT, 32, form.office_name, _VALUE)
        sheet.text(_LEFT, 39, f"第{form.row.number}号", _HEADING)

    def _draw_stamps(self, row: DisposalListRow) -> None:
        """Who and when, as the database has it; the boxes leave room for seals."""
        left, top, height = _RIGHT - 4 * _STAMP, 28.0, 26.0
        for number, (label, name, day) in enumerate(_stamps(row)):
            x = left + number * _STAMP
            self._sheet.box(x, top, _STAMP, height)
            self._sheet.rule(x, top + 5, x + _STAMP, top + 5)
            self._sheet.cell(x, top, _STAMP, 5, label, _SMALL, align=Align.CENTRE)
            self._sheet.cell(x, top + height - 12, _STAMP, 6, name, _LABEL, align=Align.CENTRE)
            self._sheet.cell(x, top + height - 6, _STAMP, 6, day, _SMALL, align=Align.CENTRE)
        self._y = top + height + 6

    def _draw_facts(self, row: DisposalListRow) -> None:
        for label, value in (
            ("作成日", format_date(row.as_of, DateStyle.LONG)),
            ("状態", STATE_LABELS[row.state]),
            ("世帯数", f"{len(row.items):,}世帯"),
        ):
            self._labelled(label, value, _ROW)
        groups = hex_groups(bytes.fromhex(row.content_hash)).split(" ")
        lines = "\n".join(" ".join(groups[i : i + 8]) for i in range(0, len(groups), 8))
        self._labelled("内容の照合値", lines, 11.0)
        words = "点検と承認は、この照合値の内容について行われました。内容が変わると廃棄は実行できません。"
        self._sheet.text(_LEFT, self._y + 4, words, _SMALL)
        self._y += 10

    def _labelled(self, label: str, value: str, height: float) -> None:
        self._sheet.fill(_LEFT, self._y, 42, height, 0.93)
        self._sheet.box(_LEFT, self._y, _WIDTH, height)
        self._sheet.cell(_LEFT, self._y, 42, height, label, _LABEL)
        self._sheet.cell(_LEFT + 42, self._y, _WIDTH - 42, height, value, _VALUE, padding=4)
        self._y += height

    def _draw_items(self, items: Sequence[DisposalItemRow]) -> None:
        self._row(tuple(label for label, _ in _COLUMNS), is_head=True)
        for number, item in enumerate(items, start=1):
            if self._y + _ROW > _BOTTOM:
                self._sheets.append(Sheet(self._encoder))
                self._y = 20.0
                self._row(tuple(label for label, _ in _COLUMNS), is_head=True)
            days = (item.protected_from, item.closed_on, item.kept_until)
            label = item.retention_label or item.retention_class
            self._row((f"{number}", item.case_number, label, *map(_day, days)))

    def _row(self, cells: tuple[str, ...], *, is_head: bool = False) -> None:
        x = _LEFT
        for (_, width), value in zip(_COLUMNS, cells, strict=True):
            if is_head:
                self._sheet.fill(x, self._y, width, _ROW, 0.93)
            self._sheet.box(x, self._y, width, _ROW)
            self._sheet.cell(x, self._y, width, _ROW, value, _LABEL if is_head else _VALUE)
            x += width
        self._y += _ROW


def _stamps(row: DisposalListRow) -> Iterator[tuple[str, str, str]]:
    """Label, name and day of the four acts; empty where one has not been done."""
    yield "作成", row.drawn_up_by, _instant(row.drawn_up_at)
    for number, label in ((1, "点検"), (2, "承認")):
        approved = [
            s for s in row.steps if s.number == number and s.decision is DisposalDecision.APPROVED
        ]
        yield (label, approved[0].by, _instant(approved[0].at)) if approved else (label, "", "")
    done = row.state is DisposalState.CARRIED_OUT
    yield "廃棄", row.closed_by if done else "", _instant(row.closed_at) if done else ""


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT) if day else "－"


def _instant(at: datetime | None) -> str:
    return format_date(japan_day(at), DateStyle.SHORT) if at else ""


def _draw_footer(sheet: Sheet, form: DisposalForm, number: int, total: int) -> None:
    instant = form.printed_at.astimezone(JAPAN)
    when = f"{format_date(instant.date(), DateStyle.LONG)} {instant:%H:%M}"
    sheet.text(_LEFT, _FOOTER, f"{FORM_CODE} {FORM_TITLE} {FORM_EDITION}", _SMALL)
    sheet.aligned(_LEFT, _FOOTER, _WIDTH, f"{number}／{total}頁", _SMALL, Align.CENTRE)
    sheet.aligned(_LEFT, _FOOTER, _WIDTH, f"出力日時 {when}", _SMALL, Align.RIGHT)

"""申告書 受領・督促管理表 (K-21): what was due in a month, what came, who was asked; fields after visits-records-approval 6.

A4 across. Plain until the forms engine comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.domain.clock import JAPAN
from desktop.domain.declaration_forms import FollowUpLine, FollowUpTable
from desktop.domain.declarations import DECLARATION_KIND
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.pdf_file import PdfFile
from desktop.reports.rendered import RenderedPdf
from desktop.reports.text_encoder import TextEncoder

FORM_CODE = "K-21"
FORM_TITLE = "申告書 受領・督促管理表"
FORM_EDITION = "第1版"

_LEFT, _RIGHT, _BOTTOM = 10.0, 287.0, 195.0
_WIDTH = _RIGHT - _LEFT
_ROW, _HEAD = 6.4, 8.4
_TITLE = Style(FontRole.BOLD, 15)
_FACT = Style(FontRole.MINCHO, 10.5)
_LABEL = Style(FontRole.GOTHIC, 7.5)
_VALUE = Style(FontRole.MINCHO, 9)
_TRAINING = Style(FontRole.BOLD, 10)
_COLUMNS: Sequence[tuple[str, float, Align]] = (
    ("番号", 8, Align.RIGHT),
    ("ケース番号", 20, Align.LEFT),
    ("世帯員", 30, Align.LEFT),
    ("申告種別", 17, Align.LEFT),
    ("稼働区分\n（周期）", 28, Align.LEFT),
    ("対象月", 14, Align.CENTRE),
    ("提出期限", 17, Align.CENTRE),
    ("受領日", 17, Align.CENTRE),
    ("受領番号", 15, Align.CENTRE),
    ("督促日\n1回目", 17, Align.CENTRE),
    ("督促日\n2回目", 17, Align.CENTRE),
    ("内容確認", 17, Align.CENTRE),
    ("認定変更\nの要否", 12, Align.CENTRE),
    ("起案日", 17, Align.CENTRE),
    ("備考", 31, Align.LEFT),
)
_CHANGE = {None: "", True: "要", False: "否"}


def follow_up_table_pdf(table: FollowUpTable, fonts: FontSet) -> RenderedPdf:
    """Print the register of one month. The same table at the same instant gives the same bytes."""
    encoder = TextEncoder(fonts)
    log = MissingLog(fonts)
    log.check(f"{FORM_CODE} 担当", table.caseworker)
    for line in table.lines:
        log.check(f"{FORM_CODE} {line.case_number}", line.person)
    sheets = _sheets(table, encoder)
    file = PdfFile(encoder, FORM_TITLE, table.office_name, table.printed_at)
    for number, sheet in enumerate(sheets, start=1):
        _footer(sheet, table, f"{number}／{len(sheets)}頁")
        file.add_sheet(sheet, is_across=True)
    return RenderedPdf(data=file.finish(), pages=file.pages, missing=log.result())


def _sheets(table: FollowUpTable, encoder: TextEncoder) -> list[Sheet]:
    sheets = [Sheet(encoder)]
    y = _first_head(sheets[0], table)
    y = _columns(sheets[-1], y)
    for number, line in enumerate(table.lines, start=1):
        if y + _ROW > _BOTTOM:
            sheets.append(Sheet(encoder))
            y = _columns(sheets[-1], 14.0)
        _cells(sheets[-1], y, (f"{number}", *_values(line)), _VALUE, _ROW)
        y += _ROW
    if not table.lines:
        sheets[-1].box(_LEFT, y, _WIDTH, _ROW)
        words = "この月に期限のある申告はありません。"
        sheets[-1].cell(_LEFT, y, _WIDTH, _ROW, words, _VALUE)
    return sheets


def _first_head(sheet: Sheet, table: FollowUpTable) -> float:
    sheet.aligned(_LEFT, 19, _WIDTH, FORM_TITLE, _TITLE, Align.CENTRE)
    sheet.text(_LEFT, 28, table.office_name, _FACT)
    month = f"{format_month(table.month)}分　担当 {table.caseworker}"
    sheet.text(_LEFT, 36, month, _FACT)
    came = sum(line.received_on is not None for line in table.lines)
    asked = sum(bool(line.reminded_on) for line in table.lines)
    count = f"対象 {len(table.lines):,}件　受領 {came:,}件　未受領 {len(table.lines) - came:,}件　督促 {asked:,}件"
    sheet.text(_LEFT + 100, 36, count, _FACT)
    x = _RIGHT - 24
    sheet.box(x, 12, 24, 26)
    sheet.rule(x, 17, _RIGHT, 17)
    sheet.cell(x, 12, 24, 5, "査察指導員", _LABEL, align=Align.CENTRE)
    if table.training:
        sheet.box(_LEFT, 10, 22, 8, 1.2)
        sheet.cell(_LEFT, 10, 22, 8, "研修用", _TRAINING, align=Align.CENTRE)
    return 42.0


def _columns(sheet: Sheet, y: float) -> float:
    sheet.fill(_LEFT, y, _WIDTH, _HEAD, 0.93)
    x = _LEFT
    for label, width, _ in _COLUMNS:
        sheet.box(x, y, width, _HEAD)
        sheet.cell(x, y, width, _HEAD, label, _LABEL, align=Align.CENTRE, padding=0.6)
        x += width
    return y + _HEAD


def _cells(sheet: Sheet, y: float, values: Sequence[str], style: Style, height: float) -> None:
    x = _LEFT
    for (_, width, align), value in zip(_COLUMNS, values, strict=True):
        sheet.box(x, y, width, height)
        sheet.cell(x, y, width, height, value, style, align=align, padding=0.8)
        x += width


def _values(line: FollowUpLine) -> tuple[str, ...]:
    reminded = [*map(_day, line.reminded_on[:2]), "", ""]
    return (
        line.case_number,
        line.person,
        DECLARATION_KIND[line.kind],
        line.cycle_label,
        format_month(line.month, DateStyle.SHORT),
        _day(line.due_on),
        _day(line.received_on),
        line.paper_label,
        *reminded[:2],
        _day(line.checked_on),
        _CHANGE[line.needs_change],
        _day(line.drafted_on),
        line.reason,
    )


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT) if day else ""


def _footer(sheet: Sheet, table: FollowUpTable, pages: str) -> None:
    instant = table.printed_at.astimezone(JAPAN)
    when = f"{format_date(instant.date(), DateStyle.LONG)} {instant:%H:%M}"
    sheet.text(_LEFT, 202, f"{FORM_CODE} {FORM_TITLE} {FORM_EDITION}", _LABEL)
    sheet.aligned(_LEFT, 202, _WIDTH, pages, _LABEL, Align.CENTRE)
    by = f"出力日時 {when}　出力者 {table.printed_by}"
    sheet.aligned(_LEFT, 202, _WIDTH, by, _LABEL, Align.RIGHT)

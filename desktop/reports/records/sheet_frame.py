"""What surrounds the entries on every sheet of the ケース記録票: heading, stamp boxes, table head, footer, marks."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.clock import JAPAN
from desktop.domain.era import DateStyle, format_date
from desktop.domain.forms import CaseRecordForm, FormMark, Stamp
from desktop.reports.fonts import FontRole
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.records import measures as m
from desktop.reports.records.stamp_boxes import draw_stamp_boxes, stamp_boxes_left

FORM_CODE = "K-04"
FORM_TITLE = "ケース記録票"
FORM_EDITION = "第1版"

_TITLE = Style(FontRole.BOLD, 16)
_OFFICE = Style(FontRole.GOTHIC, 9.5)
_LABEL = Style(FontRole.GOTHIC, 8.5)
_VALUE = Style(FontRole.MINCHO, 12)
_SMALL = Style(FontRole.GOTHIC, 7.5)
_MARK = Style(FontRole.BOLD, 17)
_TRAINING = Style(FontRole.BOLD, 10)
_LABEL_WIDTH = 17.0
_FIRST_ROW = 9.0
_TRAINING_TEXT = "研修用"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlace:
    """Which sheet this is: page `number` of `total`; `stamps` are those of the entries on it."""

    number: int
    total: int
    stamps: tuple[tuple[Stamp, ...], ...]
    is_first: bool


def draw_frame(sheet: Sheet, form: CaseRecordForm, place: SheetPlace) -> None:
    """Draw everything but the entries."""
    _draw_background(sheet, form)
    _draw_title(sheet, form, place)
    _draw_identity(sheet, form, place)
    draw_stamp_boxes(sheet, form.position_labels, place.stamps)
    _draw_table_head(sheet)
    _draw_footer(sheet, form, place)


def _draw_background(sheet: Sheet, form: CaseRecordForm) -> None:
    if form.training:
        for y in (118.0, 262.0):
            sheet.background(58, y, _TRAINING_TEXT, Style(FontRole.BOLD, 92), (0.9397, 0.342))
    if form.mark is not FormMark.ORIGINAL:
        signs = len(form.mark.value)
        style = Style(FontRole.BOLD, 230 if signs == 1 else 330 / signs)
        left = 68.0 if signs == 1 else (210 - style.em * signs) / 2
        sheet.background(left, 195, form.mark.value, style, (1.0, 0.0))


def _draw_title(sheet: Sheet, form: CaseRecordForm, place: SheetPlace) -> None:
    sheet.cell(m.LEFT, 9.5, 66, 11.5, form.office_name, _OFFICE, padding=0.0)
    title = "　".join(FORM_TITLE)
    sheet.aligned(m.LEFT, 19.5, m.RIGHT - m.LEFT, title, _TITLE, Align.CENTRE)
    if not place.is_first:
        sheet.text(142, 19.5, "（続紙）", _OFFICE)
    right = m.RIGHT
    if form.mark is not FormMark.ORIGINAL:
        width = 5.0 + 6.0 * len(form.mark.value)
        right -= width
        sheet.box(right, 9.5, width, 11, 1.4)
        sheet.cell(right, 9.5, width, 11, form.mark.value, _MARK, align=Align.CENTRE, padding=0.5)
        right -= 2
    if form.training:
        sheet.box(right - 22, 12.5, 22, 8, 1.2)
        sheet.cell(right - 22, 12.5, 22, 8, _TRAINING_TEXT, _TRAINING, align=Align.CENTRE)


def _draw_identity(sheet: Sheet, form: CaseRecordForm, place: SheetPlace) -> None:
    right = stamp_boxes_left(form.position_labels)
    width = right - m.LEFT
    top, middle, bottom = m.HEADING_TOP, m.HEADING_TOP + _FIRST_ROW, m.HEADING_BOTTOM
    split = m.LEFT + width * 0.52
    sheet.box(m.LEFT, top, width, bottom - top, 0.9)
    sheet.rule(m.LEFT, middle, right, middle)
    _labelled(
        sheet, m.LEFT, top, split - m.LEFT, _FIRST_ROW, label="ケース番号", value=form.case_number
    )
    sheet.rule(split, top, split, middle)
    _labelled(sheet, split, top, right - split, _FIRST_ROW, label="地区", value=form.district_name)
    page_left = right - 22
    height = bottom - middle
    _labelled(
        sheet, m.LEFT, middle, page_left - m.LEFT, height, label="世帯主", value=form.head_name
    )
    sheet.rule(page_left, middle, page_left, bottom)
    sheet.cell(page_left, middle, 22, 4.5, "頁", _SMALL, align=Align.CENTRE)
    pages = f"{place.number}／{place.total}"
    sheet.cell(page_left, middle + 4, 22, height - 4, pages, _VALUE, align=Align.CENTRE)


def _labelled(
    sheet: Sheet, x: float, y: float, width: float, height: float, *, label: str, value: str
) -> None:
    sheet.fill(x, y, _LABEL_WIDTH, height, 0.93)
    sheet.cell(x, y, _LABEL_WIDTH, height, label, _LABEL, align=Align.CENTRE, padding=0.6)
    sheet.rule(x + _LABEL_WIDTH, y, x + _LABEL_WIDTH, y + height)
    sheet.cell(x + _LABEL_WIDTH, y, width - _LABEL_WIDTH, height, value, _VALUE, padding=2.0)


def _draw_table_head(sheet: Sheet) -> None:
    height = m.BODY_TOP - m.TABLE_TOP
    sheet.fill(m.LEFT, m.TABLE_TOP, m.RIGHT - m.LEFT, height, 0.93)
    sheet.box(m.LEFT, m.TABLE_TOP, m.RIGHT - m.LEFT, height, 0.9)
    for x, right, text in (
        (m.LEFT, m.KIND_LEFT, "年月日"),
        (m.KIND_LEFT, m.ARTICLE_LEFT, "種別・場所・相手"),
        (m.ARTICLE_LEFT, m.RIGHT, "記　　　　事"),
    ):
        sheet.cell(x, m.TABLE_TOP, right - x, height, text, _LABEL, align=Align.CENTRE)


def _draw_footer(sheet: Sheet, form: CaseRecordForm, place: SheetPlace) -> None:
    instant = form.printed_at.astimezone(JAPAN)
    when = f"{format_date(instant.date(), DateStyle.LONG)} {instant:%H:%M}"
    edition = f"{FORM_CODE} {FORM_TITLE} {FORM_EDITION}"
    sheet.text(m.LEFT, m.FOOTER, edition, _SMALL)
    where = f"{form.case_number}　{place.number}／{place.total}頁"
    sheet.aligned(m.LEFT, m.FOOTER, m.RIGHT - m.LEFT, where, _SMALL, Align.CENTRE)
    who = f"出力日時 {when}　出力者 "
    width = m.RIGHT - m.LEFT
    sheet.aligned(m.LEFT, m.FOOTER, width, who + form.printed_by, _SMALL, Align.RIGHT)

"""What surrounds the entries on every sheet of the ケース記録票: heading, stamp boxes, table head."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.forms import CaseRecordForm, Stamp
from desktop.reports.fonts import FontRole
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.records import measures as m
from desktop.reports.records.stamp_boxes import draw_stamp_boxes, stamp_boxes_left
from desktop.reports.setter import Setter
from desktop.reports.type_styles import LABEL, SHADE, SMALL, TITLE

_OFFICE = Style(FontRole.GOTHIC, 9.5)
_VALUE = Style(FontRole.MINCHO, 12)
_LABEL_WIDTH = 17.0
_FIRST_ROW = 9.0
_PAGE_WIDTH = 22.0
#: The heading line: number of the office's rules, office, title, the word of further sheets (millimetres).
_HEAD_TOP, _HEAD_HEIGHT, _HEAD_BASELINE = 9.5, 11.5, 19.5
_OFFICE_WIDTH = 48.0
_TITLE_LEFT, _TITLE_WIDTH = 71.0, 78.0
_FURTHER_LEFT = 148.0
_FURTHER = "（続紙）"
#: Labels that stand apart in their column.
_SPACED = {"記事": "記　　　　事"}
_CASE_NUMBER, _DISTRICT, _HEAD, _PAGE = "ケース番号", "地区", "世帯主", "頁"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlace:
    """Which sheet this is: its page number; `stamps` are those of the entries on it."""

    number: int
    stamps: tuple[tuple[Stamp, ...], ...]


def draw_frame(setter: Setter, form: CaseRecordForm, place: SheetPlace) -> None:
    """Draw everything but the entries and what stands on every sheet of every form."""
    _draw_title(setter, place)
    _draw_identity(setter, form, place)
    draw_stamp_boxes(setter, form.position_labels, place.stamps)
    _draw_table_head(setter)


def _draw_title(setter: Setter, place: SheetPlace) -> None:
    office = setter.imprint.office_name
    area = (m.LEFT, _HEAD_TOP, _OFFICE_WIDTH, _HEAD_HEIGHT)
    setter.cell(*area, office, _OFFICE, label="福祉事務所", padding=0.0)
    number, style = setter.short(
        setter.imprint.style.form_numbers.get(setter.code, ""),
        SMALL,
        _TITLE_WIDTH,
        label="様式番号",
    )
    is_first = place.number == 1
    setter.plate(
        ("record title", setter.title, number, is_first),
        lambda sheet: _title(sheet, setter.title, (number, style), is_first=is_first),
    )


def _title(sheet: Sheet, title: str, number: tuple[str, Style], *, is_first: bool) -> None:
    spaced = "　".join(title)
    if sheet.measure(spaced, TITLE) <= _TITLE_WIDTH:
        sheet.aligned(m.LEFT, _HEAD_BASELINE, m.RIGHT - m.LEFT, spaced, TITLE, Align.CENTRE)
    else:
        area = (_TITLE_LEFT, _HEAD_TOP, _TITLE_WIDTH, _HEAD_HEIGHT)
        sheet.cell(*area, title, TITLE, align=Align.CENTRE)
    sheet.text(m.LEFT, _HEAD_TOP - 1.5, *number)
    if not is_first:
        sheet.text(_FURTHER_LEFT, _HEAD_BASELINE, _FURTHER, _OFFICE)


def _draw_identity(setter: Setter, form: CaseRecordForm, place: SheetPlace) -> None:
    right = stamp_boxes_left(form.position_labels)
    top, middle, bottom = m.HEADING_TOP, m.HEADING_TOP + _FIRST_ROW, m.HEADING_BOTTOM
    split, page_left = m.LEFT + (right - m.LEFT) * 0.52, right - _PAGE_WIDTH
    setter.plate(("record identity", right), lambda sheet: _identity(sheet, right))
    for (left, y, edge, height), shipped, value in (
        ((m.LEFT, top, split, _FIRST_ROW), _CASE_NUMBER, form.case_number),
        ((split, top, right, _FIRST_ROW), _DISTRICT, form.district_name),
        ((m.LEFT, middle, page_left, bottom - middle), _HEAD, form.head_name),
    ):
        word = setter.label(shipped)
        _draw_label(setter, left, y, height, word)
        x = left + _LABEL_WIDTH
        setter.cell(x, y, edge - x, height, value, _VALUE, label=word)
    _draw_page_number(setter, page_left, middle, place.number)


def _draw_label(setter: Setter, x: float, y: float, height: float, word: str) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.fill(x, y, _LABEL_WIDTH, height, SHADE)
        sheet.cell(x, y, _LABEL_WIDTH, height, word, LABEL, align=Align.CENTRE, padding=0.6)
        sheet.rule(x + _LABEL_WIDTH, y, x + _LABEL_WIDTH, y + height)

    setter.plate(("record label", x, y, height, word), draw)


def _draw_page_number(setter: Setter, left: float, top: float, number: int) -> None:
    sheet, word = setter.sheet, setter.label(_PAGE)
    area = (left, top + 4, _PAGE_WIDTH, m.HEADING_BOTTOM - top - 4)

    def draw(total: int) -> None:
        sheet.cell(left, top, _PAGE_WIDTH, 4.5, word, SMALL, align=Align.CENTRE)
        sheet.cell(*area, f"{number}／{total}", _VALUE, align=Align.CENTRE)

    setter.at_last(draw)


def _identity(sheet: Sheet, right: float) -> None:
    top, middle, bottom = m.HEADING_TOP, m.HEADING_TOP + _FIRST_ROW, m.HEADING_BOTTOM
    split, page_left = m.LEFT + (right - m.LEFT) * 0.52, right - _PAGE_WIDTH
    sheet.box(m.LEFT, top, right - m.LEFT, bottom - top, 0.9)
    sheet.rule(m.LEFT, middle, right, middle)
    sheet.rule(split, top, split, middle)
    sheet.rule(page_left, middle, page_left, bottom)


def _draw_table_head(setter: Setter) -> None:
    words = tuple(map(setter.label, ("年月日", "種別・場所・相手", "記事")))
    setter.plate(("record head", words), lambda sheet: _table_head(sheet, words))


def _table_head(sheet: Sheet, words: tuple[str, ...]) -> None:
    height = m.BODY_TOP - m.TABLE_TOP
    sheet.fill(m.LEFT, m.TABLE_TOP, m.RIGHT - m.LEFT, height, SHADE)
    sheet.box(m.LEFT, m.TABLE_TOP, m.RIGHT - m.LEFT, height, 0.9)
    ends = (m.LEFT, m.KIND_LEFT, m.ARTICLE_LEFT, m.RIGHT)
    for x, right, word in zip(ends, ends[1:], words, strict=False):
        spaced = _SPACED.get(word, word)
        sheet.cell(x, m.TABLE_TOP, right - x, height, spaced, LABEL, align=Align.CENTRE)

"""Draw the planned parts of entries onto a sheet of the ケース記録票."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.domain.disclosures_redaction import BLACK
from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.reports.fonts import FontRole
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.records import measures as m
from desktop.reports.records.page_plan import NOTICE_HEIGHT, PagePlan, Part, is_boxed
from desktop.reports.records.pieces import Piece, StampPiece, TextPiece

_STAMP_LABEL = Style(FontRole.GOTHIC, 7.0)
_STAMP_NAME = Style(FontRole.MINCHO, 9.0)
_STAMP_DATE = Style(FontRole.GOTHIC, 7.0)
_BLANK = Style(FontRole.GOTHIC, 9.5)
#: Blank space lower than this (mm) needs no mark: nobody can write a line into it.
_LEAST_BLANK = 5.5
_BASELINE = 1.45
#: What stands for struck text, with its number behind it (`domain/disclosures_redaction.py`), also where a line ends in it.
_BAR = re.compile(rf"{BLACK}(?=［\d)|{BLACK[0]}{{1,3}}$|^{BLACK[0]}{{1,2}}(?=［\d)")


def draw_page(sheet: Sheet, page: PagePlan, imprint: Imprint, *, is_last: bool) -> None:
    """Draw all parts of a page, and mark what stays blank (以下余白)."""
    for part in page.parts:
        _draw_part(sheet, part, imprint)
    used = m.BODY_HEIGHT if page.goes_on else page.used
    _draw_rules(sheet, m.BODY_TOP + used)
    _draw_blank(sheet, m.BODY_TOP + used, "以下余白" if is_last else "余白")


def _draw_part(sheet: Sheet, part: Part, imprint: Imprint) -> None:
    top = m.BODY_TOP + part.top
    inside = top + m.ROW_PADDING
    _draw_column(sheet, part.dates, m.LEFT + m.PADDING * 0.75, inside, imprint)
    _draw_column(sheet, part.kinds, m.KIND_LEFT + m.PADDING * 0.75, inside, imprint)
    left = m.ARTICLE_LEFT + m.PADDING
    if part.is_continued:
        sheet.text(left, inside + NOTICE_HEIGHT - _BASELINE, "（続き）", m.NOTICE)
        inside += NOTICE_HEIGHT
    _draw_column(sheet, part.article, left, inside, imprint)
    _draw_instruction_frame(sheet, part.article, left, inside)
    if part.goes_on:
        baseline = m.BODY_BOTTOM - m.ROW_PADDING - _BASELINE
        sheet.aligned(left, baseline, m.ARTICLE_WIDTH, "（次頁へ続く）", m.NOTICE, Align.RIGHT)
    if part.entry.annulled:
        height = m.BODY_BOTTOM - top if part.goes_on else part.height
        sheet.cross(m.LEFT, top, m.RIGHT - m.LEFT, height)
    if not part.goes_on:
        sheet.rule(m.LEFT, top + part.height, m.RIGHT, top + part.height, 0.5)


def _draw_column(
    sheet: Sheet, pieces: Sequence[Piece], left: float, top: float, imprint: Imprint
) -> None:
    for piece in pieces:
        if isinstance(piece, TextPiece):
            _draw_text(sheet, piece, left, top + piece.height)
        else:
            _draw_stamps(sheet, piece, left, top, imprint)
        top += piece.height


def _draw_text(sheet: Sheet, piece: TextPiece, left: float, bottom: float) -> None:
    baseline = bottom - _BASELINE
    if piece.tagged:
        width = sheet.measure(piece.text, piece.style) + 2.4
        sheet.box(left, bottom - m.TAG_LEADING + 0.6, width, m.TAG_LEADING - 1.4, 0.8)
        sheet.text(left + 1.2, baseline - 0.55, piece.text, piece.style)
        return
    if piece.label and piece.label_style:
        sheet.text(left, baseline, piece.label, piece.label_style)
    if piece.text:
        start = left + piece.indent
        _draw_bars(sheet, piece, start, baseline)
        end = sheet.text(start, baseline, piece.text, piece.style, piece.spacing)
        if piece.struck:
            sheet.strike(start, end - piece.spacing, baseline, piece.style.em)


def _draw_bars(sheet: Sheet, piece: TextPiece, start: float, baseline: float) -> None:
    """Close the gaps between the squares that stand for struck text in a copy for disclosure."""
    for found in _BAR.finditer(piece.text):
        before, squares = piece.text[: found.start()], found.group()
        x = start + sheet.measure(before, piece.style) + len(before) * piece.spacing
        width = sheet.measure(squares, piece.style) + (len(squares) - 1) * piece.spacing
        em = piece.style.em
        sheet.fill(x + 0.1 * em, baseline - 0.78 * em, width - 0.2 * em, 0.8 * em, 0.0)


def _draw_stamps(
    sheet: Sheet, piece: StampPiece, left: float, top: float, imprint: Imprint
) -> None:
    """The stamps of one entry, at the right, each under the name of its position."""
    x = left + m.ARTICLE_WIDTH - m.ROW_STAMP_WIDTH * len(piece.stamps)
    y = top + 1.5
    for stamp in piece.stamps:
        height = m.ROW_STAMP_HEIGHT
        sheet.box(x, y, m.ROW_STAMP_WIDTH, height, 0.35)
        sheet.rule(x, y + m.ROW_STAMP_LABEL, x + m.ROW_STAMP_WIDTH, y + m.ROW_STAMP_LABEL, 0.25)
        label = f"{stamp.position_label}（{stamp.note}）" if stamp.note else stamp.position_label
        sheet.cell(
            x, y, m.ROW_STAMP_WIDTH, m.ROW_STAMP_LABEL, label, _STAMP_LABEL, align=Align.CENTRE
        )
        day = imprint.day(stamp.stamped_on, is_short=True)
        _draw_stamp_name(sheet, stamp, day, x, y + m.ROW_STAMP_LABEL)
        x += m.ROW_STAMP_WIDTH


def _draw_stamp_name(sheet: Sheet, stamp: Stamp, day: str, x: float, y: float) -> None:
    height = m.ROW_STAMP_HEIGHT - m.ROW_STAMP_LABEL
    if not day:
        return
    for_day = sheet.measure(day, _STAMP_DATE) + 2.0
    name_width = m.ROW_STAMP_WIDTH - for_day
    sheet.cell(x, y, name_width, height, stamp.name, _STAMP_NAME, align=Align.LEFT, padding=1.0)
    sheet.cell(x + name_width, y, for_day, height, day, _STAMP_DATE, align=Align.RIGHT, padding=0.9)


def _draw_instruction_frame(sheet: Sheet, pieces: Sequence[Piece], left: float, top: float) -> None:
    boxed = [piece for piece in pieces if is_boxed(piece)]
    if not boxed:
        return
    above = sum(piece.height for piece in pieces[: pieces.index(boxed[0])])
    height = sum(piece.height for piece in boxed)
    sheet.box(left, top + above + 0.9, m.ARTICLE_WIDTH, height - 0.9, 0.6)


def _draw_rules(sheet: Sheet, used: float) -> None:
    """The frame of the table; the rules between the columns end where the text ends."""
    sheet.box(m.LEFT, m.BODY_TOP, m.RIGHT - m.LEFT, m.BODY_HEIGHT, 0.9)
    for x in (m.KIND_LEFT, m.ARTICLE_LEFT):
        sheet.rule(x, m.TABLE_TOP, x, used, 0.4)


def _draw_blank(sheet: Sheet, top: float, words: str) -> None:
    """Cross out what stays blank, so that nothing can be added."""
    height = m.BODY_BOTTOM - top
    if height < _LEAST_BLANK:
        return
    sheet.rule(m.RIGHT, top, m.LEFT, m.BODY_BOTTOM, 0.5)
    middle = (m.LEFT + m.RIGHT) / 2
    baseline = top + min(6.5, 0.45 * height + 1)
    sheet.aligned(middle - 40, baseline, 40, words, _BLANK, Align.CENTRE)

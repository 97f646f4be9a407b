"""決裁欄: the stamp boxes in the heading of the ケース記録票, one for each position of the approval route."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.era import DateStyle, format_date
from desktop.domain.forms import Stamp
from desktop.reports.fonts import FontRole
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.records import measures as m
from desktop.reports.seal import draw_seal

_LABEL = Style(FontRole.GOTHIC, 8.5)
_POSITION = Style(FontRole.GOTHIC, 7.5)
_DECISION_WIDTH = 6.0
#: All boxes together leave this much (mm) for case number and name; more than five make them narrower.
_MOST_WIDTH = 90.0
_MIXED = "各記事欄\nに表示"


def stamp_boxes_left(position_labels: Sequence[str]) -> float:
    """Where the boxes begin (mm); they end at the right edge of the table."""
    if not position_labels:
        return m.RIGHT
    return m.RIGHT - _box_width(position_labels) * len(position_labels) - _DECISION_WIDTH


def _box_width(position_labels: Sequence[str]) -> float:
    return min(m.STAMP_SIDE, _MOST_WIDTH / len(position_labels))


def draw_stamp_boxes(
    sheet: Sheet, position_labels: Sequence[str], entries: Sequence[Sequence[Stamp]]
) -> None:
    """Draw one box a position, for an electronic stamp or one in ink; `entries` are the stamps of the page's entries."""
    if not position_labels:
        return
    left, top = stamp_boxes_left(position_labels), m.HEADING_TOP
    height, width = m.HEADING_BOTTOM - top, _box_width(position_labels)
    sheet.box(left, top, m.RIGHT - left, height, 0.9)
    sheet.vertical_cell(left, top + 3, _DECISION_WIDTH, height - 6, "決裁", _LABEL)
    x = left + _DECISION_WIDTH
    sheet.rule(x, top + m.STAMP_LABEL, m.RIGHT, top + m.STAMP_LABEL, 0.3)
    for label in position_labels:
        sheet.rule(x, top, x, m.HEADING_BOTTOM, 0.4)
        sheet.cell(x, top, width, m.STAMP_LABEL, label, _POSITION, align=Align.CENTRE, padding=0.6)
        _draw_page_stamp(sheet, label, entries, x, width)
        x += width


def _draw_page_stamp(
    sheet: Sheet, label: str, entries: Sequence[Sequence[Stamp]], x: float, width: float
) -> None:
    """The electronic stamp of a position, when one person stamped every entry of the page; the latest day shows.

    Where entries differ the box points to the stamps beneath them; it never claims more than they do.
    """
    given = [_stamp_of(label, stamps) for stamps in entries]
    stamped = [(stamp.stamped_on, stamp) for stamp in given if stamp and stamp.stamped_on]
    if not stamped:
        return
    names = {(stamp.name, stamp.note) for _, stamp in stamped}
    if len(stamped) < len(given) or len(names) > 1:
        top = m.HEADING_TOP + m.STAMP_LABEL
        sheet.cell(x, top, width, m.STAMP_SIDE, _MIXED, _POSITION, align=Align.CENTRE, padding=0.4)
        return
    day, stamp = max(stamped, key=lambda pair: pair[0])
    centre = (x + width / 2, m.HEADING_BOTTOM - m.STAMP_SIDE / 2)
    draw_seal(sheet, centre, width / 2 - 0.6, stamp, format_date(day, DateStyle.SHORT))


def _stamp_of(label: str, stamps: Sequence[Stamp]) -> Stamp | None:
    return next((stamp for stamp in stamps if stamp.position_label == label), None)

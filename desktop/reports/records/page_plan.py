"""Distribute entries over pages before anything is drawn, so that the number of pages is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.reports.records import measures as m
from desktop.reports.records.pieces import Column, EntryColumns, Piece, TextPiece

#: An entry that does not fit whole starts at the foot of a page only when this much (mm) is left.
_LEAST_START = 32.0
#: Height of the lines （続き） and （次頁へ続く）.
NOTICE_HEIGHT = 4.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one page shows of an entry; `top` is measured from the top of the table's body."""

    entry: EntryColumns
    dates: Column
    kinds: Column
    article: Column
    top: float
    height: float
    is_continued: bool
    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    """The parts on one page; `used` mm of the body hold text, the rest is blank."""

    parts: tuple[Part, ...]
    used: float

    @property
    def goes_on(self) -> bool:
        """Whether the last entry goes on on the next page; then the page counts as full."""
        return bool(self.parts) and self.parts[-1].goes_on


@dataclass(frozen=True, slots=True)
class _Cursor:
    """What was already placed of each column."""

    dates: int = 0
    kinds: int = 0
    article: int = 0

    @property
    def started(self) -> bool:
        return self != _Cursor()


def plan_pages(entries: Iterable[EntryColumns], room: float = m.BODY_HEIGHT) -> list[PagePlan]:
    """Place entries one under the other; there is always at least one page."""
    pages: list[list[Part]] = [[]]
    for entry in entries:
        cursor: _Cursor | None = _Cursor()
        while cursor is not None:
            top = _used(pages[-1])
            part, following = _place(entry, cursor, top, room)
            if part is None:
                pages.append([])
                continue
            pages[-1].append(part)
            cursor = following
            if part.goes_on:
                pages.append([])
    return [PagePlan(parts=tuple(parts), used=_used(parts)) for parts in pages]


def _used(parts: Sequence[Part]) -> float:
    return parts[-1].top + parts[-1].height if parts else 0.0


def _place(
    entry: EntryColumns, start: _Cursor, top: float, room: float
) -> tuple[Part | None, _Cursor | None]:
    """The part of an entry that stands below `top`, and where to go on; no part when a new page is better."""
    left = room - top
    rest = _part(entry, start, _end(entry), top)
    if rest.height <= left:
        return rest, None
    if top > 0 and left < _LEAST_START:
        return None, start
    space = left - 2 * m.ROW_PADDING
    again = start.started
    for_article = space - NOTICE_HEIGHT * (1 + again)
    stop = _Cursor(
        dates=_take(entry.dates, start.dates, space - again * _height(entry.dates_again)),
        kinds=_take(entry.kinds, start.kinds, space - again * _height(entry.kinds_again)),
        article=_take(entry.article, start.article, for_article),
    )
    if stop.article == start.article < len(entry.article):
        if top > 0:
            return None, start
        stop = replace(stop, article=_fill(entry.article, start.article, for_article))
    if stop == start:
        raise ValueError("a piece is higher than a page")
    return _part(entry, start, stop, top), stop


def _part(entry: EntryColumns, start: _Cursor, stop: _Cursor, top: float) -> Part:
    goes_on = stop != _end(entry)
    dates = entry.dates[start.dates : stop.dates]
    kinds = entry.kinds[start.kinds : stop.kinds]
    if start.started:
        dates, kinds = entry.dates_again + dates, entry.kinds_again + kinds
    article = entry.article[start.article : stop.article]
    notices = NOTICE_HEIGHT * (start.started + goes_on)
    tallest = max(_height(dates), _height(kinds), _height(article) + notices)
    return Part(
        entry=entry,
        dates=dates,
        kinds=kinds,
        article=article,
        top=top,
        height=tallest + 2 * m.ROW_PADDING,
        is_continued=start.started,
        goes_on=goes_on,
    )


def _end(entry: EntryColumns) -> _Cursor:
    return _Cursor(len(entry.dates), len(entry.kinds), len(entry.article))


def _height(column: Sequence[Piece]) -> float:
    return sum(piece.height for piece in column)


def _take(column: Column, start: int, space: float) -> int:
    """Where a column breaks when `space` mm are left, without parting what belongs together."""
    stop = _fill(column, start, space)
    while start < stop < len(column) and column[stop - 1].keep:
        stop -= 1
    return stop


def _fill(column: Column, start: int, space: float) -> int:
    """How far a column fits into `space` mm."""
    stop = start
    while stop < len(column) and column[stop].height <= space:
        space -= column[stop].height
        stop += 1
    return stop


def is_boxed(piece: Piece) -> bool:
    """Whether a piece belongs into the frame of an instruction."""
    return isinstance(piece, TextPiece) and piece.boxed

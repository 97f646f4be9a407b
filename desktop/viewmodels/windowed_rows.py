"""Table model for lists of any size: all ids, and only the pages of rows that are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from typing_extensions import override

from desktop.viewmodels.columns import ALIGNMENT, DISPLAY, BrushOf, Cells, Column, Row

PAGE_ROWS = 200
_KEPT_PAGES = 20
_PAGES_PER_REQUEST = 3
_GATHERING_MILLISECONDS = 20
_LOADING = "…"

Index = QModelIndex | QPersistentModelIndex
RequestPage = Callable[[int, tuple[Hashable, ...]], None]
_NOWHERE = QModelIndex()


class _Page(Generic[Row]):
    def __init__(self, rows: Sequence[Row | None]) -> None:
        self.rows = rows
        self.texts: list[tuple[str, ...] | None] = [None] * len(rows)


class WindowedTableModel(QAbstractTableModel, Generic[Row]):
    """A list known by its ids; `request_page(first, ids)` is called for pages that come into view.

    Whoever loads a page answers with `page_loaded` or `page_failed`. An answer for ids that are no longer in that
    place is dropped, so late answers to an older filter do no harm. Memory holds at most 20 pages of 200 rows.
    """

    sort_requested = Signal(int, bool)
    """Column and whether ascending: the database sorts, not the model."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        key: Callable[[Row], Hashable],
        request_page: RequestPage,
        brush_of: BrushOf | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cells = Cells(columns, brush_of)
        self._key = key
        self._request_page = request_page
        self._ids: tuple[Hashable, ...] = ()
        self._pages: OrderedDict[int, _Page[Row]] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._requested: set[int] = set()
        self._gathering = QTimer(self, singleShot=True, interval=_GATHERING_MILLISECONDS)
        self._gathering.timeout.connect(self._request_wanted)

    def set_ids(self, ids: Sequence[Hashable]) -> None:
        """Show the list of these ids; the same ids again mean that their rows are to be read anew."""
        if tuple(ids) == self._ids:
            self._forget_pages()
            self._announce(0, len(self._ids))
            return
        self.beginResetModel()
        self._ids = tuple(ids)
        self._forget_pages()
        self.endResetModel()

    def page_loaded(self, first: int, rows: Sequence[Row]) -> None:
        """Take the rows of the page that begins at `first`; dropped if the list is another one by now."""
        ids = self._page_ids(first)
        by_id = {self._key(row): row for row in rows}
        if not any(row_id in by_id for row_id in ids):
            return
        self._requested.discard(first // PAGE_ROWS)
        self._pages[first // PAGE_ROWS] = _Page([by_id.get(row_id) for row_id in ids])
        if len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        self._announce(first, len(ids))

    def page_failed(self, first: int) -> None:
        """Allow the page to be asked for again the next time it is looked at."""
        self._requested.discard(first // PAGE_ROWS)

    def row_at(self, index: Index) -> Row | None:
        """Return the row of an index; None while it is being loaded."""
        page = self._page_of(index.row()) if index.isValid() else None
        return page.rows[index.row() % PAGE_ROWS] if page is not None else None

    def id_at(self, index: Index) -> Hashable | None:
        """Return the id of an index, loaded or not."""
        return self._ids[index.row()] if index.isValid() else None

    def index_of(self, row_id: Hashable) -> QModelIndex:
        """Return the index of an id; an invalid one if it is not in the list."""
        return self.index(self._ids.index(row_id), 0) if row_id in self._ids else QModelIndex()

    def _page_ids(self, first: int) -> tuple[Hashable, ...]:
        return self._ids[first : first + PAGE_ROWS]

    def _page_of(self, row: int) -> _Page[Row] | None:
        number = row // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            self._want(number)
        else:
            self._pages.move_to_end(number)
        return page

    def _want(self, number: int) -> None:
        if number in self._requested:
            return
        self._wanted[number] = None
        self._wanted.move_to_end(number)
        if not self._gathering.isActive():
            self._gathering.start()

    def _request_wanted(self) -> None:
        """Ask for the pages wanted last; the others were only passed while scrolling."""
        latest = list(self._wanted)[-_PAGES_PER_REQUEST:]
        self._wanted.clear()
        for number in latest:
            self._requested.add(number)
            first = number * PAGE_ROWS
            self._request_page(first, self._page_ids(first))

    def _forget_pages(self) -> None:
        self._pages.clear()
        self._wanted.clear()
        self._requested.clear()

    def _announce(self, first: int, count: int) -> None:
        if count:
            last = self.index(first + count - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(first, 0), last)

    def _text(self, row: int, column: int) -> str:
        page = self._page_of(row)
        if page is None:
            return _LOADING
        place = row % PAGE_ROWS
        texts = page.texts[place]
        if texts is None:
            held = page.rows[place]
            if held is None:
                return ""
            texts = page.texts[place] = self._cells.texts(held)
        return texts[column]

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._cells.columns)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        if role == DISPLAY:
            return self._text(index.row(), index.column()) if index.isValid() else None
        if role == ALIGNMENT:
            return self._cells.alignment(index.column()) if index.isValid() else None
        if not self._cells.answers(role):
            return None
        row = self.row_at(index)
        return None if row is None else self._cells.value(row, index.column(), role)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        return self._cells.header(section, orientation, role)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sort_requested.emit(column, order == Qt.SortOrder.AscendingOrder)

"""Table model for a list of any size that is known by its length: pages are loaded when they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
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

from desktop.override import override
from desktop.viewmodels.columns import ALIGNMENT, DISPLAY, BrushOf, Cells, Column, Row

PAGE_ROWS = 200
_KEPT_PAGES = 20
_GATHERING_MS = 20
_LOADING = "…"

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class PagedTableModel(QAbstractTableModel, Generic[Row]):
    """Holds at most 20 pages of 200 rows, however long the list is.

    `page_wanted(generation, offset)`: answer with `page_loaded`. A page for an older list is dropped.
    """

    page_wanted = Signal(int, int)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        brush_of: BrushOf | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cells = Cells(columns, brush_of)
        self._count = 0
        self._generation = 0
        self._pages: OrderedDict[int, tuple[Sequence[Row], list[tuple[str, ...]]]] = OrderedDict()
        self._asked: set[int] = set()
        self._wanted: list[int] = []
        self._gathering = QTimer(self, singleShot=True, interval=_GATHERING_MS)
        self._gathering.timeout.connect(self._ask)

    def show_list(self, count: int, first_page: Sequence[Row]) -> None:
        """Show another list: its length and its first page."""
        self.beginResetModel()
        self._generation += 1
        self._count = count
        self._pages.clear()
        self._asked.clear()
        self._wanted.clear()
        self._keep(0, first_page)
        self.endResetModel()

    def lengthen(self, generation: int, count: int) -> None:
        """Take the length of a list that was shown before it was counted."""
        if generation == self._generation and count > self._count:
            self.beginInsertRows(_NOWHERE, self._count, count - 1)
            self._count = count
            self.endInsertRows()

    def page_loaded(self, generation: int, offset: int, rows: Sequence[Row]) -> None:
        """Take a page that was asked for."""
        if generation != self._generation:
            return
        self._asked.discard(offset // PAGE_ROWS)
        self._keep(offset // PAGE_ROWS, rows)
        last = min(offset + PAGE_ROWS, self._count) - 1
        self.dataChanged.emit(self.index(offset, 0), self.index(last, self.columnCount() - 1))

    def page_failed(self, generation: int, offset: int) -> None:
        """Let the page be asked for again when it is looked at next."""
        if generation == self._generation:
            self._asked.discard(offset // PAGE_ROWS)

    def row_at(self, index: Index) -> Row | None:
        """The row of an index; None while it is being loaded."""
        page = self._pages.get(index.row() // PAGE_ROWS) if index.isValid() else None
        place = index.row() % PAGE_ROWS
        return page[0][place] if page is not None and place < len(page[0]) else None

    @property
    def generation(self) -> int:
        """The number of the list shown."""
        return self._generation

    @property
    def kept_pages(self) -> int:
        """How many pages are in memory."""
        return len(self._pages)

    def _keep(self, number: int, rows: Sequence[Row]) -> None:
        if rows:
            self._pages[number] = (rows, [self._cells.texts(row) for row in rows])
        if len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)

    def _text(self, row: int, column: int) -> str:
        number, place = divmod(row, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return _LOADING
        self._pages.move_to_end(number)
        return page[1][place][column] if place < len(page[1]) else ""

    def _want(self, number: int) -> None:
        if number not in self._asked and number not in self._wanted:
            self._wanted.append(number)
            self._gathering.start()

    def _ask(self) -> None:
        # Only what came into view last: the pages before it were scrolled past.
        for number in self._wanted[-3:]:
            self._asked.add(number)
            self.page_wanted.emit(self._generation, number * PAGE_ROWS)
        self._wanted.clear()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._cells.columns)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        if not index.isValid():
            return None
        if role == DISPLAY:
            return self._text(index.row(), index.column())
        if role == ALIGNMENT:
            return self._cells.alignment(index.column())
        row = self.row_at(index) if self._cells.answers(role) else None
        return None if row is None else self._cells.value(row, index.column(), role)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        return self._cells.header(section, orientation, role)

"""Table model over a list of frozen dataclasses; for lists of any size see `windowed_rows`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.override import override
from desktop.viewmodels.columns import (
    ALIGNMENT,
    CENTER,
    DISPLAY,
    LEFT,
    RIGHT,
    TONE_ROLE,
    BrushOf,
    Cells,
    Column,
    Row,
)

__all__ = ["CENTER", "LEFT", "RIGHT", "TONE_ROLE", "Column", "RowTableModel"]

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_UNSORTED = -1


class RowTableModel(QAbstractTableModel, Generic[Row]):
    """Rows that are all in memory, shown and sorted by columns.

    With `key`, rows whose keys stay the same are updated in place, so that the selection stays too.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        key: Callable[[Row], Hashable] | None = None,
        brush_of: BrushOf | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cells = Cells(columns, brush_of)
        self._key = key
        self._given: tuple[Row, ...] = ()
        self._rows: list[Row] = []
        self._texts: list[tuple[str, ...]] = []
        self._sorted_by = (_UNSORTED, Qt.SortOrder.AscendingOrder)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, in the order last asked for."""
        ordered = self._ordered(rows)
        if self._rows and self._same_keys(ordered):
            self._take(rows, ordered)
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(ordered) - 1, self.columnCount() - 1)
            )
            return
        self.beginResetModel()
        self._take(rows, ordered)
        self.endResetModel()

    def rows(self) -> tuple[Row, ...]:
        """Return the rows in the order shown."""
        return tuple(self._rows)

    def row_at(self, index: Index) -> Row | None:
        """Return the row of an index; None for an invalid one."""
        return self._rows[index.row()] if index.isValid() else None

    def index_of(self, key: Hashable) -> QModelIndex:
        """Return the index of the row with this key; an invalid one if it is not shown."""
        for number, row in enumerate(self._rows):
            if self._key is not None and self._key(row) == key:
                return self.index(number, 0)
        return QModelIndex()

    def _ordered(self, rows: Sequence[Row]) -> list[Row]:
        section, order = self._sorted_by
        if not 0 <= section < len(self._cells.columns):
            return list(rows)
        value = self._cells.columns[section].sort_value
        known = [row for row in rows if value(row) is not None]
        unknown = [row for row in rows if value(row) is None]
        known.sort(key=value, reverse=order == Qt.SortOrder.DescendingOrder)
        return known + unknown

    def _same_keys(self, rows: Sequence[Row]) -> bool:
        key = self._key
        return key is not None and [key(row) for row in rows] == [key(row) for row in self._rows]

    def _take(self, given: Sequence[Row], ordered: list[Row]) -> None:
        self._given = tuple(given)
        self._rows = ordered
        self._texts = [self._cells.texts(row) for row in ordered]

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._cells.columns)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        if not index.isValid():
            return None
        if role == DISPLAY:
            return self._texts[index.row()][index.column()]
        if role == ALIGNMENT:
            return self._cells.alignment(index.column())
        if not self._cells.answers(role):
            return None
        return self._cells.value(self._rows[index.row()], index.column(), role)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        return self._cells.header(section, orientation, role)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self._rows[index.row()] for index in before]
        self._sorted_by = (column, order)
        self._take(self._given, self._ordered(self._given))
        places = {id(row): number for number, row in enumerate(self._rows)}
        after = [
            self.index(places[id(row)], index.column())
            for row, index in zip(held, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

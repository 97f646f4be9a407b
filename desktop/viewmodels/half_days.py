"""Grids of half-days: Monday to Friday from left to right, mornings and afternoons beneath each other."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.working_time import WEEKDAYS
from desktop.override import override
from desktop.viewmodels.columns import ALIGNMENT, DISPLAY, LEFT, TONE_ROLE, BrushOf

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class HalfDayGrid(QAbstractTableModel):
    """Cells of text, tone and what a screen reader says; subclasses say what stands in a row's cells."""

    def __init__(self, brush_of: BrushOf | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._brush_of = brush_of

    def text_at(self, row: int, column: int) -> str:
        """What a cell shows."""
        raise NotImplementedError

    def tone_at(self, row: int, column: int) -> str | None:
        """In which tone."""
        raise NotImplementedError

    def said_at(self, row: int, column: int) -> str:
        """What a screen reader says of it."""
        raise NotImplementedError

    def head_of(self, row: int) -> str:
        """What stands at the left of a row."""
        raise NotImplementedError

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(WEEKDAYS)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        if not index.isValid():
            return None
        place = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text_at(*place)
            case Qt.ItemDataRole.TextAlignmentRole:
                return LEFT
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.said_at(*place)
            case Qt.ItemDataRole.ForegroundRole:
                tone = self.tone_at(*place)
                return self._brush_of(tone) if tone and self._brush_of is not None else None
        return self.tone_at(*place) if role == TONE_ROLE else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if role == ALIGNMENT:
            return LEFT
        if role != DISPLAY:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.head_of(section)
        return WEEKDAYS[section] if 0 <= section < len(WEEKDAYS) else None

    def all_changed(self) -> None:
        """Tell that every cell may show something else."""
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

"""What is ticked in a list of things, shared by every table that shows them or groups of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal

from desktop.override import override
from desktop.viewmodels.columns import DISPLAY, BrushOf, Column, Row
from desktop.viewmodels.rows import Index, RowTableModel

_CHECK = int(Qt.ItemDataRole.CheckStateRole)


class Ticks(QObject):
    """A set of ids. A group is ticked, unticked or partly ticked."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticked: set[UUID] = set()

    def set(self, ids: Collection[UUID], *, ticked: bool) -> None:
        """Tick or untick these."""
        if ticked:
            self._ticked.update(ids)
        else:
            self._ticked.difference_update(ids)
        self.changed.emit()

    def toggle(self, ids: Collection[UUID]) -> None:
        """Tick all of these, or untick them when all are ticked."""
        self.set(ids, ticked=self.state(ids) is not Qt.CheckState.Checked)

    def keep_only(self, ids: Collection[UUID]) -> None:
        """Forget the ticks of what is no longer there."""
        self._ticked.intersection_update(ids)
        self.changed.emit()

    def state(self, ids: Collection[UUID]) -> Qt.CheckState:
        """Whether all, none or some of these are ticked."""
        count = sum(i in self._ticked for i in ids)
        if not count:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if count == len(ids) else Qt.CheckState.PartiallyChecked

    def __contains__(self, one: UUID) -> bool:
        return one in self._ticked

    def __len__(self) -> int:
        return len(self._ticked)


class TickedRows(RowTableModel[Row]):
    """Rows with a check box in the first column; `ids_of` says what a row stands for."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        ticks: Ticks,
        ids_of: Callable[[Row], Sequence[UUID]],
        *,
        brush_of: BrushOf | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, key=ids_of, brush_of=brush_of, parent=parent)
        self._ticks = ticks
        self._ids_of = ids_of
        ticks.changed.connect(self._show_ticks)

    def toggle(self, rows: Sequence[int]) -> None:
        """Tick or untick these rows together."""
        self._ticks.toggle([i for row in rows for i in self._ids_of(self.rows()[row])])

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        if role == _CHECK and index.isValid():
            row = self.row_at(index)
            if index.column() == 0 and row is not None:
                return self._ticks.state(self._ids_of(row))
            return None
        return super().data(index, role)

    @override
    def setData(self, index: Index, value: object, role: int = DISPLAY) -> bool:
        row = self.row_at(index)
        if role != _CHECK or row is None:
            return False
        self._ticks.set(self._ids_of(row), ticked=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def _show_ticks(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [_CHECK])

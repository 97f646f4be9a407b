"""The combo box under `ChoiceField`: typing filters by folded keys, the wheel changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from desktop.domain.kana import fold
from desktop.override import override
from desktop.views.fields.line_edit import LineEdit

_SEARCH_KEY = int(Qt.ItemDataRole.UserRole) + 1


class _FoldingCompleter(QCompleter):
    """Compares folded text with the folded keys of the items, and shows the labels."""

    @override
    def splitPath(self, path: str) -> list[str]:
        return [fold(path)]

    @override
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class ChoiceBox(QComboBox):
    """An editable combo box that takes only what is in its list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = LineEdit()
        self.setEditable(True)
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        completer = _FoldingCompleter(self.model(), self)
        completer.setCompletionRole(_SEARCH_KEY)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)

    def line(self) -> LineEdit:
        """Return the line that is typed into."""
        return self._line

    def set_search_keys(self, keys: Sequence[str]) -> None:
        """Set the folded keys by which the items are found, in the order of the items."""
        for row, key in enumerate(keys):
            self.setItemData(row, key, _SEARCH_KEY)

    def set_read_only(self, *, read_only: bool) -> None:
        """Keep the choice readable, but not to be changed."""
        self._line.setReadOnly(read_only)
        self.setEnabled(not read_only)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling a form must not change what was chosen in it.
        event.ignore()

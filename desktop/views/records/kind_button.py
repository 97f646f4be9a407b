"""Changes the kind of a new entry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.domain.records import EntryKind
from desktop.views.widgets import named


class KindButton(QPushButton):
    """A menu of the kinds; `chosen` carries the code."""

    chosen = Signal(str)

    def __init__(self, kinds: Sequence[EntryKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "change_kind")
        self.setText("種別を変える(&K)")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        menu = QMenu(self)
        for kind in kinds:
            action = menu.addAction(kind.label)
            action.triggered.connect(lambda _=False, code=kind.code: self.chosen.emit(code))
        self.setMenu(menu)

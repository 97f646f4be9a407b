"""Where there is little room: the part of the policy that is written, the way to the next, and what is folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop.override import override
from desktop.views.widgets import muted_label, named

_FOLDED = "一覧・点検{count}件（F4）"
#: Which part it is can always be read.
_LEAST = "00／00…"
_KEYS = "Ctrl+PgUp・PgDn"
_NAMES = {
    -1: ("◀", "前の部分へ（Ctrl+PageUp）", "part_before"),
    1: ("▶", "次の部分へ（Ctrl+PageDown）", "part_after"),
}


class PartBar(QWidget):
    """`step_wanted` carries -1 or 1; `unfolded` says whether list and self-check are to be shown."""

    step_wanted = Signal(int)
    unfolded = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("part_bar")
        self._part = ""
        self.where = named(QLabel(), "part_shown")
        self.where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.fold = named(QToolButton(), "part_fold")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self.unfolded)
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 4, 0)
        self._add_step(layout, -1)
        layout.addWidget(self.where, 1)
        layout.addWidget(muted_label(_KEYS))
        self._add_step(layout, 1)
        layout.addWidget(self.fold)
        self.show_count(0)

    def show_part(self, place: int, parts: int, text: str) -> None:
        """Say which part is written: 2／4　1 服薬が続いていない."""
        self._part = f"{place + 1}／{parts}　{text}"
        self.where.setToolTip(text)
        self._write()

    def show_count(self, count: int) -> None:
        """Say how much the self-check asks about."""
        self.fold.setText(_FOLDED.format(count=count))

    def _write(self) -> None:
        """The part shown, as much of it as there is room for."""
        self.where.setMinimumWidth(self.where.fontMetrics().horizontalAdvance(_LEAST))
        right, room = Qt.TextElideMode.ElideRight, self.where.width()
        self.where.setText(self.where.fontMetrics().elidedText(self._part, right, room))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.activate()
        self._write()

    def _add_step(self, layout: QHBoxLayout, by: int) -> None:
        text, what, name = _NAMES[by]
        button = named(QToolButton(), name)
        button.setText(text)
        button.setToolTip(what)
        button.setAccessibleName(what)
        button.clicked.connect(lambda: self.step_wanted.emit(by))
        layout.addWidget(button)

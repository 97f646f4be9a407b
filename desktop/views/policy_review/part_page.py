"""One part of the policy in its form: an issue or the household, as the editor shows it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.views.widgets import named


class PartPage(QWidget):
    """`done` asks to take what was typed and go on, `back` to take it and go back. Nothing typed is dropped."""

    done = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("review_part")
        self.title = named(QLabel(), "section_title")
        self.title.setWordWrap(True)
        self.done_button = named(QPushButton("決めて次へ (Ctrl+Enter)"), "part_done")
        self.back_button = named(QPushButton("戻る (Esc)"), "part_back")
        self.holder = named(QScrollArea(), "part_scroll")
        self._lay_out()
        self._connect()

    def show_form(self, title: str, form: QWidget) -> None:
        """Show a form; the one before it goes."""
        self.title.setText(title)
        self.holder.setWidget(form)
        form.show()

    def _lay_out(self) -> None:
        self.holder.setWidgetResizable(True)
        self.holder.setFrameShape(QFrame.Shape.NoFrame)
        self.done_button.setProperty("primary", True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        foot.addWidget(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self.title)
        layout.addWidget(self.holder, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.done_button.clicked.connect(self.done)
        self.back_button.clicked.connect(self.back)
        for keys, signal in (
            ("Ctrl+Return", self.done),
            ("Ctrl+Enter", self.done),
            ("Esc", self.back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(signal)

"""The strip beneath the grid in which an act asks for what it needs: a paper, a reason, a cycle."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.widgets import named


class SmallForm(QFrame):
    """A heading, some fields in a row, and a button. `left` on Esc; subclasses emit what was entered."""

    left = Signal()

    def __init__(self, name: str, act: str, fields: Mapping[str, QWidget]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.heading = QLabel()
        self.heading.setWordWrap(True)
        self.act_button = named(QPushButton(f"{act}（Enter）"), f"{name}_act")
        self.back_button = named(QPushButton("やめる（Esc）"), f"{name}_back")
        self._build(fields)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [key for key in error.fields if isinstance(getattr(self, key, None), Field)]
        for key in placed:
            getattr(self, key).show_error(error.fields[key])
        return "" if placed else error.sentence

    def begin(self, heading: str) -> None:
        """Stand ready."""
        self.heading.setText(heading)
        self.act_button.setEnabled(True)

    def act(self) -> None:
        """Hand in what is entered."""

    def _hand_in(self, send: Callable[[], object]) -> None:
        if self.act_button.isEnabled():
            self.act_button.setEnabled(False)
            try:
                send()
            except ValidationError:
                self.act_button.setEnabled(True)

    def _enter(self) -> None:
        if self.back_button.hasFocus():
            self.left.emit()
        else:
            self.act()

    def _build(self, fields: Mapping[str, QWidget]) -> None:
        self.act_button.setProperty("primary", True)
        self.act_button.clicked.connect(lambda *_: self.act())
        self.back_button.clicked.connect(self.left)
        row = QHBoxLayout()
        for label, field in fields.items():
            row.addWidget(form_row(label, field) if label else field, 1, Qt.AlignmentFlag.AlignTop)
        end = QHBoxLayout()
        end.addWidget(self.heading, 1)
        end.addWidget(self.back_button)
        end.addWidget(self.act_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.addLayout(end)
        layout.addLayout(row)
        for key, act in (
            ("Escape", self.left.emit),
            ("Return", self._enter),
            ("Enter", self._enter),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

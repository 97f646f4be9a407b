"""The words that go with a move, typed beneath the card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.approvals import Decision
from desktop.domain.errors import ValidationError
from desktop.domain.roles import APPROVING_POSITIONS, ROLE_LABELS, Role
from desktop.viewmodels.approvals_moves import MoveQuestion
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.widgets import named

_POSITION_CHARACTERS = 6


class MovePanel(QFrame):
    """`given` carries the Decision with its words; Esc leaves everything as it was."""

    given = Signal(object)
    left = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._decision: Decision | None = None
        self._question: MoveQuestion | None = None
        choices = [Choice(code=role, label=ROLE_LABELS[role]) for role in APPROVING_POSITIONS]
        self.heading = named(QLabel(), "section_title")
        self.text = named(LongTextField("言葉", lines=2, most_lines=6), "move_text")
        self.position = named(ChoiceField("職位", choices), "move_position")
        self.reply_due = named(DateField("回答の期限", today=today), "move_reply_due")
        self.confirm = named(QPushButton(), "move_confirm")
        self.cancel = named(QPushButton("やめる（Esc）"), "move_cancel")
        self._build()

    def ask(self, question: MoveQuestion, decision: Decision, text: str = "") -> None:
        """Ask for what the move needs; `text` is offered, to be written over."""
        self._question, self._decision = question, decision
        self.heading.setText(f"{question.label}：{question.text_label}")
        self.text.required = question.needs_text
        self.text.name = question.text_label
        self.position.required = question.needs_position
        self._position_row.setVisible(question.asks_position)
        self._due_row.setVisible(question.asks_reply_due)
        self.text.show_value(text or None)
        self.position.show_value(None)
        self.reply_due.show_value(None)
        self.confirm.setText(f"{question.label}（Ctrl+Enter）")
        self.confirm.setEnabled(True)
        self.show()
        first = self.position if question.needs_position else self.text
        first.setFocus()

    def refuse(self, error: ValidationError) -> bool:
        """Show what was wrong beside the field; False when it belongs to none."""
        self.confirm.setEnabled(True)
        fields: dict[str, LongTextField | ChoiceField | DateField] = {
            "text": self.text,
            "position": self.position,
            "reply_due": self.reply_due,
        }
        known = [key for key in error.fields if key in fields]
        for key in known:
            fields[key].show_error(error.fields[key])
            fields[key].setFocus()
        return bool(known)

    def unlock(self) -> None:
        """Let it be tried again."""
        self.confirm.setEnabled(True)

    def leave(self) -> None:
        """Close without a move."""
        self._decision = None
        self.hide()
        self.left.emit()

    def _give(self) -> None:
        if self._decision is None or self._question is None or not self.confirm.isEnabled():
            return
        reader = FormReader()
        text = reader.read("text", self.text)
        asks = self._question
        position = reader.read("position", self.position) if asks.asks_position else None
        due = reader.read("reply_due", self.reply_due) if asks.asks_reply_due else None
        try:
            reader.finish()
        except ValidationError:
            return
        self.confirm.setEnabled(False)
        self.given.emit(
            replace(
                self._decision,
                text=text or "",
                position=Role(position) if position else None,
                reply_due=due,
            )
        )

    def _build(self) -> None:
        self.reply_due.editor().setPlaceholderText("+7 など")
        self.position.editor().setMinimumContentsLength(_POSITION_CHARACTERS)
        self._position_row = form_row("職位(&P)", self.position)
        self._due_row = form_row("回答の期限(&T)", self.reply_due)
        self.confirm.setProperty("primary", True)
        foot = QHBoxLayout()
        foot.addWidget(self._due_row)
        foot.addWidget(self._position_row)
        foot.addStretch(1)
        for button in (self.confirm, self.cancel):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.addWidget(self.heading)
        layout.addWidget(self.text)
        layout.addLayout(foot)
        self.confirm.clicked.connect(self._give)
        self.cancel.clicked.connect(self.leave)
        for key, act in (
            ("Ctrl+Return", self._give),
            ("Ctrl+Enter", self._give),
            ("Esc", self.leave),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        self.hide()

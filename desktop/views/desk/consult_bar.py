"""相談する: one line to the supervisor about the household at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.errors import UserError
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.fields.line_edit import LineEdit
from desktop.views.requests import HouseholdAtHand
from desktop.views.widgets import named

_LONGEST = 500


class Consultations(Protocol):
    """Whoever sends a household to its supervisor."""

    def consult(self, household_id: UUID, text: str = "") -> UUID:
        """Make a to-do for the household's supervisor."""


class ConsultBar(QFrame):
    """Hidden until asked for. Enter sends, Esc closes; what was typed stays when it could not be sent.

    `sent` carries the sentence for the status bar.
    """

    sent = Signal(str)

    def __init__(
        self,
        todos: Consultations,
        runner: JobRunner,
        changes: ChangeBus,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("consult_bar")
        self._todos = todos
        self._runner = runner
        self._changes = changes
        self._household: HouseholdAtHand | None = None
        self._before: QWidget | None = None
        self.about = named(QLabel(), "consult_about")
        self.line = named(LineEdit(), "consult_line")
        self.line.setPlaceholderText("相談したいことを1行で（空のままでも送れます）")
        self.line.setAccessibleName("相談したいこと")
        self.line.setMaxLength(_LONGEST)
        self.send_button = named(QPushButton("送信（Enter）"), "consult_send")
        self.close_button = named(QPushButton("やめる（Esc）"), "consult_close")
        self.problem = named(QLabel(), "consult_problem")
        self.problem.setProperty("tone", "error")
        self.problem.setWordWrap(True)
        self._build()

    def ask(self, household: HouseholdAtHand | None) -> None:
        """Come up for a household; without one say what to do first."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        if household != self._household:
            self.line.clear()
        self._household = household
        self.about.setText(
            f"査察指導員に相談：{household.label}" if household else "査察指導員に相談"
        )
        self._say(
            "" if household else "先に世帯のファイルを開くか、一覧で世帯の行を選んでください。"
        )
        self.line.setEnabled(household is not None)
        self.send_button.setEnabled(household is not None)
        self.show()
        target = self.line if household else self.close_button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go away and give the keyboard back to where it was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        household = self._household
        if household is None or not self.send_button.isEnabled():
            return
        self.line.commit()
        text = self.line.text().strip()
        self.send_button.setEnabled(False)
        self._runner.run(
            self, _consultation(self._todos, household.household_id, text), self._done, self._failed
        )

    def _done(self, _todo_id: UUID) -> None:
        about = self._household.label if self._household else ""
        self.line.clear()
        self._household = None
        self.leave()
        self._changes.todo_changed.emit(self)
        self.sent.emit(f"査察指導員に相談を送りました：{about}")

    def _failed(self, error: UserError) -> None:
        self.send_button.setEnabled(True)
        self._say(error.sentence)
        self.line.setFocus()

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.addWidget(self.about)
        layout.addWidget(self.line, 2)
        layout.addWidget(self.problem, 1)
        layout.addWidget(self.send_button)
        layout.addWidget(self.close_button)
        self.line.returnPressed.connect(self._send)
        self.send_button.clicked.connect(self._send)
        self.close_button.clicked.connect(self.leave)
        self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _consultation(todos: Consultations, household_id: UUID, text: str) -> Callable[[], UUID]:
    return lambda: todos.consult(household_id, text)

"""Asks for words beneath the list, without covering what they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ValidationError
from desktop.jobs.runner import JobRunner
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.households.reason_panel import ReasonPanel
from desktop.views.records.household_picker import HouseholdPicker
from desktop.views.records.ports import Files
from desktop.views.widgets import muted_label, named

Answered = Callable[[str, UUID | None], object]


class PromptPanel(QFrame):
    """A question, a field, and the act on a button (Ctrl+Enter); Esc gives up."""

    def __init__(self, files: Files, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._on_answer: Answered | None = None
        self._on_leave: Callable[[], object] | None = None
        self._on_reason: Callable[[str], object] | None = None
        self.heading = named(QLabel(), "section_title")
        self.explanation = muted_label()
        self.explanation.setWordWrap(True)
        self.text = named(LongTextField("理由", lines=2, most_lines=6), "prompt_text")
        self.household = named(HouseholdPicker(files, runner), "right_household")
        self.why_read = named(ReasonPanel(), "why_read")
        self.act = named(QPushButton(), "prompt_act")
        self.cancel = named(QPushButton("やめる（Esc）"), "prompt_cancel")
        self._build()

    def ask(
        self,
        heading: str,
        explanation: str,
        act: str,
        on_answer: Answered,
        *,
        is_required: bool = True,
        asks_household: bool = False,
    ) -> None:
        """Ask; the answer's words and the chosen household come to `on_answer`."""
        self._on_answer = on_answer
        self.heading.setText(heading)
        self.explanation.setText(explanation)
        self.act.setText(f"{act}（Ctrl+Enter）")
        self.text.required = is_required
        self.text.name = heading
        self.text.show_value(None)
        self.household.clear()
        self.household.setVisible(asks_household)
        self._back_to_question()
        self.show()
        self.text.setFocus()

    def ask_why_read(
        self, sentence: str, reasons: Sequence[str], on_reason: Callable[[str], object]
    ) -> None:
        """Ask in place of the question for the reason to open a file outside the duty; one key answers."""
        self._on_reason = on_reason
        self._question.hide()
        self.why_read.show()
        self.why_read.ask(f"{sentence}Esc で前の質問に戻ります。", reasons)

    def leave(self) -> None:
        """Close without an answer; from the reason for reading back to the question first."""
        if not self.why_read.isHidden():
            self._back_to_question()
            return
        self._close()

    def finish(self) -> None:
        """Close after the act was done."""
        self._close()

    def _close(self) -> None:
        self.hide()
        if self._on_leave is not None:
            self._on_leave()

    def when_left(self, act: Callable[[], object]) -> None:
        """What to do when the panel closes: put the keyboard back."""
        self._on_leave = act

    def refused(self, sentence: str) -> None:
        """The act was refused: say why, and let the words stand."""
        self._back_to_question()
        self.text.show_error(sentence)
        self.text.setFocus()

    def _back_to_question(self) -> None:
        self.why_read.hide()
        self._question.show()
        self.act.setEnabled(True)
        self.text.setFocus()

    def _give_reason(self, reason: str) -> None:
        on_reason, self._on_reason = self._on_reason, None
        if on_reason is not None:
            on_reason(reason)

    def _answer(self) -> None:
        if not self.act.isEnabled() or self._on_answer is None:
            return
        try:
            words = self.text.entered() or ""
        except ValidationError:
            self.text.setFocus()
            return
        self.act.setEnabled(False)
        self._on_answer(words, self.household.chosen())

    def _build(self) -> None:
        self.act.setProperty("primary", True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.act)
        buttons.addWidget(self.cancel)
        self._question = QWidget()
        question = QVBoxLayout(self._question)
        question.setContentsMargins(0, 0, 0, 0)
        for part in (self.heading, self.explanation, self.text, self.household):
            question.addWidget(part)
        question.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(self._question)
        layout.addWidget(self.why_read)
        self.why_read.hide()
        self.why_read.reason_given.connect(self._give_reason)
        self.act.clicked.connect(self._answer)
        self.cancel.clicked.connect(self.leave)
        for key, act in (
            ("Ctrl+Return", self._answer),
            ("Ctrl+Enter", self._answer),
            ("Esc", self.leave),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        self.hide()

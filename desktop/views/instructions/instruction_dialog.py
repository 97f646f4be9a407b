"""指示を書く: what the supervisor asks for about the household at hand, and until when it is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.era import format_date
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.instructions import InstructionGiven, InstructionInput
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.views.busy_line import BusyLine
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.instructions.ports import Instructs
from desktop.views.message_bar import MessageBar
from desktop.views.requests import HouseholdAtHand
from desktop.views.widgets import muted_label, named

_LEAD = (
    "担当者の机に、回答が届くまで期限つきで残ります。この世帯の記録に「査察指導員の指示・助言」としても提出され、"
    "回答はその記録に並びます。"
)
#: Width of the dialog, in characters of the size in use.
_CHARACTERS = 42


class InstructionDialog(QDialog):
    """Ctrl+Enter sends, Esc closes; what was typed stays where it could not be sent. `sent` carries a sentence."""

    sent = Signal(str)

    def __init__(
        self,
        instructions: Instructs,
        runner: JobRunner,
        changes: ChangeBus,
        today: Callable[[], date],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("instruction_dialog")
        self.setWindowTitle("指示を書く")
        self._instructions, self._runner, self._changes = instructions, runner, changes
        self._at_hand: HouseholdAtHand | None = None
        self._entry_id = new_id()
        self.messages, self.busy = MessageBar(), BusyLine()
        self.about = named(QLabel(), "instruction_about")
        self.words = named(TextField("指示", required=True), "instruction_words")
        self.due_on = named(DateField("回答の期限", today=today), "instruction_due")
        self.send_button = named(QPushButton("担当者に届ける（Ctrl+Enter）"), "instruction_send")
        self.close_button = named(QPushButton("やめる（Esc）"), "instruction_close")
        self._lay_out()
        self.send_button.clicked.connect(self._send)
        self.close_button.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._send)

    def ask(self, household: HouseholdAtHand) -> None:
        """Come up about a household; what was typed about another one is gone."""
        if self._at_hand is not None and self._at_hand.household_id != household.household_id:
            self._clear()
        self._at_hand = household
        self.messages.clear()
        self.about.setText(f"世帯　{household.label}")
        self.open()
        self._fit()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        if not self.send_button.isEnabled() or self._at_hand is None:
            return
        reader = FormReader()
        words, due_on = reader.read("text", self.words), reader.read("due_on", self.due_on)
        try:
            reader.finish()
        except ValidationError:
            self._fit()
            return
        household_id = self._at_hand.household_id
        given = InstructionInput(
            entry_id=self._entry_id, household_id=household_id, text=words or "", due_on=due_on
        )
        self.send_button.setEnabled(False)
        self.busy.begin()
        self._runner.run(
            self,
            partial(self._instructions.give, given),
            self._done,
            self._refused,
            on_end=self._ended,
        )

    def _done(self, given: InstructionGiven) -> None:
        household = self._at_hand
        self._clear()
        self.accept()
        self._changes.todo_changed.emit(self)
        if household is not None:
            self._changes.entry_changed.emit(household.household_id, self)
        self.sent.emit(
            f"指示を{given.to}さんの机に届けました（回答期限 {format_date(given.due_on)}）。"
        )

    def _clear(self) -> None:
        self._entry_id = new_id()
        self.words.show_value(None)
        self.due_on.show_value(None)

    def _refused(self, error: UserError) -> None:
        wrong = error.fields if isinstance(error, ValidationError) else {}
        if "text" in wrong:
            self.words.show_error(wrong["text"])
        if "due_on" in wrong:
            self.due_on.show_error(wrong["due_on"])
        if not {"text", "due_on"} & set(wrong):
            self.messages.show_error(error)
        self._fit()

    def _ended(self) -> None:
        self.busy.end()
        self.send_button.setEnabled(True)

    def _fit(self) -> None:
        """As wide as the size in use asks, and as high as what is shown then is."""
        width = self.fontMetrics().horizontalAdvance("国") * _CHARACTERS
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedSize(width, max(layout.totalHeightForWidth(width), 1))

    def _lay_out(self) -> None:
        lead = muted_label(_LEAD)
        lead.setWordWrap(True)
        self.about.setWordWrap(True)
        self.words.editor().setPlaceholderText("何をして、何を報告してほしいか")
        self.due_on.setToolTip("空なら、事務所の日数（設定値）で決まります。")
        form = QWidget()
        rows = FormLayout(form)
        rows.add_field("指示(&W)", self.words)
        rows.add_field("回答の期限（空なら事務所の日数）(&B)", self.due_on)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.send_button)
        self.send_button.setProperty("primary", True)
        for button in (self.send_button, self.close_button):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        for part in (self.messages, lead, self.about, form, self.busy):
            layout.addWidget(part)
        layout.addLayout(buttons)

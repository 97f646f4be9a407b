"""指示を書く: what the supervisor asks for about the household at hand, and until when it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.era import format_date
from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.instructions import InstructionGiven, InstructionInput
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.instructions.ports import Instructs
from desktop.views.requests import HouseholdAtHand
from desktop.views.send_dialog import SendDialog
from desktop.views.widgets import muted_label, named

_LEAD = (
    "担当者の机に、回答が届くまで期限つきで残ります。この世帯の記録に「査察指導員の指示・助言」としても提出され、"
    "回答はその記録に並びます。"
)
#: Width of the dialog, in characters of the size in use.
_CHARACTERS = 42


class InstructionDialog(SendDialog):
    """What is asked for about one household, and until when; what was not sent last time is still there."""

    def __init__(
        self,
        instructions: Instructs,
        runner: JobRunner,
        changes: ChangeBus,
        today: Callable[[], date],
        parent: QWidget,
    ) -> None:
        super().__init__("instruction", "指示を書く", runner, parent, characters=_CHARACTERS)
        self._instructions, self._changes = instructions, changes
        self._at_hand: HouseholdAtHand | None = None
        self._entry_id = new_id()
        self.about = named(QLabel(), "instruction_about")
        self.words = named(TextField("指示", required=True), "instruction_words")
        self.due_on = named(DateField("回答の期限", today=today), "instruction_due")
        self._lay_out()

    def ask(self, household: HouseholdAtHand) -> None:
        """Come up about a household; what was typed about another one is gone."""
        if self._at_hand is not None and self._at_hand.household_id != household.household_id:
            self._clear()
        self._at_hand = household
        self.begin()
        self.about.setText(f"世帯　{household.label}")
        self.open()
        self.fit()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def send(self) -> None:
        """Read the fields, and send where nothing is missing."""
        if self._at_hand is None:
            return
        reader = FormReader()
        words, due_on = reader.read("text", self.words), reader.read("due_on", self.due_on)
        try:
            reader.finish()
        except ValidationError:
            self.fit()
            return
        household_id = self._at_hand.household_id
        given = InstructionInput(
            entry_id=self._entry_id, household_id=household_id, text=words or "", due_on=due_on
        )
        self.run(partial(self._instructions.give, given), self._done)

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

    @override
    def places(self) -> Mapping[str, Field[Any]]:
        """Where a refusal stands."""
        return {"text": self.words, "due_on": self.due_on}

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
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        for part in (self.messages, lead, self.about, form, self.busy):
            layout.addWidget(part)
        layout.addLayout(self.buttons())

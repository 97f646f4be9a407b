"""One line in which a result is noted: how it went, on which day, in a few words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.policy_duties import MOST_WORDS, OUTCOME, Outcome, ResultInput
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.flow_layout import FlowLayout
from desktop.views.widgets import named

_FIELDS = ("outcome", "happened_on", "text")
_CHARACTERS = 6


class ResultForm(QFrame):
    """`noted` carries a ResultInput. One id serves until it was stored, so that a retry stores once."""

    noted = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("result_form")
        self._today = today
        self._duty_id: UUID | None = None
        self._result_id = new_id()
        choices = [Choice(code=each.value, label=label) for each, label in OUTCOME.items()]
        self.outcome = named(ChoiceField("結果", choices, required=True), "result_outcome")
        self.happened_on = named(DateField("結果の日", today=today, required=True), "result_day")
        self.text = named(
            TextField("どうなったか", required=True, longest=MOST_WORDS), "result_text"
        )
        self.save_button = named(QPushButton("結果を記録（Ctrl+Enter）"), "note_result")
        self._lay_out()
        self.save_button.clicked.connect(self.hand_in)
        self.text.editor().returnPressed.connect(self.hand_in, Qt.ConnectionType.QueuedConnection)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.hand_in)

    def begin(self, duty_id: UUID | None) -> None:
        """Stand ready for a result of this duty; what was typed for another one is gone."""
        self._duty_id, self._result_id = duty_id, new_id()
        self.outcome.show_value(Outcome.DONE.value)
        self.happened_on.show_value(self._today())
        self.text.show_value(None)
        self.save_button.setEnabled(duty_id is not None)

    def has_unsaved(self) -> bool:
        """Whether words were typed and not stored."""
        return bool(self.text.editor().text().strip())

    def focus_first(self) -> None:
        """Most results are 済み today: begin with the words."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def hand_in(self) -> None:
        """Hand in what is typed."""
        if not self.save_button.isEnabled() or self._duty_id is None:
            return
        reader = FormReader()
        outcome = reader.read("outcome", self.outcome)
        happened_on = reader.read("happened_on", self.happened_on)
        text = reader.read("text", self.text)
        try:
            reader.finish()
        except ValidationError:
            return
        if outcome is None or happened_on is None or text is None:
            return
        self.save_button.setEnabled(False)
        self.noted.emit(
            ResultInput(
                result_id=self._result_id,
                duty_id=self._duty_id,
                outcome=Outcome(outcome),
                happened_on=happened_on,
                text=text,
            )
        )

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.save_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [name for name in error.fields if name in _FIELDS]
        for name in placed:
            getattr(self, name).show_error(error.fields[name])
        return "" if placed else error.sentence

    def _lay_out(self) -> None:
        self.save_button.setProperty("primary", True)
        self.outcome.editor().setMinimumContentsLength(_CHARACTERS)
        first = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        first.setSizePolicy(policy)
        row = FlowLayout(first)
        row.addWidget(form_row("結果(&K)", self.outcome))
        row.addWidget(form_row("結果の日(&D)", self.happened_on))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(first)
        layout.addWidget(form_row("どうなったか(&T)", self.text))
        layout.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignRight)

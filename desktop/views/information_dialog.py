"""外部からの情報: what somebody outside told of a household, in one line, from wherever one is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ValidationError
from desktop.domain.todos import InformationInput
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.records.household_picker import HouseholdPicker
from desktop.views.records.ports import Finds
from desktop.views.requests import HouseholdAtHand
from desktop.views.send_dialog import SendDialog
from desktop.views.widgets import muted_label, named

_LEAD = (
    "近隣・家主・民生委員・水道やガスの事業者などから聞いたことを書きます。担当者の机に翌営業日を期限として届き、"
    "査察指導員の「見落とし」にもすぐに出ます。"
)
_DONE = "外部からの情報を担当者に届けました。"
_NO_HOUSEHOLD = "どの世帯についての情報かを選んでください。"
#: Width of the dialog, in characters of the size in use.
_CHARACTERS = 40


class Informing(Protocol):
    """Takes what was told of a household (`services/todos`)."""

    def take_information(self, given: InformationInput) -> UUID:
        """A to-do of the household's caseworker."""


class InformationDialog(SendDialog):
    """What somebody outside told, about the household at hand or another one; what was not sent last time is still there."""

    def __init__(
        self,
        todos: Informing,
        households: Finds,
        runner: JobRunner,
        changes: ChangeBus,
        parent: QWidget,
    ) -> None:
        super().__init__("information", "外部からの情報", runner, parent, characters=_CHARACTERS)
        self._todos, self._changes = todos, changes
        self._at_hand: HouseholdAtHand | None = None
        self.about = named(QLabel(), "information_about")
        self.picker = HouseholdPicker(
            households, runner, name="どの世帯についてか", takes_only=True
        )
        self.other_button = named(QPushButton("別の世帯にする(&O)"), "information_other")
        self.who = named(TextField("知らせてくれた人", required=True), "information_who")
        self.what = named(TextField("内容", required=True), "information_what")
        self._lay_out()
        self._connect()

    def ask(self, household: HouseholdAtHand | None) -> None:
        """Come up, about the household at hand if there is one; what was not sent last time is still there."""
        self._at_hand = household
        self.begin()
        self._show_household()
        self.open()
        self.fit()
        target = self.who if household is not None else self.picker.box
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_household(self) -> None:
        household = self._at_hand
        self.about.setText(f"世帯　{household.label}" if household else "")
        for widget in (self.about, self.other_button):
            widget.setVisible(household is not None)
        self.picker.setVisible(household is None)

    def _choose_another(self) -> None:
        self._at_hand = None
        self._show_household()
        self.fit()
        self.picker.box.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def send(self) -> None:
        """Read the fields, and send where nothing is missing."""
        reader = FormReader()
        who, what = reader.read("who", self.who), reader.read("what", self.what)
        household_id = self._at_hand.household_id if self._at_hand else self.picker.chosen()
        try:
            reader.finish()
        except ValidationError:
            self.fit()
            return
        if household_id is None:
            self.messages.show_warning(_NO_HOUSEHOLD)
            self.picker.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.fit()
            return
        given = InformationInput(household_id=household_id, who=who or "", what=what or "")
        self.run(partial(self._todos.take_information, given), lambda _: self._done())

    def _done(self) -> None:
        for field in (self.who, self.what):
            field.show_value(None)
        self.picker.clear()
        self.accept()
        self._changes.todo_changed.emit(self)
        self.sent.emit(_DONE)

    @override
    def places(self) -> Mapping[str, Field[Any]]:
        """Where a refusal stands."""
        return {"who": self.who, "what": self.what}

    def _lay_out(self) -> None:
        lead = muted_label(_LEAD)
        lead.setWordWrap(True)
        self.about.setWordWrap(True)
        self.who.editor().setPlaceholderText("家主、民生委員、水道局 など")
        self.what.editor().setPlaceholderText("聞いたことを1行で")
        of_household = QHBoxLayout()
        of_household.addWidget(self.about, 1)
        of_household.addWidget(self.other_button)
        form = QWidget()
        rows = FormLayout(form)
        rows.add_field("知らせてくれた人(&W)", self.who)
        rows.add_field("内容(&N)", self.what)
        self.other_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.messages)
        layout.addWidget(lead)
        layout.addLayout(of_household)
        layout.addWidget(self.picker)
        layout.addWidget(form)
        layout.addWidget(self.busy)
        layout.addLayout(self.buttons())

    def _connect(self) -> None:
        self.other_button.clicked.connect(self._choose_another)

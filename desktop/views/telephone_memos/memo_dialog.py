"""電話メモ: a call for a colleague's household, in three fields, from wherever one is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.telephone_memos import CALL_BACK, CallBack, MemoInput, MemoTaken
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.telephone_memos import taken_text
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.records.household_picker import HouseholdPicker
from desktop.views.records.ports import Finds
from desktop.views.requests import HouseholdAtHand
from desktop.views.send_dialog import SendDialog
from desktop.views.telephone_memos.ports import TakesMemos
from desktop.views.widgets import muted_label, named

_LEAD = (
    "ほかの職員の世帯への電話を書きます。担当者の机に折り返すまで残り、記録を書く職務の人が受けた電話は、その世帯の記録にも"
    "「電話（受）」として提出されます。ファイルを開いた理由は「電話メモ」として残ります。"
)
_NO_HOUSEHOLD = (
    "どの世帯への電話かを選んでください。分からないときは「世帯が分からない」を選びます。"
)
#: Width of the dialog, in characters of the size in use.
_CHARACTERS = 42


class MemoDialog(SendDialog):
    """A call about the household at hand, about another one, or about nobody known; what was not sent is still there."""

    def __init__(
        self,
        memos: TakesMemos,
        households: Finds,
        runner: JobRunner,
        changes: ChangeBus,
        parent: QWidget,
    ) -> None:
        super().__init__("memo", "電話メモ", runner, parent, characters=_CHARACTERS)
        self._memos, self._changes = memos, changes
        self._at_hand: HouseholdAtHand | None = None
        self._memo_id = new_id()
        self.about = named(QLabel(), "memo_about")
        self.picker = HouseholdPicker(
            households, runner, name="どの世帯への電話か", takes_only=True
        )
        self.other_button = named(QPushButton("別の世帯にする(&O)"), "memo_other")
        self.unknown = named(
            QCheckBox("世帯が分からない（未特定の電話として置く）(&U)"), "memo_unknown"
        )
        self.who = named(TextField("電話の相手", required=True), "memo_who")
        self.what = named(TextField("用件", required=True), "memo_what")
        choices = [Choice(code=c.value, label=CALL_BACK[c]) for c in CallBack]
        self.call_back = named(ChoiceField("折り返し", choices, required=True), "memo_call_back")
        self.call_back.show_value(CallBack.NEXT_DAY.value)
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
        asks = household is None
        self.unknown.setVisible(asks)
        self.picker.setVisible(asks and not self.unknown.isChecked())

    def _choose_another(self) -> None:
        self._at_hand = None
        self._show_household()
        self.fit()
        self.picker.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _know_nothing(self) -> None:
        self._show_household()
        self.fit()
        if self.unknown.isChecked():
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _household_id(self) -> UUID | None:
        if self._at_hand is not None:
            return self._at_hand.household_id
        return None if self.unknown.isChecked() else self.picker.chosen()

    @override
    def send(self) -> None:
        """Read the fields, and send where nothing is missing."""
        reader = FormReader()
        who, what = reader.read("who", self.who), reader.read("what", self.what)
        call_back = reader.read("call_back", self.call_back)
        household_id = self._household_id()
        try:
            reader.finish()
        except ValidationError:
            self.fit()
            return
        if household_id is None and not (self._at_hand is None and self.unknown.isChecked()):
            self.messages.show_warning(_NO_HOUSEHOLD)
            self.picker.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.fit()
            return
        given = MemoInput(
            memo_id=self._memo_id,
            household_id=household_id,
            who=who or "",
            what=what or "",
            call_back=CallBack(call_back or CallBack.NEXT_DAY),
        )
        self.run(partial(self._memos.take, given), self._done)

    def _done(self, taken: MemoTaken) -> None:
        self._memo_id = new_id()
        for field in (self.who, self.what):
            field.show_value(None)
        self.call_back.show_value(CallBack.NEXT_DAY.value)
        self.unknown.setChecked(False)
        self.picker.clear()
        self.accept()
        self._changes.todo_changed.emit(self)
        self.sent.emit(taken_text(taken))

    @override
    def places(self) -> Mapping[str, Field[Any]]:
        """Where a refusal stands."""
        return {"who": self.who, "what": self.what}

    def _lay_out(self) -> None:
        lead = muted_label(_LEAD)
        lead.setWordWrap(True)
        self.about.setWordWrap(True)
        self.who.editor().setPlaceholderText("本人、長女、○○病院 など。電話番号も")
        self.what.editor().setPlaceholderText("聞いたことを1行で")
        of_household = QHBoxLayout()
        of_household.addWidget(self.about, 1)
        of_household.addWidget(self.other_button)
        form = QWidget()
        rows = FormLayout(form)
        rows.add_field("電話の相手(&W)", self.who)
        rows.add_field("用件(&N)", self.what)
        rows.add_field("折り返し(&B)", self.call_back)
        self.other_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.messages)
        layout.addWidget(lead)
        layout.addLayout(of_household)
        for part in (self.picker, self.unknown, form, self.busy):
            layout.addWidget(part)
        layout.addLayout(self.buttons())

    def _connect(self) -> None:
        self.other_button.clicked.connect(self._choose_another)
        self.unknown.toggled.connect(lambda *_: self._know_nothing())

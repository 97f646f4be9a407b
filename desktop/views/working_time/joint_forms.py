"""The strips of 同行と約束: a booking, a fixed half-day, a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.joint_bookings import (
    JOINT_LABEL,
    MOST_EVERY,
    AppointmentInput,
    BookingInput,
    JointKind,
    JointPartner,
    JointRuleInput,
)
from desktop.domain.working_time import HALF_LABEL, Half
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.joint_visits import every_words
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_reader import FormReader
from desktop.views.records.household_picker import HouseholdPicker
from desktop.views.records.ports import Finds
from desktop.views.widgets import named

_HALVES = tuple(Choice(code=half.value, label=label) for half, label in HALF_LABEL.items())
_PERSONS = tuple(
    Choice(code=kind.value, label=label)
    for kind, label in JOINT_LABEL.items()
    if kind is not JointKind.VEHICLE
)
_TOLD, _UNTOLD = "told", "untold"
_ANNOUNCED = (Choice(code=_TOLD, label="あり"), Choice(code=_UNTOLD, label="なし"))
_EVERY = tuple(
    Choice(code=str(every), label=every_words(every)) for every in range(1, MOST_EVERY + 1)
)
_NO_HOUSEHOLD = "世帯を番号・氏名・かなで探して選んでください。"


class HouseholdForm(SmallForm):
    """A strip that begins with a household. Enter looks for what is typed until one is chosen."""

    entered = Signal(object)

    def __init__(
        self, name: str, act: str, files: Finds, runner: JobRunner, fields: dict[str, QWidget]
    ) -> None:
        self.household = named(
            HouseholdPicker(files, runner, name="世帯", takes_only=True), f"{name}_household"
        )
        super().__init__(name, act, fields)
        first = QHBoxLayout()
        first.addWidget(self.household, 1)
        first.addStretch(1)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertLayout(1, first)
        self._order_keys(fields)

    def ask(self, heading: str) -> None:
        """Begin anew."""
        self.begin(heading)
        self.household.clear()
        self.household.box.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in once a household is chosen."""
        if self.household.chosen() is None:
            self.household.search()
        if self.household.chosen() is None:
            self.heading.setText(_NO_HOUSEHOLD)
            return
        self._hand_in(self._send)

    def _order_keys(self, fields: dict[str, QWidget]) -> None:
        """The household comes before the fields, though it was laid out after them."""
        before: QWidget = self.household.choice
        for field in fields.values():
            editor = field.editor() if isinstance(field, Field) else field
            QWidget.setTabOrder(before, editor)
            before = editor
        for button in (self.act_button, self.back_button):
            QWidget.setTabOrder(before, button)
            before = button

    def _send(self) -> None:
        """Read the fields and emit what was entered."""

    def _chosen(self) -> UUID:
        found = self.household.chosen()
        if found is None:
            raise ValidationError(household=_NO_HOUSEHOLD)
        return found


class PartnerForm(HouseholdForm):
    """A strip in which somebody or a car is chosen to go along."""

    def __init__(
        self, name: str, files: Finds, runner: JobRunner, fields: dict[str, QWidget]
    ) -> None:
        self._known: dict[str, JointPartner] = {}
        self.partner = ChoiceField("同行する職員・庁用車", (), required=True)
        self.kind = ChoiceField("何として", _PERSONS, required=True)
        more: dict[str, QWidget] = {"同行者(&P)": self.partner, "何として(&K)": self.kind}
        super().__init__(name, "登録", files, runner, {**more, **fields})

    def offer(self, partners: Sequence[JointPartner]) -> None:
        """Offer these people and cars."""
        self._known = {str(p.partner_id) if p.partner_id else p.vehicle: p for p in partners}
        self.partner.set_choices(
            [Choice(code=code, label=p.name) for code, p in self._known.items()]
        )

    @override
    def ask(self, heading: str) -> None:
        super().ask(heading)
        self.partner.show_value(None)
        self.kind.show_value(JointKind.SUPPORTER.value)

    def _read_partner(self, reader: FormReader) -> tuple[JointPartner | None, JointKind]:
        """A car needs no kind of its own."""
        partner = self._known.get(str(reader.read("partner", self.partner)))
        kind = reader.read("kind", self.kind)
        if partner is not None and partner.vehicle:
            return partner, JointKind.VEHICLE
        return partner, JointKind(str(kind)) if kind else JointKind.SUPPORTER


class BookForm(PartnerForm):
    """Books somebody for a household's half-day; `entered` carries a BookingInput."""

    def __init__(self, files: Finds, runner: JobRunner, today: Callable[[], date]) -> None:
        self.day = DateField("日", today=today, required=True)
        self.half = ChoiceField("時間", _HALVES, required=True)
        fields: dict[str, QWidget] = {"日(&D)": self.day, "時間(&J)": self.half}
        super().__init__("book_form", files, runner, fields)

    @override
    def ask(self, heading: str) -> None:
        super().ask(heading)
        self.day.show_value(None)
        self.half.show_value(Half.AM.value)

    @override
    def _send(self) -> None:
        reader = FormReader()
        partner, kind = self._read_partner(reader)
        day, half = reader.read("day", self.day), reader.read("half", self.half)
        reader.finish()
        if partner is None or day is None:
            return
        given = BookingInput(
            booking_id=new_id(),
            household_id=self._chosen(),
            kind=kind,
            day=day,
            half=Half(str(half)),
            partner_id=partner.partner_id,
            vehicle=partner.vehicle,
        )
        self.entered.emit(given)


class RuleForm(PartnerForm):
    """Says who goes along every so often; `entered` carries a JointRuleInput."""

    def __init__(self, files: Finds, runner: JobRunner) -> None:
        self.every = ChoiceField("何回ごと", _EVERY, required=True)
        super().__init__("rule_form", files, runner, {"何回ごと(&E)": self.every})

    @override
    def ask(self, heading: str) -> None:
        super().ask(heading)
        self.every.show_value("1")

    @override
    def _send(self) -> None:
        reader = FormReader()
        partner, kind = self._read_partner(reader)
        every = reader.read("every", self.every)
        reader.finish()
        if partner is None:
            return
        given = JointRuleInput(
            rule_id=new_id(),
            household_id=self._chosen(),
            kind=kind,
            every=int(str(every)),
            partner_id=partner.partner_id,
            vehicle=partner.vehicle,
        )
        self.entered.emit(given)


class AgreeForm(HouseholdForm):
    """Fixes a half-day for a household; `entered` carries an AppointmentInput."""

    def __init__(self, files: Finds, runner: JobRunner, today: Callable[[], date]) -> None:
        self.day = DateField("日", today=today, required=True)
        self.half = ChoiceField("時間", _HALVES, required=True)
        self.told = ChoiceField("予告", _ANNOUNCED, required=True)
        fields: dict[str, QWidget] = {
            "日(&D)": self.day,
            "時間(&J)": self.half,
            "予告(&Y)": self.told,
        }
        super().__init__("agree_form", "登録", files, runner, fields)

    @override
    def ask(self, heading: str) -> None:
        super().ask(heading)
        self.day.show_value(None)
        self.half.show_value(Half.AM.value)
        self.told.show_value(_TOLD)

    @override
    def _send(self) -> None:
        reader = FormReader()
        day, half = reader.read("day", self.day), reader.read("half", self.half)
        told = reader.read("told", self.told)
        reader.finish()
        if day is None:
            return
        given = AppointmentInput(
            appointment_id=new_id(),
            household_id=self._chosen(),
            day=day,
            half=Half(str(half)),
            is_announced=told == _TOLD,
        )
        self.entered.emit(given)

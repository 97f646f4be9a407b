"""The strips beneath the month that ask what happened: an absence, an urgent visit, lost half-days, a visit more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ValidationError
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.visit_month import HouseholdName
from desktop.domain.visit_plans import FEWEST_MINUTES, MOST_MINUTES, VISIT_KIND, VisitKind
from desktop.domain.working_time import AWAY_LABEL, HALF_LABEL, AwayKind, Half, HalfDay
from desktop.override import override
from desktop.viewmodels.visit_plans_month_acts import Lost
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.number_field import NumberField

_STANDARD_MINUTES = 40
_WHOLE_DAY = "day"
Today = Callable[[], date]


class AbsentForm(SmallForm):
    """Nobody was met: when somebody was there. `given` carries the HalfDay."""

    given = Signal(object)

    def __init__(self, today: Today) -> None:
        self.day = DateField("訪問した日", today=today, required=True)
        self.half = _half_field()
        fields: dict[str, QWidget] = {"訪問した日(&H)": self.day, "半日(&J)": self.half}
        super().__init__("absent_form", "再訪問を探す", fields)

    def ask(self, heading: str, at: HalfDay) -> None:
        """Ask, with what is known filled in."""
        self.begin(heading)
        self.day.show_value(at.day)
        self.half.show_value(at.half.value)
        self.act_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        day, half = reader.read("day", self.day), reader.read("half", self.half)
        reader.finish()
        if day is not None:
            self.given.emit(HalfDay(day=day, half=Half(str(half))))


class UrgentForm(SmallForm):
    """A household that must be visited by a day. `given` carries its id, the day and the minutes."""

    given = Signal(object, object, int)

    def __init__(self, today: Today) -> None:
        self.household = ChoiceField("世帯", (), required=True)
        self.until = DateField("遅くともいつまで", today=today, required=True)
        self.minutes = _minutes_field()
        fields: dict[str, QWidget] = {
            "世帯(&S)": self.household,
            "遅くともいつまで(&H)": self.until,
            "時間(&J)": self.minutes,
        }
        super().__init__("urgent_form", "入る半日を探す", fields)

    def ask(self, heading: str, names: Mapping[UUID, HouseholdName], at_hand: UUID | None) -> None:
        """Ask which household of the district; the one at hand is proposed."""
        self.begin(heading)
        self.household.set_choices(_households(names))
        self.household.show_value(str(at_hand) if at_hand in names else None)
        self.until.show_value(None)
        self.minutes.show_value(_STANDARD_MINUTES)
        first = self.until if at_hand in names else self.household
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        household = reader.read("household", self.household)
        until, minutes = reader.read("until", self.until), reader.read("minutes", self.minutes)
        reader.finish()
        self.given.emit(UUID(str(household)), until, minutes or 0)


class LostForm(SmallForm):
    """Half-days in which the caseworker cannot go. `given` carries a Lost."""

    given = Signal(object)

    def __init__(self, today: Today) -> None:
        kinds = [Choice(code=kind.value, label=label) for kind, label in AWAY_LABEL.items()]
        halves = [Choice(code=_WHOLE_DAY, label="終日"), *_halves()]
        self.first = DateField("いつから", today=today, required=True)
        self.last = DateField("いつまで", today=today, required=True)
        self.half = ChoiceField("半日", halves, required=True)
        self.kind = ChoiceField("区分", kinds, required=True)
        fields: dict[str, QWidget] = {
            "いつから(&H)": self.first,
            "いつまで(&M)": self.last,
            "半日(&J)": self.half,
            "区分(&K)": self.kind,
        }
        super().__init__("lost_form", "組み直しを見る", fields)

    def ask(self, heading: str, day: date) -> None:
        """Ask from when to when, beginning with one whole day."""
        self.begin(heading)
        self.first.show_value(day)
        self.last.show_value(day)
        self.half.show_value(_WHOLE_DAY)
        self.kind.show_value(AwayKind.LEAVE.value)
        self.first.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        first, last = reader.read("first", self.first), reader.read("last", self.last)
        half, kind = reader.read("half", self.half), reader.read("kind", self.kind)
        reader.finish()
        if first is None or last is None:
            return
        given = Lost(
            first_on=first,
            last_on=last,
            half=None if half == _WHOLE_DAY else Half(str(half)),
            kind=AwayKind(str(kind)),
        )
        self._refuse_wrong_span(given)
        self.given.emit(given)

    def _refuse_wrong_span(self, given: Lost) -> None:
        try:
            _ = given.halves
        except ValidationError as error:
            self.show_refusal(error)
            self.last.setFocus()
            raise


class MonthAddForm(SmallForm):
    """A visit more in a half-day. `given` carries the household's id, the HalfDay, the kind and the minutes."""

    given = Signal(object, object, object, int)

    def __init__(self, today: Today) -> None:
        kinds = [Choice(code=kind.value, label=label) for kind, label in VISIT_KIND.items()]
        self.household = ChoiceField("世帯", (), required=True)
        self.day = DateField("日", today=today, required=True)
        self.half = _half_field()
        self.kind = ChoiceField("計画区分", kinds, required=True)
        self.minutes = _minutes_field()
        fields: dict[str, QWidget] = {
            "世帯(&S)": self.household,
            "日(&H)": self.day,
            "半日(&J)": self.half,
            "計画区分(&K)": self.kind,
            "時間(&M)": self.minutes,
        }
        super().__init__("month_add_form", "追加", fields)

    def ask(
        self,
        heading: str,
        names: Mapping[UUID, HouseholdName],
        at_hand: UUID | None,
        kind: VisitKind,
    ) -> None:
        """Ask for a visit more of a household of the district."""
        self.begin(heading)
        self.household.set_choices(_households(names))
        self.household.show_value(str(at_hand) if at_hand in names else None)
        self.day.show_value(None)
        self.half.show_value(Half.AM.value)
        self.kind.show_value(kind.value)
        self.minutes.show_value(_STANDARD_MINUTES)
        self.household.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        household, day = reader.read("household", self.household), reader.read("day", self.day)
        half, kind = reader.read("half", self.half), reader.read("kind", self.kind)
        minutes = reader.read("minutes", self.minutes)
        reader.finish()
        if day is not None:
            at = HalfDay(day=day, half=Half(str(half)))
            self.given.emit(UUID(str(household)), at, VisitKind(str(kind)), minutes or 0)


def _halves() -> list[Choice]:
    return [Choice(code=half.value, label=label) for half, label in HALF_LABEL.items()]


def _half_field() -> ChoiceField:
    return ChoiceField("半日", _halves(), required=True)


def _minutes_field() -> NumberField:
    return NumberField(
        "時間", required=True, unit="分", lowest=FEWEST_MINUTES, highest=MOST_MINUTES
    )


def _households(names: Mapping[UUID, HouseholdName]) -> Sequence[Choice]:
    ordered = sorted(names.items(), key=lambda item: item[1].case_number)
    return [
        Choice(
            code=str(household_id),
            label=f"{name.case_number}　{name.head_name or SHIELDED_NAME}",
            kana=name.head_kana,
        )
        for household_id, name in ordered
    ]

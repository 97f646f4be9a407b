"""The facts of the contact in the entry editor: when, where, whom, who went, with what result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.entry_words import DANGER_SIGNS
from desktop.domain.era import format_date, weekday_name
from desktop.domain.labels import PLACE
from desktop.domain.records import (
    DANGER_SIGN_RESULTS,
    EMERGENCY_RESULT,
    EMERGENCY_STEP,
    ContactMethod,
    EntryInput,
    EntryKind,
    MetPerson,
    Place,
)
from desktop.domain.visit_times import Revisit
from desktop.services.records.writing import counts_as_visit
from desktop.viewmodels.records_form import FormShape, result_note
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.notes import Note
from desktop.views.fields.tick_field import TickField
from desktop.views.records.folded_row import FoldedRow
from desktop.views.records.labelled_grid import LabelledGrid
from desktop.views.records.met_field import MetField
from desktop.views.records.ports import Material
from desktop.views.records.time_span_field import TimeSpan, TimeSpanField
from desktop.views.records.went_field import WentField
from desktop.views.widgets import named

_DANGER = "郵便物がたまる、数日灯りがついたまま、異臭など"


class ContactForm(QWidget):
    """Shows what the kind asks for; place and company are folded away, for they seldom differ.

    `revisit_proposed` carries a Revisit when somebody chose a result that asks for another visit.
    """

    edited = Signal()
    revisit_proposed = Signal(object)

    def __init__(self, material: Material, today: Callable[[], date]) -> None:
        super().__init__()
        self._material = material
        self._given: EntryInput | None = None
        self._shape: FormShape | None = None
        self.event_on = named(DateField("年月日", today=today, required=True), "event_on")
        self.times = named(TimeSpanField("時刻"), "times")
        self.place = named(ChoiceField("場所", _places(), required=True), "place")
        self.went = named(WentField("訪問者", material.colleagues), "went")
        self.met = named(MetField("相手", material.members), "met")
        self.result = named(ChoiceField("結果", ()), "result")
        self.danger = named(TickField(f"{DANGER_SIGNS}(&W)", _DANGER), "has_danger_signs")
        self.meaning = named(Note(), "result_meaning")
        self.meaning.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.day_fold = FoldedRow("日付を変える", "Alt+D", {})
        self.fold = FoldedRow("変更", "Alt+B", {"場所": self.place, "訪問者・同行者": self.went})
        self._build()

    def fields(self) -> dict[str, Field[object]]:
        """The fields by the names the services use in their refusals."""
        named_fields: tuple[tuple[str, object], ...] = (
            ("event_on", self.event_on),
            ("started_at", self.times),
            ("ended_at", self.times),
            ("place", self.place),
            ("met", self.met),
            ("went", self.went),
            ("result_code", self.result),
            ("has_danger_signs", self.danger),
        )
        return {key: field for key, field in named_fields if isinstance(field, Field)}

    def show_input(self, given: EntryInput) -> None:
        """Fill the fields."""
        self._given = given
        span = None if given.started_at is None else TimeSpan(given.started_at, given.ended_at)
        self.event_on.show_value(given.event_on)
        self.times.show_value(span)
        self.place.show_value(given.place)
        self.went.show_value(given.went)
        self.met.show_value(given.met)
        self.result.show_value(given.result_code or None)
        self.danger.show_value(given.has_danger_signs)
        self._summarise(given)
        self._note_result()

    def show_kind(self, kind: EntryKind, shape: FormShape, given: EntryInput) -> None:
        """Show the fields of this kind and the values for them."""
        self._shape = shape
        codes = {*shape.result_codes, given.result_code}
        self.result.set_choices(
            [
                Choice(code=r.code, label=f"{r.code}　{r.label}")
                for r in self._material.results
                if r.code in codes
            ]
        )
        is_visit = kind.method is ContactMethod.VISIT
        self.met.name = "面接した人" if is_visit else "相手"
        rows = (
            (self.times, "times" in shape.asks),
            (self.met, "met" in shape.asks),
            (self.result, "result" in shape.asks),
            (self.event_on, not shape.is_short),
            (self.day_fold, shape.is_short),
            (self.fold, bool(shape.asks & {"place", "went"})),
        )
        for field, is_asked in rows:
            self._layout.show_row(field, is_shown=is_asked)
        self.fold.show_field(self.place, is_asked="place" in shape.asks)
        self.fold.show_field(self.went, is_asked="went" in shape.asks)
        self.show_input(given)

    def read(self, reader: FormReader, given: EntryInput) -> EntryInput:
        """The values as typed; what is wrong is remembered by the reader. Fields that are not asked for keep theirs."""
        asks = self._shape.asks if self._shape else frozenset()
        event_on = reader.read("event_on", self.event_on)
        span = reader.read("times", self.times) if "times" in asks else None
        place = reader.read("place", self.place) if "place" in asks else given.place
        result = reader.read("result_code", self.result) if "result" in asks else given.result_code
        met = reader.read("met", self.met) if "met" in asks else given.met
        went = reader.read("went", self.went) if "went" in asks else given.went
        return replace(
            given,
            event_on=event_on or given.event_on,
            started_at=span.started_at if span else None,
            ended_at=span.ended_at if span else None,
            place=Place(place or given.place),
            result_code=result or "",
            has_danger_signs=result in DANGER_SIGN_RESULTS and self.danger.is_ticked(),
            met=met or (),
            went=went or (),
        )

    def take(self, place: Place, met: tuple[MetPerson, ...]) -> None:
        """Take over where the last contact was and, unless somebody is named already, who was met and still lives there."""
        if self._shape is None or self._given is None:
            return
        if "place" in self._shape.asks:
            self.place.show_value(place)
            if not self.fold.is_open:
                self._summarise_company(replace(self._given, place=place))
        if "met" in self._shape.asks and not self.met.so_far():
            here = {None, *(member.person_id for member in self._material.members)}
            self.met.show_value(tuple(each for each in met if each.person_id in here))
        self._note_result()

    def reveal(self, field: object) -> None:
        """Open the fold that hides a field, so that its error can be seen."""
        if field is self.place or field is self.went:
            self.fold.unfold()
        if field is self.event_on:
            self._show_day()

    def _build(self) -> None:
        self._layout = LabelledGrid()
        self._layout.add_row("年月日", self.day_fold)
        self._layout.add_row("年月日(&D)", self.event_on)
        self._layout.add_row("時刻(&J)", self.times)
        self._layout.add_row("場所・訪問者", self.fold)
        self._layout.add_row("面接・相手(&M)", self.met)
        self._layout.add_row("結果(&R)", self.result)
        self._layout.add_row("", self.danger)
        self._layout.add_row("", self.meaning)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._layout)
        fields = (self.event_on, self.times, self.place, self.went, self.met, self.result)
        for field in (*fields, self.danger):
            field.edited.connect(self.edited)
            field.edited.connect(self._note_result)
        self.result.edited.connect(self._result_chosen)
        self.result.editor().currentIndexChanged.connect(self._note_result)
        self.day_fold.button.clicked.connect(self._show_day)

    def _show_day(self) -> None:
        self._layout.show_row(self.day_fold, is_shown=False)
        self._layout.show_row(self.event_on, is_shown=True)
        self.event_on.setFocus()

    def _summarise(self, given: EntryInput) -> None:
        day = f"{format_date(given.event_on)}（{weekday_name(given.event_on)}）"
        self.day_fold.show_summary(day)
        self._summarise_company(given)

    def _summarise_company(self, given: EntryInput) -> None:
        names = {row.staff_id: row.name for row in self._material.colleagues}
        others = [names.get(who, "") for who in given.went if who != self._material.staff_id]
        company = "自分" if self._material.staff_id in given.went else ""
        went = "・".join(name for name in (company, *others) if name)
        self.fold.show_summary(f"{PLACE[given.place]}　{went}")

    def _revisit(self) -> Revisit | None:
        """When to come again, from the day and time as typed so far."""
        if self._given is None:
            return None
        reader = FormReader()
        day = reader.read("event_on", self.event_on) or self._given.event_on
        span = reader.read("times", self.times)
        return self._material.revisit.propose(day, span.started_at if span else None)

    def _result_chosen(self) -> None:
        """Somebody chose a result: one that asks for another visit proposes it."""
        code = self.result.editor().currentData()
        result = next((r for r in self._material.results if r.code == code), None)
        if result is not None and result.needs_revisit:
            self.revisit_proposed.emit(self._revisit())

    def _note_result(self) -> None:
        """Say whether the contact as typed so far counts as a visit."""
        if self._given is None:
            return
        code = self.result.editor().currentData()
        result = next((r for r in self._material.results if r.code == code), None)
        is_visit = self._given.method is ContactMethod.VISIT
        place = self.place.editor().currentData() or self._given.place
        so_far = replace(self._given, place=Place(place), met=self.met.so_far())
        counts = counts_as_visit(so_far, result)
        proposal = self._revisit() if result is not None and result.needs_revisit else None
        why = proposal.reason if proposal else ""
        may_be_danger = code in DANGER_SIGN_RESULTS and not self.result.isHidden()
        self._layout.show_row(self.danger, is_shown=may_be_danger)
        urgent = self._emergency() if may_be_danger and self.danger.is_ticked() else ""
        note = result_note(result, counts=counts, is_visit=is_visit, revisit=why, urgent=urgent)
        self.meaning.say(note)
        self._layout.show_row(self.meaning, is_shown=bool(note) and not self.result.isHidden())

    def _emergency(self) -> str:
        """What the office says is to be done in an emergency."""
        emergency = (r for r in self._material.results if r.code == EMERGENCY_RESULT)
        return next((r.next_step for r in emergency if r.next_step), EMERGENCY_STEP)


def _places() -> list[Choice]:
    return [Choice(code=place, label=label) for place, label in PLACE.items()]

"""The form of a procedure: its rows follow the kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from desktop.domain.era import DateStyle, format_date
from desktop.domain.ids import new_id
from desktop.domain.procedures import (
    EARLIEST_YEAR,
    MOST_YEN,
    PROCEDURE_KIND,
    PROCEDURE_SHAPE,
    FileProcedures,
    Procedure,
    ProcedureDates,
    ProcedureInput,
    ProcedureKind,
    ProcedureShape,
)
from desktop.override import override
from desktop.views.activities.act_form import ActForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField
from desktop.views.fields.yen_field import YenField

_HELP = (
    "手続の日を記録します。まだの日は空けておき、あとで「続きを記録・訂正（E）」で書き足します。"
)
_MORE = "空いている日を書き足します。記録してあったことを変えるときは、理由も書きます。"
_VOID = "この記録を取り消します。元の記録は残ります。"
#: The keys of the rows whose words are the kind's, and the field of the shape that says them.
_OF_SHAPE = {
    "year": "(&Y)",
    "choice": "(&S)",
    "who": "(&W)",
    "begun_on": "(&B)",
    "ended_on": "(&D)",
    "yen": "(&A)",
    "confirmed_on": "(&C)",
}


class ProcedureForm(ActForm):
    """`acted` carries a ProcedureInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("procedure_form", "手続の記録", "記録する")
        self._household_id, self._today = household_id, today
        self._procedure_id, self._is_void = new_id(), False
        self._old: Procedure | None = None
        self._found: FileProcedures | None = None
        kinds = [Choice(code=kind, label=label) for kind, label in PROCEDURE_KIND.items()]
        self.kind = ChoiceField("手続", kinds, required=True)
        self.person = ChoiceField("だれのこと", ())
        self.year = NumberField("調査の年", lowest=EARLIEST_YEAR, required=True)
        self.choice = ChoiceField("内容", ())
        self.who = TextField("だれと", characters=24)
        self.begun_on = DateField("始まり", today=today, required=True, style=DateStyle.SHORT)
        self.ended_on = DateField("終わり", today=today, style=DateStyle.SHORT)
        self.yen = YenField("額", highest=MOST_YEN)
        self.confirmed_on = DateField("確認", today=today, style=DateStyle.SHORT)
        self.note = LongTextField("備考", lines=2, most_lines=6)
        self.reason = LongTextField("訂正・取消の理由", lines=1, most_lines=4)
        self.put("kind", "手続(&K)", self.kind)
        self.put("person_id", "だれのこと(&P)", self.person)
        self.put("year", "調査の年(&Y)", self.year)
        self.put("choice", "内容(&S)", self.choice)
        self.put("who", "だれと(&W)", self.who)
        self.put("begun_on", "始まり(&B)", self.begun_on)
        self.put("ended_on", "終わり(&D)", self.ended_on)
        self.put("yen", "額(&A)", self.yen)
        self.put("confirmed_on", "確認(&C)", self.confirmed_on)
        self.put("note", "備考(&N)", self.note)
        self.put("reason", "訂正・取消の理由(&R)", self.reason)
        self.kind.editor().currentIndexChanged.connect(lambda *_: self._follow_kind())

    def begin(self, found: FileProcedures) -> None:
        """Stand ready for a new procedure."""
        self._start(found, None, is_void=False)
        self.begun_on.show_value(self._today())
        self.kind.show_value(ProcedureKind.TAX_SURVEY)
        self.year.show_value(self._today().year)
        self.what.say(_HELP)
        self.ready(self.kind)

    def go_on(self, found: FileProcedures, old: Procedure, *, is_void: bool) -> None:
        """Stand ready for what comes next of a procedure, or for taking it back."""
        self._start(found, old, is_void=is_void)
        self.kind.show_value(old.kind)
        self._follow_kind()
        self.person.show_value(str(old.person_id) if old.person_id else None)
        for field, value in (
            (self.begun_on, old.facts.begun_on),
            (self.ended_on, old.facts.ended_on),
            (self.confirmed_on, old.facts.confirmed_on),
        ):
            field.show_value(value)
        self.year.show_value(old.facts.year)
        self.yen.show_value(old.facts.yen)
        self.choice.show_value(old.facts.choice or None)
        self.who.show_value(old.who)
        self.note.show_value(old.note)
        name = f"{PROCEDURE_KIND[old.kind]}　{format_date(old.facts.begun_on)}"
        self.what.say(f"{name}。{_VOID if is_void else _MORE}")
        shape = PROCEDURE_SHAPE[old.kind]
        missing = self.ended_on if shape.ended and not old.facts.ended_on else self.confirmed_on
        if is_void:
            self.ready(self.reason)
        elif shape.ended or shape.confirmed:
            self.ready(missing)
        else:
            self.ready(self.note)

    @override
    def given(self, reader: FormReader) -> ProcedureInput | None:
        reason = reader.read("reason", self.reason) or ""
        if self._old is not None and self._is_void:
            return self._input(self._old.kind, self._old.facts, reason)
        kind = reader.read("kind", self.kind)
        if kind is None:
            return None
        shape = PROCEDURE_SHAPE[ProcedureKind(kind)]
        begun_on = reader.read("begun_on", self.begun_on)
        ended_on = reader.read("ended_on", self.ended_on) if shape.ended else None
        confirmed_on = reader.read("confirmed_on", self.confirmed_on) if shape.confirmed else None
        year = reader.read("year", self.year) if shape.year else None
        yen = reader.read("yen", self.yen) if shape.yen else None
        choice = reader.read("choice", self.choice) if shape.choice else None
        person = reader.read("person_id", self.person)
        who = reader.read("who", self.who) if shape.who else None
        note = reader.read("note", self.note)
        if begun_on is None:
            return None
        facts = ProcedureDates(
            begun_on=begun_on,
            confirmed_on=confirmed_on,
            ended_on=ended_on,
            year=year,
            yen=yen,
            choice=choice or "",
        )
        given = self._input(ProcedureKind(kind), facts, reason, who=who or "", note=note or "")
        return given if self._old or person is None else _of(given, UUID(person))

    def _input(
        self,
        kind: ProcedureKind,
        facts: ProcedureDates,
        reason: str,
        *,
        who: str | None = None,
        note: str | None = None,
    ) -> ProcedureInput:
        old = self._old
        return ProcedureInput(
            procedure_id=self._procedure_id,
            household_id=self._household_id,
            kind=kind,
            facts=facts,
            person_id=old.person_id if old else None,
            who=who if who is not None else old.who if old else "",
            note=note if note is not None else old.note if old else "",
            replaces_id=old.procedure_id if old else None,
            is_void=self._is_void,
            reason=reason,
        )

    def _start(self, found: FileProcedures, old: Procedure | None, *, is_void: bool) -> None:
        self.clear()
        self._procedure_id, self._found = new_id(), found
        self._old, self._is_void = old, is_void
        people = [Choice(code=str(each.person_id), label=each.name) for each in found.people]
        self.person.set_choices(people)
        self._follow_kind()

    def _follow_kind(self) -> None:
        code = self.kind.editor().currentData()
        kind = ProcedureKind(code) if code else ProcedureKind.TAX_SURVEY
        shape = PROCEDURE_SHAPE[kind]
        self._offer(kind)
        self._show_row("kind", is_shown=self._old is None)
        self._show_row("person_id", is_shown=self._old is None)
        self._name("person_id", "だれのこと(&P)", is_needed=shape.needs_person)
        for key, mnemonic in _OF_SHAPE.items():
            label = getattr(shape, key.removesuffix("_on"))
            self._show_row(key, is_shown=bool(label) and not self._is_void)
            self._name(key, f"{label}{mnemonic}", is_needed=self._is_needed(key, shape, kind))
        self._show_row("note", is_shown=not self._is_void)
        self._show_row("reason", is_shown=self._old is not None)
        self._name("reason", "訂正・取消の理由(&R)", is_needed=self._is_void)

    def _is_needed(self, key: str, shape: ProcedureShape, kind: ProcedureKind) -> bool:
        if key == "choice":
            return shape.needs_choice
        return key in {"begun_on", "year"} or (key == "who" and kind is ProcedureKind.KIN)

    def _offer(self, kind: ProcedureKind) -> None:
        """The office's choices of a kind; a procedure that goes on keeps one that is no longer offered."""
        found = self._found.choices if self._found else ()
        offered = {choice.code: choice.label for choice in found if choice.kind is kind}
        if self._old is not None and self._old.facts.choice:
            offered.setdefault(self._old.facts.choice, self._old.facts.choice)
        self.choice.set_choices([Choice(code=c, label=label) for c, label in offered.items()])

    def _show_row(self, key: str, *, is_shown: bool) -> None:
        self._form.setRowVisible(self._fields[key], is_shown)

    def _name(self, key: str, label: str, *, is_needed: bool) -> None:
        self._form.rename(self._fields[key], label, required=is_needed)


def _of(given: ProcedureInput, person_id: UUID) -> ProcedureInput:
    """The same of a person."""
    return replace(given, person_id=person_id)

"""事業への参加と終了: a programme of the office's list, with consent where it asks for it; and how taking part ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.participations import ParticipationEnd, ParticipationInput
from desktop.domain.support_plan_files import PlannedPerson, PlansOfFile
from desktop.domain.support_plans import CONSENT_WAY, ConsentWay
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.support_plans.programmes_field import programme_choices
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.support_policies.choice_row import side_by_side
from desktop.views.widgets import named

_ABOUT_BEGIN = "参加しないことだけで、支援区分や保護は変わりません。"
_ABOUT_END = "記録した終了は変えられません。もう一度参加するときは、新しく記録します。"


class TakePartPanel(AnswerPanel):
    """`recorded` carries a ParticipationInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("take_part_panel", _ABOUT_BEGIN)
        self._household_id, self._today = household_id, today
        self._person: PlannedPerson | None = None
        self._participation_id = new_id()
        ways = [Choice(code=code, label=label) for code, label in CONSENT_WAY.items()]
        self.programme = named(ChoiceField("支援事業", (), required=True), "part_programme")
        self.starts_on = named(
            DateField("始まりの日", today=today, required=True), "part_starts_on"
        )
        self.consent_on = named(DateField("同意の日", today=today), "part_consent_on")
        self.consent_way = named(ChoiceField("同意の確かめ方", ways), "part_consent_way")
        self.form.addWidget(form_row("支援事業(&J)", self.programme))
        self.form.addWidget(
            side_by_side(
                [
                    form_row("始まりの日(&B)", self.starts_on),
                    form_row("同意の日(&D)", self.consent_on),
                    form_row("同意の確かめ方(&H)", self.consent_way),
                ]
            )
        )
        self._watch()

    def begin(self, person: PlannedPerson, found: PlansOfFile) -> None:
        """Stand ready for a member."""
        self._person, self._participation_id = person, new_id()
        self.programme.set_choices(programme_choices(found.programmes))
        self.programme.show_value(None)
        for field in (self.starts_on, self.consent_on):
            field.show_value(self._today())
        self.consent_way.show_value(ConsentWay.SIGNED)
        self._begin(f"事業への参加を記録：{person.name}", "")
        self.programme.setFocus()

    @override
    def fields(self) -> dict[str, Field[Any] | Field[object]]:
        return {
            "programme": self.programme,
            "starts_on": self.starts_on,
            "consent_on": self.consent_on,
            "consent_way": self.consent_way,
        }

    @override
    def read(self) -> ParticipationInput:
        reader = FormReader()
        programme = reader.read("programme", self.programme)
        starts_on = reader.read("starts_on", self.starts_on)
        consent_on = reader.read("consent_on", self.consent_on)
        way = reader.read("consent_way", self.consent_way)
        reader.finish()
        if self._person is None or starts_on is None:
            raise ValidationError
        return ParticipationInput(
            participation_id=self._participation_id,
            household_id=self._household_id,
            person_id=self._person.person_id,
            programme=programme or "",
            starts_on=starts_on,
            consent_on=consent_on,
            consent_way=ConsentWay(way) if way and consent_on else None,
        )


class LeavePanel(AnswerPanel):
    """`recorded` carries a ParticipationEnd."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("leave_panel", _ABOUT_END)
        self._household_id, self._today = household_id, today
        self.which = named(ChoiceField("参加中の事業", (), required=True), "leave_which")
        self.ended_on = named(DateField("終了した日", today=today, required=True), "leave_ended_on")
        self.outcome = named(ChoiceField("結果", (), required=True), "leave_outcome")
        self.form.addWidget(form_row("参加中の事業(&J)", self.which))
        self.form.addWidget(
            side_by_side(
                [
                    form_row("終了した日(&D)", self.ended_on),
                    form_row("結果(&K)", self.outcome),
                ]
            )
        )
        self._watch()

    def begin(self, person: PlannedPerson, found: PlansOfFile) -> None:
        """Stand ready for the programmes a member takes part in."""
        going = [row for row in person.participations if row.ended_on is None]
        self.which.set_choices(
            [Choice(code=str(r.participation_id), label=r.programme_label) for r in going]
        )
        self.which.show_value(str(going[0].participation_id) if going else None)
        self.outcome.set_choices(
            [Choice(code=code, label=f"{code}　{o.label}") for code, o in found.outcomes.items()]
        )
        self.outcome.show_value(None)
        self.ended_on.show_value(self._today())
        self._begin(f"事業参加の終了を記録：{person.name}", "")
        self.which.setFocus()

    @override
    def fields(self) -> dict[str, Field[Any] | Field[object]]:
        return {"which": self.which, "ended_on": self.ended_on, "outcome": self.outcome}

    @override
    def read(self) -> ParticipationEnd:
        reader = FormReader()
        which = reader.read("which", self.which)
        ended_on = reader.read("ended_on", self.ended_on)
        outcome = reader.read("outcome", self.outcome)
        reader.finish()
        if not which or ended_on is None:
            raise ValidationError
        return ParticipationEnd(
            participation_id=UUID(which),
            household_id=self._household_id,
            ended_on=ended_on,
            outcome=outcome or "",
        )

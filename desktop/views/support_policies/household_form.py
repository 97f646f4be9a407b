"""The part of a policy that is about the household as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.support_policies import POLICY_KIND, PolicyInput, PolicyKind
from desktop.domain.visit_grades import MOST_VISITS, VisitGrade
from desktop.domain.wording import WordingRule
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.number_field import NumberField
from desktop.views.support_policies.choice_row import labelled, side_by_side
from desktop.views.support_policies.peeking import peek
from desktop.views.widgets import named


class HouseholdForm(QWidget):
    """Kind, day, grade and visits, the situation, and at a review the evaluation of the policy before."""

    edited = Signal()

    def __init__(
        self,
        wording: Sequence[WordingRule],
        grades: Sequence[VisitGrade],
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self._visits = {grade.code: grade.visits_per_year for grade in grades}
        self._grades = [Choice(code=grade.code, label=grade.label) for grade in grades]
        self._chosen: str | None = None
        self.setObjectName("household_form")
        kinds = [Choice(code=kind, label=label) for kind, label in POLICY_KIND.items()]
        self.kind = named(ChoiceField("策定区分", kinds, required=True), "kind")
        self.made_on = named(DateField("策定日", today=today, required=True), "made_on")
        self.grade = named(ChoiceField("訪問格付", self._grades), "grade")
        self.visits = named(
            NumberField("年間訪問回数", unit="回", highest=MOST_VISITS), "visits_per_year"
        )
        self.situation = named(LongTextField("世帯の状況", lines=5, wording=wording), "situation")
        self.evaluation = named(
            LongTextField("前回の援助方針の評価", lines=4, wording=wording), "evaluation"
        )
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        facts = (
            labelled("策定区分(&K)", self.kind),
            labelled("策定日(&D)", self.made_on),
            labelled("訪問格付(&G)", self.grade),
            labelled("年間訪問回数(&N)", self.visits),
        )
        layout.addWidget(side_by_side(facts))
        layout.addWidget(form_row("世帯の状況(&S)", self.situation))
        self._review = form_row("前回の援助方針の評価(&E)", self.evaluation)
        layout.addWidget(self._review)
        layout.addStretch(1)
        fields = (self.kind, self.made_on, self.grade, self.visits, self.situation, self.evaluation)
        for field in fields:
            field.edited.connect(self.edited)
        self.grade.edited.connect(self._grade_chosen)

    def fields(self) -> dict[str, Field[str] | Field[date] | Field[int]]:
        """The fields by the names that the services use in their refusals."""
        return {"kind": self.kind, "made_on": self.made_on, "visits_per_year": self.visits}

    def show_input(self, given: PolicyInput) -> None:
        """Fill the fields; an evaluation is asked for where there is a policy before."""
        self.kind.show_value(given.kind)
        self.made_on.show_value(given.made_on)
        self.grade.set_choices(self._choices(given.grade))
        self.grade.show_value(given.grade)
        self._chosen = given.grade
        self.visits.show_value(given.visits_per_year)
        self.situation.show_value(given.situation or None)
        self.evaluation.show_value(given.evaluation or None)
        self._review.setVisible(given.follows is not None or bool(given.evaluation))

    def read(self, given: PolicyInput) -> PolicyInput:
        """The policy with what was typed here; raises ValidationError and goes to the field that is wrong."""
        reader = FormReader()
        kind = reader.read("kind", self.kind)
        made_on = reader.read("made_on", self.made_on)
        grade = reader.read("grade", self.grade)
        visits = reader.read("visits_per_year", self.visits)
        situation = reader.read("situation", self.situation)
        evaluation = reader.read("evaluation", self.evaluation)
        reader.finish()
        return replace(
            given,
            kind=PolicyKind(kind or given.kind),
            made_on=made_on or given.made_on,
            grade=grade,
            visits_per_year=visits,
            situation=situation or "",
            evaluation=evaluation or "",
        )

    def so_far(self, given: PolicyInput) -> PolicyInput:
        """The policy with what can be read of it while somebody types."""
        return replace(
            given,
            kind=PolicyKind(peek(self.kind, given.kind) or given.kind),
            made_on=peek(self.made_on, given.made_on) or given.made_on,
            grade=peek(self.grade, given.grade),
            visits_per_year=peek(self.visits, given.visits_per_year),
            situation=peek(self.situation, given.situation) or "",
            evaluation=peek(self.evaluation, given.evaluation) or "",
        )

    def focus_first(self) -> None:
        """Begin where there is most to write."""
        self.situation.setFocus()

    def _choices(self, code: str | None) -> list[Choice]:
        """The office's grades, and the one that is shown where the table lacks it."""
        unknown = code is not None and code not in self._visits
        return [*self._grades, *([Choice(code=code, label=code)] if unknown and code else [])]

    def _grade_chosen(self) -> None:
        """Another grade brings its visits, unless others were typed than those of the grade before."""
        before, code = self._chosen, peek(self.grade, self._chosen)
        if code == before:
            return
        self._chosen = code
        typed = peek(self.visits, None)
        if typed in {None, self._visits.get(before or "")} and code in self._visits:
            self.visits.show_value(self._visits[code])

"""The part of a policy that is about the household as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.support_policies import POLICY_KIND, PolicyInput, PolicyKind
from desktop.domain.wording import WordingRule
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.support_policies.choice_row import labelled, side_by_side
from desktop.views.support_policies.peeking import peek
from desktop.views.widgets import named


class HouseholdForm(QWidget):
    """Kind, day, the situation, and at a review the evaluation of the policy before."""

    edited = Signal()

    def __init__(self, wording: Sequence[WordingRule], today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("household_form")
        kinds = [Choice(code=kind, label=label) for kind, label in POLICY_KIND.items()]
        self.kind = named(ChoiceField("策定区分", kinds, required=True), "kind")
        self.made_on = named(DateField("策定日", today=today, required=True), "made_on")
        self.situation = named(LongTextField("世帯の状況", lines=5, wording=wording), "situation")
        self.evaluation = named(
            LongTextField("前回の援助方針の評価", lines=4, wording=wording), "evaluation"
        )
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        kind, made_on = labelled("策定区分(&K)", self.kind), labelled("策定日(&D)", self.made_on)
        layout.addWidget(side_by_side((kind, made_on)))
        layout.addWidget(form_row("世帯の状況(&S)", self.situation))
        self._review = form_row("前回の援助方針の評価(&E)", self.evaluation)
        layout.addWidget(self._review)
        layout.addStretch(1)
        for field in (self.kind, self.made_on, self.situation, self.evaluation):
            field.edited.connect(self.edited)

    def fields(self) -> dict[str, Field[str] | Field[date]]:
        """The fields by the names that the services use in their refusals."""
        return {"kind": self.kind, "made_on": self.made_on}

    def show_input(self, given: PolicyInput) -> None:
        """Fill the fields; an evaluation is asked for where there is a policy before."""
        self.kind.show_value(given.kind)
        self.made_on.show_value(given.made_on)
        self.situation.show_value(given.situation or None)
        self.evaluation.show_value(given.evaluation or None)
        self._review.setVisible(given.follows is not None or bool(given.evaluation))

    def read(self, given: PolicyInput) -> PolicyInput:
        """The policy with what was typed here; raises ValidationError and goes to the field that is wrong."""
        reader = FormReader()
        kind = reader.read("kind", self.kind)
        made_on = reader.read("made_on", self.made_on)
        situation = reader.read("situation", self.situation)
        evaluation = reader.read("evaluation", self.evaluation)
        reader.finish()
        return replace(
            given,
            kind=PolicyKind(kind or given.kind),
            made_on=made_on or given.made_on,
            situation=situation or "",
            evaluation=evaluation or "",
        )

    def so_far(self, given: PolicyInput) -> PolicyInput:
        """The policy with what can be read of it while somebody types."""
        return replace(
            given,
            kind=PolicyKind(peek(self.kind, given.kind) or given.kind),
            made_on=peek(self.made_on, given.made_on) or given.made_on,
            situation=peek(self.situation, given.situation) or "",
            evaluation=peek(self.evaluation, given.evaluation) or "",
        )

    def focus_first(self) -> None:
        """Begin where there is most to write."""
        self.situation.setFocus()

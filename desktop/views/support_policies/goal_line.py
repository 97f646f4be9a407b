"""One goal while it is written: how far it lies, what, by when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.domain.ids import new_id
from desktop.domain.support_policies import TERM, Goal, Term
from desktop.domain.wording import WordingRule
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.support_policies.lines_field import LineEditor, LinesField
from desktop.views.widgets import named


class GoalLine(LineEditor[Goal]):
    """The goal's words in the first line, term and day beneath."""

    def __init__(
        self, goal: Goal, today: Callable[[], date], wording: Sequence[WordingRule]
    ) -> None:
        super().__init__("goal")
        self._goal = goal
        self.text = named(LongTextField("目標", lines=1, wording=wording), "goal_text")
        self.term = named(ChoiceField("目標の期間", _terms(), required=True), "goal_term")
        self.by_on = named(DateField("目標の期日", today=today), "goal_by")
        self.text.editor().setPlaceholderText("何を目指す")
        self.by_on.editor().setPlaceholderText("期日 +90 など")
        self._lay_out()
        self.text.show_value(goal.text or None)
        self.term.show_value(goal.term)
        self.by_on.show_value(goal.by_on)
        for field in self.fields():
            field.edited.connect(self.edited)

    @override
    def entered(self) -> Goal | None:
        term, by_on, text = self.term.entered(), self.by_on.entered(), self.text.entered()
        if not text:
            return None
        return replace(self._goal, term=Term(term or self._goal.term), text=text, by_on=by_on)

    @override
    def fields(self) -> Sequence[Field[Any]]:
        return (self.text, self.term, self.by_on)

    @override
    def main_field(self) -> LongTextField:
        return self.text

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self.term)
        below.addWidget(self.by_on, 1)
        below.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(2)
        layout.addWidget(self.text)
        layout.addLayout(below)


def goals_field(today: Callable[[], date], wording: Sequence[WordingRule]) -> LinesField[Goal]:
    """The goals of an issue."""
    return LinesField(
        "目標",
        "目標を足す(&G)",
        blank=lambda: Goal(goal_id=new_id(), term=Term.SHORT, text=""),
        make=lambda goal: GoalLine(goal, today, wording),
    )


def _terms() -> list[Choice]:
    return [Choice(code=term, label=label) for term, label in TERM.items()]

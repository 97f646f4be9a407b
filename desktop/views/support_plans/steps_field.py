"""取組: what is done towards which goal, who does it, by when, how often, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.support_plans import DOER, MOST_GOALS, Doer
from desktop.override import override
from desktop.viewmodels.support_plans_form import StepDraft, blank_step
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.support_policies.choice_row import labelled, side_by_side, stacked
from desktop.views.support_policies.lines_field import LineEditor, LinesField

_LONGEST = 500


class StepLine(LineEditor[StepDraft]):
    """One step."""

    def __init__(self, given: StepDraft, today: Callable[[], date]) -> None:
        super().__init__("step")
        self._given = given
        numbers = [Choice(code=str(n), label=f"目標{n}") for n in range(1, MOST_GOALS + 1)]
        self.goal = ChoiceField("どの目標", numbers, required=True)
        doers = [Choice(code=code, label=label) for code, label in DOER.items()]
        self.doer = ChoiceField("だれが", doers, required=True)
        self.due_on = DateField("取組の期限", today=today)
        self.action = TextField("すること", characters=30, longest=_LONGEST)
        self.how_often = TextField("どのくらい", characters=10, longest=_LONGEST)
        self.cost_item = TextField(
            "費用（移送費・技能修得費など）", characters=14, longest=_LONGEST
        )
        self._lay_out()
        self._show(given)
        for field in self.fields():
            field.edited.connect(self.edited)

    @override
    def fields(self) -> Sequence[Field[Any]]:
        return (
            *(self.goal, self.doer, self.due_on),
            *(self.action, self.how_often, self.cost_item),
        )

    @override
    def main_field(self) -> Field[str]:
        return self.action

    @override
    def entered(self) -> StepDraft | None:
        texts = (self.action, self.how_often, self.cost_item, self.due_on)
        if not any(field.editor().text().strip() for field in texts):
            return None
        reader = FormReader()
        goal = reader.read("goal", self.goal)
        doer = reader.read("doer", self.doer)
        due_on = reader.read("due_on", self.due_on)
        action = reader.read("action", self.action)
        how_often = reader.read("how_often", self.how_often)
        cost_item = reader.read("cost_item", self.cost_item)
        reader.finish()
        step = replace(
            self._given.step,
            doer=Doer(doer or Doer.PERSON),
            due_on=due_on,
            action=action or "",
            how_often=how_often or "",
            cost_item=cost_item or "",
        )
        return replace(self._given, step=step, goal=int(goal or 1))

    def _show(self, given: StepDraft) -> None:
        step = given.step
        self.goal.show_value(str(given.goal))
        self.doer.show_value(step.doer)
        self.due_on.show_value(step.due_on)
        self.action.show_value(step.action or None)
        self.how_often.show_value(step.how_often or None)
        self.cost_item.show_value(step.cost_item or None)

    def _lay_out(self) -> None:
        first = [labelled(f.name, f) for f in (self.goal, self.doer, self.due_on)]
        second = [labelled(f.name, f) for f in (self.action, self.how_often, self.cost_item)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, self.fontMetrics().height() // 2)
        row.addWidget(stacked((side_by_side(first), side_by_side(second))), 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)


class StepsField(LinesField[StepDraft]):
    """Steps come when they are asked for."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(
            "取組", "取組を足す(&T)", blank=blank_step, make=lambda given: StepLine(given, today)
        )

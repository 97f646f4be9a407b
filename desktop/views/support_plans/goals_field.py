"""短期目標: up to three, each with what will be seen, how it is measured, from where to where, by when and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.errors import ValidationError
from desktop.domain.support_plans import MOST_GOALS, SELF_RELIANCE, PlanGoal, SelfReliance
from desktop.override import override
from desktop.viewmodels.support_plans_form import FIELD_HELP, GOAL_HELP, blank_goal
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField
from desktop.views.fields.tick_field import TickField
from desktop.views.paragraph import Paragraph
from desktop.views.support_policies.choice_row import labelled, side_by_side, stacked
from desktop.views.support_policies.lines_field import LineEditor, LinesField
from desktop.views.widgets import named

_LONGEST = 500
_LABELS = {"measure": "測り方", "baseline": "今", "target": "めざす値", "why": "できると考える理由"}


class GoalLine(LineEditor[PlanGoal]):
    """One goal; the help beneath says what a goal that can be checked looks like."""

    def __init__(self, given: PlanGoal, today: Callable[[], date]) -> None:
        super().__init__("goal")
        self._given = given
        kinds = [Choice(code=code, label=label) for code, label in SELF_RELIANCE.items()]
        self.reliance = ChoiceField("自立の種類", kinds, required=True)
        self.due_on = DateField("目標の期限", today=today)
        self.what = LongTextField("短期目標（何が見えるようになるか）", lines=2, most_lines=6)
        self.words = {
            name: TextField(label, characters=22, longest=_LONGEST)
            for name, label in _LABELS.items()
        }
        self.agreed = TickField("本人と確かめた")
        self.help = named(Paragraph(tone="muted"), "goal_help")
        self._lay_out()
        self._show(given)
        for field in self.fields():
            field.edited.connect(self.edited)
        self.reliance.edited.connect(self._say)
        self._say()

    @override
    def fields(self) -> Sequence[Field[Any]]:
        return (self.reliance, self.due_on, self.what, *self.words.values(), self.agreed)

    @override
    def main_field(self) -> Field[str]:
        return self.what

    @override
    def entered(self) -> PlanGoal | None:
        texts = (
            self.what.editor().toPlainText(),
            *(f.editor().text() for f in self.words.values()),
        )
        if not any(text.strip() for text in texts) and not self.due_on.editor().text().strip():
            return None
        reader = FormReader()
        reliance = reader.read("reliance", self.reliance)
        due_on = reader.read("due_on", self.due_on)
        what = reader.read("what", self.what)
        words = {name: reader.read(name, field) or "" for name, field in self.words.items()}
        reader.finish()
        return replace(
            self._given,
            reliance=SelfReliance(reliance or SelfReliance.ECONOMIC),
            due_on=due_on,
            what=what or "",
            measure=words["measure"],
            baseline=words["baseline"],
            target=words["target"],
            why=words["why"],
            is_agreed=self.agreed.is_ticked(),
        )

    def _show(self, given: PlanGoal) -> None:
        self.reliance.show_value(given.reliance)
        self.due_on.show_value(given.due_on)
        self.what.show_value(given.what or None)
        for name, field in self.words.items():
            field.show_value(getattr(given, name) or None)
        self.agreed.show_value(given.is_agreed)

    def _say(self) -> None:
        code = self.reliance.editor().currentData() or SelfReliance.ECONOMIC
        self.help.say(GOAL_HELP[SelfReliance(code)])

    def _lay_out(self) -> None:
        head = [labelled(f.name, f) for f in (self.reliance, self.due_on)]
        words = []
        for name, field in self.words.items():
            field.editor().setPlaceholderText(FIELD_HELP[name])
            field.editor().setToolTip(FIELD_HELP[name])
            field.editor().setAccessibleDescription(FIELD_HELP[name])
            words.append(labelled(field.name, field))
        what = labelled(self.what.name, self.what)
        parts = (side_by_side(head), what, self.help, side_by_side(words), self.agreed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, self.fontMetrics().height() // 2)
        row.addWidget(stacked(parts), 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)


class GoalsField(LinesField[PlanGoal]):
    """As many goals as somebody can keep in view: three at most."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(
            "短期目標",
            "短期目標を足す(&G)",
            blank=blank_goal,
            make=lambda given: GoalLine(given, today),
        )

    @override
    def _read(self) -> tuple[PlanGoal, ...] | None:
        read = super()._read()
        if len(read or ()) > MOST_GOALS:
            raise ValidationError(f"短期目標は{MOST_GOALS}つまでにしてください。")
        return read

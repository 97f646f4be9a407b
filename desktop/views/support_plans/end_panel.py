"""計画を終了: the outcome by the office's list, what came of it, and what the person says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from desktop.domain.errors import ValidationError
from desktop.domain.support_plan_files import (
    PlanEndInput,
    PlannedPerson,
    PlansOfFile,
    SupportPlan,
)
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.support_policies.choice_row import side_by_side
from desktop.views.widgets import named

_ABOUT = "終了しても、支援区分・事業参加・保護は変わりません。記録した終了は変えられません。"


class EndPanel(AnswerPanel):
    """`recorded` carries a PlanEndInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("plan_end_panel", _ABOUT)
        self._household_id, self._today = household_id, today
        self._plan: SupportPlan | None = None
        self.ended_on = named(DateField("終了した日", today=today, required=True), "plan_ended_on")
        self.outcome = named(ChoiceField("結果", (), required=True), "plan_outcome")
        self.follow_until = named(DateField("いつまで見守る", today=today), "plan_follow_until")
        self.summary = named(
            LongTextField("どうなったか", required=True, lines=2, most_lines=6), "plan_summary"
        )
        self.comment = named(LongTextField("本人から", lines=1, most_lines=4), "plan_comment")
        self.form.addWidget(
            side_by_side(
                [
                    form_row("終了した日(&D)", self.ended_on),
                    form_row("結果(&K)", self.outcome),
                    form_row("いつまで見守る(&U)", self.follow_until),
                ]
            )
        )
        self.form.addWidget(form_row("どうなったか(&M)", self.summary))
        self.form.addWidget(form_row("本人から(&H)", self.comment))
        self._watch()

    def begin(self, person: PlannedPerson, plan: SupportPlan, found: PlansOfFile) -> None:
        """Stand ready for the end of the plan in force."""
        self._plan = plan
        self.outcome.set_choices(
            [Choice(code=code, label=f"{code}　{o.label}") for code, o in found.outcomes.items()]
        )
        self.ended_on.show_value(self._today())
        self.outcome.show_value(None)
        for field in (self.follow_until, self.summary, self.comment):
            field.show_value(None)
        self._begin(f"計画を終了：{person.name}", "")
        self.ended_on.setFocus()

    @override
    def fields(self) -> dict[str, Field[Any] | Field[object]]:
        return {
            "ended_on": self.ended_on,
            "outcome": self.outcome,
            "follow_until": self.follow_until,
            "summary": self.summary,
            "comment": self.comment,
        }

    @override
    def read(self) -> PlanEndInput:
        reader = FormReader()
        ended_on = reader.read("ended_on", self.ended_on)
        outcome = reader.read("outcome", self.outcome)
        follow_until = reader.read("follow_until", self.follow_until)
        summary = reader.read("summary", self.summary)
        comment = reader.read("comment", self.comment)
        reader.finish()
        if self._plan is None or ended_on is None:
            raise ValidationError
        return PlanEndInput(
            root_id=self._plan.given.root_id,
            household_id=self._household_id,
            ended_on=ended_on,
            outcome=outcome or "",
            summary=summary or "",
            comment=comment or "",
            follow_until=follow_until,
        )

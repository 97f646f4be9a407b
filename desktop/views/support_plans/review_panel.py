"""見直しを記録: who sat together, how each goal stands, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.domain.dates import months_later
from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.support_plan_files import (
    GoalReview,
    PlannedPerson,
    PlanReviewInput,
    SupportPlan,
)
from desktop.domain.support_plans import (
    GOAL_RESULT,
    MOST_GOALS,
    NEXT_COURSE,
    GoalResult,
    NextCourse,
)
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.support_policies.choice_row import side_by_side
from desktop.views.widgets import named

_ABOUT = "変えるときは、記録のあとに「計画を書く」で次の版を作り、決裁に出します。記録したものは変えられません。"
_USUAL_MONTHS = 3


class ReviewPanel(AnswerPanel):
    """`recorded` carries a PlanReviewInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("plan_review_panel", _ABOUT)
        self._household_id, self._today = household_id, today
        self._plan: SupportPlan | None = None
        self._review_id = new_id()
        courses = [Choice(code=code, label=label) for code, label in NEXT_COURSE.items()]
        results = [Choice(code=code, label=label) for code, label in GOAL_RESULT.items()]
        self.held_on = named(DateField("見直した日", today=today, required=True), "review_held_on")
        self.attendees = named(
            TextField("出席した人", characters=24, required=True, longest=500), "review_attendees"
        )
        self.results = [
            named(ChoiceField(f"目標{n}の結果", results), f"review_result_{n}")
            for n in range(1, MOST_GOALS + 1)
        ]
        self.words = [
            named(TextField(f"目標{n}について", characters=20, longest=500), f"review_words_{n}")
            for n in range(1, MOST_GOALS + 1)
        ]
        self.course = named(ChoiceField("これから", courses, required=True), "review_course")
        self.next_review_on = named(DateField("次の見直し", today=today), "review_next_on")
        self.note = named(LongTextField("話し合ったこと", lines=1, most_lines=5), "review_note")
        self._rows: list[QWidget] = []
        self._lay_out_rows()
        self._watch()
        self.course.edited.connect(self._offer_next)

    def begin(self, person: PlannedPerson, plan: SupportPlan) -> None:
        """Stand ready for a review of the plan in force."""
        self._plan, self._review_id = plan, new_id()
        self.held_on.show_value(self._today())
        self.attendees.show_value("本人、地区担当員")
        for n, row in enumerate(self._rows):
            row.setVisible(n < len(plan.given.goals))
            self.results[n].show_value(GoalResult.NOT_YET if n < len(plan.given.goals) else None)
            self.words[n].show_value(None)
        self.course.show_value(NextCourse.GO_ON)
        self._offer_next()
        self.note.show_value(None)
        goals = "　".join(f"目標{n}：{g.what}" for n, g in enumerate(plan.given.goals, start=1))
        self._begin(f"見直しを記録：{person.name}", goals)
        self.held_on.setFocus()

    @override
    def fields(self) -> dict[str, Field[Any] | Field[object]]:
        count = len(self._plan.given.goals) if self._plan else MOST_GOALS
        goals: dict[str, Field[Any] | Field[object]] = {}
        for n in range(count):
            goals[f"result_{n}"] = self.results[n]
            goals[f"words_{n}"] = self.words[n]
        return {
            "held_on": self.held_on,
            "attendees": self.attendees,
            **goals,
            "next_course": self.course,
            "next_review_on": self.next_review_on,
            "note": self.note,
        }

    @override
    def read(self) -> PlanReviewInput:
        reader = FormReader()
        read: dict[str, Any] = {
            name: reader.read(name, field) for name, field in self.fields().items()
        }
        reader.finish()
        if self._plan is None:
            raise ValidationError
        goals = self._plan.given.goals
        return PlanReviewInput(
            review_id=self._review_id,
            root_id=self._plan.given.root_id,
            household_id=self._household_id,
            held_on=read["held_on"],
            next_course=NextCourse(str(read["next_course"])),
            next_review_on=read["next_review_on"],
            attendees=read["attendees"] or "",
            note=read["note"] or "",
            goals=tuple(
                GoalReview(
                    goal_id=goal.goal_id,
                    result=GoalResult(str(read[f"result_{n}"])),
                    words=read[f"words_{n}"] or "",
                )
                for n, goal in enumerate(goals)
                if read[f"result_{n}"]
            ),
        )

    def _offer_next(self) -> None:
        """A plan that goes on has a next review, one that ends has none."""
        goes_on = self.course.editor().currentData() in {NextCourse.GO_ON, NextCourse.CHANGE}
        self.next_review_on.show_value(
            months_later(self._today(), _USUAL_MONTHS) if goes_on else None
        )

    def _lay_out_rows(self) -> None:
        self.form.addWidget(
            side_by_side(
                [
                    form_row("見直した日(&D)", self.held_on),
                    form_row("出席した人(&A)", self.attendees),
                ]
            )
        )
        for result, words in zip(self.results, self.words, strict=True):
            row = side_by_side([form_row(result.name, result), form_row(words.name, words)])
            self._rows.append(row)
            self.form.addWidget(row)
        self.form.addWidget(
            side_by_side(
                [
                    form_row("これから(&N)", self.course),
                    form_row("次の見直し(&X)", self.next_review_on),
                ]
            )
        )
        self.form.addWidget(form_row("話し合ったこと(&M)", self.note))

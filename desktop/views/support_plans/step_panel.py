"""取組の状況: how far a step of the plan in force is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.support_plan_files import PlannedPerson, StepResultInput, SupportPlan
from desktop.domain.support_plans import DOER, STEP_STATUS, StepStatus
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

_ABOUT = "できなかったことは、次の手助けを考えるために書きます。支援区分や保護は、これだけでは変わりません。"
_SHORT = 24


class StepPanel(AnswerPanel):
    """`recorded` carries a StepResultInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("step_panel", _ABOUT)
        self._household_id, self._today = household_id, today
        self._plan: SupportPlan | None = None
        self._result_id = new_id()
        statuses = [Choice(code=code, label=label) for code, label in STEP_STATUS.items()]
        self.step = named(ChoiceField("取組", (), required=True), "result_step")
        self.status = named(ChoiceField("状況", statuses, required=True), "result_status")
        self.done_on = named(DateField("実施した日", today=today), "result_done_on")
        self.note = named(LongTextField("メモ", lines=1, most_lines=4), "result_note")
        self.form.addWidget(form_row("取組(&T)", self.step))
        self.form.addWidget(
            side_by_side(
                [form_row("状況(&J)", self.status), form_row("実施した日(&D)", self.done_on)]
            )
        )
        self.form.addWidget(form_row("メモ(&M)", self.note))
        self._watch()
        self.step.edited.connect(self._show_known)

    def begin(self, person: PlannedPerson, plan: SupportPlan) -> None:
        """Stand ready for the steps of the plan in force, at the first that is not done."""
        self._plan, self._result_id = plan, new_id()
        steps = plan.given.steps
        self.step.set_choices(
            [
                Choice(
                    code=str(step.stem_id), label=f"{n}　{DOER[step.doer]}：{step.action[:_SHORT]}"
                )
                for n, step in enumerate(steps, start=1)
            ]
        )
        results = plan.results
        waiting = (s for s in steps if self._status_of(s.stem_id, results) is not StepStatus.DONE)
        first = next(waiting, steps[0] if steps else None)
        self.step.show_value(str(first.stem_id) if first else None)
        self._show_known()
        self._begin(f"取組の状況を記録：{person.name}", "")
        self.step.setFocus()

    @override
    def fields(self) -> dict[str, Field[Any] | Field[object]]:
        return {
            "step": self.step,
            "status": self.status,
            "done_on": self.done_on,
            "note": self.note,
        }

    @override
    def read(self) -> StepResultInput:
        reader = FormReader()
        stem = reader.read("step", self.step)
        status = reader.read("status", self.status)
        done_on = reader.read("done_on", self.done_on)
        note = reader.read("note", self.note)
        reader.finish()
        if not stem:
            raise ValidationError
        return StepResultInput(
            result_id=self._result_id,
            stem_id=UUID(stem),
            household_id=self._household_id,
            status=StepStatus(str(status)),
            done_on=done_on,
            note=note or "",
        )

    def _show_known(self) -> None:
        """What was noted last of the step chosen."""
        code = self.step.editor().currentData()
        known = self._plan.results.get(UUID(code)) if self._plan and code else None
        self.status.show_value(known.status if known else StepStatus.UNDER_WAY)
        self.done_on.show_value(known.done_on if known else None)
        self.note.show_value(known.note or None if known else None)

    @staticmethod
    def _status_of(stem_id: UUID, results: Any) -> StepStatus:  # noqa: ANN401 - a mapping of results
        known = results.get(stem_id)
        return known.status if known else StepStatus.OPEN

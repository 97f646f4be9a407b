"""参加できる人の印: whether somebody of G1a or G1b can take part, since when and why; taking it back is a new row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.participations import MarkInput
from desktop.domain.support_plan_files import PlannedPerson, PlansOfFile
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.support_policies.choice_row import side_by_side
from desktop.views.widgets import named

_ABOUT = (
    "G1aとG1bの人は、この印があるときだけ事業参加率の分母に入ります。"
    "支援区分や保護は変わりません。記録は変えられず、外すときは新しく記録します。"
)
_CAN, _CANNOT = "can", "cannot"
_CHOICES = (
    Choice(code=_CAN, label="事業に参加できる"),
    Choice(code=_CANNOT, label="いまは参加できない（印を外す）"),
)


class MarkPanel(AnswerPanel):
    """`recorded` carries a MarkInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("mark_panel", _ABOUT)
        self._household_id, self._today = household_id, today
        self._person: PlannedPerson | None = None
        self._mark_id = new_id()
        self.can_join = named(ChoiceField("印", _CHOICES, required=True), "mark_can_join")
        self.since = named(DateField("いつから", today=today, required=True), "mark_since")
        self.reason = named(TextField("理由", required=True), "mark_reason")
        rows = [form_row("印(&J)", self.can_join), form_row("いつから(&D)", self.since)]
        self.form.addWidget(side_by_side(rows))
        self.form.addWidget(form_row("理由(&R)", self.reason))
        self._watch()

    def begin(self, person: PlannedPerson, found: PlansOfFile) -> None:
        """Stand ready for a member, with the other answer than what stands."""
        del found
        self._person, self._mark_id = person, new_id()
        self.can_join.show_value(_CANNOT if person.can_join else _CAN)
        self.since.show_value(self._today())
        self.reason.show_value(None)
        self._begin(f"参加できる人の印を記録：{person.name}", "")
        self.can_join.setFocus()

    @override
    def fields(self) -> dict[str, Field[Any] | Field[object]]:
        return {"can_join": self.can_join, "since": self.since, "reason": self.reason}

    @override
    def read(self) -> MarkInput:
        reader = FormReader()
        can_join = reader.read("can_join", self.can_join)
        since = reader.read("since", self.since)
        reason = reader.read("reason", self.reason)
        reader.finish()
        if self._person is None or since is None:
            raise ValidationError
        return MarkInput(
            mark_id=self._mark_id,
            household_id=self._household_id,
            person_id=self._person.person_id,
            can_join=can_join == _CAN,
            since=since,
            reason=reason or "",
        )

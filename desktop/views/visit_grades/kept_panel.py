"""格付はそのまま: why the grade stays although something happened."""

from __future__ import annotations

from uuid import UUID

from desktop.domain.errors import ValidationError
from desktop.domain.policy_events import ReviewEvent
from desktop.domain.visit_grades import KeptInput
from desktop.override import override
from desktop.viewmodels.policy_events import event_text
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.widgets import named

_ABOUT = "記録した答えは変えられません。あとから格付を変えるときは、提案を出してください。"


class KeptPanel(AnswerPanel):
    """`recorded` carries a KeptInput."""

    def __init__(self) -> None:
        super().__init__("grade_kept_panel", _ABOUT)
        self._household_id: UUID | None = None
        self._event: ReviewEvent | None = None
        self.reason = named(
            LongTextField("格付を変えない理由", required=True, lines=2, most_lines=6), "kept_reason"
        )
        self.form.addWidget(form_row("格付を変えない理由(&R)", self.reason))
        self._watch()
        self.hide()

    def begin(self, household_id: UUID, event: ReviewEvent) -> None:
        """Stand ready for the answer to an event."""
        self._household_id, self._event = household_id, event
        self.reason.show_value(None)
        self._begin(f"格付はそのまま：{event_text(event)}", "")
        self.reason.setFocus()

    @override
    def fields(self) -> dict[str, Field[str] | Field[object]]:
        return {"reason": self.reason}

    @override
    def read(self) -> KeptInput:
        reader = FormReader()
        reason = reader.read("reason", self.reason)
        reader.finish()
        if self._household_id is None or self._event is None:
            raise ValidationError
        return KeptInput(
            household_id=self._household_id,
            event_code=self._event.code,
            happened_on=self._event.happened_on,
            reason=reason or "",
        )

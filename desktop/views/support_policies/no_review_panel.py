"""見直し不要: what happened on which day, and why the policy stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from desktop.domain.errors import ValidationError
from desktop.domain.support_policies import NoReviewInput
from desktop.override import override
from desktop.viewmodels.support_policies_answers import YEARLY_STAYS
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.support_policies.choice_row import side_by_side
from desktop.views.widgets import named

_TITLE = "見直し不要と答える"


class NoReviewPanel(AnswerPanel):
    """`recorded` carries a NoReviewInput."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("no_review_panel", f"{YEARLY_STAYS}記録した答えは変えられません。")
        self._household_id: UUID | None = None
        self.what = named(TextField("あったこと", required=True, characters=20), "what_happened")
        self.happened_on = named(DateField("あった日", today=today, required=True), "happened_on")
        self.reason = named(
            LongTextField("見直さない理由", required=True, lines=2, most_lines=6), "reason"
        )
        rows = (form_row("あったこと(&E)", self.what), form_row("あった日(&D)", self.happened_on))
        self.form.addWidget(side_by_side(rows))
        self.form.addWidget(form_row("見直さない理由(&R)", self.reason))
        self._watch()

    def begin(self, household_id: UUID, event: str, happened_on: date | None) -> None:
        """Stand ready for an answer; an event that is known already is filled in."""
        self._household_id = household_id
        self.what.show_value(event or None)
        self.happened_on.show_value(happened_on)
        self.reason.show_value(None)
        self._begin(_TITLE, "")
        (self.reason if event and happened_on else self.what).setFocus()

    @override
    def fields(self) -> dict[str, Field[str] | Field[object]]:
        return {
            "event": self.what,
            "happened_on": self.happened_on,  # type: ignore[dict-item]
            "reason": self.reason,
        }

    @override
    def read(self) -> NoReviewInput:
        reader = FormReader()
        event = reader.read("event", self.what)
        happened_on = reader.read("happened_on", self.happened_on)
        reason = reader.read("reason", self.reason)
        reader.finish()
        if self._household_id is None or happened_on is None:
            raise ValidationError
        return NoReviewInput(
            household_id=self._household_id,
            event=event or "",
            happened_on=happened_on,
            reason=reason or "",
        )

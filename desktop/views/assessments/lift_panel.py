"""保留を解く: how the question of safety was settled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from desktop.domain.assessment_forms import AssessedPerson, Assessment
from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.widgets import named

_ABOUT = "本人の安全をだれがどう確かめたかを書きます。記録した答えは変えられません。"


class LiftPanel(AnswerPanel):
    """`recorded` carries the id of the assessment and the reason."""

    def __init__(self) -> None:
        super().__init__("lift_panel", _ABOUT)
        self._assessment_id: UUID | None = None
        self.reason = named(
            LongTextField("確かめたこと", required=True, lines=2, most_lines=6), "lift_reason"
        )
        self.form.addWidget(form_row("確かめたこと(&R)", self.reason))
        self._watch()

    def begin(self, person: AssessedPerson, held: Assessment) -> None:
        """Stand ready for the answer about an assessment."""
        self._assessment_id = held.given.assessment_id
        self.reason.show_value(None)
        self._begin(f"保留を解く：{person.name}", "")
        self.reason.setFocus()

    @override
    def fields(self) -> dict[str, Field[Any] | Field[object]]:
        return {"reason": self.reason}

    @override
    def read(self) -> tuple[UUID, str]:
        reader = FormReader()
        reason = reader.read("reason", self.reason)
        reader.finish()
        if self._assessment_id is None:
            raise ValidationError
        return self._assessment_id, reason or ""

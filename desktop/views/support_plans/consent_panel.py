"""同意を記録: what the person said to a version, when and how. Consent can be taken back at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.support_plan_files import ConsentInput, PlannedPerson, SupportPlan
from desktop.domain.support_plans import CONSENT_MOVE, CONSENT_WAY, ConsentMove, ConsentWay
from desktop.override import override
from desktop.viewmodels.support_plans import consent_text
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.tick_field import TickField
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.support_policies.choice_row import side_by_side
from desktop.views.widgets import named

_ABOUT = "同意しないこと・撤回だけで、支援区分や保護は変わりません。記録したものは変えられず、新しい記録が優先します。"


class ConsentPanel(AnswerPanel):
    """`recorded` carries a ConsentInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("consent_panel", _ABOUT)
        self._household_id, self._today = household_id, today
        self._plan: SupportPlan | None = None
        self._consent_id = new_id()
        moves = [Choice(code=code, label=label) for code, label in CONSENT_MOVE.items()]
        ways = [Choice(code=code, label=label) for code, label in CONSENT_WAY.items()]
        self.move_ = named(ChoiceField("本人の答え", moves, required=True), "consent_move")
        self.said_on = named(DateField("答えた日", today=today, required=True), "consent_said_on")
        self.way = named(ChoiceField("確かめ方", ways, required=True), "consent_way")
        self.copy = named(TickField("写しを渡した(&Y)"), "consent_copy")
        self.form.addWidget(
            side_by_side(
                [
                    form_row("本人の答え(&A)", self.move_),
                    form_row("答えた日(&D)", self.said_on),
                    form_row("確かめ方(&H)", self.way),
                ]
            )
        )
        self.form.addWidget(self.copy)
        self._watch()

    def begin(self, person: PlannedPerson, plan: SupportPlan) -> None:
        """Stand ready for a version."""
        self._plan, self._consent_id = plan, new_id()
        self.move_.show_value(ConsentMove.GIVEN)
        self.said_on.show_value(self._today())
        self.way.show_value(ConsentWay.SIGNED)
        self.copy.show_value(None)
        hint = f"第{plan.version}版　今までの記録：{consent_text(plan.consent)}"
        self._begin(f"同意を記録：{person.name}", hint)
        self.move_.setFocus()

    @override
    def fields(self) -> dict[str, Field[Any] | Field[object]]:
        return {
            "move": self.move_,
            "said_on": self.said_on,
            "way": self.way,
            "copy_given": self.copy,
        }

    @override
    def read(self) -> ConsentInput:
        reader = FormReader()
        move = reader.read("move", self.move_)
        said_on = reader.read("said_on", self.said_on)
        way = reader.read("way", self.way)
        reader.finish()
        if self._plan is None or said_on is None:
            raise ValidationError
        return ConsentInput(
            consent_id=self._consent_id,
            plan_id=self._plan.given.plan_id,
            household_id=self._household_id,
            move=ConsentMove(str(move)),
            said_on=said_on,
            way=ConsentWay(str(way)),
            copy_given=self.copy.is_ticked(),
        )

"""One action while it is written: who does what by when, and how one will see that it was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.domain.ids import new_id
from desktop.domain.support_policies import ACTOR, Action, Actor
from desktop.domain.wording import WordingRule
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField
from desktop.views.support_policies.lines_field import LineEditor, LinesField
from desktop.views.widgets import named


class ActionLine(LineEditor[Action]):
    """Who and what in the first line, day and measure beneath."""

    def __init__(
        self, action: Action, today: Callable[[], date], wording: Sequence[WordingRule]
    ) -> None:
        super().__init__("action")
        self._action = action
        self.actor = named(ChoiceField("だれが", _actors(), required=True), "action_actor")
        self.what = named(LongTextField("何をする", lines=1, wording=wording), "action_what")
        self.by_on = named(DateField("取組の期日", today=today), "action_by")
        self.measure = named(TextField("何で確かめるか"), "action_measure")
        self.what.editor().setPlaceholderText("何をする")
        self.by_on.editor().setPlaceholderText("期日 +30 など")
        self.measure.editor().setPlaceholderText("何で確かめる")
        self._lay_out()
        self.actor.show_value(action.actor)
        self.what.show_value(action.what or None)
        self.by_on.show_value(action.by_on)
        self.measure.show_value(action.measure or None)
        for field in self.fields():
            field.edited.connect(self.edited)

    @override
    def entered(self) -> Action | None:
        actor, by_on = self.actor.entered(), self.by_on.entered()
        what, measure = self.what.entered(), self.measure.entered()
        if not what:
            return None
        return replace(
            self._action,
            actor=Actor(actor or self._action.actor),
            what=what,
            by_on=by_on,
            measure=measure or "",
        )

    @override
    def fields(self) -> Sequence[Field[Any]]:
        return (self.actor, self.what, self.by_on, self.measure)

    @override
    def main_field(self) -> LongTextField:
        return self.what

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.actor)
        first.addWidget(self.what, 1)
        second.addWidget(self.by_on)
        second.addWidget(self.measure, 1)
        second.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addLayout(second)


def actions_field(today: Callable[[], date], wording: Sequence[WordingRule]) -> LinesField[Action]:
    """The actions of an issue."""
    return LinesField(
        "取組",
        "取組を足す(&T)",
        blank=lambda: Action(action_id=new_id(), actor=Actor.CASEWORKER, what=""),
        make=lambda action: ActionLine(action, today, wording),
    )


def _actors() -> list[Choice]:
    return [Choice(code=actor, label=label) for actor, label in ACTOR.items()]

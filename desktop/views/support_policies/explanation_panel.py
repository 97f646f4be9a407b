"""説明の記録: when, where and to whom the policy was explained, how it was taken, and what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop.domain.errors import ValidationError
from desktop.domain.support_policies import (
    UNDERSTANDING,
    ExplanationInput,
    SupportPolicy,
    Understanding,
)
from desktop.override import override
from desktop.viewmodels.support_policies import line_title
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

_HELP = (
    "納得していないときは、本人の言葉のまま書きます。説明できない事情があるときは、その事情を書きます。"
    "記録した説明は変えられません。"
)
_PLACES = ("自宅", "福祉事務所", "電話", "病院", "施設")


class ExplanationPanel(AnswerPanel):
    """`recorded` carries an ExplanationInput."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("explanation_panel", _HELP)
        self._today = today
        self._policy_id: UUID | None = None
        choices = [Choice(code=code, label=label) for code, label in UNDERSTANDING.items()]
        self.explained_on = named(
            DateField("説明した日", today=today, required=True), "explained_on"
        )
        self.to_whom = named(TextField("説明した相手", required=True, characters=10), "to_whom")
        self.place = named(TextField("場所", characters=8), "place")
        self.understanding = named(
            ChoiceField("理解の様子", choices, required=True), "understanding"
        )
        self.said = named(LongTextField("本人の言葉・様子", lines=2, most_lines=6), "said")
        rows = (
            form_row("説明した日(&D)", self.explained_on),
            form_row("説明した相手(&W)", self.to_whom),
            form_row("場所(&B)", self.place),
            form_row("理解の様子(&R)", self.understanding),
        )
        self.form.addWidget(side_by_side(rows))
        self.form.addWidget(form_row("本人の言葉・様子(&K)", self.said))
        _complete(self.place.editor(), _PLACES)
        self._watch()

    def begin(self, policy: SupportPolicy, names: Iterable[str], hint: str = "") -> None:
        """Stand ready for an explanation of this policy. `names` are the members', offered while typing."""
        self._policy_id = policy.policy_id
        self.explained_on.show_value(self._today())
        self.to_whom.show_value(None)
        self.place.show_value(None)
        self.understanding.show_value(None)
        self.said.show_value(None)
        _complete(self.to_whom.editor(), names)
        self._begin(f"説明を記録する　{line_title(policy)}", hint)
        self.to_whom.setFocus()

    @override
    def fields(self) -> dict[str, Field[str] | Field[object]]:
        return {
            "explained_on": self.explained_on,  # type: ignore[dict-item]
            "to_whom": self.to_whom,
            "place": self.place,
            "understanding": self.understanding,
            "said": self.said,
        }

    @override
    def read(self) -> ExplanationInput:
        reader = FormReader()
        explained_on = reader.read("explained_on", self.explained_on)
        to_whom = reader.read("to_whom", self.to_whom)
        place = reader.read("place", self.place)
        understanding = reader.read("understanding", self.understanding)
        said = reader.read("said", self.said)
        reader.finish()
        if self._policy_id is None or explained_on is None or understanding is None:
            raise ValidationError
        return ExplanationInput(
            policy_id=self._policy_id,
            explained_on=explained_on,
            to_whom=to_whom or "",
            place=place or "",
            understanding=Understanding(understanding),
            said=said or "",
        )


def _complete(editor: object, words: Iterable[str]) -> None:
    if isinstance(editor, QLineEdit):
        completer = QCompleter(list(words), editor)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        editor.setCompleter(completer)

"""The decision on one person: group, reason, next review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.assessment_forms import AssessmentTables
from desktop.domain.conference_boards import review_day
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.support_groups import FEWEST_REASON, SupportGroup
from desktop.viewmodels.conferences import group_words
from desktop.viewmodels.conferences_digest import labels_of
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import at_left, named

_SAME = "提案と同じ区分です。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was entered; who it is about knows whoever asked."""

    group: SupportGroup
    reason: str
    next_review_on: date


class DecisionForm(QFrame):
    """Ctrl+Enter decides: `entered` carries a Decided. With `fixed` the group cannot be another one than proposed."""

    entered = Signal(object)

    def __init__(self, name: str, today: Callable[[], date], *, fixed: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._today, self._fixed = today, fixed
        self._tables: AssessmentTables | None = None
        self._proposed: SupportGroup | None = None
        self._begun: tuple[object, ...] = ()
        self.note = named(Paragraph(), f"{name}_note")
        self.group = ChoiceField("支援区分", (), required=True)
        self.reason = LongTextField("理由", lines=2, required=True)
        self.count = named(Paragraph(tone="muted"), f"{name}_count")
        self.next_review_on = DateField("次の見直し", today=today, required=True)
        self.act_button = named(QPushButton("決定して次へ（Ctrl+Enter）"), f"{name}_act")
        self._form = QWidget()
        self._lay_out()
        self._connect()

    def begin(self, tables: AssessmentTables, proposed: SupportGroup) -> None:
        """Ask for a decision on what is proposed."""
        self._tables, self._proposed = tables, proposed
        labels = labels_of(tables)
        self.group.set_choices(
            [Choice(code=g.value, label=group_words(g, labels)) for g in SupportGroup]
        )
        self.group.show_value(proposed.value)
        self.reason.show_value(None)
        self.note.say("")
        self._form.show()
        self.act_button.setEnabled(True)
        self._fill_review()
        self._count()
        self._begun = self._typed()

    def refuse(self, why_not: str) -> None:
        """Say why nothing can be decided here."""
        self._form.hide()
        self.note.say(why_not)

    def is_open(self) -> bool:
        """Whether something can be decided."""
        return not self._form.isHidden()

    def has_unsaved(self) -> bool:
        """Whether something was changed."""
        return self.is_open() and self._typed() != self._begun

    def focus_first(self) -> None:
        """Begin with the reason where the group is fixed, else with the group."""
        first: Field[str] = self.reason if self._fixed else self.group
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> None:
        """Hand in the decision."""
        if not self.is_open() or not self.act_button.isEnabled():
            return
        reader = FormReader()
        group = reader.read("group", self.group)
        reason = reader.read("reason", self.reason)
        day = reader.read("next_review_on", self.next_review_on)
        try:
            reader.finish()
        except ValidationError:
            return
        if group is None or reason is None or day is None:
            return
        self.act_button.setEnabled(False)
        self.entered.emit(
            Decided(group=SupportGroup(group), reason=reason.strip(), next_review_on=day)
        )

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [key for key in error.fields if isinstance(getattr(self, key, None), Field)]
        for key in placed:
            getattr(self, key).show_error(error.fields[key])
        return "" if placed else error.sentence

    def _chosen(self) -> SupportGroup | None:
        code = self.group.editor().currentData(Qt.ItemDataRole.UserRole)
        return SupportGroup(code) if code else None

    def _typed(self) -> tuple[object, ...]:
        return (self._chosen(), self.reason.editor().toPlainText().strip())

    def _group_changed(self) -> None:
        if self._tables is not None and self._chosen() is not None:
            self._fill_review()
            self._count()

    def _fill_review(self) -> None:
        chosen = self._chosen()
        if self._tables is not None and chosen is not None:
            self.next_review_on.show_value(review_day(self._tables, chosen, self._today()))

    def _count(self) -> None:
        """Say how long the reason is where it must have a length."""
        if self._chosen() is self._proposed:
            self.count.say(_SAME)
            return
        length = len(self.reason.editor().toPlainText().strip())
        left = max(0, FEWEST_REASON - length)
        asked = f"あと{left}文字要ります" if left else "足りています"
        self.count.say(
            f"提案と違う区分です。理由は{FEWEST_REASON}文字以上（いま{length}文字、{asked}）。"
        )

    def _lay_out(self) -> None:
        self.act_button.setProperty("primary", True)
        if self._fixed:
            self.group.set_read_only(read_only=True)
        form = FormLayout(self._form, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("支援区分(&G)", self.group)
        form.add_field("理由(&R)", self.reason)
        form.addRow(self.count)
        form.add_field("次の見直し(&N)", self.next_review_on)
        form.addRow(at_left(self.act_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.note)
        layout.addWidget(self._form)
        self._form.hide()

    def _connect(self) -> None:
        self.act_button.clicked.connect(lambda *_: self.act())
        self.group.editor().currentIndexChanged.connect(lambda *_: self._group_changed())
        self.reason.edited.connect(self._count)

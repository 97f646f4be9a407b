"""What a supervisor decides without a conference: a group for the time being, or that the group stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.domain.assessment_forms import AssessedPerson, AssessmentsOfFile, AssessmentTables
from desktop.domain.dates import months_later
from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.support_groups import DecidedBy, DecisionInput, SupportGroup
from desktop.override import override
from desktop.viewmodels.assessments import group_label
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.support_policies.choice_row import side_by_side
from desktop.views.widgets import named

_ABOUT = "記録した決定は変えられません。新しい決定で置き換えます。"


class DecidePanel(AnswerPanel):
    """`recorded` carries a DecisionInput."""

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("decide_panel", _ABOUT)
        self._household_id, self._today = household_id, today
        self._how = DecidedBy.PROVISIONAL
        self._person: AssessedPerson | None = None
        self._tables: AssessmentTables | None = None
        self._decision_id = new_id()
        self.group = named(ChoiceField("区分", (), required=True), "decided_group")
        self.expires_on = named(DateField("期限", today=today, required=True), "expires_on")
        self.next_review_on = named(
            DateField("次の見直し", today=today, required=True), "next_review_on"
        )
        self.reason = named(
            LongTextField("理由", required=True, lines=2, most_lines=6), "decided_reason"
        )
        self.persons_view = named(
            LongTextField("本人の意見", lines=1, most_lines=4), "persons_view"
        )
        self._only_provisional: tuple[QWidget, ...] = (
            form_row("区分(&G)", self.group),
            form_row("期限(&E)", self.expires_on),
        )
        review = form_row("次の見直し(&V)", self.next_review_on)
        group, expires = self._only_provisional
        self.form.addWidget(group)
        self.form.addWidget(side_by_side([expires, review]))
        self.form.addWidget(form_row("理由(&R)", self.reason))
        self.form.addWidget(form_row("本人の意見(&I)", self.persons_view))
        self._watch()
        self.group.edited.connect(self._offer_review)

    def begin_provisional(self, person: AssessedPerson, found: AssessmentsOfFile) -> None:
        """Stand ready for a group that holds until a conference decides."""
        numbers = found.tables.numbers
        hint = f"会議で決まるまでの仮の区分です。期限は{numbers.provisional_days}日までで、過ぎると「提案のまま」に戻ります。"
        self.expires_on.show_value(self._today() + timedelta(days=numbers.provisional_days))
        self._start(DecidedBy.PROVISIONAL, person, found.tables, hint)
        self.group.setFocus()

    def begin_unchanged(self, person: AssessedPerson, found: AssessmentsOfFile) -> None:
        """Stand ready for the decision that the group stays as it is."""
        hint = "区分が変わらず、提案も同じときだけ、会議によらずに決められます。次の会議に報告されます。"
        self.expires_on.show_value(None)
        self._start(DecidedBy.SUPERVISOR, person, found.tables, hint)
        self.reason.setFocus()

    @override
    def fields(self) -> dict[str, Field[Any] | Field[object]]:
        every: dict[str, Field[Any] | Field[object]] = {
            "group": self.group,
            "expires_on": self.expires_on,
            "next_review_on": self.next_review_on,
            "reason": self.reason,
            "persons_view": self.persons_view,
        }
        return {name: field for name, field in every.items() if not self._is_aside(field)}

    @override
    def read(self) -> DecisionInput:
        reader = FormReader()
        read = {name: reader.read(name, field) for name, field in self.fields().items()}
        reader.finish()
        newest = self._person.newest if self._person else None
        if self._person is None or newest is None:
            raise ValidationError
        return DecisionInput(
            decision_id=self._decision_id,
            household_id=self._household_id,
            person_id=self._person.person_id,
            assessment_id=newest.given.assessment_id,
            group=SupportGroup(str(read.get("group") or newest.proposal.group)),
            how=self._how,
            next_review_on=read["next_review_on"],  # type: ignore[arg-type]
            reason=str(read["reason"] or ""),
            persons_view=str(read["persons_view"] or ""),
            expires_on=read.get("expires_on"),
        )

    def _is_aside(self, field: object) -> bool:
        aside = self.group, self.expires_on
        return self._how is not DecidedBy.PROVISIONAL and field in aside

    def _offer_review(self) -> None:
        """The office's interval of the group chosen."""
        code = self.group.editor().currentData()
        kind = self._tables.groups.get(SupportGroup(code)) if self._tables and code else None
        if kind is not None:
            self.next_review_on.show_value(months_later(self._today(), kind.review_months))

    def _start(
        self, how: DecidedBy, person: AssessedPerson, tables: AssessmentTables, hint: str
    ) -> None:
        newest = person.newest
        if newest is None:
            return
        self._how, self._person, self._decision_id = how, person, new_id()
        for row in self._only_provisional:
            row.setVisible(how is DecidedBy.PROVISIONAL)
        proposed = newest.proposal.group
        self.group.set_choices(
            [Choice(code=g, label=group_label(g, tables)) for g in tables.groups]
        )
        self.group.show_value(proposed)
        self._tables = tables
        self._offer_review()
        for text in (self.reason, self.persons_view):
            text.show_value(None)
        title = "仮の区分を付ける" if how is DecidedBy.PROVISIONAL else "変わりなしで決める"
        self._begin(f"{title}：{person.name}　{group_label(proposed, tables)}（提案）", hint)

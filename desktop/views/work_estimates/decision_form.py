"""The form in which a decision of the benefit system is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.era import DateStyle
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.work_estimates import ESTIMATE_KIND
from desktop.domain.work_estimates_cases import (
    CASE_OUTCOME,
    MOST_YEN,
    BenefitCase,
    CaseOutcome,
    DecisionInput,
    months_from,
)
from desktop.viewmodels.work_estimates import month_text
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.yen_field import YenField
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_FIELDS = ("outcome", "decided_on", "month", "interviews", "applications", "amount", "reason")
_HELP = "保護システムの決定を、決定通知のとおりに記録します。ここで決めるものではありません。"
_MOST_COUNT = 999


class DecisionForm(QWidget):
    """`recorded` carries a DecisionInput; `left` on Esc. Months and activities show only where months are decided singly."""

    recorded = Signal(object)
    left = Signal()

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("decision_form")
        self._household_id, self._today = household_id, today
        self._case: BenefitCase | None = None
        self._decision_id = new_id()
        self.what = named(Paragraph(), "decision_what")
        outcomes = [Choice(code=code, label=label) for code, label in CASE_OUTCOME.items()]
        self.outcome = ChoiceField("決定", outcomes, required=True)
        self.decided_on = DateField("決定日", today=today, required=True, style=DateStyle.SHORT)
        self.month = ChoiceField("対象の月", ())
        self.interviews = NumberField("面接", unit="回", highest=_MOST_COUNT)
        self.applications = NumberField("応募", unit="回", highest=_MOST_COUNT)
        self.amount = YenField("決定された額", highest=MOST_YEN)
        self.reason = LongTextField("理由・備考", lines=2, most_lines=8)
        self.act_button = named(QPushButton("決定を記録（Ctrl+Enter）"), "record_decision")
        self.back_button = named(QPushButton("やめる（Esc）"), "leave_decision")
        self._monthly = QWidget()
        self._lay_out()
        self._connect()

    def begin(self, case: BenefitCase) -> None:
        """Stand ready for a decision about a case."""
        self._case, self._decision_id = case, new_id()
        self.what.say(f"{ESTIMATE_KIND[case.kind]}　{case.person}。{_HELP}")
        months = [] if case.months is None else months_from(case.about_on, case.months)
        self.month.set_choices([Choice(code=m.isoformat(), label=month_text(m)) for m in months])
        waiting = case.open_months[:1]
        self.month.show_value(waiting[0].isoformat() if waiting else None)
        self._monthly.setVisible(case.months is not None)
        self.outcome.show_value(CaseOutcome.GRANTED)
        self.decided_on.show_value(self._today())
        for field in (self.interviews, self.applications, self.amount):
            field.show_value(None)
        self.reason.show_value(None)
        self.act_button.setEnabled(True)
        self.outcome.editor().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [name for name in error.fields if name in _FIELDS]
        for name in placed:
            getattr(self, name).show_error(error.fields[name])
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether a decision is half typed."""
        typed = (self.amount.editor().text(), self.reason.editor().toPlainText())
        return any(text.strip() for text in typed)

    def clear(self) -> None:
        """Forget what was typed."""
        for field in (self.interviews, self.applications, self.amount):
            field.show_value(None)
        self.reason.show_value(None)

    def _act(self) -> None:
        case = self._case
        if case is None or not self.act_button.isEnabled():
            return
        reader = FormReader()
        outcome = reader.read("outcome", self.outcome)
        decided_on = reader.read("decided_on", self.decided_on)
        month = reader.read("month", self.month)
        interviews = reader.read("interviews", self.interviews)
        applications = reader.read("applications", self.applications)
        amount = reader.read("amount", self.amount)
        reason = reader.read("reason", self.reason)
        try:
            reader.finish()
        except ValidationError:
            return
        is_monthly = case.months is not None
        self.act_button.setEnabled(False)
        self.recorded.emit(
            DecisionInput(
                decision_id=self._decision_id,
                case_id=case.case_id,
                household_id=self._household_id,
                outcome=CaseOutcome(str(outcome)),
                decided_on=decided_on or self._today(),
                month=date.fromisoformat(month) if month and is_monthly else None,
                interviews=interviews if is_monthly else None,
                applications=applications if is_monthly else None,
                amount=amount,
                reason=reason or "",
            )
        )

    def _lay_out(self) -> None:
        self.act_button.setProperty("primary", True)
        first, last = QWidget(), QWidget()
        form = FormLayout(first, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("決定(&K)", self.outcome)
        form.add_field("決定日(&D)", self.decided_on)
        form = FormLayout(self._monthly, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("対象の月(&M)", self.month)
        form.add_field("この月の面接(&I)", self.interviews)
        form.add_field("この月の応募(&O)", self.applications)
        form = FormLayout(last, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("決定された額（支給決定のとき）(&G)", self.amount)
        form.add_field("理由・備考（却下・取下げは必須）(&R)", self.reason)
        buttons = FlowingRow()
        buttons.add(self.act_button)
        buttons.add(self.back_button)
        page = FollowingScroll()
        title = named(QLabel("決定の記録"), "section_title")
        for part in (title, self.what, first, self._monthly, last, buttons):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)

    def _connect(self) -> None:
        self.act_button.clicked.connect(self._act)
        self.back_button.clicked.connect(self.left)
        for key, act in (
            ("Ctrl+Return", self._act),
            ("Ctrl+Enter", self._act),
            ("Escape", self.left.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

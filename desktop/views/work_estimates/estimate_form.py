"""The form of an estimate: for whom, what, its fields; the estimate stands live beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.era import DateStyle
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.work_estimates import (
    ESTIMATE_KIND,
    PRINTED_KINDS,
    Estimate,
    EstimateKind,
)
from desktop.domain.work_estimates_cases import GRANT_MONTHS, CaseInput, EstimateInput, WorkMoney
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.papers.folding_row import FlowingRow, FoldingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.widgets import named
from desktop.views.work_estimates.estimate_panel import EstimatePanel
from desktop.views.work_estimates.kind_fields import KindFields
from desktop.views.work_estimates.kinds import KIND_FORMS, window_names

#: Typing rests this long before the estimate is asked for (milliseconds).
_REST = 250
_PRINT_HAND = "手取り試算を印刷（Ctrl+P）"
_PRINT_APPLICATION = "申請書を印刷（Ctrl+P）"


class EstimateForm(QWidget):
    """`asked` carries (person, question) while it is typed, `applied` a CaseInput, `print_asked` the same as `asked`."""

    asked = Signal(object, object)
    applied = Signal(object)
    print_asked = Signal(object, object)
    left = Signal()

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("estimate_form")
        self._household_id, self._today = household_id, today
        self._case_id, self._may_write, self._touched = new_id(), False, False
        self._found: WorkMoney | None = None
        self.person = ChoiceField("対象者", (), required=True)
        # The people come later: as wide as the longest name, also after the first showing.
        self.person.editor().setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        kinds = [Choice(code=kind, label=label) for kind, label in ESTIMATE_KIND.items()]
        self.kind = ChoiceField("試算するもの", kinds, required=True)
        self.kinds = {kind: KindFields(form, today) for kind, form in KIND_FORMS.items()}
        self.panel = EstimatePanel()
        self.asked_on = DateField("申請日", today=today, required=True, style=DateStyle.SHORT)
        self.note = LongTextField("申請の理由・内容", lines=2, most_lines=8)
        self.apply_button = named(QPushButton("申請として保存（Ctrl+Enter）"), "apply_case")
        self.print_button = named(QPushButton(_PRINT_HAND), "print_work_sheet")
        self.back_button = named(QPushButton("一覧へ戻る（Esc）"), "leave_estimate")
        self._application = QWidget()
        self._pages = QStackedWidget()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._lay_out()
        self._connect()

    def begin(self, found: WorkMoney) -> None:
        """Stand ready for an estimate for the head of the household."""
        self._case_id, self._may_write, self._touched = new_id(), found.may_write, False
        self._found = found
        people = [Choice(code=str(each.person_id), label=each.name) for each in found.people]
        self.person.set_choices(people)
        self.person.show_value(people[0].code if people else None)
        self.kind.show_value(EstimateKind.EARNED_INCOME)
        for fields in self.kinds.values():
            fields.begin({"on": self._today(), "is_single": len(people) == 1})
        self.asked_on.show_value(self._today())
        self.note.show_value(None)
        self.apply_button.setEnabled(True)
        self._choose_kind()
        self._touched = False
        self.person.editor().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_estimate(self, estimate: Estimate) -> None:
        """Show what came out of it."""
        self.panel.show_estimate(estimate)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.apply_button.setEnabled(True)
        fields = error.fields if isinstance(error, ValidationError) else {}
        placed = [name for name in fields if name in {"asked_on", "note", "person", "kind"}]
        for name in placed:
            getattr(self, name).show_error(fields[name])
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether an application is half entered; what remains in hand is only looked at and never kept."""
        return self._touched and self._fields() is not self.kinds[EstimateKind.EARNED_INCOME]

    def clear(self) -> None:
        """Forget what was entered: it is kept, or given up."""
        self._touched = False
        self._rest.stop()

    def question(self) -> tuple[UUID, EstimateInput] | None:
        """For whom and what; None while something is missing."""
        person = self.person.editor().currentData()
        given = self._fields().given()
        return None if person is None or given is None else (UUID(person), given)

    def _fields(self) -> KindFields:
        return self.kinds[EstimateKind(self.kind.editor().currentData() or next(iter(self.kinds)))]

    def _choose_kind(self) -> None:
        fields = self._fields()
        self._pages.setCurrentWidget(fields)
        for other in self.kinds.values():  # the page at hand alone says how high it is
            rule = other.sizePolicy()
            shown = rule.Policy.Preferred if other is fields else rule.Policy.Ignored
            other.setSizePolicy(rule.Policy.Preferred, shown)
        is_income = fields is self.kinds[EstimateKind.EARNED_INCOME]
        self._application.setVisible(not is_income and self._may_write)
        self.apply_button.setVisible(not is_income and self._may_write)
        kind = EstimateKind(self.kind.editor().currentData() or EstimateKind.EARNED_INCOME)
        self.print_button.setVisible(kind in PRINTED_KINDS)
        self.print_button.setText(_PRINT_HAND if is_income else _PRINT_APPLICATION)
        self._was_edited()

    def _fit_window(self) -> None:
        """So many months of 就労自立給付金 as count where protection ends on the day entered."""
        fields = self.kinds[EstimateKind.INDEPENDENCE]
        ended_on = fields.peeked("on") or self._today()
        months = self._found.grant_months(ended_on) if self._found else GRANT_MONTHS
        fields.leave_out(window_names(months))

    def _was_edited(self) -> None:
        self._fit_window()
        self._touched = True
        self._rest.start()

    def _ask(self) -> None:
        if self._fields().is_composing:
            self._rest.start()
            return
        question = self.question()
        if question is None:
            self.panel.wait()
        else:
            self.asked.emit(*question)

    def _print(self) -> None:
        question = self.question()
        if self.print_button.isHidden():
            return
        if question is None:
            self._fields().show_missing()
        else:
            self.print_asked.emit(*question)

    def _apply(self) -> None:
        if self.apply_button.isHidden() or not self.apply_button.isEnabled():
            return
        reader = FormReader()
        asked_on = reader.read("asked_on", self.asked_on)
        note = reader.read("note", self.note)
        try:
            reader.finish()
        except ValidationError:
            return
        question, shown = self.question(), self.panel.estimate
        if question is None:
            self._fields().show_missing()
            return
        if shown is None or self._rest.isActive():
            self._rest.stop()
            self._ask()  # what is kept is what was looked at
            return
        person_id, given = question
        self.apply_button.setEnabled(False)
        self.applied.emit(
            CaseInput(
                case_id=self._case_id,
                household_id=self._household_id,
                person_id=person_id,
                given=given,
                shown=shown,
                asked_on=asked_on or self._today(),
                note=note or "",
            )
        )

    def _lay_out(self) -> None:
        self.apply_button.setProperty("primary", True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        whom = QWidget()
        form = FormLayout(whom, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("対象者(&P)", self.person)
        form.add_field("試算するもの(&S)", self.kind)
        for fields in self.kinds.values():
            self._pages.addWidget(fields)
        form = FormLayout(self._application, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("申請日(&A)", self.asked_on)
        form.add_field("申請の理由・内容(&R)", self.note)
        for part in (whom, self._pages, self._application):
            column.addWidget(part)
        column.addStretch(1)
        beside = FoldingRow(gap=24)
        beside.add_part(left, share=2)
        beside.add_part(self.panel, share=3)
        buttons = FlowingRow()
        for button in (self.apply_button, self.print_button, self.back_button):
            buttons.add(button)
        page = FollowingScroll()
        page.add_part(beside)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page, 1)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.person.editor().currentIndexChanged.connect(lambda *_: self._was_edited())
        self.kind.editor().currentIndexChanged.connect(lambda *_: self._choose_kind())
        for fields in self.kinds.values():
            fields.edited.connect(self._was_edited)
        self._rest.timeout.connect(self._ask)
        self.apply_button.clicked.connect(self._apply)
        self.print_button.clicked.connect(self._print)
        self.back_button.clicked.connect(self.left)
        for key, act in (
            ("Ctrl+Return", self._apply),
            ("Ctrl+Enter", self._apply),
            ("Ctrl+P", self._print),
            ("Escape", self.left.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

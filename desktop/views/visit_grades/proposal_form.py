"""The form of a proposed grade: which, from when, why; the criteria of the office stand beside it."""

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
from desktop.domain.visit_grades import (
    BY_POLICY,
    GradeInput,
    GradesOfFile,
    LivingPlace,
    VisitGrade,
)
from desktop.viewmodels.visit_grades import (
    criteria,
    exception_label,
    floor_hint,
    grade_label,
    places_for,
    present_sentence,
)
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.papers.folding_row import FlowingRow, FoldingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_FIELDS = (
    *("grade", "effective_from", "place", "reason_code", "reason"),
    *("exception", "exception_reason"),
)


class ProposalForm(QWidget):
    """`proposed` carries a GradeInput; `left` on Esc. The exception shows only under the floor."""

    proposed = Signal(object)
    left = Signal()

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("grade_form")
        self._household_id, self._today = household_id, today
        self._found: GradesOfFile | None = None
        self._grade_id = new_id()
        self.present = named(Paragraph(), "form_present_grade")
        self.grade = ChoiceField("格付", (), required=True)
        self.criteria = named(Paragraph(), "grade_criteria")
        self.criteria.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.effective_from = DateField(
            "適用する日", today=today, required=True, style=DateStyle.SHORT
        )
        self.place = ChoiceField("住まい", (), required=True)
        self.reason_code = ChoiceField("理由の種類", (), required=True)
        self.reason = LongTextField("理由", required=True, lines=3, most_lines=10)
        self.hint = named(Paragraph(tone="warning"), "floor_hint")
        self.exception = ChoiceField("下限の例外", ())
        self.exception_reason = LongTextField("下限を下回る理由", lines=2, most_lines=8)
        self.act_button = named(QPushButton("決裁に出す（Ctrl+Enter）"), "propose_grade")
        self.back_button = named(QPushButton("やめる（Esc）"), "leave_grade")
        self._under_floor = QWidget()
        self._lay_out()
        self._connect()

    def begin(self, found: GradesOfFile, reason_code: str | None = None) -> None:
        """Stand ready for a proposal; `reason_code` where an event asked for it."""
        self._found, self._grade_id = found, new_id()
        self.present.say(present_sentence(found, self._today())[0])
        self._offer(found)
        for field in (self.grade, self.exception):
            field.show_value(None)
        self.reason_code.show_value(reason_code)
        self.place.show_value(found.place.value)
        self.effective_from.show_value(self._today())
        for text in (self.reason, self.exception_reason):
            text.show_value(None)
        self.act_button.setEnabled(True)
        self._say()
        self.grade.setFocus(Qt.FocusReason.OtherFocusReason)

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
        """Whether a proposal is half typed."""
        texts = (self.reason.editor().toPlainText(), self.exception_reason.editor().toPlainText())
        return any(text.strip() for text in texts)

    def clear(self) -> None:
        """Forget what was typed: it is stored, or given up."""
        for field in (self.reason, self.exception_reason):
            field.show_value(None)
        self.act_button.setEnabled(True)

    def _offer(self, found: GradesOfFile) -> None:
        tables = found.tables
        self.grade.set_choices(
            [Choice(code=g.code, label=grade_label(g)) for g in tables.grades.values()]
        )
        self.place.set_choices([Choice(code=p, label=s) for p, s in places_for(found.place)])
        self.reason_code.set_choices(
            [Choice(code=c, label=s) for c, s in tables.reasons.items() if c != BY_POLICY]
        )
        self.exception.set_choices(
            [Choice(code=e.code, label=exception_label(e)) for e in tables.exceptions.values()]
        )

    def _chosen(self) -> tuple[VisitGrade | None, LivingPlace]:
        if self._found is None:
            return None, LivingPlace.HOME
        code, place = self.grade.editor().currentData(), self.place.editor().currentData()
        return (
            self._found.tables.grades.get(code or ""),
            LivingPlace(place) if place else self._found.place,
        )

    def _say(self) -> None:
        """Show the criteria of the grade, and ask for the exception under the floor."""
        if self._found is None:
            return
        grade, place = self._chosen()
        self.criteria.say(criteria(grade))
        hint = floor_hint(self._found.tables, grade, place)
        self.hint.say(hint)
        self._under_floor.setVisible(bool(hint))
        if not hint:
            self.exception.show_value(None)
            self.exception_reason.show_value(None)

    def _act(self) -> None:
        if not self.act_button.isEnabled():
            return
        reader = FormReader()
        grade = reader.read("grade", self.grade)
        effective_from = reader.read("effective_from", self.effective_from)
        place = reader.read("place", self.place)
        reason_code = reader.read("reason_code", self.reason_code)
        reason = reader.read("reason", self.reason)
        exception = reader.read("exception", self.exception)
        exception_reason = reader.read("exception_reason", self.exception_reason)
        try:
            reader.finish()
        except ValidationError:
            return
        self.act_button.setEnabled(False)
        self.proposed.emit(
            GradeInput(
                grade_id=self._grade_id,
                household_id=self._household_id,
                grade=str(grade),
                effective_from=effective_from or self._today(),
                place=LivingPlace(str(place)),
                reason_code=str(reason_code),
                reason=reason or "",
                exception=exception or "",
                exception_reason=exception_reason or "",
            )
        )

    def _lay_out(self) -> None:
        self.act_button.setProperty("primary", True)
        chosen = QWidget()
        form = FormLayout(chosen, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("格付(&G)", self.grade)
        form.add_field("適用する日(&D)", self.effective_from)
        form.add_field("住まい(&P)", self.place)
        beside = FoldingRow(gap=16)
        beside.add_part(chosen, share=1)
        beside.add_part(self.criteria, share=1)
        words = QWidget()
        form = FormLayout(words, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("理由の種類(&K)", self.reason_code)
        form.add_field("理由(&R)", self.reason)
        form = FormLayout(self._under_floor, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("下限の例外(&X)", self.exception)
        form.add_field("下限を下回る理由(&Y)", self.exception_reason)
        buttons = FlowingRow()
        buttons.add(self.act_button)
        buttons.add(self.back_button)
        page = FollowingScroll()
        title = named(QLabel("訪問格付の提案"), "section_title")
        for part in (title, self.present, beside, words, self.hint, self._under_floor, buttons):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)

    def _connect(self) -> None:
        for field in (self.grade, self.place):
            field.editor().currentIndexChanged.connect(lambda *_: self._say())
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

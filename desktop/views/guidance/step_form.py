"""The form in which one step of a guidance case is recorded, or a case is begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.era import DateStyle
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.guidance import STEP, SUBJECT, GuidanceSubject, Step
from desktop.domain.guidance_forms import CaseInput, GuidanceCase, GuidanceOfFile
from desktop.domain.ids import new_id
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.guidance.step_fields import StepFields
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_HELP = (
    "日付のある事実を書きます。記録した段階は変えられません。まとめて進めることも、"
    "期限が来て自動で進むこともありません。支援区分は理由になりません。"
)


class _Form(QWidget):
    """Buttons and keys of both forms; `left` on Esc."""

    left = Signal()

    def __init__(self, title: str, act: str) -> None:
        super().__init__()
        self.title = named(QLabel(title), "section_title")
        self.help = Paragraph(tone="muted")
        self.act_button = QPushButton(f"{act}（Ctrl+Enter）")
        self.back_button = QPushButton("やめる（Esc）")
        self.page = FollowingScroll()
        self.act_button.setProperty("primary", True)
        self.act_button.clicked.connect(self.act)
        self.back_button.clicked.connect(self.left)
        for key, done in (
            ("Ctrl+Return", self.act),
            ("Ctrl+Enter", self.act),
            ("Escape", self.left.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(done)

    def act(self) -> None:
        """Store what was entered."""
        raise NotImplementedError

    def lay_out(self, body: QWidget) -> None:
        """Title, help, the body, the buttons."""
        buttons = FlowingRow()
        buttons.add(self.act_button)
        buttons.add(self.back_button)
        for part in (self.title, self.help, body):
            self.page.add_part(part)
        self.page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page, 1)
        layout.addWidget(buttons)  # always in view, however far one has scrolled
        self.help.say(_HELP)


class StepForm(_Form):
    """`recorded` carries a StepInput."""

    recorded = Signal(object)

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("段階の記録", "記録する")
        self.setObjectName("guidance_step_form")
        self._household_id, self._today, self._step_id = household_id, today, new_id()
        self.fields: StepFields | None = None
        self._place = QWidget()
        self._inner = QVBoxLayout(self._place)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self.act_button.setObjectName("record_step")
        self.lay_out(self._place)

    def begin(self, kind: Step, case: GuidanceCase, found: GuidanceOfFile) -> None:
        """Stand ready for a step of a case."""
        self.clear()
        self._step_id = new_id()
        self.title.setText(f"{STEP[kind]}　{case.person}")
        self.fields = StepFields(kind, case, found, self._today)
        self._inner.addWidget(self.fields)
        self.act_button.setEnabled(True)
        self.fields.focus_first()

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        if self.fields is None or not isinstance(error, ValidationError):
            return error.sentence
        return "" if self.fields.show_errors(error.fields) else error.sentence

    def has_unsaved(self) -> bool:
        """Whether words were typed."""
        return self.fields is not None and self.fields.is_typed

    def clear(self) -> None:
        """Throw the fields away."""
        if self.fields is not None:
            self._inner.removeWidget(self.fields)
            self.fields.hide()
            self.fields.deleteLater()
            self.fields = None

    @override
    def act(self) -> None:
        """Hand the step over."""
        if self.fields is None or not self.act_button.isEnabled():
            return
        try:
            given = self.fields.read(self._household_id, self._step_id)
        except ValidationError:
            return
        self.act_button.setEnabled(False)
        self.recorded.emit(given)


class CaseForm(_Form):
    """`opened` carries a CaseInput."""

    opened = Signal(object)

    def __init__(self, household_id: UUID, today: Callable[[], date]) -> None:
        super().__init__("指導を始める", "始める")
        self.setObjectName("guidance_case_form")
        self._household_id, self._today = household_id, today
        self._case_id, self._step_id = new_id(), new_id()
        self.person = ChoiceField("対象者", (), required=True)
        subjects = [Choice(code=code, label=label) for code, label in SUBJECT.items()]
        self.subject = ChoiceField("指導の対象", subjects, required=True)
        self.happened_on = DateField("年月日", today=today, required=True, style=DateStyle.SHORT)
        self.facts = LongTextField(
            "確認した事実（いつ・どこで・何を）", lines=4, most_lines=12, required=True
        )
        self.act_button.setObjectName("open_case")
        body = QWidget()
        form = FormLayout(body, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("対象者(&P)", self.person)
        form.add_field("指導の対象(&O)", self.subject)
        form.add_field("年月日(&D)", self.happened_on)
        form.add_field("確認した事実（いつ・どこで・何を）(&F)", self.facts)
        self.lay_out(body)

    def begin(self, found: GuidanceOfFile) -> None:
        """Stand ready for a case of somebody of the household."""
        self._case_id, self._step_id = new_id(), new_id()
        people = [Choice(code=str(each.person_id), label=each.name) for each in found.people]
        self.person.set_choices(people)
        self.person.show_value(people[0].code if people else None)
        self.subject.show_value(GuidanceSubject.WORK)
        self.happened_on.show_value(self._today())
        self.facts.show_value(None)
        self.act_button.setEnabled(True)
        self.person.setFocus()

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        fields = error.fields if isinstance(error, ValidationError) else {}
        places: dict[str, Field[Any]] = {
            "person_id": self.person,
            "happened_on": self.happened_on,
            "facts": self.facts,
        }
        placed = [name for name in fields if name in places]
        for name in placed:
            places[name].show_error(fields[name])
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether facts were typed."""
        return bool(self.facts.editor().toPlainText().strip())

    def clear(self) -> None:
        """Forget what was typed."""
        self.facts.show_value(None)

    @override
    def act(self) -> None:
        """Hand the case over."""
        if not self.act_button.isEnabled():
            return
        reader = FormReader()
        person = reader.read("person_id", self.person)
        subject = reader.read("subject", self.subject)
        happened_on = reader.read("happened_on", self.happened_on)
        facts = reader.read("facts", self.facts)
        try:
            reader.finish()
        except ValidationError:
            return
        self.act_button.setEnabled(False)
        self.opened.emit(
            CaseInput(
                case_id=self._case_id,
                step_id=self._step_id,
                household_id=self._household_id,
                person_id=UUID(str(person)),
                subject=GuidanceSubject(str(subject)),
                happened_on=happened_on or self._today(),
                facts=facts or "",
            )
        )

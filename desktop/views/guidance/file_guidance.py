"""指導・指示 of one household: the cases, the stepper of the one at hand, what is missing for its next step, and its records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from desktop.domain.conferences import MATTER_KIND, MatterInput, MatterKind
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.guidance import STEP, Step
from desktop.domain.guidance_forms import (
    PLAN_MATTER,
    CaseInput,
    GuidanceCase,
    GuidanceOfFile,
    StepInput,
    StepRecord,
)
from desktop.domain.guidance_papers import GuidancePaper, GuidancePaperAsked
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.guidance import (
    PAPER,
    case_columns,
    key_of,
    next_words,
    papers,
    ready,
    stages,
    step_columns,
    step_words,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.dialogs import Dialogs
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.guidance.ports import Agendas, GuidanceOfFiles
from desktop.views.guidance.step_form import CaseForm, StepForm
from desktop.views.guidance.stepper import Stepper
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_HELD = (
    "この世帯には、先に確かめる安全の問題があります。保留が解かれるまで、指導・指示はここに出ません。"
    "「就労支援」で安全の確認を進めてください。"
)
_EMPTY = "この世帯の指導はありません。相談・助言で足りるかを先に考え、指導が要るときだけ「指導を始める（N）」を押します。"
_GIVE_UP = "入力した内容は保存されていません。捨てて、一覧に戻りますか。"
_NO_MEETING = (
    "議題にできる会議がありません。「会議・支援区分」で会議の日を決めると、ここで議題にできます。"
)
_CASE_WIDTHS, _STEP_WIDTHS = {0: 7, 1: 9, 2: 8, 4: 6}, {0: 11, 2: 14, 3: 12}
_MOST_ROWS = 6


class GuidanceSheets(Protocol):
    """The way to paper of one kind of sheet."""

    def choose(self, asked: GuidancePaperAsked, /) -> tuple[UUID, ...]:
        """Say what the next run draws."""


class FileGuidance(ScreenView):
    """Arrow keys go through cases and steps. N begins a case, R records the chosen step, K asks a conference, P prints."""

    def __init__(
        self,
        household_id: UUID,
        guidance: GuidanceOfFiles,
        agendas: Agendas,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        make_paper: Callable[[ScreenView, GuidancePaper], tuple[PrintRunView, GuidanceSheets]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_guidance")
        self._household_id, self._guidance, self._agendas = household_id, guidance, agendas
        self._staff, self._dialogs, self._make_paper = staff, dialogs, make_paper
        self._found: GuidanceOfFile | None = None
        self._runs = dict[GuidancePaper, tuple[PrintRunView, GuidanceSheets]]()
        self.nothing = named(Paragraph(), "no_guidance")
        self.cases: RowTableModel[GuidanceCase] = RowTableModel(
            case_columns(), key=key_of, brush_of=look.brush_of, parent=self
        )
        self.case_table = named(
            TableView(self.cases, name="指導", characters=_CASE_WIDTHS, stretch=3),
            "guidance_cases",
        )
        self.stepper = Stepper()
        self.next = named(Paragraph(), "guidance_next")
        self.step = ChoiceField("記録する段階", ())
        self.meeting = ChoiceField("議題にする会議", ())
        self.matter = ChoiceField(
            "会議にかけること",
            [Choice(code=kind, label=MATTER_KIND[kind]) for kind in PLAN_MATTER.values()],
        )
        self.paper = ChoiceField("印刷するもの", ())
        self.steps: RowTableModel[StepRecord] = RowTableModel(
            step_columns(), key=lambda s: s.step_id, brush_of=look.brush_of, parent=self
        )
        self.step_table = named(
            TableView(self.steps, name="記録した段階", characters=_STEP_WIDTHS, stretch=1),
            "guidance_steps",
        )
        self.words = named(Paragraph(), "guidance_words")
        self.new_button = named(QPushButton("指導を始める（N）"), "new_guidance")
        self.record_button = named(QPushButton("この段階を記録する（R）"), "record_guidance")
        self.ask_button = named(QPushButton("会議の議題にする（K）"), "ask_conference")
        self.print_button = named(QPushButton("印刷する（P）"), "print_guidance")
        self.case_form, self.step_form = (
            CaseForm(household_id, today),
            StepForm(household_id, today),
        )
        self.no_meeting = named(Paragraph(tone="muted"), "no_meeting")
        self._pages, self._list = QStackedWidget(), FollowingScroll()
        self._of_step, self._of_meeting, self._of_paper = (FlowingRow() for _ in range(3))
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the cases again."""
        self.run(lambda: self._guidance.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with the button where there is none."""
        if self._pages.currentWidget() is self._list:
            wanted = self.case_table if self.cases.rowCount() else self.new_button
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether something is half typed, or paper came out that the log does not know."""
        typed = self.case_form.has_unsaved() or self.step_form.has_unsaved()
        return typed or any(view.is_unrecorded for view, _ in self._runs.values())

    def _show(self, found: GuidanceOfFile) -> None:
        is_waited_for = self._found is None and self._list.isAncestorOf(
            QApplication.focusWidget() or self
        )
        self._found = found
        if found.is_on_hold:  # also what was begun before is out of sight now
            self._give_up()
        place = max(self.case_table.current_row(), 0)
        self.cases.set_rows(found.cases)
        self.case_table.show_all_rows(_MOST_ROWS)
        self.case_table.setVisible(bool(found.cases))
        self.case_table.select_row(min(place, len(found.cases) - 1))
        self.nothing.say(_HELD if found.is_on_hold else "" if found.cases else _EMPTY)
        self.new_button.setVisible(not found.is_on_hold)
        self.meeting.set_choices(
            [Choice(code=str(m.conference_id), label=m.label) for m in found.meetings]
        )
        self._say()
        if is_waited_for:
            self.focus_first()

    def _case(self) -> GuidanceCase | None:
        return self.cases.row_at(self.case_table.currentIndex())

    def _say(self) -> None:
        """The case at hand: its stages, what comes next, its records; only what may be done."""
        case = self._case()
        for part in self._case_parts():
            part.setVisible(case is not None)
        self.no_meeting.say("")
        self.steps.set_rows(case.steps if case else ())
        self.step_table.show_all_rows(_MOST_ROWS)
        if case is None or self._found is None:
            return
        self.stepper.show_marks(stages(case))
        self.next.say(next_words(case, self._staff, self._found.numbers))
        possible = ready(case, self._staff)
        self.step.set_choices([Choice(code=each, label=STEP[each]) for each in possible])
        self.step.show_value(_first(possible))
        self.paper.set_choices([Choice(code=p, label=PAPER[p]) for p in papers(case)])
        self._show_choices(case, self._found)
        self.step_table.select_row(len(case.steps) - 1)
        self._say_step()

    def _show_choices(self, case: GuidanceCase, found: GuidanceOfFile) -> None:
        """A row stands there only while there is something to choose in it."""
        self._of_step.setVisible(bool(ready(case, self._staff)))
        self._of_meeting.setVisible(bool(found.meetings) and not case.is_closed)
        self._of_paper.setVisible(bool(papers(case)))
        self.no_meeting.say("" if found.meetings or case.is_closed else _NO_MEETING)

    def _say_step(self) -> None:
        step = self.steps.row_at(self.step_table.currentIndex())
        exceptions = self._found.exceptions if self._found else ()
        self.words.say(step_words(step, exceptions) if step else "")

    def _begin_case(self) -> None:
        if self._found is not None and not self._found.is_on_hold:
            self.messages.clear()
            self._pages.setCurrentWidget(self.case_form)
            self.case_form.begin(self._found)

    def _begin_step(self) -> None:
        case, found, chosen = self._case(), self._found, self.step.entered()
        if case is None or found is None or chosen is None:
            return
        self.messages.clear()
        self._pages.setCurrentWidget(self.step_form)
        self.step_form.begin(Step(chosen), case, found)

    def _open(self, given: CaseInput) -> None:
        self.run(
            lambda: self._guidance.open_case(given),
            lambda _: self._done("指導を始めました。"),
            lambda error: self._refused(self.case_form.show_refusal(error)),
        )

    def _record(self, given: StepInput) -> None:
        self.run(
            lambda: self._guidance.record(given),
            lambda _: self._done(f"「{STEP[given.kind]}」を記録しました。"),
            lambda error: self._refused(self.step_form.show_refusal(error)),
        )

    def _ask(self) -> None:
        """Put the case on the agenda of the chosen conference."""
        case, meeting, kind = self._case(), self.meeting.entered(), self.matter.entered()
        if case is None or meeting is None or kind is None:
            self.messages.show_error("議題にする会議と、会議にかけることを選んでください。")
            return
        matter = MatterInput(
            matter_id=new_id(),
            conference_id=UUID(meeting),
            kind=MatterKind(kind),
            household_id=self._household_id,
            person_id=case.person_id,
        )
        self.run(
            lambda: self._agendas.add_matters([matter]),
            lambda _: self._done("会議の議題にしました。会議録は「会議・支援区分」で書きます。"),
            self._refuse,
        )

    def _print(self) -> None:
        case, chosen = self._case(), self.paper.entered()
        if case is None or chosen is None:
            self.messages.show_error("印刷するものを選んでください。")
            return
        self.messages.clear()
        paper = GuidancePaper(chosen)
        if paper not in self._runs:
            view, sheets = self._make_paper(self, paper)
            self._runs[paper] = (view, sheets)
            self._pages.addWidget(view)
            view.begun.connect(lambda: self._pages.setCurrentWidget(view))
            view.left.connect(lambda: self._pages.setCurrentWidget(self._list))
            view.noted.connect(self.announced)
        view, sheets = self._runs[paper]
        asked = GuidancePaperAsked(
            household_id=self._household_id, case_id=case.case_id, paper=paper
        )
        view.draw(sheets.choose(asked), FormMark.PLAIN, 1)

    def _refuse(self, error: UserError) -> None:
        self._refused(error.sentence)

    def _refused(self, sentence: str) -> None:
        self.messages.clear()
        if sentence:
            self.messages.show_error(sentence)

    def _done(self, said: str) -> None:
        self.messages.clear()
        self.announced.emit(said)
        self._give_up()
        self.reload()

    def _leave(self) -> None:
        if self.case_form.has_unsaved() or self.step_form.has_unsaved():
            self._dialogs.confirm(self, _GIVE_UP, "捨てて戻る", self._give_up)
        else:
            self._give_up()

    def _give_up(self) -> None:
        self._pages.setCurrentWidget(self._list)
        self.case_form.clear()
        self.step_form.clear()
        self.messages.clear()
        self.focus_first()

    def _case_parts(self) -> tuple[QWidget, ...]:
        rows = (self._of_step, self._of_meeting, self._of_paper)
        return (self.stepper, self.next, *rows, self.step_table, self.words)

    def _lay_out(self) -> None:
        for row, label, field, button in (
            (self._of_step, "記録する段階", self.step, self.record_button),
            (self._of_meeting, "会議", self.meeting, None),
            (self._of_meeting, "かけること", self.matter, self.ask_button),
            (self._of_paper, "印刷するもの", self.paper, self.print_button),
        ):
            # The choices come with each case: as wide as the widest of them, also after the first showing.
            field.editor().setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            _hint(field)
            row.add(_labelled(label, field))
            if button is not None:
                row.add(button)
        start = FlowingRow()
        start.add(self.new_button)
        parts: tuple[QWidget, ...] = (
            *(self.nothing, self.case_table, start, self.stepper, self.next),
            *(self._of_step, self._of_meeting, self.no_meeting, self._of_paper),
            *(self.step_table, self.words),
        )
        for part in parts:
            self._list.add_part(part)
        for part in self._case_parts():
            part.hide()
        self._list.add_part(QWidget(), 1)
        for page in (self._list, self.case_form, self.step_form):
            self._pages.addWidget(page)
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.case_table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.step_table.selectionModel().currentRowChanged.connect(lambda *_: self._say_step())
        self.case_form.opened.connect(self._open)
        self.step_form.recorded.connect(self._record)
        for form in (self.case_form, self.step_form):
            form.left.connect(self._leave)
        for key, button, act in (
            ("N", self.new_button, self._begin_case),
            ("R", self.record_button, self._begin_step),
            ("K", self.ask_button, self._ask),
            ("P", self.print_button, self._print),
        ):
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda button=button: _press(button))


def _first(possible: tuple[Step, ...]) -> str | None:
    """The furthest of the possible steps that goes on, not one that hinders or ends."""
    beside = (Step.HINDRANCE, Step.RESOLUTION, Step.CLOSE, Step.ADVICE, Step.ENCOURAGEMENT)
    onward = [each for each in possible if each not in beside]
    return onward[-1].value if onward else None


def _labelled(label: str, field: QWidget) -> QWidget:
    """A field with its label, which stay together where the row gives way."""
    part = QWidget()
    layout = QHBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(QLabel(label))
    layout.addWidget(field)
    return part


def _hint(field: ChoiceField) -> None:
    """An empty box says that something is chosen in it."""
    line = field.editor().lineEdit()
    if line is not None:
        line.setPlaceholderText("選びます")


def _press(button: QPushButton) -> None:
    if button.isVisible():
        button.click()

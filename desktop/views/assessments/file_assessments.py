"""就労支援 of one household: the members, what was assessed, what is proposed and decided, and writing a new assessment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.assessment_forms import AssessmentInput, AssessmentsOfFile
from desktop.domain.assessment_sheets import AssessmentAsked
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.roles import Permission
from desktop.domain.support_groups import DecisionInput
from desktop.override import override
from desktop.viewmodels.assessments import has_more_to_print, offers
from desktop.views.assessments.acts_row import ActsRow
from desktop.views.assessments.assessment_form import AssessmentForm
from desktop.views.assessments.decide_panel import DecidePanel
from desktop.views.assessments.lift_panel import LiftPanel
from desktop.views.assessments.panel_pane import PanelPane
from desktop.views.assessments.panes import Panes
from desktop.views.assessments.people_list import PeopleList
from desktop.views.assessments.ports import AssessmentPorts, AssessmentSetting, ChoosesAssessment
from desktop.views.assessments.reading_pane import AssessmentReading
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView

_ROOM, _SIDE, _LINES = 74, 36, 9
_NOBODY = "この世帯にいまの世帯員がいません。世帯員の台帳を確かめてください。"
_UNSAVED = "書きかけのアセスメントがあります。保存してから閉じますか。"
_DROP = "入力した内容はまだ記録していません。消して閉じますか。"
_BUSY = "入力した内容をまだ記録していません。記録するか閉じてから続けてください。"


class FileAssessments(ScreenView):
    """Arrow keys go through the members. N writes, K gives a group for the time being, U keeps it, L lifts the hold, P prints."""

    def __init__(
        self, household_id: UUID, ports: AssessmentPorts, setting: AssessmentSetting
    ) -> None:
        super().__init__(setting.runner, title="")
        self.setObjectName("assessments")
        self._household_id, self._ports, self._setting = household_id, ports, setting
        self._found: AssessmentsOfFile | None = None
        self._steps = 0
        self._then: Callable[[], object] | None = None
        self.people = PeopleList(setting.look, setting.today)
        self.reading = AssessmentReading(setting.look, setting.today)
        self.acts = ActsRow()
        self.decide = DecidePanel(household_id, setting.today)
        self.lift = LiftPanel()
        self.form = AssessmentForm(household_id, setting.today, setting.look)
        self.panels = PanelPane(self.reading, (self.decide, self.lift))
        self._panes = Panes(
            *(self.people, self.panels), room=_ROOM, width=_SIDE, lines=_LINES, first=True
        )
        self.paper: PrintRunView | None = None
        self._sheet: ChoosesAssessment | None = None
        self._pages = QStackedWidget()
        self._list = QWidget()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the assessments again; what is being written stays."""
        groups, household_id = self._ports.groups, self._household_id

        def read() -> tuple[int, AssessmentsOfFile]:
            return groups.steps(household_id), groups.of_household(household_id)

        self.run(read, lambda found: self._show(*found))

    @override
    def focus_first(self) -> None:
        """Begin with the members, or go on in the form."""
        if self._pages.currentWidget() is self._list:
            self.people.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._pages.currentWidget() is self.form:
            self.form.go_on()

    @override
    def has_unsaved(self) -> bool:
        """Whether something typed is not stored."""
        typed = self.form.has_unsaved() or self.panels.has_unsaved()
        return typed or (self.paper is not None and self.paper.is_unrecorded)

    @override
    def stores_unsaved(self) -> bool:
        """An assessment can be stored from outside; a decision is pressed by whoever decides."""
        return self.form.has_unsaved() and self.form.save_button.isEnabled()

    @override
    def store_unsaved(self, on_stored: Callable[[], object]) -> None:
        """Store the assessment, then call back."""
        self._then = on_stored
        self.form.hand_in()
        if self.form.save_button.isEnabled():  # something is wrong in the form, which says so
            self._then = None

    def _show(self, steps: int, found: AssessmentsOfFile) -> None:
        self._found, self._steps = found, steps
        if not found.people:
            self.show_empty(_NOBODY)
            return
        self.show_body()
        is_waited_for = self._list.isAncestorOf(QApplication.focusWidget() or self)
        self.people.show_people(found.people, found.tables)
        if is_waited_for:
            self.focus_first()

    def _choose(self) -> None:
        """The member at hand: what can be read of him, and only the buttons that may be pressed."""
        if self._found is None:
            return
        if not self.panels.has_unsaved():
            self.panels.close_all()
        person = self.people.current()
        offered = offers(self._found, person, self._setting.staff.staff_id)
        self.reading.show_person(person, self._found.tables, may_write=offered.writes)
        self.acts.offer(offered)
        self._offer_paper()

    def _offer_paper(self) -> None:
        """What is sensitive goes to paper on purpose alone, by whoever may read it, where there is any."""
        shown, staff = self.reading.shown(), self._setting.staff
        self.acts.offer_paper(
            prints=shown is not None and staff.may(Permission.PRINT_DRAFTS),
            whole=shown is not None
            and staff.may(Permission.READ_SENSITIVE)
            and has_more_to_print(shown),
        )

    def _print(self, *, is_whole: bool) -> None:
        shown = self.reading.shown()
        if shown is None or not self._may_ask():
            return
        if self.paper is None or self._sheet is None:
            self.paper, self._sheet = self._setting.make_paper(self)
            self._pages.addWidget(self.paper)
            self.paper.begun.connect(self._show_paper)
            self.paper.left.connect(self._close_form)
            self.paper.noted.connect(self.announced)
        asked = AssessmentAsked(
            household_id=self._household_id,
            assessment_id=shown.given.assessment_id,
            is_whole=is_whole,
        )
        self.paper.draw(self._sheet.choose(asked), FormMark.PLAIN, 1)

    def _show_paper(self) -> None:
        if self.paper is not None:
            self._pages.setCurrentWidget(self.paper)

    def _write(self) -> None:
        person, found = self.people.current(), self._found
        if person is not None and found is not None and self._may_ask():
            self._pages.setCurrentWidget(self.form)
            self.form.begin(person, found.tables)

    def _ask_provisional(self) -> None:
        person, found = self.people.current(), self._found
        if person is not None and found is not None and self._may_ask():
            self.panels.open(self.decide)
            self.decide.begin_provisional(person, found)

    def _ask_unchanged(self) -> None:
        person, found = self.people.current(), self._found
        if person is not None and found is not None and self._may_ask():
            self.panels.open(self.decide)
            self.decide.begin_unchanged(person, found)

    def _ask_lift(self) -> None:
        person = self.people.current()
        if person is not None and person.newest is not None and self._may_ask():
            self.panels.open(self.lift)
            self.lift.begin(person, person.newest)

    def _may_ask(self) -> bool:
        """One form at a time."""
        self.messages.clear()
        if self.panels.has_unsaved():
            self.messages.show_warning(_BUSY)
            return False
        return True

    def _save(self, given: AssessmentInput) -> None:
        self.run(
            lambda: self._ports.assessments.save(given),
            lambda _: self._saved(),
            self._not_saved,
        )

    def _saved(self) -> None:
        then, self._then = self._then, None
        self._close_form()
        self._done("アセスメントを保存しました。区分はまだ決まっていません。")
        if then is not None:
            then()

    def _not_saved(self, error: UserError) -> None:
        self._then = None
        sentence = self.form.show_refusal(error)
        self.messages.clear()
        if sentence:
            self.messages.show_error(sentence)

    def _decide(self, given: DecisionInput) -> None:
        self.run(
            lambda: self._ports.groups.decide(given),
            lambda _: self._recorded("支援区分の決定を記録しました。"),
            self.decide.show_refusal,
        )

    def _lift(self, assessment_id: UUID, reason: str) -> None:
        self.run(
            lambda: self._ports.assessments.lift_hold(assessment_id, self._household_id, reason),
            lambda _: self._recorded("支援の保留を解きました。"),
            self.lift.show_refusal,
        )

    def _recorded(self, said: str) -> None:
        self._close_panels()
        self._done(said)

    def _done(self, said: str) -> None:
        self.messages.clear()
        self.announced.emit(said)
        self._setting.changes.todo_changed.emit(self)
        self._setting.changes.group_changed.emit(self._household_id, self)
        self.reload()
        self.focus_first()

    def _leave_form(self) -> None:
        if not self.form.has_unsaved():
            self._close_form()
            return
        self._setting.dialogs.ask_unsaved(
            self, _UNSAVED, "閉じる", on_save=self.form.hand_in, on_discard=self._close_form
        )

    def _close_form(self) -> None:
        self.form.clear()
        self.messages.clear()
        self._pages.setCurrentWidget(self._list)
        self.focus_first()

    def _leave_panel(self) -> None:
        if self.panels.has_unsaved():
            self._setting.dialogs.confirm(self, _DROP, "消して閉じる", self._close_panels)
        else:
            self._close_panels()

    def _close_panels(self) -> None:
        self.panels.close_all()
        self.focus_first()

    def _make_room(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Where the members stand above the text, a form beneath the text has their place."""
        self.people.setVisible(not (is_open and self._panes.is_stacked))

    def _changed_elsewhere(self, household_id: UUID, initiator: object) -> None:
        if initiator is not self and household_id == self._household_id:
            self.reload_later()

    def _judged_elsewhere(self, household_id: UUID | None, initiator: object) -> None:
        """A conference decided, here or on another desk: read again where it is looked at, else when it is seen next.

        Another desk does not say about whom: the file is read again, and its ticket renewed, only where facts say so.
        """
        if initiator is self or household_id not in (None, self._household_id):
            return
        if not self.isVisible():
            self.reload_later()
        elif household_id is not None:
            self.reload()
        else:
            steps = partial(self._ports.groups.steps, self._household_id)
            self.runner.run(self, steps, self._compare, lambda _: None)

    def _compare(self, steps: int) -> None:
        if steps != self._steps:
            self.reload()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self._list)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes, 1)
        layout.addWidget(self.acts)
        for page in (self._list, self.form):
            self._pages.addWidget(page)
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.people.chosen.connect(self._choose)
        self.people.typed.connect(self.acts.press)
        self.people.table.row_opened.connect(lambda *_: self.reading.text.setFocus())
        self.acts.write.clicked.connect(self._write)
        self.acts.provisional.clicked.connect(self._ask_provisional)
        self.acts.unchanged.clicked.connect(self._ask_unchanged)
        self.acts.lift.clicked.connect(self._ask_lift)
        self.acts.paper.clicked.connect(lambda: self._print(is_whole=False))
        self.acts.whole_paper.clicked.connect(lambda: self._print(is_whole=True))
        self.reading.turned.connect(self._offer_paper)
        self.decide.recorded.connect(self._decide)
        self.lift.recorded.connect(lambda given: self._lift(*given))
        for panel in (self.decide, self.lift):
            panel.left.connect(self._leave_panel)
        self.panels.opened.connect(self._make_room)
        self.form.submitted.connect(self._save)
        self.form.left.connect(self._leave_form)
        changes = self._setting.changes
        changes.group_changed.connect(self._judged_elsewhere)
        changes.approval_moved.connect(self._changed_elsewhere)
        changes.ledger_imported.connect(lambda *_: self.reload_later())

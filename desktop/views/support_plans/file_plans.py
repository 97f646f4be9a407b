"""個別支援計画 of one household: the members, the plan that matters now, and writing, following and ending it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.support_plan_files import PlannedPerson, PlansOfFile, SupportPlan
from desktop.domain.support_plan_forms import PlanPaper, PlanPaperAsked
from desktop.domain.support_plans import PlanInput, PlanState
from desktop.override import override
from desktop.viewmodels.support_plans import offers, shown_first
from desktop.views.assessments.panel_pane import PanelPane
from desktop.views.assessments.panes import Panes
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from desktop.views.support_plans.acts_row import ActsRow
from desktop.views.support_plans.consent_panel import ConsentPanel
from desktop.views.support_plans.end_panel import EndPanel
from desktop.views.support_plans.mark_panel import MarkPanel
from desktop.views.support_plans.part_consent_panel import PartConsentPanel
from desktop.views.support_plans.participation_panels import LeavePanel, TakePartPanel
from desktop.views.support_plans.people_list import PeopleList
from desktop.views.support_plans.plan_form import PlanForm
from desktop.views.support_plans.ports import PaperOnScreen, PlanPorts, PlanSetting
from desktop.views.support_plans.reading_pane import PlanReading
from desktop.views.support_plans.review_panel import ReviewPanel
from desktop.views.support_plans.step_panel import StepPanel
from desktop.views.support_policies.answer_panel import AnswerPanel

_ROOM, _SIDE, _LINES = 74, 34, 8
_NOBODY = "この世帯にいまの世帯員がいません。世帯員の台帳を確かめてください。"
_UNSAVED = "書きかけの個別支援計画があります。保存してから閉じますか。"
_DROP = "入力した内容はまだ記録していません。消して閉じますか。"
_BUSY = "入力した内容をまだ記録していません。記録するか閉じてから続けてください。"


class FilePlans(ScreenView):
    """Arrow keys go through the members; the letters on the buttons press them from the list."""

    def __init__(self, household_id: UUID, ports: PlanPorts, setting: PlanSetting) -> None:
        super().__init__(setting.runner, title="")
        self.setObjectName("file_plans")
        self._household_id, self._ports, self._setting = household_id, ports, setting
        self._found: PlansOfFile | None = None
        self._wanted: UUID | None = None
        self._then: Callable[[], object] | None = None
        self.papers = dict[PlanPaper, tuple[PrintRunView, PaperOnScreen]]()
        self.people = PeopleList(setting.look, setting.today)
        self.reading = PlanReading(setting.look)
        self.acts = ActsRow()
        today = setting.today
        self.consent = ConsentPanel(household_id, today)
        self.step = StepPanel(household_id, today)
        self.review = ReviewPanel(household_id, today)
        self.end = EndPanel(household_id, today)
        self.take_part = TakePartPanel(household_id, today)
        self.leave = LeavePanel(household_id, today)
        self.part_consent = PartConsentPanel(household_id, today)
        self.mark = MarkPanel(household_id, today)
        self.form = PlanForm(household_id, today)
        panels: tuple[AnswerPanel, ...] = (
            *(self.consent, self.step, self.review, self.end),
            *(self.take_part, self.leave, self.part_consent, self.mark),
        )
        self.panels = PanelPane(self.reading, panels)
        self._panes = Panes(
            *(self.people, self.panels), room=_ROOM, width=_SIDE, lines=_LINES, first=True
        )
        self._pages = QStackedWidget()
        self._list = QWidget()
        self._lay_out()
        self._connect(panels)

    def show_entry(self, plan_id: UUID) -> None:
        """Go to a version, once it is there."""
        self._wanted = plan_id
        self._go_to_wanted()

    @override
    def reload(self) -> None:
        """Ask for the plans again; what is being written stays."""
        self.run(lambda: self._ports.plans.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin with the members, or go on in the form."""
        if self._pages.currentWidget() is self._list:
            self.people.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._pages.currentWidget() is self.form:
            self.form.go_on()

    @override
    def has_unsaved(self) -> bool:
        """Whether something typed is not stored, or paper came out that the log does not know."""
        unrecorded = any(view.is_unrecorded for view, _ in self.papers.values())
        return self.form.has_unsaved() or self.panels.has_unsaved() or unrecorded

    @override
    def stores_unsaved(self) -> bool:
        """A plan can be stored from outside, as a draft."""
        return self.form.has_unsaved() and self.form.save_button.isEnabled()

    @override
    def store_unsaved(self, on_stored: Callable[[], object]) -> None:
        """Store the plan, then call back."""
        self._then = on_stored
        self.form.hand_in()
        if self.form.save_button.isEnabled():  # something is wrong in the form, which says so
            self._then = None

    def _show(self, found: PlansOfFile) -> None:
        self._found = found
        if not found.people:
            self.show_empty(_NOBODY)
            return
        self.show_body()
        is_waited_for = self._list.isAncestorOf(QApplication.focusWidget() or self)
        self.people.show_people(found.people)
        self._go_to_wanted()
        if is_waited_for:
            self.focus_first()

    def _go_to_wanted(self) -> None:
        for person in self._found.people if self._found else ():
            if any(plan.given.plan_id == self._wanted for plan in person.plans):
                self.people.go_to(person.person_id)
                self.reading.show_plan(self._wanted)
                self._wanted = None
                return

    def _choose(self) -> None:
        """The member at hand: the plan, and only the buttons that may be pressed."""
        if self._found is None:
            return
        if not self.panels.has_unsaved():
            self.panels.close_all()
        person = self.people.current()
        self.reading.show_person(person, self._found)
        self.acts.offer(offers(self._found, person))

    def _at_hand(self) -> tuple[PlannedPerson, PlansOfFile] | None:
        """Whom a form may be opened for: one form at a time."""
        self.messages.clear()
        person = self.people.current()
        if person is None or self._found is None:
            return None
        if self.panels.has_unsaved():
            self.messages.show_warning(_BUSY)
            return None
        return person, self._found

    def _write(self) -> None:
        at_hand = self._at_hand()
        if at_hand is not None:
            self._pages.setCurrentWidget(self.form)
            self.form.begin(*at_hand)

    def _ask_consent(self) -> None:
        at_hand = self._at_hand()
        plan = at_hand[0].in_hand or at_hand[0].in_force if at_hand else None
        if at_hand is not None and plan is not None:
            self.panels.open(self.consent)
            self.consent.begin(at_hand[0], plan)

    def _ask_step(self) -> None:
        self._ask_in_force(self.step, self.step.begin)

    def _ask_review(self) -> None:
        self._ask_in_force(self.review, self.review.begin)

    def _ask_end(self) -> None:
        at_hand = self._at_hand()
        plan = at_hand[0].in_force if at_hand else None
        if at_hand is not None and plan is not None:
            self.panels.open(self.end)
            self.end.begin(at_hand[0], plan, at_hand[1])

    def _ask_in_force(
        self, panel: AnswerPanel, begin: Callable[[PlannedPerson, SupportPlan], None]
    ) -> None:
        at_hand = self._at_hand()
        plan = at_hand[0].in_force if at_hand else None
        if at_hand is not None and plan is not None:
            self.panels.open(panel)
            begin(at_hand[0], plan)

    def _ask_part(self, panel: TakePartPanel | LeavePanel | PartConsentPanel | MarkPanel) -> None:
        at_hand = self._at_hand()
        if at_hand is not None:
            self.panels.open(panel)
            panel.begin(*at_hand)

    def _save(self, given: PlanInput) -> None:
        self.run(lambda: self._ports.plans.save(given), lambda _: self._saved(), self._not_saved)

    def _saved(self) -> None:
        then, self._then = self._then, None
        self._close_form()
        self._done("下書きを保存しました。同意を確かめ、「決裁に出す」で提出します。")
        if then is not None:
            then()

    def _not_saved(self, error: UserError) -> None:
        self._then = None
        sentence = self.form.show_refusal(error)
        self.messages.clear()
        if sentence:
            self.messages.show_error(sentence)

    def _submit(self) -> None:
        at_hand = self._at_hand()
        plan = at_hand[0].in_hand if at_hand else None
        if plan is None:
            return
        self.acts.submit.setEnabled(False)
        self.run(
            lambda: self._ports.plans.submit(plan.given.plan_id, self._household_id),
            lambda _: self._moved("決裁に出しました。承認を待ちます。"),
            self._refused,
        )

    def _withdraw(self) -> None:
        at_hand = self._at_hand()
        plan = at_hand[0].in_hand if at_hand else None
        if plan is None:
            return
        self.acts.withdraw.setEnabled(False)
        self.run(
            lambda: self._ports.plans.withdraw(plan.given.plan_id),
            lambda _: self._moved("引き戻しました。書き直して、もう一度出せます。"),
            self._refused,
        )

    def _moved(self, said: str) -> None:
        self._setting.changes.approval_moved.emit(self._household_id, self)
        self._done(said)

    def _refused(self, error: UserError) -> None:
        """What a version lacks, or that somebody was faster: load anew."""
        for button in (self.acts.submit, self.acts.withdraw):
            button.setEnabled(True)
        self.messages.show_error(error)
        self.reload()

    def _record(
        self, panel: AnswerPanel, store: Callable[[PlanPorts], Callable[[Any], Any]], said: str
    ) -> None:
        def recorded(given: object) -> None:
            self.run(
                lambda: store(self._ports)(given),
                lambda _: self._recorded(said),
                panel.show_refusal,
            )

        panel.recorded.connect(recorded)

    def _recorded(self, said: str) -> None:
        self._close_panels()
        self._done(said)

    def _done(self, said: str) -> None:
        for button in (self.acts.submit, self.acts.withdraw):
            button.setEnabled(True)
        self.messages.clear()
        self.announced.emit(said)
        self._setting.changes.todo_changed.emit(self)
        self.reload()
        self.focus_first()

    def _print(self, paper: PlanPaper) -> None:
        """The version that is read; it says 案 until it is approved."""
        plan = self.reading.current() or self._usual_plan()
        if plan is None or self._at_hand() is None:
            return
        if paper not in self.papers:
            view, sheet = self._setting.make_paper(self, paper)
            self.papers[paper] = (view, sheet)
            self._pages.addWidget(view)
            view.begun.connect(lambda: self._pages.setCurrentWidget(view))
            view.left.connect(self._close_form)
            view.noted.connect(self.announced)
        view, sheet = self.papers[paper]
        asked = PlanPaperAsked(household_id=self._household_id, plan_id=plan.given.plan_id)
        mark = FormMark.PLAIN if plan.state is PlanState.APPROVED else FormMark.DRAFT
        view.draw(sheet.choose(asked), mark, 1)

    def _usual_plan(self) -> SupportPlan | None:
        person = self.people.current()
        return shown_first(person) if person else None

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
        """A form has the place of the buttons, and of the members where they stand above the text."""
        self.acts.setVisible(not is_open)
        self.people.setVisible(not (is_open and self._panes.is_stacked))

    def _changed_elsewhere(self, household_id: UUID, initiator: object) -> None:
        if initiator is not self and household_id == self._household_id:
            self.reload_later()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self._list)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes, 1)
        layout.addWidget(self.acts)
        for page in (self._list, self.form):
            self._pages.addWidget(page)
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self._pages)

    def _connect(self, panels: tuple[AnswerPanel, ...]) -> None:
        acts = self.acts
        self.people.chosen.connect(self._choose)
        self.people.typed.connect(acts.press)
        self.people.table.row_opened.connect(lambda *_: self.reading.text.setFocus())
        for button, act in (
            (acts.write, self._write),
            (acts.submit, self._submit),
            (acts.withdraw, self._withdraw),
            (acts.consent, self._ask_consent),
            (acts.step, self._ask_step),
            (acts.review, self._ask_review),
            (acts.end, self._ask_end),
            (acts.begin_part, lambda: self._ask_part(self.take_part)),
            (acts.end_part, lambda: self._ask_part(self.leave)),
            (acts.part_consent, lambda: self._ask_part(self.part_consent)),
            (acts.mark, lambda: self._ask_part(self.mark)),
            (acts.print_plan, lambda: self._print(PlanPaper.PLAN)),
            (acts.print_consent, lambda: self._print(PlanPaper.CONSENT)),
            (acts.print_confirmation, lambda: self._print(PlanPaper.CONFIRMATION)),
        ):
            button.clicked.connect(act)
        self._record(
            self.consent,
            lambda ports: ports.plans.note_consent,
            "本人の答えを記録しました。",
        )
        self._record(self.step, lambda ports: ports.plans.note_step, "取組の状況を記録しました。")
        self._record(self.review, lambda ports: ports.plans.note_review, "見直しを記録しました。")
        self._record(self.end, lambda ports: ports.plans.end, "計画を終了しました。")
        self._record(
            self.take_part,
            lambda ports: ports.participations.begin,
            "事業への参加を記録しました。",
        )
        self._record(
            self.leave,
            lambda ports: ports.participations.end,
            "事業参加の終了を記録しました。",
        )
        self._record(
            self.part_consent,
            lambda ports: ports.participations.note_consent,
            "本人の答えを記録しました。",
        )
        self._record(
            self.mark, lambda ports: ports.participations.mark, "参加できる人の印を記録しました。"
        )
        for panel in panels:
            panel.left.connect(self._leave_panel)
        self.panels.opened.connect(self._make_room)
        self.form.submitted.connect(self._save)
        self.form.left.connect(self._leave_form)
        changes = self._setting.changes
        changes.approval_moved.connect(self._changed_elsewhere)
        changes.ledger_imported.connect(lambda *_: self.reload_later())

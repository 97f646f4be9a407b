"""試算・給付 of one household: its applications and decisions, an estimate by one key, the sheet for the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QWidget

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.work_estimates import Estimate, EstimateKind
from desktop.domain.work_estimates_aid import JobSearchAid
from desktop.domain.work_estimates_cases import (
    BenefitCase,
    CaseInput,
    DecisionInput,
    EstimateInput,
    WorkMoney,
)
from desktop.domain.work_estimates_forms import (
    ApplicationAsked,
    HandSheetAsked,
    MonthTableAsked,
    NoticeAsked,
)
from desktop.domain.work_estimates_grants import IndependenceGrant, StudyOrWorkGrant
from desktop.domain.work_estimates_income import EarnedIncome
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.work_estimates import case_columns, told
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named
from desktop.views.work_estimates.decision_form import DecisionForm
from desktop.views.work_estimates.estimate_form import EstimateForm
from desktop.views.work_estimates.ports import EstimatesOfFiles

_WIDTHS = {0: 10, 1: 14, 2: 10, 3: 8, 4: 4, 5: 16}
_STRETCH = 1
_MOST_ROWS = 8
_EMPTY = (
    "この世帯の給付の申請はまだありません。「試算する（N）」で、働いたときの手取りや、就労活動促進費・"
    "就労自立給付金などの目安を出せます。試算は決定ではなく、申請として保存するまで何も残りません。"
)
_EMPTY_TO_READ = (
    "この世帯の給付の申請はありません。「試算する（N）」で、手取りなどの目安を見られます。"
)
_SECOND = "この申請はあなたが記録したので、決定は別の職員（査察指導員など）が記録します。"
_ENDED = "この申請は決定か取下げが済んでいます。誤りがあれば、新しい決定を記録して訂正します。"
_GIVE_UP = "入力した内容は保存されていません。捨てて、一覧に戻りますか。"


class SheetOnScreen(Protocol):
    """The way to paper of one sheet for the person."""

    def choose(self, asked: Any, /) -> tuple[UUID, ...]:  # noqa: ANN401 - what its form takes
        """Say what the next run draws."""


class FileEstimates(ScreenView):
    """Arrow keys go through the applications. N estimates, D records a decision, P prints the notice of one, K the months."""

    def __init__(
        self,
        household_id: UUID,
        estimates: EstimatesOfFiles,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        make_paper: Callable[[ScreenView, EstimateKind], tuple[PrintRunView, SheetOnScreen]],
        make_notice: Callable[[ScreenView, EstimateKind], tuple[PrintRunView, SheetOnScreen]],
        make_table: Callable[[ScreenView], tuple[PrintRunView, SheetOnScreen]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_estimates")
        self._household_id, self._estimates = household_id, estimates
        self._dialogs, self._make_paper, self._make_notice = dialogs, make_paper, make_notice
        self._make_table = make_table
        self.tables = list[tuple[PrintRunView, SheetOnScreen]]()
        self._may_print = staff.may(Permission.PRINT_DRAFTS)
        self._may_write = staff.may(Permission.WRITE_RECORDS)
        self._found: WorkMoney | None = None
        self._live: Job[Estimate] | None = None
        self.papers = dict[EstimateKind, tuple[PrintRunView, SheetOnScreen]]()
        self.notices = dict[EstimateKind, tuple[PrintRunView, SheetOnScreen]]()
        self.nothing = named(Paragraph(), "no_cases")
        self.model: RowTableModel[BenefitCase] = RowTableModel(
            case_columns(), key=lambda c: c.case_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="給付の申請", characters=_WIDTHS, stretch=_STRETCH),
            "benefit_cases",
        )
        self.words = named(Paragraph(), "case_words")
        self.hint = named(Paragraph(tone="muted"), "case_hint")
        self.new_button = named(QPushButton("試算する（N）"), "new_estimate")
        self.decide_button = named(QPushButton("決定を記録（D）"), "decide_case")
        self.notice_button = named(QPushButton("通知書を印刷（P）"), "print_notice")
        self.table_button = named(QPushButton("確認表を印刷（K）"), "print_months")
        self.form = EstimateForm(household_id, today)
        self.decision = DecisionForm(household_id, today)
        self._pages = QStackedWidget()
        self._list = FollowingScroll()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for people and cases again."""
        self.run(lambda: self._estimates.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with an estimate where there is none."""
        if self._pages.currentWidget() is self._list:
            wanted = self.table if self.model.rowCount() else self.new_button
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether something is half entered, or paper came out that the log does not know."""
        typed = self.form.has_unsaved() or self.decision.has_unsaved()
        views = (*self.papers.values(), *self.notices.values(), *self.tables)
        return typed or any(view.is_unrecorded for view, _ in views)

    def _show(self, found: WorkMoney) -> None:
        is_waited_for = self._found is None and self._list.isAncestorOf(
            QApplication.focusWidget() or self
        )
        self._found = found
        place = max(self.table.current_row(), 0)
        self.model.set_rows(found.cases)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.cases))
        self.table.select_row(min(place, len(found.cases) - 1))
        empty = _EMPTY if found.may_write else _EMPTY_TO_READ
        self.nothing.say("" if found.cases else empty)
        self._say()
        if is_waited_for:  # the keyboard was here before it was known what there is
            self.focus_first()

    def _say(self) -> None:
        """The words of the case at hand, and only the buttons that may be pressed."""
        case, found = self.model.row_at(self.table.currentIndex()), self._found
        self.words.say(told(case) if case else "")
        needs_second = found is not None and found.needs_second
        waits_for_other = case is not None and case.is_own and needs_second
        may_decide = self._may_write and case is not None and not waits_for_other
        self.decide_button.setVisible(may_decide)
        self.notice_button.setVisible(self._may_print and case is not None and case.has_notice)
        is_monthly = case is not None and case.months is not None
        self.table_button.setVisible(self._may_print and is_monthly)
        is_waiting = case is not None and not case.is_ended
        hint = _SECOND if waits_for_other and is_waiting else ""
        if may_decide and not is_waiting:
            hint = _ENDED
        self.hint.say(hint)

    def _begin_new(self) -> None:
        if self._found is not None:
            self.messages.clear()
            self._pages.setCurrentWidget(self.form)
            self.form.begin(self._found)

    def _begin_decision(self) -> None:
        case = self.model.row_at(self.table.currentIndex())
        if case is not None:
            self.messages.clear()
            self._pages.setCurrentWidget(self.decision)
            self.decision.begin(case)

    def _estimate(self, person_id: UUID, given: EstimateInput) -> None:
        """While it is typed: the older question is dropped."""
        self._live = self.run(
            lambda: self._estimates.estimate(self._household_id, person_id, given),
            self._show_estimate,
            replaces=self._live,
        )

    def _show_estimate(self, estimate: Estimate) -> None:
        self.messages.clear()
        self.form.show_estimate(estimate)

    def _apply(self, given: CaseInput) -> None:
        def kept(_: object) -> None:
            self.form.clear()
            self._done("申請と試算を保存しました。決定が出たら「決定を記録」で残します。")

        self.run(lambda: self._estimates.apply(given), kept, self._not_applied)

    def _not_applied(self, error: UserError) -> None:
        self._refused(self.form.show_refusal(error))

    def _record(self, given: DecisionInput) -> None:
        def recorded(_: object) -> None:
            self.decision.clear()
            self._done("決定を記録しました。")

        self.run(lambda: self._estimates.record_decision(given), recorded, self._not_recorded)

    def _not_recorded(self, error: UserError) -> None:
        self._refused(self.decision.show_refusal(error))

    def _refused(self, sentence: str) -> None:
        self.messages.clear()
        if sentence:
            self.messages.show_error(sentence)

    def _print(self, person_id: UUID, given: EstimateInput) -> None:
        whose = {"household_id": self._household_id, "person_id": person_id}
        match given:
            case EarnedIncome():
                self._draw(EstimateKind.EARNED_INCOME, HandSheetAsked(given=given, **whose))
            case JobSearchAid():
                self._draw(EstimateKind.JOB_SEARCH, ApplicationAsked(given=given, **whose))
            case IndependenceGrant():
                self._draw(EstimateKind.INDEPENDENCE, ApplicationAsked(given=given, **whose))
            case StudyOrWorkGrant():
                self._draw(EstimateKind.STUDY_OR_WORK, ApplicationAsked(given=given, **whose))

    def _draw(self, kind: EstimateKind, asked: HandSheetAsked | ApplicationAsked) -> None:
        if kind not in self.papers:
            made = self.papers[kind] = self._make_paper(self, kind)
            self._add_paper(made[0], back_to=self.form)
        view, sheet = self.papers[kind]
        view.draw(sheet.choose(asked), FormMark.PLAIN, 1)

    def _print_notice(self) -> None:
        """The notice of the newest decision of the case at hand."""
        case = self.model.row_at(self.table.currentIndex())
        if case is None or case.newest is None or not case.has_notice:
            return
        self.messages.clear()
        if case.kind not in self.notices:
            made = self.notices[case.kind] = self._make_notice(self, case.kind)
            self._add_paper(made[0], back_to=self._list)
        view, sheet = self.notices[case.kind]
        asked = NoticeAsked(
            household_id=self._household_id,
            case_id=case.case_id,
            decision_id=case.newest.decision_id,
        )
        view.draw(sheet.choose(asked), FormMark.PLAIN, 1)

    def _print_months(self) -> None:
        """The months of the application at hand, with what was decided of each."""
        case = self.model.row_at(self.table.currentIndex())
        if case is None or case.months is None:
            return
        self.messages.clear()
        if not self.tables:
            self.tables.append(self._make_table(self))
            self._add_paper(self.tables[0][0], back_to=self._list)
        view, sheet = self.tables[0]
        asked = MonthTableAsked(household_id=self._household_id, case_id=case.case_id)
        view.draw(sheet.choose(asked), FormMark.PLAIN, 1)

    def _add_paper(self, view: PrintRunView, *, back_to: QWidget) -> None:
        def leave() -> None:
            self._pages.setCurrentWidget(back_to)
            self.focus_first()

        self._pages.addWidget(view)
        view.begun.connect(lambda: self._pages.setCurrentWidget(view))
        view.left.connect(leave)
        view.noted.connect(self.announced)

    def _done(self, said: str) -> None:
        self.messages.clear()
        self.announced.emit(said)
        self._pages.setCurrentWidget(self._list)
        self.reload()
        self.focus_first()

    def _leave(self) -> None:
        if self.form.has_unsaved() or self.decision.has_unsaved():
            self._dialogs.confirm(self, _GIVE_UP, "捨てて戻る", self._give_up)
        else:
            self._give_up()

    def _give_up(self) -> None:
        self.form.clear()
        self.decision.clear()
        self.messages.clear()
        self._pages.setCurrentWidget(self._list)
        self.focus_first()

    def _lay_out(self) -> None:
        buttons = FlowingRow()
        buttons.add(self.new_button)
        for button in (self.decide_button, self.notice_button, self.table_button):
            buttons.add(button)
            button.hide()
        for part in (self.nothing, self.table, buttons, self.hint, self.words):
            self._list.add_part(part)
        self._list.add_part(QWidget(), 1)
        for page in (self._list, self.form, self.decision):
            self._pages.addWidget(page)
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.new_button.clicked.connect(self._begin_new)
        self.decide_button.clicked.connect(self._begin_decision)
        self.notice_button.clicked.connect(self._print_notice)
        self.table_button.clicked.connect(self._print_months)
        self.form.asked.connect(self._estimate)
        self.form.applied.connect(self._apply)
        self.form.print_asked.connect(self._print)
        self.form.left.connect(self._leave)
        self.decision.recorded.connect(self._record)
        self.decision.left.connect(self._leave)
        for key, button in (
            ("N", self.new_button),
            ("D", self.decide_button),
            ("P", self.notice_button),
            ("K", self.table_button),
        ):
            shortcut = QShortcut(QKeySequence(key), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda button=button: _press(button))


def _press(button: QPushButton) -> None:
    if not button.isHidden():
        button.click()

"""わたしの机: the first screen of everybody, with the panels of one's roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.approvals import QueueRow
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.masters import MasterRow, MasterTable
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_duties import Outcome, ResultInput
from desktop.domain.roles import Permission
from desktop.domain.supervision import Finding
from desktop.domain.todos import TodoRow
from desktop.domain.visit_plan_notices import PlanNotice
from desktop.domain.visit_plan_views import TodayVisits
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner, Lane
from desktop.override import override
from desktop.viewmodels.desk import is_own_entry, not_back
from desktop.viewmodels.handovers import desk_words
from desktop.views.desk.drafts_panel import DraftsPanel
from desktop.views.desk.findings_panel import FindingsPanel
from desktop.views.desk.load_panel import LoadPanel
from desktop.views.desk.masters_panel import MastersPanel
from desktop.views.desk.panel import DeskPanel
from desktop.views.desk.panel_grid import PanelGrid
from desktop.views.desk.plans_panel import PlansPanel
from desktop.views.desk.print_panel import PrintPanel
from desktop.views.desk.queue_panel import QueuePanel
from desktop.views.desk.sources import (
    DeskSources,
    OwnWork,
    own_work,
    team_figures,
    waiting_masters,
)
from desktop.views.desk.today_panel import TodayPanel
from desktop.views.desk.todos_panel import TodosPanel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.requests import HouseholdAtHand
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

Part = Callable[[], None]
_NO_PANELS = "この職務には、机に並べる仕事がありません。左の一覧から画面を選んでください（Ctrl+K でも選べます）。"


class DeskScreen(ScreenView):
    """Panels load on their own and again whenever somebody's change concerns them; a hidden desk waits until it is seen."""

    def __init__(
        self,
        sources: DeskSources,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
    ) -> None:
        super().__init__(
            runner,
            title="わたしの机",
            help_line="Enter で行のファイルを開きます。F6 で選んだ世帯を査察指導員に相談できます。",
        )
        self._sources = sources
        self._staff = staff
        self._clock = clock
        self._changes = changes
        self._stale: dict[str, Part] = {}
        self._warned = False
        self._result_ids: dict[UUID, UUID] = {}
        self._writes = staff.may(Permission.WRITE_RECORDS)
        self.handovers = named(Paragraph(), "desk_handovers")
        self.grid = PanelGrid()
        self.drafts = DraftsPanel(look, clock.today)
        self.todos = TodosPanel(look, clock.today, may_keep=self._writes)
        self.today, self.plans = TodayPanel(), PlansPanel(look)
        self.queue = QueuePanel(look)
        self.findings = FindingsPanel(look, reviewer=staff.staff_id if self._writes else None)
        self.load = LoadPanel(look)
        self.prints = PrintPanel(look)
        self.masters = MastersPanel(look)
        self._panels: list[DeskPanel[Any]] = []
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load every panel of this person."""
        for part in self._parts().values():
            part()
        self._stale.clear()

    @override
    def focus_first(self) -> None:
        """The first panel that holds something."""
        full = [panel for panel in self._panels if panel.model.rowCount()]
        for panel in (full or self._panels)[:1]:
            panel.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household of the selected row in the panel with the keyboard."""
        focused = QApplication.focusWidget()
        for panel in self._panels:
            if focused is not None and panel.isAncestorOf(focused):
                return panel.household_at_hand()
        return None

    @override
    def has_unsaved(self) -> bool:
        """Whether a reply was typed and not sent."""
        return self.todos in self._panels and self.todos.has_unsaved()

    @property
    def panels(self) -> tuple[DeskPanel[Any], ...]:
        """The panels of this person, in reading order."""
        return tuple(self._panels)

    def _parts(self) -> dict[str, Part]:
        may = self._staff.may
        parts: dict[str, tuple[Permission, Part]] = {
            "own": (Permission.FIND_HOUSEHOLDS, self._load_own),
            "handovers": (Permission.OPEN_CASE_FILES, self._load_handovers),
            "plans": (Permission.WRITE_RECORDS, self._load_plans),
            "today": (Permission.WRITE_RECORDS, self._load_today),
            "queue": (Permission.DECIDE_APPROVALS, self._load_queue),
            "findings": (Permission.SEE_SUPERVISION, self._load_findings),
            "team": (Permission.SEE_SUPERVISION, self._load_team),
            "prints": (Permission.PRINT_RECORDS, self._load_prints),
            "masters": (Permission.SEE_MASTERS, self._load_masters),
        }
        return {
            key: part
            for key, (permission, part) in parts.items()
            if may(permission) and (key != "masters" or self._keeps_masters())
        }

    def _keeps_masters(self) -> bool:
        return self._staff.may(Permission.EDIT_MASTERS) or self._staff.may(
            Permission.APPROVE_MASTERS
        )

    def _load_own(self) -> None:
        sources, writes = self._sources, self._writes
        self.run(lambda: own_work(sources, writes=writes), self._show_own)

    def _load_handovers(self) -> None:
        sources, today = self._sources, self._clock.today()
        self.run(
            sources.handovers.handovers,
            lambda rows: self.handovers.say(desk_words(rows, today)),
            lane=Lane.SLOW,
        )

    def _load_plans(self) -> None:
        self.run(self._sources.plans.notices, self._show_plans)

    def _load_today(self) -> None:
        self.run(self._sources.plans.today, self._show_today)

    def _load_queue(self) -> None:
        self.run(self._sources.approvals.queue, self._show_queue)

    def _load_findings(self) -> None:
        # The radar reads much: on the other lane, so that nobody waits for it.
        radar = self._sources.supervision
        self.run(lambda: (radar.rules(), radar.findings()), self._show_findings, lane=Lane.SLOW)

    def _load_team(self) -> None:
        sources, staff = self._sources, self._staff
        self.run(lambda: team_figures(sources, staff), self.load.show_figures, lane=Lane.SLOW)

    def _load_prints(self) -> None:
        self.run(self._sources.printing.waiting, self.prints.show_queue)

    def _load_masters(self) -> None:
        masters = self._sources.masters
        self.run(lambda: waiting_masters(masters), self._show_masters)

    def _show_own(self, work: OwnWork) -> None:
        late = not_back(work.todos)
        if late:
            self.messages.show_warning(late)
        elif self._warned:
            self.messages.clear()
        self._warned = bool(late)
        self.drafts.show_rows(work.drafts)
        apart = self.drafts in self._panels
        self.todos.show_rows([t for t in work.todos if not (apart and is_own_entry(t))])
        if self._is_reviewer():
            self._show_if(self.drafts, shown=bool(work.drafts))

    def _show_plans(self, notices: tuple[PlanNotice, ...]) -> None:
        self.plans.show_rows(notices)
        self._show_if(self.plans, shown=bool(notices))

    def _show_today(self, today: TodayVisits) -> None:
        self.today.show_visits(today)
        self._show_if(self.today, shown=bool(today.lines))

    def _show_queue(self, rows: tuple[QueueRow, ...]) -> None:
        self.queue.show_rows(rows)
        self.load.show_queue(rows)

    def _show_findings(self, answer: tuple[object, tuple[Finding, ...]]) -> None:
        rules, findings = answer
        self.findings.show_rules(rules)  # type: ignore[arg-type]  # the radar's two answers come together
        self.findings.show_findings(findings)
        self.load.show_findings(findings)

    def _show_masters(self, answer: tuple[tuple[MasterTable, ...], tuple[MasterRow, ...]]) -> None:
        self.masters.show_waiting(*answer)
        if self._is_reviewer():
            self._show_if(self.masters, shown=bool(answer[1]))

    def _show_if(self, panel: DeskPanel[Any], *, shown: bool) -> None:
        """What is empty and nobody's daily work takes no room."""
        if panel in self._panels:
            panel.setVisible(shown)
            self.grid.arrange()

    def _finish(self, todo_id: UUID, reply: str) -> None:
        todos = self._sources.todos
        self.run(
            lambda: todos.finish(todo_id, reply),
            lambda _: self._finished(todo_id, reply),
            self._not_finished,
        )

    def _finished(self, todo_id: UUID, reply: str) -> None:
        self.todos.forget_reply(todo_id)
        self.todos.show_problem("")
        self.announced.emit("やることを完了しました。" + ("回答を送りました。" if reply else ""))
        self._load_own()
        self._changes.todo_changed.emit(self)

    def _answer_memo(self, memo_id: UUID, words: str) -> None:
        memos = self._sources.memos
        self.run(
            lambda: memos.answer(memo_id, words),
            lambda _: self._memo_answered(memo_id),
            self._not_finished,
        )

    def _memo_answered(self, memo_id: UUID) -> None:
        self.todos.forget_reply(memo_id)
        self.todos.show_problem("")
        self.announced.emit("電話メモを折り返し済みにしました。")
        self._load_own()
        self._changes.todo_changed.emit(self)

    def _ask_again(self, answer_id: UUID, words: str) -> None:
        instructions = self._sources.instructions
        self.run(
            lambda: instructions.ask_again(answer_id, words),
            lambda given: self._asked_again(answer_id, given.to),
            self._not_finished,
        )

    def _asked_again(self, answer_id: UUID, to: str) -> None:
        self.todos.forget_reply(answer_id)
        self.todos.show_problem("")
        self.announced.emit(f"{to}さんにもう一度求めました。")
        self._load_own()
        self._changes.todo_changed.emit(self)

    def _not_finished(self, error: UserError) -> None:
        self.todos.show_problem(error.sentence)

    def _keep_promise(self, promise_id: UUID) -> None:
        records, today = self._sources.records, self._clock.today()
        self.run(lambda: records.keep_promise(promise_id, today), lambda _: self._kept())

    def _kept(self) -> None:
        self.announced.emit("約束を果たしたことを記録しました。")
        self._load_own()
        self._changes.todo_changed.emit(self)

    def _note_result(self, row: TodoRow, text: str) -> None:
        """Note that an action was done today; pressed again after a lost answer it stores once."""
        duties, duty_id = self._sources.duties, row.subject_id
        if duty_id is None:
            return
        given = ResultInput(
            result_id=self._result_ids.setdefault(duty_id, new_id()),
            duty_id=duty_id,
            outcome=Outcome.DONE,
            happened_on=self._clock.today(),
            text=text,
        )
        self.run(
            lambda: duties.note(given), lambda _: self._noted(row, duty_id), self._not_finished
        )

    def _noted(self, row: TodoRow, duty_id: UUID) -> None:
        self._result_ids.pop(duty_id, None)
        self.todos.forget_reply(duty_id)
        self.todos.show_problem("")
        self.announced.emit("取組の結果を記録しました。")
        self._load_own()
        self._changes.result_noted.emit(row.household_id, self)

    def _concerns(self, *keys: str) -> None:
        """A change concerns these panels: load them now, or when the desk is seen next."""
        parts = self._parts()
        self._stale.update({key: parts[key] for key in keys if key in parts})
        if self.isVisible():
            self._refresh()

    def _todo_changed(self, initiator: object) -> None:
        if initiator is not self:
            self._concerns("own")

    def _refresh(self) -> None:
        stale, self._stale = self._stale, {}
        for part in stale.values():
            part()

    def _is_reviewer(self) -> bool:
        return self._staff.may(Permission.DECIDE_APPROVALS)

    def _lay_out(self) -> None:
        keys = self._parts().keys()
        own: list[tuple[DeskPanel[Any], int]] = [(self.drafts, 3)] if self._writes else []
        rows: list[list[tuple[DeskPanel[Any], int]]] = []
        if "queue" in keys:
            rows.append([(self.queue, 3), (self.findings, 4)])
            rows.append([(self.todos, 4), (self.load, 3)])
            rows.append([*own, (self.masters, 3)] if own else [(self.masters, 1)])
            rows.extend([[(self.plans, 1)]] if "plans" in keys else [])
        elif "own" in keys:
            rows.append([(self.prints, 1)] if "prints" in keys else own)
            rows.extend([[(self.today, 1)]] if "today" in keys else [])
            rows.extend([[(self.plans, 1)]] if "plans" in keys else [])
            rows.append([(self.todos, 1)])
        if "prints" in keys and "queue" in keys:
            rows.append([(self.prints, 1)])
        if "masters" in keys and "queue" not in keys:
            rows.append([(self.masters, 1)])
        for number, row in enumerate(rows):
            self.grid.add_row(row, 3 if number == 0 else 2)
            self._panels.extend(panel for panel, _ in row)
            for panel, _ in row:
                panel.filled.connect(self.grid.arrange)
        self.body.addWidget(self.handovers)
        self.body.addWidget(self.grid)
        self.plans.hide()
        self.today.hide()
        if not self._panels:
            self.show_empty(_NO_PANELS)
        for panel in self._all():
            if panel not in self._panels:
                panel.setParent(self)
                panel.hide()

    def _all(self) -> tuple[DeskPanel[Any], ...]:
        return (
            self.drafts,
            self.todos,
            self.today,
            self.plans,
            self.queue,
            self.findings,
            self.load,
            self.prints,
            self.masters,
        )

    def _connect(self) -> None:
        for panel in self._all():
            panel.file_requested.connect(self.file_requested)
            panel.screen_requested.connect(self.screen_requested)
            panel.announced.connect(self.announced)
        self.todos.finish_requested.connect(self._finish)
        self.todos.kept_requested.connect(self._keep_promise)
        self.todos.result_requested.connect(self._note_result)
        self.todos.memo_answered.connect(self._answer_memo)
        self.todos.asked_again.connect(self._ask_again)
        self.load.caseworker_requested.connect(self.findings.show_caseworker)
        changes = self._changes
        changes.entry_changed.connect(lambda *_: self._concerns("own", "today", "findings"))
        changes.approval_moved.connect(
            lambda *_: self._concerns("own", "queue", "findings", "prints")
        )
        changes.plan_changed.connect(
            lambda *_: self._concerns("plans", "today", "queue", "findings")
        )
        changes.todo_changed.connect(self._todo_changed)
        changes.result_noted.connect(
            lambda _, by: self._concerns("own", "findings") if by is not self else None
        )
        changes.master_changed.connect(lambda *_: self._concerns("masters", "findings"))
        changes.ledger_imported.connect(lambda *_: self._concerns(*self._parts()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

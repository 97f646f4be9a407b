"""帳票: what waits, the register of what was issued, the log; then the print run under way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import IssuedForm, Register, RegisterQuery
from desktop.domain.printing import PrintLogRow, ReadyToPrint
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.printing.log_view import LogView
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.register_view import RegisterView
from desktop.views.printing.run_view import Draws, PrintRunView
from desktop.views.printing.waiting_view import WaitingView
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_HELP = "承認されたものをまとめてPDFにし、確かめてから印刷します。Space で選択を付け外しします。"
_RECORD = "K-04"
_VOIDED = "発行番号 {label} を失効にしました。"


class PrintLists(Protocol):
    """What waits, and what was printed."""

    def waiting(self, district_ids: Collection[UUID] = ()) -> tuple[ReadyToPrint, ...]:
        """Approved and never printed."""

    def runs(self, limit: int = 100) -> tuple[PrintLogRow, ...]:
        """The log, newest first."""

    def entries_of(self, batch_id: UUID) -> tuple[UUID, ...]:
        """The entries of a run."""


class IssueRegister(Protocol):
    """The register of what was issued."""

    def register(self, query: RegisterQuery) -> Register:
        """A page of it."""

    def void(self, issued_id: UUID, reason: str) -> None:
        """Make an issue void."""


class PrintScreen(ScreenView):
    """Three lists; then the print run under way. `presses` make each form; `again` gives issued ones back."""

    def __init__(
        self,
        lists: PrintLists,
        register: IssueRegister,
        presses: Mapping[str, Draws],
        again: Draws,
        clock: Clock,
        runner: JobRunner,
        *,
        titles: Mapping[str, str],
        may_void: bool,
        changes: ChangeBus,
        look: Look,
        dialogs: Dialogs,
        printers: PrinterChoice,
    ) -> None:
        super().__init__(runner, title="帳票", help_line=_HELP)
        self._lists = lists
        self._register = register
        self._asking: Job[Register] | None = None
        self.waiting = WaitingView(look)
        self.register = RegisterView(look, clock.today(), titles, may_void=may_void)
        self.log = LogView()
        self.tabs = named(QTabWidget(), "print_tabs")
        self.papers = {
            code: PrintRunView(self, draws, clock, dialogs=dialogs, printers=printers)
            for code, draws in presses.items()
        }
        self.again = PrintRunView(self, again, clock, dialogs=dialogs, printers=printers)
        self._steps = QStackedWidget()
        self._lay_out()
        self._connect(changes)

    @override
    def activate(self) -> None:
        """What waits is asked for each time: others approve meanwhile."""
        if self._screen_loaded:
            self.run(self._lists.waiting, self._show_waiting)
        super().activate()

    @override
    def reload(self) -> None:
        """Ask for all lists again."""
        self.run(self._lists.waiting, self._show_waiting)
        self.register.ask()
        self.run(self._lists.runs, self.log.show_runs)

    @override
    def focus_first(self) -> None:
        """The list at the front."""
        if self._steps.currentWidget() is self.tabs:
            (self.waiting, self.register, self.log)[self.tabs.currentIndex()].focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether paper has come out that the log does not know."""
        return any(paper.is_unrecorded for paper in self._run_views())

    def _run_views(self) -> tuple[PrintRunView, ...]:
        return (*self.papers.values(), self.again)

    def _show_waiting(self, rows: tuple[ReadyToPrint, ...]) -> None:
        self.waiting.show_queue(rows)
        self.tabs.setTabText(0, f"印刷待ち（{len(rows):,}件）")

    def _ask_register(self, query: RegisterQuery) -> None:
        self._asking = self.run(
            lambda: self._register.register(query),
            lambda page: self.register.show_page(page, goes_on=query.before is not None),
            replaces=self._asking,
        )

    def _draw(self, rows: Sequence[ReadyToPrint], mark: FormMark) -> None:
        households = len({row.household_id for row in rows})
        paper = self.papers[rows[0].form_code]
        paper.draw([row.subject_id for row in rows], mark, households)

    def _draw_again(self, run: PrintLogRow, mark: FormMark) -> None:
        self.run(
            lambda: self._lists.entries_of(run.batch_id),
            lambda ids: self.papers[_RECORD].draw(ids, mark, run.households),
        )

    def _give_back(self, issues: Sequence[IssuedForm]) -> None:
        self.again.draw([issue.issued_id for issue in issues], FormMark.COPY, len(issues))

    def _void(self, issue: IssuedForm, reason: str) -> None:
        self.run(
            lambda: self._register.void(issue.issued_id, reason),
            lambda _: self._was_voided(issue),
            self._not_voided,
        )

    def _was_voided(self, issue: IssuedForm) -> None:
        self.announced.emit(_VOIDED.format(label=issue.label))
        self.register.void_done()
        self.run(self._lists.waiting, self._show_waiting)

    def _not_voided(self, error: UserError) -> None:
        left_over = self.register.void_panel.show_refusal(error)
        if left_over:
            self.messages.show_error(left_over)

    def _noted(self, done: str) -> None:
        self.announced.emit(done)
        self.reload()

    def _show_lists(self) -> None:
        self._steps.setCurrentWidget(self.tabs)
        self.focus_first()

    def _changed(self, *_: object) -> None:
        if self.isVisible():
            self.reload()
        else:
            self.reload_later()

    def _lay_out(self) -> None:
        self.tabs.addTab(self.waiting, "印刷待ち")
        self.tabs.addTab(self.register, "登録簿")
        self.tabs.addTab(self.log, "印刷の記録")
        for step in (self.tabs, *self._run_views()):
            self._steps.addWidget(step)
        self.body.addWidget(self._steps)

    def _connect(self, changes: ChangeBus) -> None:
        self.waiting.draw_requested.connect(self._draw)
        self.waiting.file_requested.connect(self.file_requested)
        self.log.again_requested.connect(self._draw_again)
        self.register.asked.connect(self._ask_register)
        self.register.look_requested.connect(lambda issue: self._give_back([issue]))
        self.register.again_requested.connect(self._give_back)
        self.register.void_requested.connect(self._void)
        for paper in self._run_views():
            paper.begun.connect(self._to_front(paper))
            paper.left.connect(self._show_lists)
            paper.noted.connect(self._noted)
            paper.issued.connect(self.reload)
        changes.approval_moved.connect(self._changed)
        changes.inquiry_changed.connect(self._changed)
        changes.ledger_imported.connect(self._changed)

    def _to_front(self, paper: QWidget) -> Callable[[], None]:
        return lambda: self._steps.setCurrentWidget(paper)

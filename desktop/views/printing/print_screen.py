"""帳票: choose, draw, look, print; and the log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QTabWidget

from desktop.domain.clock import Clock
from desktop.domain.forms import FormMark
from desktop.domain.printing import PrintLogRow, PrintQueueRow
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.printing.log_view import LogView
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import Draws, PrintRunView
from desktop.views.printing.waiting_view import WaitingView
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_HELP = "承認された記録をまとめてPDFにし、確かめてから印刷します。Space で選択を付け外しします。"


class PrintLists(Protocol):
    """What waits, and what was printed."""

    def waiting(self, district_ids: Collection[UUID] = ()) -> tuple[PrintQueueRow, ...]:
        """Approved and never printed."""

    def runs(self, limit: int = 100) -> tuple[PrintLogRow, ...]:
        """The log, newest first."""

    def entries_of(self, batch_id: UUID) -> tuple[UUID, ...]:
        """The entries of a run."""


class PrintScreen(ScreenView):
    """Two lists; then the print run under way."""

    def __init__(
        self,
        lists: PrintLists,
        draws: Draws,
        clock: Clock,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
        dialogs: Dialogs,
        printers: PrinterChoice,
    ) -> None:
        super().__init__(runner, title="帳票", help_line=_HELP)
        self._lists = lists
        self.waiting = WaitingView(look)
        self.log = LogView()
        self.tabs = named(QTabWidget(), "print_tabs")
        self.paper = PrintRunView(self, draws, clock, dialogs=dialogs, printers=printers)
        self.preview, self.progress = self.paper.preview, self.paper.progress
        self._steps = QStackedWidget()
        self._lay_out()
        self._connect(changes)

    @override
    def reload(self) -> None:
        """Ask for both lists again."""
        self.run(self._lists.waiting, self._show_waiting)
        self.run(self._lists.runs, self.log.show_runs)

    @override
    def focus_first(self) -> None:
        """The list at the front."""
        if self._steps.currentWidget() is self.tabs:
            (self.waiting if self.tabs.currentIndex() == 0 else self.log).focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether paper has come out that the log does not know."""
        return self.paper.is_unrecorded

    def _show_waiting(self, rows: tuple[PrintQueueRow, ...]) -> None:
        self.waiting.show_queue(rows)
        self.tabs.setTabText(0, f"印刷待ち（{len(rows):,}件）")

    def _draw(self, rows: Sequence[PrintQueueRow], mark: FormMark) -> None:
        households = len({row.household_id for row in rows})
        self.paper.draw([row.entry_id for row in rows], mark, households)

    def _draw_again(self, run: PrintLogRow, mark: FormMark) -> None:
        self.run(
            lambda: self._lists.entries_of(run.batch_id),
            lambda ids: self.paper.draw(ids, mark, run.households),
        )

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
        self.tabs.addTab(self.log, "印刷の記録")
        for step in (self.tabs, self.paper):
            self._steps.addWidget(step)
        self.body.addWidget(self._steps)

    def _connect(self, changes: ChangeBus) -> None:
        self.waiting.draw_requested.connect(self._draw)
        self.waiting.file_requested.connect(self.file_requested)
        self.log.again_requested.connect(self._draw_again)
        self.paper.begun.connect(lambda: self._steps.setCurrentWidget(self.paper))
        self.paper.left.connect(self._show_lists)
        self.paper.noted.connect(self._noted)
        changes.approval_moved.connect(self._changed)
        changes.ledger_imported.connect(self._changed)

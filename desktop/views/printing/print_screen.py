"""帳票: choose, draw, look, print; and the log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QStackedWidget, QTabWidget
from typing_extensions import override

from desktop.domain.clock import Clock
from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.forms import FormMark
from desktop.domain.printing import PrintLogRow, PrintQueueRow
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.printing import PrintRun
from desktop.jobs.progress import Progress
from desktop.jobs.runner import Job, JobRunner, Lane
from desktop.reports.preview import PageImage
from desktop.viewmodels.printing import file_name
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.printing.log_view import LogView
from desktop.views.printing.paper import PrinterChoice, print_pages
from desktop.views.printing.preview_view import PreviewView
from desktop.views.printing.waiting_view import WaitingView
from desktop.views.progress_panel import ProgressPanel
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_UNRECORDED = (
    "印刷は終わりましたが、印刷の記録を残せませんでした。「印刷の記録を残す」を押してください。"
)


class PrintLists(Protocol):
    """What waits, and what was printed."""

    def waiting(self, district_ids: Collection[UUID] = ()) -> tuple[PrintQueueRow, ...]:
        """Approved and never printed."""

    def runs(self, limit: int = 100) -> tuple[PrintLogRow, ...]:
        """The log, newest first."""

    def entries_of(self, batch_id: UUID) -> tuple[UUID, ...]:
        """The entries of a run."""


class Draws(Protocol):
    """Whoever draws a batch and notes that it went to paper."""

    def draw(
        self,
        entry_ids: Sequence[UUID],
        mark: FormMark,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PrintRun:
        """The batch as one PDF."""

    def finish(self, run: PrintRun) -> None:
        """Note the run."""


class PrintScreen(ScreenView):
    """Two lists; then the work under way; then the preview of the one batch that was drawn."""

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
        super().__init__(
            runner,
            title="帳票",
            help_line="承認された記録をまとめてPDFにし、確かめてから印刷します。Space で選択を付け外しします。",
        )
        self._lists = lists
        self._draws = draws
        self._clock = clock
        self._dialogs = dialogs
        self._printers = printers
        self._drawing: Job[PageImage] | None = None
        self.waiting = WaitingView(look)
        self.log = LogView()
        self.tabs = named(QTabWidget(), "print_tabs")
        self.progress = ProgressPanel()
        self.preview = PreviewView(self._render)
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
        return self.preview.is_unrecorded

    def _show_waiting(self, rows: tuple[PrintQueueRow, ...]) -> None:
        self.waiting.show_queue(rows)
        self.tabs.setTabText(0, f"印刷待ち（{len(rows):,}件）")

    def _draw(self, rows: tuple[PrintQueueRow, ...], mark: FormMark) -> None:
        households = len({row.household_id for row in rows})
        self._make([row.entry_id for row in rows], mark, households)

    def _draw_copy(self, run: PrintLogRow) -> None:
        self.run(
            lambda: self._lists.entries_of(run.batch_id),
            lambda ids: self._make(ids, FormMark.COPY, run.households),
        )

    def _make(self, entry_ids: Sequence[UUID], mark: FormMark, households: int) -> None:
        progress = self._begin("PDFを作成しています。")

        def report(done: int) -> None:
            progress.report(done, households, f"{done:,}／{households:,}世帯")

        self.run(
            lambda: self._draws.draw(entry_ids, mark, report, progress.cancelled),
            self._show_run,
            self._failed,
            lane=Lane.SLOW,
        )

    def _show_run(self, run: PrintRun) -> None:
        self._steps.setCurrentWidget(self.preview)
        self.preview.show_run(run)

    def _render(
        self, call: Callable[[], PageImage], on_success: Callable[[PageImage], object]
    ) -> None:
        self._drawing = self.run(call, on_success, lane=Lane.SLOW, replaces=self._drawing)

    def _ask_printer(self, run: PrintRun) -> None:
        self._printers.ask(self, lambda printer: self._print(run, printer))

    def _print(self, run: PrintRun, printer: QPrinter) -> None:
        progress = self._begin("プリンターに送っています。")
        rendered = run.rendered
        self.run(
            lambda: print_pages(
                printer, rendered.data, rendered.pages, progress.report, progress.cancelled
            ),
            lambda _: self._note(run, f"{rendered.pages:,}枚を印刷しました。"),
            self._back_to_preview,
            lane=Lane.SLOW,
        )

    def _ask_file(self, run: PrintRun) -> None:
        name = file_name(run.mark, self._clock.today())
        self._dialogs.choose_new_file(
            self, "PDFで保存", name, "PDF (*.pdf)", lambda path: self._save(run, path)
        )

    def _save(self, run: PrintRun, path: Path) -> None:
        data = run.rendered.data
        self.run(
            lambda: _write(path, data),
            lambda _: self._note(run, "PDFで保存しました。"),
            lane=Lane.SLOW,
        )

    def _note(self, run: PrintRun, done: str) -> None:
        self.run(lambda: self._draws.finish(run), lambda _: self._noted(done), self._not_noted)

    def _noted(self, done: str) -> None:
        self.messages.clear()
        self.preview.show_unrecorded(is_unrecorded=False)
        self.announced.emit(done)
        self._show_lists()
        self.reload()

    def _not_noted(self, error: UserError) -> None:
        self._back_to_preview(error)
        self.messages.show_error(f"{_UNRECORDED}（{error.sentence}）")
        self.preview.show_unrecorded(is_unrecorded=True)

    def _begin(self, title: str) -> Progress:
        self.messages.clear()
        self._steps.setCurrentWidget(self.progress)
        return self.progress.watch(title)

    def _failed(self, error: UserError) -> None:
        self._show_lists()
        self.messages.show_error(error)

    def _back_to_preview(self, error: UserError) -> None:
        self._steps.setCurrentWidget(self.preview)
        self.messages.show_error(error)

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
        for step in (self.tabs, self.progress, self.preview):
            self._steps.addWidget(step)
        self.body.addWidget(self._steps)

    def _connect(self, changes: ChangeBus) -> None:
        self.waiting.draw_requested.connect(self._draw)
        self.waiting.file_requested.connect(self.file_requested)
        self.log.copy_requested.connect(self._draw_copy)
        self.preview.left.connect(self._show_lists)
        self.preview.print_requested.connect(self._ask_printer)
        self.preview.save_requested.connect(self._ask_file)
        self.preview.record_requested.connect(
            lambda run: self._note(run, "印刷の記録を残しました。")
        )
        changes.approval_moved.connect(self._changed)
        changes.ledger_imported.connect(self._changed)


def _write(path: Path, data: bytes) -> None:
    named_so = path.suffix.lower() == ".pdf"
    target = path if named_so else path.with_name(f"{path.name}.pdf")
    if not named_so and target.exists():
        raise UserError("同じ名前のPDFがすでにあります。別の名前で保存してください。")
    try:
        target.write_bytes(data)
    except OSError as error:
        raise UnavailableError(
            "PDFを保存できませんでした。空き容量と書込みの権限を確かめて、別の場所に保存してください。"
        ) from error

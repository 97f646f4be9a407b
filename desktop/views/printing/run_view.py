"""One print run on whatever screen asked for it: drawn, looked at, put on paper or into a file, noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.jobs.printing import PrintRun
from desktop.jobs.progress import Progress
from desktop.jobs.runner import Job, Lane
from desktop.jobs.sending import Arrived, Paper, save_each, send_run
from desktop.reports.preview import PageImage
from desktop.services.workstation.pdf_files import save_pdf
from desktop.viewmodels.printing import failed_sentence, file_name, part_name
from desktop.views.dialogs import Dialogs
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.preview_view import PreviewView
from desktop.views.progress_panel import ProgressPanel
from desktop.views.screen import ScreenView

_UNRECORDED = (
    "印刷は終わりましたが、印刷の記録を残せませんでした。「印刷の記録を残す」を押してください。"
)


class Draws(Protocol):
    """Whoever draws a batch and notes that it went to paper."""

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PrintRun:
        """The batch as one PDF."""

    def finish(self, run: PrintRun) -> None:
        """Note the run."""


class PrintRunView(QStackedWidget):
    """The work under way, then the preview of the one batch that was drawn.

    It runs under its screen's busy line and speaks through its message bar. `begun` brings it to the front, `left`
    gives the place back; `noted` carries what was done, once the log knows it. `issued`: the register has grown.
    """

    begun = Signal()
    left = Signal()
    noted = Signal(str)
    issued = Signal()

    def __init__(
        self,
        screen: ScreenView,
        draws: Draws,
        clock: Clock,
        *,
        dialogs: Dialogs,
        printers: PrinterChoice,
    ) -> None:
        super().__init__(screen)
        self.setObjectName("print_run")
        self._screen = screen
        self._draws = draws
        self._clock = clock
        self._dialogs = dialogs
        self._printers = printers
        self._drawing: Job[PageImage] | None = None
        self._unrecorded: PrintRun | None = None
        self.progress = ProgressPanel()
        self.preview = PreviewView(self._render, self._render_small)
        self.addWidget(self.progress)
        self.addWidget(self.preview)
        self._connect()

    def draw(self, subject_ids: Sequence[UUID], mark: FormMark, households: int) -> None:
        """Draw the batch off the UI thread and show its first page."""
        progress = self._begin("PDFを作成しています。")

        def report(done: int) -> None:
            progress.report(done, households, f"{done:,}／{households:,}世帯")

        self._screen.run(
            lambda: self._draws.draw(subject_ids, mark, report, progress.cancelled),
            self._show_run,
            self._refused,
            lane=Lane.SLOW,
        )

    @property
    def is_unrecorded(self) -> bool:
        """Whether paper has come out that the log does not know."""
        return self.preview.is_unrecorded

    def _show_run(self, run: PrintRun) -> None:
        self.setCurrentWidget(self.preview)
        self.preview.show_run(run, self._printers.last(run.title))

    def _render_small(
        self, call: Callable[[], PageImage], on_success: Callable[[PageImage], object]
    ) -> None:
        # Small pages come by themselves: no busy line for them.
        self._screen.runner.run(self, call, on_success, lane=Lane.SLOW)

    def _render(
        self, call: Callable[[], PageImage], on_success: Callable[[PageImage], object]
    ) -> None:
        self._drawing = self._screen.run(call, on_success, lane=Lane.SLOW, replaces=self._drawing)

    def _print_again(self, run: PrintRun) -> None:
        """On the printer used last for this form; the dialog where there is none."""
        self._printers.again(
            self._screen,
            run.title,
            lambda paper: self._print(run, paper),
            has_parts=run.has_parts,
        )

    def _ask_printer(self, run: PrintRun) -> None:
        self._printers.ask(
            self._screen,
            run.title,
            lambda paper: self._print(run, paper),
            has_parts=run.has_parts,
        )

    def _print(self, run: PrintRun, paper: Paper) -> None:
        if self.currentWidget() is not self.preview or self.preview.run is not run:
            return  # the key was pressed twice: the first one is on its way
        self._make_official(run, lambda official: self._send(official, paper))

    def _make_official(self, run: PrintRun, then: Callable[[PrintRun], object]) -> None:
        """Give the pieces their numbers first, where the form is issued; what is shown is official from then on."""
        issue = run.issue
        if issue is None:
            then(run)
            return
        progress, count = self._begin("発行しています。"), run.parts

        def report(done: int) -> None:
            progress.report(done, count, f"{done:,}件")

        def issued(official: PrintRun) -> None:
            self._show_run(official)
            self.issued.emit()
            then(official)

        self._screen.run(
            lambda: issue(report, progress.cancelled),
            issued,
            self._not_issued,
            lane=Lane.SLOW,
        )

    def _not_issued(self, error: UserError) -> None:
        self.issued.emit()  # a part of it may be
        self._back_to_preview(error)

    def _send(self, run: PrintRun, paper: Paper) -> None:
        progress = self._begin("プリンターに送っています。")
        self._screen.run(
            lambda: send_run(paper, run, progress.report, progress.cancelled),
            lambda arrived: self._note_arrived(
                arrived, f"{arrived.run.rendered.pages:,}枚を印刷しました。", "印刷"
            ),
            self._back_to_preview,
            lane=Lane.SLOW,
        )

    def _ask_file(self, run: PrintRun) -> None:
        name = file_name(run.title, run.mark, self._clock.today())
        self._dialogs.choose_new_file(
            self,
            "PDFで保存",
            name,
            "PDF (*.pdf)",
            lambda path: self._make_official(run, lambda official: self._save(official, path)),
        )

    def _save(self, run: PrintRun, path: Path) -> None:
        data = run.rendered.data
        self._screen.run(
            lambda: save_pdf(path, data),
            lambda _: self._note(run, "PDFで保存しました。"),
            lane=Lane.SLOW,
        )

    def _ask_folder(self, run: PrintRun) -> None:
        self._dialogs.choose_folder(
            self,
            "1件ずつ保存するフォルダー",
            lambda folder: self._make_official(
                run, lambda official: self._save_each(official, folder)
            ),
        )

    def _save_each(self, run: PrintRun, folder: Path) -> None:
        progress, day = self._begin("PDFを1件ずつ保存しています。"), self._clock.today()
        self._screen.run(
            lambda: save_each(
                run,
                folder,
                lambda one: part_name(run.title, run.mark, day, one.number),
                progress.report,
                progress.cancelled,
            ),
            lambda arrived: self._note_arrived(
                arrived, f"{len(arrived.run.documents):,}件を1件ずつPDFで保存しました。", "保存"
            ),
            self._back_to_preview,
            lane=Lane.SLOW,
        )

    def _note_arrived(self, arrived: Arrived, done: str, act: str) -> None:
        """What arrived is noted; what did not is said, and stays to be done."""
        left_out = failed_sentence(arrived.failed, act)
        if arrived.is_stopped:
            left_out = f"{act}を途中で中止しました。{left_out}"
        self._note(arrived.run, done, left_out)

    def _note(self, run: PrintRun, done: str, left_out: str = "") -> None:
        self._screen.run(
            lambda: self._draws.finish(run),
            lambda _: self._was_noted(done, left_out),
            lambda error: self._was_not_noted(run, left_out, error),
        )

    def _was_noted(self, done: str, left_out: str) -> None:
        self._screen.messages.clear()
        self._unrecorded = None
        self.preview.show_unrecorded(is_unrecorded=False)
        self.preview.let_go()
        self.noted.emit(done)
        self.left.emit()
        if left_out:
            self._screen.messages.show_warning(left_out)

    def _was_not_noted(self, run: PrintRun, left_out: str, error: UserError) -> None:
        self._back_to_preview(error)
        self._screen.messages.show_error(f"{_UNRECORDED}（{error.sentence}）{left_out}")
        self._unrecorded = run
        self.preview.show_unrecorded(is_unrecorded=True)

    def _note_again(self) -> None:
        if self._unrecorded is not None:
            self._note(self._unrecorded, "印刷の記録を残しました。")

    def _begin(self, title: str) -> Progress:
        self._screen.messages.clear()
        self.setCurrentWidget(self.progress)
        self.begun.emit()
        return self.progress.watch(title)

    def _refused(self, error: UserError) -> None:
        self.left.emit()
        self._screen.messages.show_error(error)

    def _back_to_preview(self, error: UserError) -> None:
        self.setCurrentWidget(self.preview)
        if self.preview.run is not None:
            self.preview.show_last(self._printers.last(self.preview.run.title))
        self._screen.messages.show_error(error)

    def _connect(self) -> None:
        self.preview.left.connect(self.left)
        self.preview.print_requested.connect(self._print_again)
        self.preview.printer_requested.connect(self._ask_printer)
        self.preview.save_requested.connect(self._ask_file)
        self.preview.save_each_requested.connect(self._ask_folder)
        self.preview.record_requested.connect(self._note_again)

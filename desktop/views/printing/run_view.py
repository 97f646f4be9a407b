"""One print run on whatever screen asked for it: drawn, looked at, put on paper or into a file, noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QStackedWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.forms import FormMark
from desktop.jobs.printing import PrintRun
from desktop.jobs.progress import Progress
from desktop.jobs.runner import Job, Lane
from desktop.reports.preview import PageImage
from desktop.viewmodels.printing import file_name
from desktop.views.dialogs import Dialogs
from desktop.views.printing.paper import PrinterChoice, print_pages
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
    gives the place back; `noted` carries what was done, once the log knows it.
    """

    begun = Signal()
    left = Signal()
    noted = Signal(str)

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
        self.progress = ProgressPanel()
        self.preview = PreviewView(self._render)
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
        self.preview.show_run(run)

    def _render(
        self, call: Callable[[], PageImage], on_success: Callable[[PageImage], object]
    ) -> None:
        self._drawing = self._screen.run(call, on_success, lane=Lane.SLOW, replaces=self._drawing)

    def _ask_printer(self, run: PrintRun) -> None:
        self._printers.ask(self, lambda printer: self._print(run, printer))

    def _print(self, run: PrintRun, printer: QPrinter) -> None:
        progress = self._begin("プリンターに送っています。")
        printer.setDocName(run.title)
        rendered = run.rendered
        self._screen.run(
            lambda: print_pages(
                printer, rendered.data, rendered.pages, progress.report, progress.cancelled
            ),
            lambda _: self._note(run, f"{rendered.pages:,}枚を印刷しました。"),
            self._back_to_preview,
            lane=Lane.SLOW,
        )

    def _ask_file(self, run: PrintRun) -> None:
        name = file_name(run.title, run.mark, self._clock.today())
        self._dialogs.choose_new_file(
            self, "PDFで保存", name, "PDF (*.pdf)", lambda path: self._save(run, path)
        )

    def _save(self, run: PrintRun, path: Path) -> None:
        data = run.rendered.data
        self._screen.run(
            lambda: _write(path, data),
            lambda _: self._note(run, "PDFで保存しました。"),
            lane=Lane.SLOW,
        )

    def _note(self, run: PrintRun, done: str) -> None:
        self._screen.run(
            lambda: self._draws.finish(run), lambda _: self._was_noted(done), self._was_not_noted
        )

    def _was_noted(self, done: str) -> None:
        self._screen.messages.clear()
        self.preview.show_unrecorded(is_unrecorded=False)
        self.noted.emit(done)
        self.left.emit()

    def _was_not_noted(self, error: UserError) -> None:
        self._back_to_preview(error)
        self._screen.messages.show_error(f"{_UNRECORDED}（{error.sentence}）")
        self.preview.show_unrecorded(is_unrecorded=True)

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
        self._screen.messages.show_error(error)

    def _connect(self) -> None:
        self.preview.left.connect(self.left)
        self.preview.print_requested.connect(self._ask_printer)
        self.preview.save_requested.connect(self._ask_file)
        self.preview.record_requested.connect(
            lambda run: self._note(run, "印刷の記録を残しました。")
        )


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

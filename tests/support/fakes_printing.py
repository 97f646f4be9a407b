"""Drawing and printers for tests of the printing screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import IssuedForm, Register, RegisterQuery
from desktop.domain.printers import PrinterSetup
from desktop.domain.printing import WAITING_FORMS, PrintLogRow
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.printing import FailedDocument, PrintRun
from desktop.reports.rendered import RenderedPdf
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.printing.page_printing import ImagePaper, as_a4
from desktop.views.printing.paper import OnChosen, PrinterChoice
from desktop.views.printing.print_screen import PrintScreen
from desktop.views.printing.run_view import Draws, PrintRunView
from desktop.views.screen import ScreenView
from tests.support.fakes import CLOCK, fake_id
from tests.support.fakes_desk import FakePrintQueue
from tests.support.qt import InlineRunner


def make_log_row(number: int, **changes: Any) -> PrintLogRow:
    """A print run."""
    fields: dict[str, Any] = {
        "batch_id": fake_id(f"batch {number}"),
        "printed_at": CLOCK.now(),
        "printed_by": "庶務 見本子",
        "mark": "正" if number % 2 else "写",
        "forms": ("K-04",),
        "things": number * 12,
        "entries": number * 12,
        "households": number * 7,
        "pages": number * 15,
        "sha256": f"{number:064x}",
    }
    return PrintLogRow(**fields | changes)


class FakeDraws:
    """Answers with the PDF given; remembers what was drawn and noted."""

    def __init__(self, rendered: RenderedPdf) -> None:
        self.rendered = rendered
        self.drawn: list[tuple[tuple[UUID, ...], FormMark]] = []
        self.noted: list[PrintRun] = []
        self.refusal: UserError | None = None
        self.note_refusal: UserError | None = None
        self.issues = False
        self.issued = 0
        self.may_print = True
        self.failed: tuple[FailedDocument, ...] = ()

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PrintRun:
        """One batch."""
        self.drawn.append((tuple(subject_ids), mark))
        if cancelled is not None and cancelled():
            raise UserError("印刷を中止しました。作成途中のPDFは破棄しました。")
        if self.refusal is not None:
            raise self.refusal
        if progress is not None:
            progress(1)
        run = PrintRun(
            batch_id=fake_id("batch"),
            title="ケース記録票",
            subject_ids=tuple(subject_ids),
            mark=mark,
            rendered=self.rendered,
            may_print=self.may_print,
            failed=self.failed,
        )
        return replace(run, issue=lambda *_: self._issue(run)) if self.issues else run

    def _issue(self, run: PrintRun) -> PrintRun:
        self.issued += 1
        return run

    def finish(self, run: PrintRun) -> None:
        """Remember the run."""
        if self.note_refusal is not None:
            raise self.note_refusal
        self.noted.append(run)


def make_issue(number: int, **changes: Any) -> IssuedForm:
    """An issue as the register has it."""
    fields: dict[str, Any] = {
        "issued_id": fake_id(f"issue {number}"),
        "household_id": fake_id(f"household {number}"),
        "case_number": f"{number:05}",
        "form_code": "K-04",
        "edition": "第1版",
        "fiscal_year": 2024,
        "number": number,
        "mark": FormMark.ORIGINAL,
        "pages": 2,
        "size": 12_000,
        "sha256": f"{number:064x}",
        "issued_at": CLOCK.now(),
        "issued_by_id": fake_id("records"),
        "voided_at": None,
        "subject_ids": (),
        "head_name": "架空　花子",
        "issued_by": "庶務 見本子",
    }
    return IssuedForm(**fields | changes)


class FakeRegister:
    """The register of what was issued."""

    def __init__(self, *lines: IssuedForm) -> None:
        self.lines = lines
        self.asked: list[RegisterQuery] = []
        self.voided: list[tuple[UUID, str]] = []
        self.refusal: UserError | None = None

    def register(self, query: RegisterQuery) -> Register:
        """All lines on one page, but the last one on a page of its own where there are three or more."""
        self.asked.append(query)
        if len(self.lines) > 2:
            first, last = self.lines[:-1], self.lines[-1:]
            goes_on = query.before is None
            at = (first[-1].fiscal_year, first[-1].number)
            return Register(lines=first if goes_on else last, next_before=at if goes_on else None)
        return Register(lines=self.lines, next_before=None)

    def void(self, issued_id: UUID, reason: str) -> None:
        """Remember it."""
        if self.refusal is not None:
            raise self.refusal
        self.voided.append((issued_id, reason))


def print_screen(
    look: Look,
    draws: Draws,
    *,
    lists: FakePrintQueue,
    dialogs: Dialogs,
    printers: PrinterChoice,
    **changes: Any,
) -> PrintScreen:
    """The print centre over fakes: `draws` makes every form."""
    given: dict[str, Any] = {
        "register": FakeRegister(),
        "again": draws,
        "runner": InlineRunner(),
        "changes": ChangeBus(),
    }
    given |= changes
    return PrintScreen(
        lists,
        given.pop("register"),
        dict.fromkeys(WAITING_FORMS, draws),
        given.pop("again"),
        CLOCK,
        given.pop("runner"),
        titles={"K-04": "ケース記録票"},
        may_void=True,
        look=look,
        dialogs=dialogs,
        printers=printers,
        **given,
    )


def without_paper(screen: ScreenView, paper: object = None) -> PrintRunView:
    """For a chronicle or a section that prints nothing."""
    raise AssertionError("nothing was to be printed")


class PrinterToFile(PrinterChoice):
    """A printer that writes a PDF: its pages can be counted. It is asked for each time."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    @override
    def ask(
        self,
        screen: ScreenView,
        form: str,
        on_chosen: OnChosen,
        *,
        has_parts: bool = False,
        sentence: str = "",
    ) -> None:
        setup = PrinterSetup(printer="PDF")
        on_chosen(ImagePaper(printer=printer_to_file(self.path), setup=setup))


def printer_to_file(path: Path) -> QPrinter:
    """Qt's own printer into a PDF: the way that pages take on Windows."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    as_a4(printer)
    return printer


class FileDialogs(Dialogs):
    """Chooses the file that the test says; remembers the names proposed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.proposed: list[str] = []

    @override
    def choose_new_file(
        self,
        parent: QWidget,
        title: str,
        name: str,
        kinds: str,
        on_chosen: Callable[[Path], object],
    ) -> None:
        self.proposed.append(name)
        on_chosen(self.path)

    @override
    def choose_file(
        self, parent: QWidget, title: str, kinds: str, on_chosen: Callable[[Path], object]
    ) -> None:
        on_chosen(self.path)

"""The way to a printer: the one used last for this form without a question, or the dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from desktop.domain.errors import UserError
from desktop.domain.printers import PrinterAbilities, PrinterSetup
from desktop.jobs.runner import Lane
from desktop.jobs.sending import Paper
from desktop.views.printing.page_printing import ImagePaper, as_a4, setup_of
from desktop.views.printing.printer_dialog import PrinterDialog
from desktop.views.printing.printer_memory import PrinterMemory
from desktop.views.printing.system_printers import SystemPrinters
from desktop.views.screen import ScreenView

OnChosen = Callable[[Paper], object]


class Printers(Protocol):
    """The printers there are; every call may wait for a network."""

    def names(self) -> tuple[str, ...]:
        """Printers that can be chosen, the default one first."""

    def abilities(self, name: str) -> PrinterAbilities:
        """What a printer can do. Raises UserError when it is gone."""

    def open(self, setup: PrinterSetup, copies: int = 1) -> Paper:
        """The printer as it was chosen. Raises UserError when it is gone or no longer can do that."""


class PrinterChoice:
    """Asks for a printer without a nested event loop, and remembers a form's answer. Tests give their own."""

    def __init__(
        self, memory: PrinterMemory | None = None, printers: Printers | None = None
    ) -> None:
        self._memory = memory or PrinterMemory()
        self._printers = printers or SystemPrinters()

    def last(self, form: str) -> PrinterSetup | None:
        """How the form was printed last on this workstation; None when never."""
        return self._memory.last(form)

    def again(
        self, screen: ScreenView, form: str, on_chosen: OnChosen, *, has_parts: bool = False
    ) -> None:
        """The printer used last; the dialog where there is none, or with the reason where it is gone."""
        setup = self.last(form)
        if setup is None:
            self.ask(screen, form, on_chosen, has_parts=has_parts)
            return
        screen.run(
            lambda: self._printers.open(setup),
            on_chosen,
            lambda error: self.ask(
                screen, form, on_chosen, has_parts=has_parts, sentence=error.sentence
            ),
            lane=Lane.SLOW,
        )

    def ask(
        self,
        screen: ScreenView,
        form: str,
        on_chosen: OnChosen,
        *,
        has_parts: bool = False,
        sentence: str = "",
    ) -> None:
        """Show the dialog; `has_parts` when the run could go as several jobs."""

        def show(names: tuple[str, ...]) -> None:
            if any(dialog.isVisible() for dialog in screen.findChildren(PrinterDialog)):
                return  # the key was pressed twice
            dialog = PrinterDialog(
                screen, names, self.last(form), has_parts=has_parts, sentence=sentence
            )
            self._join(screen, dialog, form, on_chosen)
            if names:
                self._look_up(screen, dialog, dialog.printer.currentText())
            dialog.open()

        screen.run(self._printers.names, show, lane=Lane.SLOW)

    def _join(
        self, screen: ScreenView, dialog: PrinterDialog, form: str, on_chosen: OnChosen
    ) -> None:
        dialog.printer_chosen.connect(lambda name: self._look_up(screen, dialog, name))
        dialog.confirmed.connect(
            lambda setup, copies: screen.run(
                lambda: self._printers.open(setup, copies),
                lambda paper: self._chosen(form, paper, on_chosen),
                lane=Lane.SLOW,
            )
        )
        dialog.system_requested.connect(
            lambda name: _ask_system(
                screen, name, lambda paper: self._chosen(form, paper, on_chosen)
            )
        )

    def _look_up(self, screen: ScreenView, dialog: PrinterDialog, name: str) -> None:
        def refused(error: UserError) -> None:
            dialog.show_refusal(error.sentence)

        screen.runner.run(
            dialog,
            lambda: self._printers.abilities(name),
            dialog.show_printer,
            refused,
            lane=Lane.SLOW,
        )

    def _chosen(self, form: str, paper: Paper, on_chosen: OnChosen) -> None:
        if paper.setup.printer:
            self._memory.keep(form, paper.setup)
        on_chosen(paper)


def _ask_system(screen: ScreenView, name: str, on_chosen: OnChosen) -> None:
    """The system's own dialog, with all that a driver offers; part of a batch cannot be chosen, as the log notes all of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    as_a4(printer)
    dialog = QPrintDialog(printer, screen)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for option in (
        QAbstractPrintDialog.PrintDialogOption.PrintPageRange,
        QAbstractPrintDialog.PrintDialogOption.PrintSelection,
        QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage,
    ):
        dialog.setOption(option, False)
    dialog.accepted.connect(lambda: on_chosen(ImagePaper(printer=printer, setup=setup_of(printer))))
    # QPrintDialog has an open() of its own that wants a receiver.
    QDialog.open(dialog)

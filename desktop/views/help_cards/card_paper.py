"""A card of the help before it goes to paper or into a file: a window of its own above the work."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.domain.clock import Clock
from desktop.domain.forms import FormMark
from desktop.domain.help_cards import HelpCard
from desktop.jobs.help_printing import HelpCardJob
from desktop.jobs.runner import JobRunner
from desktop.views.dialogs import Dialogs
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView

_WIDTH, _HEIGHT = 52, 34


class CardPaper(QDialog):
    """Holds nothing back: the work beneath can go on. `announced` carries what was done; Esc closes it."""

    announced = Signal(str)

    def __init__(
        self,
        job: HelpCardJob,
        clock: Clock,
        runner: JobRunner,
        *,
        dialogs: Dialogs,
        printers: PrinterChoice,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card_paper")
        self._job = job
        self.screen_view = ScreenView(runner, title="")
        self.run_view = PrintRunView(
            self.screen_view, job, clock, dialogs=dialogs, printers=printers
        )
        self.screen_view.body.addWidget(self.run_view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.screen_view)
        self.run_view.left.connect(self._left)
        self.run_view.noted.connect(self.announced)

    def show_card(self, card: HelpCard) -> None:
        """Draw a card and show its pages."""
        self.setWindowTitle(f"手引の印刷：{card.title}")
        em = self.fontMetrics().horizontalAdvance("国")
        self.resize(_WIDTH * em, _HEIGHT * em)
        self.screen_view.messages.clear()
        self.show()
        self.raise_()
        self.activateWindow()
        self.run_view.draw(self._job.choose(card.key), FormMark.PLAIN, 1)

    def _left(self) -> None:
        """After the preview; what could not be drawn is said here first."""
        if self.run_view.currentWidget() is self.run_view.preview:
            self.close()

"""The ways to paper of the screen 会議・支援区分, each made when it is first asked for, in the place of the tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.forms import FormMark
from desktop.views.conferences.ports import ChoosesSheet, ConferencePaper, MakePaper
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView


class ConferencePages(QStackedWidget):
    """What is worked in, or the paper that was drawn. `noted` carries what was done."""

    noted = Signal(str)

    def __init__(self, screen: ScreenView, work: QWidget, make_paper: MakePaper) -> None:
        super().__init__()
        self._screen, self._work, self._make_paper = screen, work, make_paper
        self.papers = dict[ConferencePaper, tuple[PrintRunView, ChoosesSheet]]()
        self.addWidget(work)

    @property
    def is_working(self) -> bool:
        """Whether the work is at hand, not a paper."""
        return self.currentWidget() is self._work

    @property
    def is_unrecorded(self) -> bool:
        """Whether paper has come out that the log does not know."""
        return any(view.is_unrecorded for view, _ in self.papers.values())

    def draw(self, paper: ConferencePaper, asked: object, pieces: int) -> None:
        """Draw what was chosen and show it first."""
        if paper not in self.papers:
            self.papers[paper] = self._made(paper)
        view, sheet = self.papers[paper]
        view.draw(sheet.choose(asked), FormMark.PLAIN, pieces)

    def _made(self, paper: ConferencePaper) -> tuple[PrintRunView, ChoosesSheet]:
        view, sheet = self._make_paper(self._screen, paper)
        self.addWidget(view)
        view.begun.connect(lambda: self.setCurrentWidget(view))
        view.left.connect(self._leave)
        view.noted.connect(self.noted)
        return view, sheet

    def _leave(self) -> None:
        self.setCurrentWidget(self._work)
        self._screen.focus_first()

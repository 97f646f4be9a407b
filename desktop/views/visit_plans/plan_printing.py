"""印刷 on the screen 訪問計画: the paper of the tab at the front is drawn, looked at in the tabs' place, printed and noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desktop.domain.imprint import FormMark
from desktop.views.printing.run_view import Draws
from desktop.views.widgets import named

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView
    from desktop.views.screen import ScreenView

_KEY = "Ctrl+P"


class PlanPaper(StrEnum):
    """The papers of the screen: one a tab, and the call list, which has a button of its own."""

    YEAR = "year"
    MONTH = "month"
    REPORT = "report"
    CALLS = "calls"


_WORDS = {
    PlanPaper.YEAR: f"年間計画表を印刷（{_KEY}）",
    PlanPaper.MONTH: f"月間計画・実績表を印刷（{_KEY}）",
    PlanPaper.REPORT: f"選んだ月の報告書を印刷（{_KEY}）",
}
_WHY = {
    PlanPaper.YEAR: "計画を作ると印刷できます。",
    PlanPaper.MONTH: "地区を選ぶと印刷できます。",
    PlanPaper.REPORT: "表の月を選ぶと印刷できます。",
}
_MAY_NOT = "印刷する職務がありません。"


#: Which paper, and of what; None where there is nothing to print.
Asks = Callable[[], tuple[PlanPaper, object | None]]


class DrawsChosen(Draws, Protocol):
    """Draws the one paper that it was told of."""

    def choose(self, asked: Any, /) -> tuple[UUID, ...]:  # noqa: ANN401 - each paper has its own
        """Say which; its id for the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPapers:
    """The way of each paper, and who makes the view of a run."""

    year: DrawsChosen
    month: DrawsChosen
    report: DrawsChosen
    calls: DrawsChosen
    view: Callable[[ScreenView, Draws], PrintRunView]


class PlanPrinting(QStackedWidget):
    """The tabs, or the paper under way. Ctrl+P or the button prints what the tab at the front shows."""

    def __init__(self, screen: ScreenView, papers: PlanPapers, *, may_print: bool) -> None:
        super().__init__()
        self._screen, self._may_print = screen, may_print
        self._tabs: QWidget | None = None
        self._bar: QWidget | None = None
        self._paper: Asks = lambda: (PlanPaper.YEAR, None)
        self.button = named(QPushButton(_WORDS[PlanPaper.YEAR]), "print_visit_plan")
        self._draws = {
            PlanPaper.YEAR: papers.year,
            PlanPaper.MONTH: papers.month,
            PlanPaper.REPORT: papers.report,
            PlanPaper.CALLS: papers.calls,
        }
        self.views = {paper: papers.view(screen, draws) for paper, draws in self._draws.items()}
        self.button.clicked.connect(lambda *_: self._draw())
        shortcut = QShortcut(QKeySequence(_KEY), screen)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._draw)

    @property
    def is_at_front(self) -> bool:
        """Whether a paper stands in the tabs' place."""
        return self.currentWidget() is not self._tabs

    @property
    def is_unrecorded(self) -> bool:
        """Whether paper has come out that the log does not know."""
        return any(view.is_unrecorded for view in self.views.values())

    def hold(self, tabs: QWidget, bar: QWidget, paper: Asks) -> None:
        """Take the tabs; the bar above them goes away while a paper is looked at. `paper` says what the front prints."""
        self._tabs, self._bar, self._paper = tabs, bar, paper
        for page in (tabs, *self.views.values()):
            self.addWidget(page)
        for view in self.views.values():
            view.begun.connect(lambda view=view: self._turn_to(view))
            view.left.connect(self._back)
            view.noted.connect(self._screen.announced)

    def refresh(self) -> None:
        """Name the paper of the tab at the front; why it cannot be printed stands in the tip."""
        paper, asked = self._paper()
        self.button.setText(_WORDS[paper])
        self.button.setEnabled(self._may_print and asked is not None)
        why = "" if asked is not None else _WHY[paper]
        self.button.setToolTip(why if self._may_print else _MAY_NOT)

    def draw_calls(self, asked: object) -> None:
        """Draw the call list of a district and month."""
        if self._may_print and not self.is_at_front:
            self._show(PlanPaper.CALLS, asked)

    def _draw(self) -> None:
        if not self.button.isEnabled() or self.is_at_front:
            return
        paper, asked = self._paper()
        if asked is not None:
            self._show(paper, asked)

    def _show(self, paper: PlanPaper, asked: object) -> None:
        self.views[paper].draw(self._draws[paper].choose(asked), FormMark.PLAIN, 1)

    def _turn_to(self, page: QWidget) -> None:
        """The screen's own keys rest while a paper is at the front: it has its own."""
        self.setCurrentWidget(page)
        is_free = page is self._tabs
        if self._bar is not None:
            self._bar.setVisible(is_free)
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for shortcut in self._screen.findChildren(QShortcut, options=direct):
            shortcut.setEnabled(is_free)

    def _back(self) -> None:
        if self._tabs is not None:
            self._turn_to(self._tabs)
            self._screen.focus_first()

"""The button that prints the 権限一覧表 (R-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.imprint import FormMark

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView


class ChoosesRights(Protocol):
    """Says that the list is to be drawn as it stands now (`jobs/rights_printing`)."""

    def choose(self, asked: None, /) -> tuple[UUID, ...]:
        """The one subject of the run."""


class RightsButton(QPushButton):
    """Ctrl+P on `page` draws the list off the UI thread and shows it, to be printed or saved."""

    def __init__(self, page: QWidget, rights: ChoosesRights, paper: PrintRunView) -> None:
        super().__init__("権限一覧表（Ctrl+P）")
        self.setObjectName("print_rights")
        self._rights, self._paper = rights, paper
        self.clicked.connect(lambda *_: self._draw())
        # On the page, for the paper has a Ctrl+P of its own.
        QShortcut(QKeySequence("Ctrl+P"), page).activated.connect(self._draw)

    def _draw(self) -> None:
        self._paper.draw(self._rights.choose(None), FormMark.PLAIN, 1)

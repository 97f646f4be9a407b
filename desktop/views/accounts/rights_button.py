"""The button that writes the 権限一覧表 (R-01) into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from desktop.jobs.runner import Lane
from desktop.views.dialogs import Dialogs
from desktop.views.screen import ScreenView

_TITLE, _NAME, _KINDS = "権限一覧表を保存", "権限一覧表.pdf", "PDF (*.pdf)"


class SavesRights(Protocol):
    """Draws the list and writes it (`jobs/rights_printing`)."""

    def save(self, path: Path) -> int:
        """Write the PDF and return its pages."""


class RightsButton(QPushButton):
    """Ctrl+P asks where to, draws off the UI thread, and says how many pages were written."""

    def __init__(self, screen: ScreenView, paper: SavesRights, dialogs: Dialogs) -> None:
        super().__init__("権限一覧表…（Ctrl+P）")
        self.setObjectName("save_rights")
        self._screen, self._paper, self._dialogs = screen, paper, dialogs
        self.clicked.connect(lambda *_: self._ask())
        QShortcut(QKeySequence("Ctrl+P"), screen).activated.connect(self._ask)

    def _ask(self) -> None:
        self._dialogs.choose_new_file(self._screen, _TITLE, _NAME, _KINDS, self._save)

    def _save(self, path: Path) -> None:
        self._screen.run(lambda: self._paper.save(path), self._saved, lane=Lane.SLOW)

    def _saved(self, pages: int) -> None:
        self._screen.messages.clear()
        self._screen.announced.emit(f"権限一覧表（{pages:,}頁）をPDFで保存しました。")

"""The received papers that the entry being written names: a menu of those of the household that are not settled."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.domain.paper_links import PaperOfEntry
from desktop.views.widgets import named

_DIGITS = 9
_NONE = "受領書類を結ぶ(&U)"


class PaperButton(QPushButton):
    """Alt+U opens the menu, a digit chooses. Not shown where the household has no unsettled paper. `changed` on every choice."""

    changed = Signal()

    def __init__(self, papers: Sequence[PaperOfEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "name_papers")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setToolTip("この記録で確認した受領書類を選びます。保存すると結ばれます。")
        self._choices: dict[UUID, QAction] = {}
        menu = QMenu(self)
        for number, paper in enumerate(papers, start=1):
            mnemonic = f"&{number}　" if number <= _DIGITS else ""
            action = menu.addAction(f"{mnemonic}{paper.label}")
            action.setCheckable(True)
            action.toggled.connect(self._was_chosen)
            self._choices[paper.paper_id] = action
        self.setMenu(menu)
        if not papers:
            self.hide()
        self._say()

    def chosen(self) -> tuple[UUID, ...]:
        """The papers to be named."""
        return tuple(paper for paper, action in self._choices.items() if action.isChecked())

    def choose(self, paper_id: UUID, *, is_chosen: bool = True) -> None:
        """Choose a paper, or let it go."""
        self._choices[paper_id].setChecked(is_chosen)

    def _was_chosen(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        count = len(self.chosen())
        self.setText(f"受領書類 {count}件(&U)" if count else _NONE)

"""A re-planning before it is taken over: what would move, be added or fall out, line by line with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.visit_month import HouseholdName
from desktop.domain.visit_replans import Replan
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.visit_plans_replan import (
    ReplanLine,
    replan_columns,
    replan_lines,
    replan_words,
)
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 13, 1: 10, 2: 10, 3: 8, 4: 14}
_WHY = 4
_HEADING = "まだ何も変わっていません。見てから、採用するかを決めてください。採用すると、承認後の変更として理由とともに残ります。"


class ReplanPanel(QWidget):
    """`taken` carries the Replan, `left` says that it is given up."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._proposal: Replan | None = None
        self.words = named(Paragraph(), "replan_words")
        self.why = named(Paragraph(), "replan_why")
        self.model: RowTableModel[ReplanLine] = RowTableModel(
            replan_columns(), key=lambda line: line.key, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="組み直しで動く訪問", characters=_WIDTHS, stretch=_WHY),
            "replan_lines",
        )
        self.take_button = named(QPushButton("組み直しを採用（Ctrl+Enter）"), "take_replan")
        self.leave_button = named(QPushButton("採用しない（Esc）"), "leave_replan")
        self._build()

    def show_proposal(self, proposal: Replan, names: Mapping[UUID, HouseholdName]) -> None:
        """Show what would change."""
        self._proposal = proposal
        self.words.say(replan_words(proposal))
        lines = replan_lines(proposal, names)
        self.model.set_rows(lines)
        self.table.setVisible(bool(lines))
        self.table.select_row(0)
        self.take_button.setEnabled(bool(proposal.deviations or proposal.away))
        self._say()
        self.focus_first()

    def focus_first(self) -> None:
        """Begin with the lines; where nothing moves, with the way back."""
        first: QWidget = self.table if self.model.rowCount() else self.leave_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        line = self.model.row_at(self.table.currentIndex())
        self.why.say(f"{line.who}：{line.why}" if line is not None and line.why else "")

    def _take(self) -> None:
        if self._proposal is not None and self.take_button.isEnabled():
            self.taken.emit(self._proposal)

    def _build(self) -> None:
        self.take_button.setProperty("primary", True)
        heading = QLabel(_HEADING)
        heading.setWordWrap(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave_button)
        row.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(heading)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.why)
        layout.addLayout(row)
        layout.addStretch(0)
        self.take_button.clicked.connect(lambda *_: self._take())
        self.leave_button.clicked.connect(lambda *_: self.left.emit())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        for key, act in (("Ctrl+Return", self._take), ("Escape", self.left.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

"""A proposal before it is taken over: what it plans, what does not fit, and which visits it would move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.era import DateStyle, format_date
from desktop.domain.visit_plan_proposals import PlanProposal, ProposalMove
from desktop.domain.working_time import HALF_LABEL, Half
from desktop.viewmodels.columns import Column
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.visit_plans_words import proposal_words
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 14, 1: 12, 2: 12, 3: 6}
_HEADING = "計画案を見てから、採用するかを決めてください。固定した訪問はそのままです。"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLine:
    """A visit that would stand elsewhere, with whose it is."""

    who: str = field(repr=False)
    move: ProposalMove


class ProposalPanel(QWidget):
    """`taken` carries the PlanProposal, `left` says that it is given up."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._proposal: PlanProposal | None = None
        self.words = named(Paragraph(), "proposal_words")
        self.broken = named(Paragraph(tone="error"), "proposal_broken")
        self.model: RowTableModel[MoveLine] = RowTableModel(
            _columns(), key=lambda line: line.move.visit_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="動く訪問", characters=_WIDTHS, stretch=0), "proposal_moves"
        )
        self.take_button = named(QPushButton("この案を採用（Ctrl+Enter）"), "take_proposal")
        self.leave_button = named(QPushButton("採用しない（Esc）"), "leave_proposal")
        self._build()

    def show_proposal(self, proposal: PlanProposal, names: Mapping[UUID, str]) -> None:
        """Show what would change; `names` are those of the households of the present plan."""
        self._proposal = proposal
        self.words.say(proposal_words(proposal))
        self.broken.say("▲ " + "、".join(proposal.broken) if proposal.broken else "")
        self.model.set_rows(
            [
                MoveLine(who=names.get(move.household_id, "別の世帯"), move=move)
                for move in proposal.moves
            ]
        )
        self.table.setVisible(bool(proposal.moves))
        self.table.select_row(0)
        self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        if self._proposal is not None:
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
        for widget in (heading, self.words, self.broken):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        layout.addStretch(0)
        self.take_button.clicked.connect(lambda *_: self._take())
        self.leave_button.clicked.connect(lambda *_: self.left.emit())
        for key, act in (("Ctrl+Return", self._take), ("Escape", self.left.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)


def _columns() -> tuple[Column[MoveLine], ...]:
    return (
        Column(header="世帯", text=lambda line: line.who),
        Column(header="いまの計画", text=lambda line: _at(line.move.before, line.move.before_half)),
        Column(
            header="計画案",
            text=lambda line: (
                _at(line.move.after, line.move.after_half)
                if line.move.after
                else "▲ 計画から外れます"
            ),
            tone=lambda line: None if line.move.after else "warning",
        ),
        Column(header="予告", text=lambda line: "予告済み" if line.move.is_announced else ""),
    )


def _at(day: date | None, half: Half | None) -> str:
    if day is None:
        return ""
    return f"{format_date(day, DateStyle.SHORT)}{HALF_LABEL[half] if half else ''}"

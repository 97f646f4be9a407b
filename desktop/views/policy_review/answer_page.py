"""見直し不要 on the workbench: the answer to an open event, beside the year that says why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.policy_review import DuePolicy
from desktop.views.support_policies.no_review_panel import NoReviewPanel
from desktop.views.widgets import named


class AnswerPage(QWidget):
    """`recorded` carries a NoReviewInput, `left` asks to go back to the lines."""

    recorded = Signal(object)
    left = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("review_answer")
        self.panel = NoReviewPanel(today)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.panel)
        inner.addStretch(1)
        scroll = named(QScrollArea(), "review_answer_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.panel.recorded.connect(self.recorded)
        self.panel.left.connect(self.left)

    def begin(self, line: DuePolicy) -> None:
        """Ask about the most urgent open event; where there is none, about anything that happened."""
        event = next(iter(line.events), None)
        about = (event.label, event.happened_on) if event else ("", None)
        self.panel.begin(line.household_id, *about)

    def has_unsaved(self) -> bool:
        """Whether a reason was typed and not recorded."""
        return self.panel.has_unsaved()

    def close_form(self) -> None:
        """The answer is recorded or given up."""
        self.panel.hide()

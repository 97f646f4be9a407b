"""The visit at hand: its words, why it lies where it lies, the cost table, and the answer to 翌週ではだめか."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named


class VisitSide(QScrollArea):
    """Scrolls where there is little room; every part takes none while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("visit_side")
        self.setAccessibleName("選んだ訪問の説明")
        self.setWidgetResizable(True)
        self.setMinimumHeight(self.fontMetrics().height())
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.words = named(Paragraph(), "visit_words")
        self.reason = named(Paragraph(), "visit_reason")
        self.next_week = named(Paragraph(), "next_week_words")
        self.costs = named(Paragraph(), "cost_table")
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 4, 4, 0)
        for part in (self.words, self.reason, self.next_week, self.costs):
            layout.addWidget(part)
        layout.addStretch(1)
        self.setWidget(inside)

    def show_visit(self, words: str, reason: str, costs: Sequence[tuple[str, str]]) -> None:
        """Show another visit; the answer about the next week belongs to the one before."""
        self.words.say(words)
        self.reason.say(f"理由：{reason}" if reason else "")
        self.next_week.say("")
        table = "、".join(f"{label} {minutes}" for label, minutes in costs)
        self.costs.say(f"費用の内訳：{table}" if table else "")

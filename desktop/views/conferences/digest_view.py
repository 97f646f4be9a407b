"""The person before the meeting: headings and words, each line as high as it needs. With the keyboard, arrows scroll it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from desktop.viewmodels.conferences_digest import Line
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import muted_label, named


class DigestView(QFrame):
    """`lines` are those shown."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("digest", True)
        self.setAccessibleName("評価と提案の要約")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lines: tuple[Line, ...] = ()
        self.title = named(QLabel(), "panel_title")
        self.title.hide()
        self._pairs: list[tuple[QLabel, Paragraph]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.title, 0, 0, 1, 2)

    def show_lines(self, lines: Sequence[Line], title: str = "") -> None:
        """Show these; labels are made as they are needed and used again."""
        self.lines = tuple(lines)
        self.title.setText(title)
        self.title.setVisible(bool(title))
        while len(self._pairs) < len(lines):
            self._add_pair()
        for number, (heading, words) in enumerate(self._pairs):
            line = lines[number] if number < len(lines) else Line("", "")
            heading.setText(line.heading)
            heading.setVisible(bool(line.words))
            words.setProperty("tone", line.tone)
            words.style().unpolish(words)
            words.style().polish(words)
            words.say(line.words)

    def words_of(self, heading: str) -> str:
        """What stands beside a heading; "" where there is no such line."""
        return next((line.words for line in self.lines if line.heading == heading), "")

    def _add_pair(self) -> None:
        row = len(self._pairs) + 1
        heading, words = named(muted_label(), f"digest_{row}"), Paragraph()
        self._grid.addWidget(heading, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, 1)
        self._pairs.append((heading, words))

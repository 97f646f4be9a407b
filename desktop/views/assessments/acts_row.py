"""What may be done for the member at hand: buttons, their keys in the list, and why something may not be done."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.viewmodels.assessments import Offers
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named


class ActsRow(QWidget):
    """Only what may be pressed is shown; N, K, U, L, P and S press it from the list."""

    def __init__(self) -> None:
        super().__init__()
        self.write = named(QPushButton("アセスメントを書く(&N)"), "write_assessment")
        self.provisional = named(QPushButton("仮の区分を付ける(&K)"), "decide_provisional")
        self.unchanged = named(QPushButton("変わりなしで決める(&U)"), "decide_unchanged")
        self.lift = named(QPushButton("保留を解く(&L)"), "lift_hold")
        self.paper = named(QPushButton("アセスメント票を印刷(&P)"), "print_assessment")
        self.whole_paper = named(QPushButton("配慮が要る要因も印刷(&S)"), "print_whole_assessment")
        self.why_not = named(Paragraph(tone="muted"), "why_not")
        self._keys = {
            "N": self.write,
            "K": self.provisional,
            "U": self.unchanged,
            "L": self.lift,
            "P": self.paper,
            "S": self.whole_paper,
        }
        self.write.setProperty("primary", True)
        buttons = FlowingRow()
        for button in self._keys.values():
            buttons.add(button)
            button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.why_not)
        layout.addWidget(buttons)

    def offer(self, offered: Offers) -> None:
        """Show what may be done."""
        for button, may in (
            (self.write, offered.writes),
            (self.provisional, offered.provisional),
            (self.unchanged, offered.unchanged),
            (self.lift, offered.lifts),
        ):
            button.setVisible(may)
        self.why_not.say(offered.why_not)

    def offer_paper(self, *, prints: bool, whole: bool) -> None:
        """Whether the assessment at hand goes to paper, and whether what is sensitive may go with it."""
        self.paper.setVisible(prints)
        self.whole_paper.setVisible(prints and whole)

    def press(self, letter: str) -> None:
        """Press what a letter typed in the list stands for."""
        button = self._keys.get(letter.upper())
        if button is not None and not button.isHidden():
            button.click()

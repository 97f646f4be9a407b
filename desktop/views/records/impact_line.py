"""The one question at handing in a record: whether it touches the support policy (援助方針への影響)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.policy_events import IMPACT, Impact
from desktop.override import override
from desktop.views.widgets import muted_label, named

_QUESTION = "援助方針への影響"
_HINT = "1・2 のキーで答えると提出します。「あり」は、関係する課題を開きます。Esc で戻ります。"
_ACCESS = {Impact.NONE: "N", Impact.SOME: "Y"}


class ImpactLine(QFrame):
    """Hidden until asked. 1 and 2, Alt+N and Alt+Y answer; `answered` carries the Impact. Nothing is preset."""

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("impact_line")
        self.setAccessibleName(f"{_QUESTION}。{_HINT}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._left: QWidget | None = None
        self.buttons = {impact: self._button(impact) for impact in Impact}
        self._lay_out()
        self.hide()

    def ask(self) -> None:
        """Show the question and take the keyboard."""
        if self.isHidden():
            self._left = QApplication.focusWidget()
            self.show()
        self.setFocus()

    def give_up(self) -> bool:
        """Back to where the keyboard was; False where nothing was asked."""
        if self.isHidden():
            return False
        left, self._left = self._left, None
        self.hide()
        if left is not None and left.isVisible():
            left.setFocus()
        return True

    def _answer(self, impact: Impact) -> None:
        self.give_up()
        self.answered.emit(impact)

    def _lay_out(self) -> None:
        hint = muted_label(_HINT)
        hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(named(QLabel(_QUESTION), "impact_question"))
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(hint)

    def _button(self, impact: Impact) -> QPushButton:
        number = list(Impact).index(impact) + 1
        button = QPushButton(f"{number} {IMPACT[impact]}(&{_ACCESS[impact]})")
        button.setAccessibleName(f"{_QUESTION}{IMPACT[impact]}")
        button.clicked.connect(lambda: self._answer(impact))
        return named(button, f"impact_{impact.value}")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        by_digit = {"1": Impact.NONE, "2": Impact.SOME}
        if event.text() in by_digit:
            self._answer(by_digit[event.text()])
        else:
            super().keyPressEvent(event)

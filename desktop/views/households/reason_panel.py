"""Asked in place of the file when it lies outside one's duty: the reason for opening it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.override import override
from desktop.views.widgets import muted_label, named

_NOTE = "理由は閲覧記録に残ります。番号のキー（1～9）でも選べます。"
_MOST = 9


class ReasonPanel(QWidget):
    """One key gives a reason of the office's list; any other reason is typed. `reason_given` carries the words."""

    reason_given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reasons: tuple[str, ...] = ()
        self.sentence = named(QLabel(), "reason_sentence")
        self.sentence.setWordWrap(True)
        self.other = named(QLineEdit(), "other_reason")
        self.other.setPlaceholderText("そのほかの理由を入力して Enter")
        self.other.setAccessibleName("そのほかの理由")
        self.other.returnPressed.connect(self._give_other)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(4)
        self._build()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def ask(self, sentence: str, reasons: Sequence[str]) -> None:
        """Ask for a reason; the first of the list has the focus."""
        self._reasons = tuple(reasons)[:_MOST]
        self.sentence.setText(sentence)
        while (item := self._buttons.takeAt(0)) is not None:
            button = item.widget()
            if button is not None:
                button.deleteLater()
        for number, reason in enumerate(self._reasons, start=1):
            self._buttons.addWidget(self._button(number, reason))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, number: int, reason: str) -> QPushButton:
        button = named(QPushButton(f"{number}　{reason}"), f"reason_{number}")
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(lambda: self.reason_given.emit(reason))
        return button

    def _give_other(self) -> None:
        if self.other.text().strip():
            self.reason_given.emit(self.other.text().strip())

    def _build(self) -> None:
        card = named(QFrame(), "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(10)
        inside.addWidget(named(QLabel("閲覧の理由"), "section_title"))
        inside.addWidget(self.sentence)
        inside.addLayout(self._buttons)
        inside.addWidget(self.other)
        inside.addWidget(muted_label(_NOTE))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 3)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = int(event.text()) if event.text() in tuple("123456789") else 0
        if 0 < number <= len(self._reasons):
            self.reason_given.emit(self._reasons[number - 1])
        else:
            super().keyPressEvent(event)

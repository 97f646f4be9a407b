"""One line that says what went wrong or well, without stopping anybody."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop.domain.errors import UserError
from desktop.views.selectable_label import SelectableLabel
from desktop.views.widgets import named, restyle

_SIGNS = {"error": "✕", "warning": "▲", "info": "●"}


class MessageBar(QFrame):
    """A sentence with a sign and a way to close it; hidden while there is nothing to say."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._sign = QLabel()
        self._sentence = named(SelectableLabel(), "message_sentence")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._close = named(QToolButton(), "close_message")
        self._close.setText("閉じる")
        self._close.setProperty("flat", True)
        self._close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 4, 4)
        layout.addWidget(self._sign)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self._close)
        self.hide()

    def text(self) -> str:
        """The sentence shown, "" when there is none."""
        return self._sentence.text()

    def show_error(self, error: UserError | str) -> None:
        """Say what could not be done, and what to do."""
        self._show(error.sentence if isinstance(error, UserError) else error, "error")

    def show_warning(self, sentence: str) -> None:
        """Say what should be looked at."""
        self._show(sentence, "warning")

    def show_info(self, sentence: str) -> None:
        """Say what was done."""
        self._show(sentence, "info")

    def clear(self) -> None:
        """Take the sentence away."""
        if self.text():
            self._sentence.clear()
            self.hide()
            self.closed.emit()

    def _show(self, sentence: str, tone: str) -> None:
        restyle(self, "tone", tone)
        self._sign.setText(_SIGNS[tone])
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()

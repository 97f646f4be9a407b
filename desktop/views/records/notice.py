"""A sentence that stays on top of a form as long as it matters: why it came back, what is corrected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.views.selectable_label import SelectableLabel
from desktop.views.widgets import named, restyle

_SIGNS = {"error": "✕", "warning": "▲", "info": "●"}


class Notice(QFrame):
    """Looks like the message bar, but cannot be closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._sign = QLabel()
        self._sentence = named(SelectableLabel(), "notice_sentence")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._sentence, 1)
        self.hide()

    def say(self, sentence: str, tone: str = "warning") -> None:
        """Show a sentence; nothing for an empty one."""
        restyle(self, "tone", tone)
        self._sign.setText(_SIGNS[tone])
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def text(self) -> str:
        """The sentence shown."""
        return self._sentence.text()

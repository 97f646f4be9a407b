"""The coloured frame that tells a training office from a real one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.views.widgets import named

_WORDS = "研修用 ― 架空の世帯です。実在の方の情報は入力しないでください。"


class TrainingFrame(QFrame):
    """Holds the whole contents of a window; in a training office with a border and the word 研修用 on top."""

    def __init__(self, *, is_training: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_frame")
        self.setProperty("training", is_training)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.word = named(QLabel(_WORDS), "training_word")
        self.word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout.addWidget(self.word)
        self.word.setVisible(is_training)

    def hold(self, content: QWidget) -> None:
        """Put the contents of the window under the word."""
        self._layout.addWidget(content, 1)

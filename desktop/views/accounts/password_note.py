"""A password given anew: shown once, until it is put away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.widgets import muted_label, named

_HAND_OVER = "一度だけ表示します。本人に手渡し、すぐに変更してもらってください。"


class PasswordNote(QFrame):
    """Login, password and until when; closing it takes the password away for good."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.whose = QLabel()
        self.password = named(QLabel(), "given_password")
        self.password.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.away = named(QPushButton("しまう（Esc）"), "put_password_away")
        self.away.setShortcut("Esc")
        self.away.clicked.connect(self.put_away)
        words = QVBoxLayout()
        words.addWidget(self.whose)
        words.addWidget(self.password)
        words.addWidget(muted_label(_HAND_OVER))
        layout = QHBoxLayout(self)
        layout.addLayout(words, 1)
        layout.addWidget(self.away, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def tell(self, login: str, password: str, until: str) -> None:
        """Show it."""
        self.whose.setText(f"{login} のパスワード（{until} まで有効）")
        self.password.setText(password)
        self.show()
        self.password.setFocus()

    def put_away(self) -> None:
        """Take it away."""
        self.password.clear()
        self.hide()

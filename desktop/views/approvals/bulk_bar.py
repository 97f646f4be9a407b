"""Several at once: only kinds the office marks, only what the list displayed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.views.widgets import muted_label, named

_HINT = "決裁の記録に「一覧」と残ります。"


class BulkBar(QFrame):
    """Shown while rows are ticked."""

    approve_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.approve = named(QPushButton(), "approve_listed")
        self.approve.setProperty("primary", True)
        self.hint = muted_label(_HINT)
        layout = QVBoxLayout(self)
        layout.addWidget(self.approve)
        layout.addWidget(self.hint)
        self.approve.clicked.connect(self.approve_wanted)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are ticked; hidden when none are."""
        self.approve.setText(f"{count}件をまとめて承認（Ctrl+Enter）")
        self.setVisible(count > 0)

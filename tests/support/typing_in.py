"""Typing as a Japanese input method does it; QTest's key clicks stop the process at characters beyond Latin-1."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def commit_text(editor: QWidget, text: str) -> None:
    """Let the input method commit a text into the editor."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def compose_text(editor: QWidget, text: str) -> None:
    """Show a text as preedit (未確定) in the editor; an empty one ends the composition."""
    QApplication.sendEvent(editor, QInputMethodEvent(text, []))

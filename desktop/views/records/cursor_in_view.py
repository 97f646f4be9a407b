"""Keeps the place where one types in view: texts grow with what is written and would take it beneath the window's edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.override import override
from desktop.views.fields.growing_edit import GrowingEdit

_LINES_AROUND = 3


def keep_cursor_in_view(
    scroll: QScrollArea, content: QWidget, edits: Sequence[GrowingEdit]
) -> None:
    """Let the area follow the cursor of these texts, which stand somewhere in its content."""
    _Follower(scroll, content, edits)


class _Follower(QObject):
    """Follows when the cursor moves, and when the form has grown by what was written."""

    def __init__(self, scroll: QScrollArea, content: QWidget, edits: Sequence[GrowingEdit]) -> None:
        super().__init__(scroll)
        self._scroll, self._content, self._edits = scroll, content, edits
        for edit in edits:
            edit.cursorPositionChanged.connect(self._follow_soon)
        content.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._follow_soon()
        return False

    def _follow_soon(self) -> None:
        """Once the text has the height that its new words ask for."""
        if any(edit.hasFocus() for edit in self._edits):
            QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        edit = next((edit for edit in self._edits if edit.hasFocus()), None)
        if edit is None or not self._content.isAncestorOf(edit):
            return
        cursor = edit.cursorRect()
        at = edit.viewport().mapTo(self._content, cursor.center())
        around = min(_LINES_AROUND * cursor.height(), self._scroll.viewport().height() // 3)
        self._scroll.ensureVisible(0, at.y(), 0, around)

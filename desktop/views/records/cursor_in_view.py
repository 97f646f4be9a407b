"""Keeps the place where one types in view: texts grow with what is written and would take it beneath the window's edge."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea

from desktop.views.fields.growing_edit import GrowingEdit

_LINES_AROUND = 3


def keep_cursor_in_view(scroll: QScrollArea, edits: Iterable[GrowingEdit]) -> None:
    """Let the area follow the cursor of these texts, which stand somewhere in it."""
    for edit in edits:
        edit.cursorPositionChanged.connect(partial(_follow_soon, scroll, edit))


def _follow_soon(scroll: QScrollArea, edit: GrowingEdit) -> None:
    """Once the text has the height that its new words ask for."""
    if edit.hasFocus():
        QTimer.singleShot(0, edit, partial(_follow, scroll, edit))


def _follow(scroll: QScrollArea, edit: GrowingEdit) -> None:
    content = scroll.widget()
    if not edit.hasFocus() or content is None or not content.isAncestorOf(edit):
        return
    cursor = edit.cursorRect()
    at = edit.viewport().mapTo(content, cursor.center())
    around = min(_LINES_AROUND * cursor.height(), scroll.viewport().height() // 3)
    scroll.ensureVisible(0, at.y(), 0, around)

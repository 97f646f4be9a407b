"""A list beside the page of what is opened from it, or above it where the room is narrow or the type large."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.views.assessments.panes import Panes

#: Full-width characters: what both need beside each other, what the list takes; lines of the list above the page.
_ROOM, _LIST, _LINES = 58, 25, 6
_GAP = 8


class ListAndPage(Panes):
    """Both stay visible; a person may move the border."""

    def __init__(self, rows: QWidget, page: QWidget) -> None:
        super().__init__(rows, page, room=_ROOM, width=_LIST, lines=_LINES, first=True)
        self.setHandleWidth(_GAP)

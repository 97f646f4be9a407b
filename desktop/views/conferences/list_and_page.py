"""A list beside the page of what is opened from it: the list takes no more than a third."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

_LIST, _PAGE, _GAP = 410, 840, 8


class ListAndPage(QSplitter):
    """Both stay visible; a person may move the border."""

    def __init__(self, rows: QWidget, page: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(_GAP)
        self.addWidget(rows)
        self.addWidget(page)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(1, 1)
        self.setSizes([_LIST, _PAGE])

"""Widgets one after the other, in as many lines as the width asks for."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desktop.override import override


class FlowLayout(QLayout):
    """Hidden widgets take no room."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 4) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        around = self.contentsMargins()
        inside = width - around.left() - around.right()
        return self._flow(QRect(0, 0, inside, 0), is_dry=True) + around.top() + around.bottom()

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._flow(self.contentsRect(), is_dry=False)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _flow(self, rect: QRect, *, is_dry: bool) -> int:
        x, y, height = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            # What is wider than a whole line is narrowed to it rather than cut at its end.
            size.setWidth(max(min(size.width(), rect.width()), item.minimumSize().width()))
            if x + size.width() > rect.right() + 1 and line:
                self._place(line, height, is_dry=is_dry)
                x, y, height, line = rect.x(), y + height + self._gap, 0, []
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap
            height = max(height, size.height())
        self._place(line, height, is_dry=is_dry)
        return y + height - rect.y()

    @staticmethod
    def _place(line: list[tuple[QLayoutItem, QRect]], height: int, *, is_dry: bool) -> None:
        """A word stands in the middle of its line, beside the buttons."""
        for item, place in line if not is_dry else ():
            item.setGeometry(place.translated(0, (height - place.height()) // 2))

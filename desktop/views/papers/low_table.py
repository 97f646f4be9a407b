"""A list in a part that scrolls: it stays high enough to be read."""

from __future__ import annotations

from PySide6.QtCore import QSize

from desktop.override import override
from desktop.views.table_view import TableView

_LEAST_ROWS = 3


class LowTable(TableView):
    """Three rows and the headings are seen in any case, also where it scrolls sideways."""

    @override
    def minimumSizeHint(self) -> QSize:
        rows = self.verticalHeader().defaultSectionSize() * _LEAST_ROWS
        bars = self.horizontalHeader().sizeHint().height()
        bars += self.horizontalScrollBar().sizeHint().height() + 2 * self.frameWidth()
        return QSize(super().minimumSizeHint().width(), rows + bars)

    @override
    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(self.minimumSizeHint())

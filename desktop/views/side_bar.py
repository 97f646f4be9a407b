"""The list of screens at the left edge."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.views.navigation import Screen, ScreenGroup

_KEY = Qt.ItemDataRole.UserRole
#: Heights of a screen and of a heading, in lines of type.
_LINE, _HEADING = 1.5, 1.35


class SideBar(QListWidget):
    """Shows the screens under their headings, with their shortcuts; `screen_requested` carries the key."""

    screen_requested = Signal(str)

    def __init__(self, screens: tuple[Screen, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side_bar")
        self.setAccessibleName("画面の一覧")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        group: ScreenGroup | None = None
        for screen in screens:
            if screen.group is not None and screen.group is not group:
                group = screen.group
                QListWidgetItem(group.value, self).setFlags(Qt.ItemFlag.NoItemFlags)
            item = QListWidgetItem(screen.title, self)
            item.setData(_KEY, screen.key)
            item.setToolTip(f"{screen.title}（{screen.shortcut}）")
        self.currentItemChanged.connect(self._request)
        self.itemActivated.connect(self._request)
        self.itemClicked.connect(self._request)

    def mark(self, key: str) -> None:
        """Show which screen is at the front."""
        self.blockSignals(True)
        for row in range(self.count()):
            if self.item(row).data(_KEY) == key:
                self.setCurrentRow(row)
        self.blockSignals(False)

    def fit(self) -> None:
        """Be as wide as the longest title in the present font."""
        # Said outright: rows measured before the style sheet is there would overlap.
        em = self.fontMetrics().height()
        widths = [
            self.fontMetrics().horizontalAdvance(self.item(i).text()) for i in range(self.count())
        ]
        for row, width in enumerate(widths):
            height = _LINE if self.item(row).data(_KEY) else _HEADING
            self.item(row).setSizeHint(QSize(width + 2 * em, round(height * em)))
        self.setFixedWidth(max(widths, default=0) + 3 * em)

    def _request(self, item: QListWidgetItem | None, _previous: object = None) -> None:
        key = item.data(_KEY) if item is not None else None
        if key:  # a heading has none
            self.screen_requested.emit(key)

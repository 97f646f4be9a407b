"""Where the help stands: beside the work where the window has room for both, over its right edge where it has not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.override import override
from desktop.views.help_cards.help_panel import HelpPanel

_CHARACTERS = 27
#: Of the window, at most.
_SHARE = 0.5


class HelpSide(QObject):
    """Keeps the panel at the right edge of `content`, whose `row` ends in a gap as wide as the panel while both have room.

    The panel never takes part in the layout itself, so that it cannot make the window wider than the screen.
    """

    def __init__(self, panel: HelpPanel, content: QWidget, row: QHBoxLayout) -> None:
        super().__init__(content)
        self._panel, self._content = panel, content
        self._gap = QWidget(content)
        self._gap.hide()
        row.addWidget(self._gap)
        panel.setParent(content)
        for watched in (content, panel):
            watched.installEventFilter(self)

    def fit(self) -> None:
        """Take the place at the edge again, after whatever changed sizes."""
        content, panel = self._content, self._panel
        if panel.isHidden():
            self._gap.hide()
            return
        em = panel.fontMetrics().horizontalAdvance("国")
        width = min(em * _CHARACTERS, int(content.width() * _SHARE))
        self._gap.setFixedWidth(width)
        self._gap.setVisible(content.width() - self._needed() >= width)
        panel.setGeometry(content.width() - width, 0, width, content.height())

    def _needed(self) -> int:
        """Pixels that the work needs at least."""
        gap = self._gap.width() if self._gap.isVisible() else 0
        return self._content.minimumSizeHint().width() - gap

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.Resize:
            self.fit()
        if watched is self._panel and event.type() in (
            QEvent.Type.Show,
            QEvent.Type.Hide,
            QEvent.Type.FontChange,
        ):
            self.fit()
        return super().eventFilter(watched, event)

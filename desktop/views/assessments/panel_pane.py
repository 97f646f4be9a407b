"""What is read and, beneath it while somebody fills it in, a short form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.override import override
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.support_policies.answer_panel import AnswerPanel

#: How much of the text stays in view above a form.
_LINES_OF_TEXT = 5


class PanelPane(QSplitter):
    """One form at a time has the room it needs, but for some lines of the text. `opened` says whether one is."""

    opened = Signal(bool)

    def __init__(self, reading: QWidget, panels: Sequence[AnswerPanel]) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._panels = tuple(panels)
        self._scroll = FollowingScroll()
        for panel in self._panels:
            self._scroll.add_part(panel)
            panel.installEventFilter(self)
        self._need = 0
        self._scroll.hide()
        self.setChildrenCollapsible(False)
        self.addWidget(reading)
        self.addWidget(self._scroll)
        self.setStretchFactor(0, 1)

    def has_unsaved(self) -> bool:
        """Whether something typed is not recorded."""
        return any(panel.has_unsaved() for panel in self._panels)

    def open(self, wanted: AnswerPanel) -> None:
        """Make room for a form; it shows itself when it begins."""
        for panel in self._panels:
            if panel is not wanted:
                panel.hide()
        wanted.show()
        self._scroll.show()
        self.opened.emit(True)
        self._fit()

    def close_all(self) -> None:
        """Take the forms away."""
        for panel in self._panels:
            panel.hide()
        self._scroll.hide()
        self.opened.emit(False)

    def _fit(self) -> None:
        panel = next((p for p in self._panels if not p.isHidden()), None)
        if panel is None:
            return
        need = self._need = _high(panel, self._scroll.viewport().width())
        most = self.height() - _LINES_OF_TEXT * self.fontMetrics().lineSpacing()
        given = max(min(need, most), self._scroll.minimumSizeHint().height())
        self.setSizes([self.height() - given, given])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A form that was filled asks for more room than when it was opened."""
        if (
            event.type() == QEvent.Type.LayoutRequest
            and isinstance(watched, QWidget)
            and _high(watched, self._scroll.viewport().width()) > self._need
        ):
            self._fit()
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self._fit()


def _high(panel: QWidget, width: int) -> int:
    """What a form needs at a width."""
    need = panel.heightForWidth(width) if panel.hasHeightForWidth() else 0
    return max(need, panel.sizeHint().height())

"""Parts one under another that scroll where the window is too low; what has the keyboard is always in view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.override import override

_LEAST_LINES = 6


class _Parts(QWidget):
    """As high as its width asks: what flows over several lines is not counted as if it were at its narrowest."""

    @override
    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return least
        return QSize(least.width(), layout.heightForWidth(max(self.width(), least.width())))


class FollowingScroll(QScrollArea):
    """As wide as its parts need, as low as the window asks."""

    def __init__(self, *, gap: int = 6, least_lines: int = _LEAST_LINES) -> None:
        super().__init__()
        self._least_lines = least_lines
        self._asked_width = 0
        self._content = _Parts()
        self._layout = QVBoxLayout(self._content)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(gap)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (self._content, self.viewport()):
            part.setAutoFillBackground(False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def add_part(self, part: QWidget, share: int = 0) -> None:
        """Add a part beneath the others."""
        self._layout.addWidget(part, share)

    def follow_keyboard(self) -> None:
        """Bring what has the keyboard into view: parts came, went or grew."""
        self._follow(None, QApplication.focusWidget())

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """Show the whole part where it fits, in any case the widget that has the keyboard."""
        if now is None or not self._content.isAncestorOf(now):
            return
        part, above = now, now.parentWidget()
        while above is not None and above is not self._content:
            part, above = above, above.parentWidget()
        if part.height() > self.viewport().height() and self._stands_in_first_view(now):
            self.verticalScrollBar().setValue(0)  # title and help above a long form are read first
            return
        for shown in (part, now):
            self._show_whole(shown)

    def _stands_in_first_view(self, widget: QWidget) -> bool:
        bottom = widget.mapTo(self._content, QPoint(0, widget.height())).y()
        return bottom <= self.viewport().height()

    def _show_whole(self, widget: QWidget) -> None:
        """The widget's whole height, not only the place where one types; of what is too high the upper end."""
        bar = self.verticalScrollBar()
        top = widget.mapTo(self._content, QPoint(0, 0)).y()
        least = top + widget.height() - self.viewport().height()
        bar.setValue(min(max(bar.value(), least), top))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell whoever lays this out that the parts need another width: also less, as after a smaller type."""
        is_handled = super().eventFilter(watched, event)
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            wide = self.minimumSizeHint().width()
            if wide != self._asked_width:
                self._asked_width = wide
                self.updateGeometry()
        return is_handled

    @override
    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        least = self.fontMetrics().height() * self._least_lines
        return QSize(self._content.minimumSizeHint().width() + bar, least)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        now = QApplication.focusWidget()
        grew = event.size().height() > event.oldSize().height()
        if grew and now is not None and self._content.isAncestorOf(now):
            # On the way to its size a page is lower for a moment: what had to scroll then need not now.
            self.verticalScrollBar().setValue(0)
        self._follow(None, now)

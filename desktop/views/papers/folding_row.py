"""Rows that give way: parts beside each other where there is room, one under another where there is none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop.override import override
from desktop.views.flow_layout import FlowLayout

_ACROSS = QBoxLayout.Direction.LeftToRight
_DOWN = QBoxLayout.Direction.TopToBottom


class FoldingRow(QWidget):
    """It asks for no more width than its widest part; the order of the keyboard is the order of the parts."""

    def __init__(self, *, gap: int = 6) -> None:
        super().__init__()
        self._row = QBoxLayout(_ACROSS, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        self._parts: list[QWidget] = []

    @property
    def is_folded(self) -> bool:
        """Whether the parts stand one under another."""
        return self._row.direction() == _DOWN

    def add_part(self, *widgets: QWidget, stretches: int = -1, share: int = 0) -> None:
        """Add widgets that stay beside each other; the one at `stretches` takes what is left, `share` of the row."""
        part = QWidget()
        inner = QHBoxLayout(part)
        inner.setContentsMargins(0, 0, 0, 0)
        for place, widget in enumerate(widgets):
            inner.addWidget(widget, int(place == stretches))
        self._parts.append(part)
        self._row.addWidget(part, share)

    def _fold(self) -> None:
        gaps = self._row.spacing() * (len(self._parts) - 1)
        need = sum(part.minimumSizeHint().width() for part in self._parts) + gaps
        wanted = _DOWN if need > self.width() else _ACROSS
        if wanted != self._row.direction():
            self._row.setDirection(wanted)

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)


class FlowingRow(QWidget):
    """Buttons in as many lines as the width asks for, and no more height than these lines."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        self._flow.addWidget(widget)

    @override
    def minimumSizeHint(self) -> QSize:
        width = self._flow.minimumSize().width()
        return QSize(width, self._flow.heightForWidth(max(self.width(), width)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

"""Two parts side by side where there is room, else one below the other: for large sizes on small screens."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from desktop.override import override

_SPACING = 8


class TwoRows(QWidget):
    """Holds two parts. The first takes the room that is left over when `first_stretches`."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        *,
        first_stretches: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first = first
        self._second = second
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_SPACING)
        self._box.addWidget(first, int(first_stretches))
        if not first_stretches:
            self._box.addStretch(1)
        self._box.addWidget(second)
        # Ignored: the window may become narrower than both parts side by side.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def is_stacked(self) -> bool:
        """Whether the parts stand one below the other."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def _arrange(self) -> None:
        needed = self._first.sizeHint().width() + self._second.sizeHint().width() + _SPACING
        fits = needed <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction is not self._box.direction():
            self._box.setDirection(direction)
            self.updateGeometry()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return done

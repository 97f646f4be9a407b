"""Whose row it is, at the left of the grid: it stays while the months scroll."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.override import override

_GAP = 0.5


class RowHeader(QHeaderView):
    """Draws the parts of a row's head in columns of their own; the row at hand is marked by its ground."""

    def __init__(
        self,
        head_of: Callable[[int], Sequence[str]],
        *,
        headers: Sequence[str],
        widths: Sequence[float],
        parent: QWidget | None = None,
    ) -> None:
        """`head_of` answers the parts of a row, `widths` are theirs in full-width characters."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._head_of, self._widths = head_of, tuple(widths)
        self._chosen = -1
        self.setAccessibleName("・".join(headers))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def mark(self, row: int) -> None:
        """Mark the row at hand."""
        self._chosen = row
        self.viewport().update()

    def lefts(self) -> list[tuple[int, int]]:
        """Where each part begins, and its width, in pixels."""
        em = self.fontMetrics().horizontalAdvance("国")
        x, found = round(em * _GAP), []
        for width in self._widths:
            found.append((x, round(em * width)))
            x += round(em * (width + _GAP))
        return found

    @override
    def sizeHint(self) -> QSize:
        left, width = self.lefts()[-1]
        return QSize(left + width, super().sizeHint().height())

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        parts = self._head_of(logicalIndex)
        if not parts or not rect.isValid():
            return
        painter.save()
        palette = QGuiApplication.palette()  # the header's own has no colours of a selection
        is_chosen = logicalIndex == self._chosen
        ground = QPalette.ColorRole.Highlight if is_chosen else QPalette.ColorRole.Base
        if not is_chosen and logicalIndex % 2:
            ground = QPalette.ColorRole.AlternateBase
        painter.fillRect(rect, palette.color(ground))
        ink = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        painter.setPen(palette.color(ink))
        metrics = self.fontMetrics()
        for (left, width), text in zip(self.lefts(), parts, strict=True):
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            place = QRect(rect.left() + left, rect.top(), width, rect.height())
            flags = int(Qt.AlignmentFlag.AlignVCenter)
            self.style().drawItemText(painter, place, flags, palette, True, shown)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

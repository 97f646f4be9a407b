"""The movement between groups as a drawing: bars at the left and right, bands between them as wide as their persons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.group_flows import Flow, GroupFlows, words_of
from desktop.domain.support_groups import SupportGroup
from desktop.override import override
from desktop.views.look import Look

_BAR, _GAP, _EDGE = 14, 8, 12
_LEAST_LINES, _WORDS = 13, 8
_ALPHA_CHANGE, _ALPHA_SAME = 150, 70


class Band(NamedTuple):
    """A flow's place: tops at the left and right, and how high."""

    flow: Flow
    left: float
    right: float
    height: float


class FlowChart(QWidget):
    """Who sees it reads groups and persons beside the bars; who does not hears the same as the accessible description."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._flows: GroupFlows | None = None
        self.setObjectName("flow_chart")
        self.setAccessibleName("支援区分の動きの図")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_flows(self, flows: GroupFlows) -> None:
        """Draw these."""
        self._flows = flows
        self.setAccessibleDescription(words_of(flows))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 30, line * _LEAST_LINES)

    @override
    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 16, line * 8)

    def bands(self) -> tuple[Band, ...]:
        """Where each flow is drawn."""
        flows = self._flows
        if flows is None or not flows.flows:
            return ()
        scale = self._scale(flows)
        left = self._tops(flows.total_before, scale)
        right = self._tops(flows.total_after, scale)
        found = []
        for flow in flows.flows:
            height = flow.persons * scale
            found.append(Band(flow, left[flow.before], right[flow.after], height))
            left[flow.before] += height
            right[flow.after] += height
        return tuple(found)

    def _scale(self, flows: GroupFlows) -> float:
        persons = sum(flow.persons for flow in flows.flows)
        sides = ({f.before for f in flows.flows}, {f.after for f in flows.flows})
        gaps = (max(len(side) for side in sides) - 1) * self._gap
        return max(1.0, self.height() - 2 * _EDGE - gaps) / max(1, persons)

    @property
    def _gap(self) -> float:
        return float(max(_GAP, self.fontMetrics().height() // 2))

    def _tops(
        self,
        total: Callable[[SupportGroup | None], int],
        scale: float,
    ) -> dict[SupportGroup | None, float]:
        tops: dict[SupportGroup | None, float] = {}
        at = float(_EDGE)
        for group in (*SupportGroup, None):
            tops[group] = at
            if total(group):
                at += total(group) * scale + self._gap
        return tops

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        flows = self._flows
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._look.tokens
        bands = self.bands()
        if flows is None or not bands:
            painter.setPen(QColor(tokens.muted))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter, "この間に区分のある人はいません。"
            )
            return
        for band in bands:
            self._paint_band(painter, band)
        scale = self._scale(flows)
        for is_left in (True, False):
            self._paint_bars(painter, flows, scale, is_left=is_left)

    def _columns(self) -> tuple[float, float]:
        words = self.fontMetrics().horizontalAdvance("国") * _WORDS
        return float(words), float(self.width() - words)

    def _paint_band(self, painter: QPainter, band: Band) -> None:
        tokens = self._look.tokens
        left, right = self._columns()
        x0, x1 = left + _BAR, right - _BAR
        middle = (x0 + x1) / 2
        path = QPainterPath(QPointF(x0, band.left))
        path.cubicTo(middle, band.left, middle, band.right, x1, band.right)
        path.lineTo(x1, band.right + band.height)
        path.cubicTo(
            *(middle, band.right + band.height),
            *(middle, band.left + band.height),
            *(x0, band.left + band.height),
        )
        path.closeSubpath()
        is_change = band.flow.is_change
        colour = QColor(tokens.accent if is_change else tokens.strong_line)
        colour.setAlpha(_ALPHA_CHANGE if is_change else _ALPHA_SAME)
        painter.fillPath(path, colour)
        # Colour is not the only sign: a band of those who changed has an edge.
        if is_change:
            painter.strokePath(path, QPen(QColor(tokens.accent), 1))

    def _paint_bars(
        self, painter: QPainter, flows: GroupFlows, scale: float, *, is_left: bool
    ) -> None:
        tokens = self._look.tokens
        left, right = self._columns()
        x = left if is_left else right - _BAR
        for group, top, persons in self._bars(flows, scale, is_left=is_left):
            painter.fillRect(QRectF(x, top, _BAR, persons * scale), QColor(tokens.strong_line))
            painter.setPen(QColor(tokens.text))
            line = self.fontMetrics().height()
            words = QRectF(
                0.0 if is_left else right + 6, top + persons * scale / 2 - line / 2, left - 6, line
            )
            side = Qt.AlignmentFlag.AlignRight if is_left else Qt.AlignmentFlag.AlignLeft
            painter.drawText(
                words, side | Qt.AlignmentFlag.AlignVCenter, f"{group or '区分なし'} {persons:,}人"
            )

    def _bars(
        self, flows: GroupFlows, scale: float, *, is_left: bool
    ) -> Iterator[tuple[SupportGroup | None, float, int]]:
        total = flows.total_before if is_left else flows.total_after
        tops = self._tops(total, scale)
        for group, top in tops.items():
            if total(group):
                yield group, top, total(group)

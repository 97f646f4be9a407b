"""A safety mark as a shape with its word: readable without colour."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.domain.households import SafetyMarkKind
from desktop.domain.labels import SAFETY_MARK
from desktop.override import override

_GROUND = QColor("#ffffff")
_INK = QColor("#8f1414")
#: Corners of the shape and the sign in it; the shape alone tells the marks apart.
_SHAPES = {
    SafetyMarkKind.SHIELDED: (8, "秘"),
    SafetyMarkKind.VISIT_IN_PAIRS: (4, "２"),
    SafetyMarkKind.VIOLENCE: (3, "！"),
    SafetyMarkKind.DOG: (5, "犬"),
    SafetyMarkKind.INFECTION: (6, "感"),
    SafetyMarkKind.NO_PHONE: (0, "✕"),
}

_TRIANGLE = 3


class MarkBadge(QWidget):
    """Shape, sign and word of one safety mark."""

    def __init__(self, kind: SafetyMarkKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shape = _SHAPES[kind]
        self._corners, self._sign = self.shape
        self.text = SAFETY_MARK[kind]
        self.setAccessibleName(f"注意：{self.text}")
        self.setToolTip(self.text)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        height = round(metrics.height() * 1.35)
        self.setFixedSize(
            QSize(height + metrics.horizontalAdvance(self.text) + metrics.height() // 2, height)
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        box = QRectF(2, 2, self.height() - 4, self.height() - 4)
        painter.setBrush(_INK)
        self._draw_shape(painter, box)
        painter.setPen(QPen(_GROUND))
        small = painter.font()
        small.setPointSizeF(small.pointSizeF() * (0.62 if self._corners == _TRIANGLE else 0.75))
        small.setBold(True)
        painter.setFont(small)
        painter.drawText(
            box.translated(0, box.height() * (0.1 if self._corners == _TRIANGLE else 0)),
            Qt.AlignmentFlag.AlignCenter,
            self._sign,
        )
        painter.setFont(self.font())
        painter.setPen(QPen(_INK))
        words = QRectF(self.rect()).adjusted(self.height(), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text)

    def _draw_shape(self, painter: QPainter, box: QRectF) -> None:
        if not self._corners:
            painter.drawEllipse(box)
            return
        turn = pi / self._corners if self._corners % 2 == 0 else 0
        radius = box.width() / 2
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(
                        box.center().x() + radius * sin(turn + 2 * pi * corner / self._corners),
                        box.center().y() - radius * cos(turn + 2 * pi * corner / self._corners),
                    )
                    for corner in range(self._corners)
                ]
            )
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

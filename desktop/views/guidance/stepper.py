"""The twelve stages of a guidance case, drawn plainly: number, label, and a word where a stage is done or begun."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.override import override
from desktop.viewmodels.guidance import StageMark, StageState, spoken

_WIDEST = 9
_LINES = 2.6
_GAP = 4
Role = QPalette.ColorRole


class Stepper(QWidget):
    """As many stages beside each other as there is room for; the colour is never the only sign."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("guidance_stepper")
        self._marks: tuple[StageMark, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def marks(self) -> tuple[StageMark, ...]:
        """What is drawn."""
        return self._marks

    def show_marks(self, marks: Sequence[StageMark]) -> None:
        """Draw these stages."""
        self._marks = tuple(marks)
        self.setAccessibleName(spoken(self._marks))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = max(self.width(), self._cell().width())
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._cell().width(), self.heightForWidth(max(self.width(), 1)))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        columns = self._columns(width)
        rows = -(-max(len(self._marks), 1) // columns)
        return rows * (self._cell().height() + _GAP)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        columns = self._columns(self.width())
        width, height = self.width() // columns, self._cell().height()
        for place, mark in enumerate(self._marks):
            row, column = divmod(place, columns)
            box = QRect(column * width, row * (height + _GAP), width - _GAP, height)
            self._draw(painter, box, mark)
        painter.end()

    def _draw(self, painter: QPainter, box: QRect, mark: StageMark) -> None:
        palette = self.palette()
        is_done = mark.state is StageState.DONE
        ground = palette.color(Role.Highlight) if is_done else palette.color(Role.Base)
        painter.fillRect(box, ground)
        begun = mark.state is StageState.BEGUN
        painter.setPen(palette.color(Role.Highlight if begun else Role.Mid))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setPen(palette.color(Role.HighlightedText if is_done else Role.Text))
        middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        head = f"{mark.number}　{mark.sign}" if mark.sign else str(mark.number)
        painter.drawText(box.adjusted(2, 2, -2, -2), middle, f"{head}\n{mark.label}")

    def _cell(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("会") * _WIDEST, round(metrics.height() * _LINES))

    def _columns(self, width: int) -> int:
        return max(1, min(width // (self._cell().width() + _GAP), 6))

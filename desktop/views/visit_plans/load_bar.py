"""The load of each month above its column: how full the month is, as a bar and in figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTableView, QToolTip, QWidget

from desktop.domain.era import format_month
from desktop.domain.visit_plan_views import MonthLoad
from desktop.override import override
from desktop.views.look import Look

_FULL, _TIGHT = 100, 85
_LINES = 2.1


class LoadBar(QWidget):
    """Follows the columns of its table; `accessibleName` and tooltips say the figures."""

    def __init__(self, table: QTableView, look: Look) -> None:
        super().__init__()
        self._table, self._look = table, look
        self._loads: tuple[MonthLoad, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.horizontalScrollBar().valueChanged.connect(lambda *_: self.update())
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        table.verticalHeader().geometriesChanged.connect(self.update)
        look.changed.connect(self.update)

    def show_loads(self, loads: Sequence[MonthLoad]) -> None:
        """Show these months, in the order of the columns."""
        self._loads = tuple(loads)
        self.setAccessibleName(
            "月ごとに面接が占める時間（移動を除く）：" + "、".join(map(load_words, self._loads))
        )
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, round(self.fontMetrics().height() * _LINES))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._look.tokens
        left = self._left()
        painter.setPen(QColor(tokens.muted))
        words = QRect(4, 0, left - 12, self.height())
        painter.drawText(
            words,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            "面接が占める時間（%、移動を除く）",
        )
        painter.setClipRect(left, 0, self.width() - left, self.height())
        for column, load in enumerate(self._loads):
            self._paint(painter, self._place(column), load)
        painter.end()

    def _paint(self, painter: QPainter, place: QRect, load: MonthLoad) -> None:
        tokens, percent = self._look.tokens, load.percent
        text = "－" if percent is None else f"{percent}"
        line = self.fontMetrics().height()
        over = percent is not None and percent > _FULL
        painter.setPen(QColor(tokens.error if over else tokens.text))
        figures = QRect(place.left(), place.top(), place.width(), line)
        painter.drawText(figures, Qt.AlignmentFlag.AlignCenter, f"▲{text}" if over else text)
        frame = QRect(
            place.left() + 3, place.top() + line + 1, place.width() - 6, self.height() - line - 5
        )
        painter.fillRect(frame, QColor(tokens.raised))
        if percent is not None:
            fill = QRect(frame)
            fill.setWidth(frame.width() * min(percent, _FULL) // _FULL)
            tight = tokens.warning if percent > _TIGHT else tokens.accent
            painter.fillRect(fill, QColor(tokens.error if over else tight))
        painter.setPen(QColor(tokens.strong_line))
        painter.drawRect(frame)

    def _left(self) -> int:
        return self._table.verticalHeader().width() + self._table.frameWidth()

    def _place(self, column: int) -> QRect:
        x = self._left() + self._table.columnViewportPosition(column)
        return QRect(x, 0, self._table.columnWidth(column), self.height())

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for column, load in enumerate(self._loads):
                if self._place(column).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), load_words(load), self)
                    return True
        return super().event(event)


def load_words(load: MonthLoad) -> str:
    """A month's load in words."""
    used = load.minutes + (load.travel_minutes or 0)
    there = load.capacity_minutes
    room = (
        f"訪問できる時間{there // 60}時間{there % 60}分"
        if there
        else "訪問できる時間は分かりません"
    )
    share = f"（{load.percent}%）" if load.percent is not None else ""
    over = "、時間が足りません" if (load.percent or 0) > _FULL else ""
    return f"{format_month(load.month)} {load.visits}回 {used // 60}時間{used % 60}分、{room}{share}{over}"

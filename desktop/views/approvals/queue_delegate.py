"""Paints one line of the queue: age and kind above, whose file and who wrote it beneath."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.approvals import QueueRow
from desktop.override import override
from desktop.viewmodels.approvals_queue import ROW_ROLE, first_line, queue_badges, second_line
from desktop.views.look import Look

_LINES = 2.9
_BOX = 22


class QueueDelegate(QStyledItemDelegate):
    """Two lines a row; a box only where a row can be ticked."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def box_width(self) -> int:
        """How much room the tick box takes at the left."""
        return self._look.px(_BOX) + self._look.px(4)

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, round(option.fontMetrics.height() * _LINES))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, QueueRow):
            return
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._ground(painter, option.rect, is_selected=is_selected)
        self._box(painter, option, index)
        left = self.box_width()
        upper = option.rect.adjusted(left, self._look.px(4), -self._look.px(6), 0)
        upper.setHeight(option.fontMetrics.height() + self._look.px(2))
        lower = upper.translated(0, upper.height())
        tokens = self._look.tokens
        ink = tokens.selection_text if is_selected else tokens.text
        self._upper(painter, upper, row, ink, option)
        painter.setFont(option.font)
        painter.setPen(QColor(ink if is_selected else tokens.muted))
        _write(painter, lower, second_line(row), option)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, *, is_selected: bool) -> None:
        tokens = self._look.tokens
        if is_selected:
            painter.fillRect(rect, QColor(tokens.selection))
            painter.fillRect(
                QRect(rect.left(), rect.top(), self._look.px(4), rect.height()),
                QColor(tokens.accent),
            )
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(tokens.line))

    def _box(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return
        size = self._look.px(13)
        box = QRect(0, 0, size, size)
        box.moveCenter(option.rect.center())
        box.moveLeft(option.rect.left() + self._look.px(8))
        tokens = self._look.tokens
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QColor(tokens.selection_text if is_selected else tokens.strong_line))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRect(box)
        if Qt.CheckState(state) == Qt.CheckState.Checked:
            painter.fillRect(box.adjusted(1, 1, 0, 0), QColor(tokens.accent))
            painter.setPen(QColor(tokens.accent_text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "✓")

    def _upper(
        self,
        painter: QPainter,
        place: QRect,
        row: QueueRow,
        ink: str,
        option: QStyleOptionViewItem,
    ) -> None:
        bold = QFont(option.font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(ink))
        metrics = QFontMetrics(bold)
        badges = "".join(f"［{badge.text}］" for badge in queue_badges(row))
        room = place.width() - metrics.horizontalAdvance(badges)
        title = metrics.elidedText(first_line(row), Qt.TextElideMode.ElideRight, room)
        _draw(painter, place, title, option)
        if badges:
            if ink == self._look.tokens.text:
                painter.setPen(QColor(self._look.tokens.warning))
            place = place.adjusted(metrics.horizontalAdvance(title), 0, 0, 0)
            _draw(painter, place, badges, option)


def _write(painter: QPainter, place: QRect, text: str, option: QStyleOptionViewItem) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    _draw(painter, place, shown, option)


def _draw(painter: QPainter, place: QRect, text: str, option: QStyleOptionViewItem) -> None:
    """Through the style, which knows the variants of names."""
    flags = int(Qt.AlignmentFlag.AlignVCenter)
    option.widget.style().drawItemText(painter, place, flags, option.palette, True, text)

"""Draws the words around a hit, with the hit itself bold and underlined."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.override import override

Index = QModelIndex | QPersistentModelIndex
Parts = tuple[tuple[str, bool], ...]
_GAP = 4


class SnippetDelegate(QStyledItemDelegate):
    """`parts_of` tells the parts of a row; True where a part is a hit."""

    def __init__(self, parts_of: Callable[[Index], Parts], parent: QWidget) -> None:
        super().__init__(parent)
        self._parts_of = parts_of

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        drawn = QStyleOptionViewItem(option)
        drawn.text = ""
        drawn.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, drawn, painter, drawn.widget
        )
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setClipRect(option.rect)
        painter.setPen(option.palette.color(role))
        rect = option.rect.adjusted(_GAP, 0, -_GAP, 0)
        for text, is_hit in self._parts_of(index):
            font = QFont(option.font)
            font.setBold(is_hit)
            font.setUnderline(is_hit)
            painter.setFont(font)
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(
                rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown
            )
            if shown != text:
                break
            rect.setLeft(rect.left() + metrics.horizontalAdvance(text))
        painter.restore()

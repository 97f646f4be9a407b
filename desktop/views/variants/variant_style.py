"""The style of the program with one difference: names are drawn with their variants."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionMenuItem,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.override import override
from desktop.views.variants.painted_text import PaintedText

_BASE = "Fusion"
_ITEMS = frozenset({QStyle.ControlElement.CE_ItemViewItem, QStyle.ControlElement.CE_MenuItem})


class VariantStyle(QProxyStyle):
    """Labels, buttons, tabs, headers, tool tips, cells and menu entries all paint their text through the style.

    So it is turned here, between widget and painter, and nowhere else; widgets, models, the clipboard and
    assistive technology have the real text. Who paints by himself uses `drawItemText` of his widget's style.
    """

    def __init__(self, codes: Mapping[str, str]) -> None:
        """`codes`: the private code point of each sequence in the fonts that were made."""
        super().__init__(_BASE)
        self._painted = PaintedText(codes)

    @override
    def drawItemText(
        self,
        painter: QPainter,
        rect: QRect,
        flags: int,
        pal: QPalette | Qt.GlobalColor | QColor,
        enabled: bool,
        text: str,
        textRole: QPalette.ColorRole = QPalette.ColorRole.NoRole,
    ) -> None:
        super().drawItemText(painter, rect, flags, pal, enabled, self._painted(text), textRole)

    @override
    def drawControl(
        self,
        element: QStyle.ControlElement,
        opt: QStyleOption,
        p: QPainter,
        w: QWidget | None = None,
    ) -> None:
        if element in _ITEMS and isinstance(opt, QStyleOptionViewItem | QStyleOptionMenuItem):
            opt.text = self._painted(opt.text)
        super().drawControl(element, opt, p, w)

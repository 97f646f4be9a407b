"""Where the fields at the counter stand: in four columns, in three or in two, as the width allows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.override import override

#: Row, column, rows and columns of each part, in the order of the keyboard.
_Places = dict[str, tuple[int, int, int, int]]
_FOUR: _Places = {
    "household": (0, 0, 3, 1),
    "kind": (0, 1, 1, 1),
    "person": (0, 2, 1, 1),
    "from_whom": (0, 3, 1, 1),
    "note": (1, 1, 1, 2),
    "sheets": (1, 3, 1, 1),
    "end": (2, 1, 1, 3),
}
_THREE: _Places = {
    "household": (0, 0, 2, 1),
    "kind": (0, 1, 1, 1),
    "person": (0, 2, 1, 1),
    "from_whom": (1, 1, 1, 1),
    "note": (1, 2, 1, 1),
    "sheets": (2, 0, 1, 1),
    "end": (2, 1, 1, 2),
}
_TWO: _Places = {
    "household": (0, 0, 2, 1),
    "kind": (0, 1, 1, 1),
    "person": (1, 1, 1, 1),
    "from_whom": (2, 0, 1, 1),
    "note": (2, 1, 1, 1),
    "sheets": (3, 0, 1, 1),
    "end": (4, 0, 1, 2),
}
_ALL = (_FOUR, _THREE, _TWO)
_STRETCH = (3, 2, 2, 2)


class IntakeGrid(QWidget):
    """It asks for the width of two columns only."""

    def __init__(self, **parts: QWidget) -> None:
        super().__init__()
        self._parts = parts
        self._places: _Places = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._place(_FOUR)

    def columns(self) -> int:
        """In how many columns the fields stand."""
        return _columns(self._places)

    def _fit(self) -> None:
        fitting = (places for places in _ALL if self._least(places) <= self.width())
        self._place(next(fitting, _TWO))

    def _place(self, places: _Places) -> None:
        if places is self._places:
            return
        self._places = places
        top = Qt.AlignmentFlag.AlignTop
        for name, part in self._parts.items():
            self._grid.removeWidget(part)
            self._grid.addWidget(part, *places[name], top)
        for column, stretch in enumerate(_STRETCH):
            self._grid.setColumnStretch(column, stretch if column < _columns(places) else 0)

    def _least(self, places: _Places) -> int:
        """The width these places need: each column as wide as its widest part, and what spans several."""
        widths = [0] * _columns(places)
        gap = max(self._grid.horizontalSpacing(), 0)
        hints = {name: part.minimumSizeHint().width() for name, part in self._parts.items()}
        for name, (_, column, _, across) in places.items():
            if across == 1:
                widths[column] = max(widths[column], hints[name])
        least = sum(widths)
        for name, (_, column, _, across) in places.items():
            if across > 1:
                short = hints[name] - sum(widths[column : column + across]) - gap * (across - 1)
                least = max(least, sum(widths) + short)
        return least + gap * (len(widths) - 1)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._least(_TWO), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)


def _columns(places: _Places) -> int:
    return max(column + across for _, column, _, across in places.values())

"""A form whose rows come and go: Tab goes through them where they stand, not behind everything else.

Qt's own chain puts what comes later at its end, and ties itself into a knot where boxes with a line of their own are
moved in it. So rows that come later are left out of it, and the form knows the way.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea, QWidget

from desktop.override import override


def leave_out(stops: Iterable[QWidget]) -> None:
    """Take widgets out of Qt's chain; a WalkedForm leads to them."""
    for stop in stops:
        stop.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        line = stop.lineEdit() if isinstance(stop, QComboBox) else None
        if line is not None:
            line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


class WalkedForm(QWidget):
    """Tab and Shift+Tab go through `stops`; before the first and behind the last one Qt's chain goes on."""

    @abstractmethod
    def stops(self) -> Sequence[QWidget]:
        """Where Tab stops, in the order of reading. First and last are widgets that are always there."""

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        shown = [stop for stop in self.stops() if stop.isVisible() and stop.isEnabled()]
        here = QApplication.focusWidget()
        place = next_place(shown, here, 1 if next else -1)
        if place is None:
            return super().focusNextPrevChild(next)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        shown[place].setFocus(reason)
        bring_into_view(shown[place])
        return True


def bring_into_view(stop: QWidget) -> None:
    """Scroll the form so far that a stop is seen."""
    area = stop.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(stop)


def next_place(stops: Sequence[QWidget], here: QWidget | None, by: int) -> int | None:
    """The place of the stop behind (1) or before (-1) the one that the keyboard is in; None where there is none."""
    for place, stop in enumerate(stops):
        if here is not None and (stop is here or stop.isAncestorOf(here)):
            return place + by if 0 <= place + by < len(stops) else None
    return None

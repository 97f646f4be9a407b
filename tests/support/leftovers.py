"""Finds windows that a test left behind."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

#: Windows that Qt itself keeps.
_OF_QT = {"QTipLabel"}


class Windows:
    """The top-level widgets there are now; asked again after a test, it names the new ones."""

    def __init__(self) -> None:
        self._known = set(map(_address, _top_level_widgets()))

    def left(self) -> list[str]:
        """Names of windows that came since. They are closed, so that the next test starts clean."""
        if not self._new():
            return []
        gc.collect()
        new = self._new()
        names = [f"{type(window).__name__} {window.objectName()!r}" for window in new]
        for window in new:
            window.close()
            window.deleteLater()
        finish_deletions()
        return names

    def _new(self) -> list[QWidget]:
        finish_deletions()
        return [w for w in _top_level_widgets() if _address(w) not in self._known]


def _top_level_widgets() -> list[QWidget]:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - tests without Qt must not load it

    if not isinstance(QApplication.instance(), QApplication):
        return []
    windows = QApplication.topLevelWidgets()
    return [w for w in windows if w.parent() is None and type(w).__name__ not in _OF_QT]


def _address(widget: QWidget) -> int:
    import shiboken6  # noqa: PLC0415

    pointers = shiboken6.getCppPointer(widget)
    return int(pointers[0])


def finish_deletions() -> None:
    """Delete what was told to go: outside an event loop, where tests stand, Qt would keep it till the end."""
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415

    if QCoreApplication.instance():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

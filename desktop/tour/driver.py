"""Drives the program as a person would: finds widgets by name, presses keys, types, waits for what is shown.

A script is a generator that yields what it waits for. The driver looks from a timer, so the event loop of the
program runs as it always does.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_LOOK_MS = 15
_PATIENCE_SECONDS = 150.0

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Until:
    """What a script waits for: in words, and as a question."""

    what: str
    holds: Callable[[], bool]


Script = Generator[Until, None, None]


class TourError(Exception):
    """Something did not appear, or a widget was not there."""


class Driver(QObject):
    """Runs one script and ends the program with its result."""

    def __init__(self, app: QApplication, script: Script) -> None:
        super().__init__(app)
        self._app = app
        self._script = script
        self._until: Until | None = None
        self._since = monotonic()
        # Still set when the timer comes round again: the step ended in an exception.
        self._is_stepping = False
        self.failure: str = ""
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin with the first step once the event loop runs."""
        self._timer.start()

    def _look(self) -> None:
        if self._until is not None and not self._until.holds():
            if monotonic() - self._since > _PATIENCE_SECONDS:
                self._end(f"「{self._until.what}」が現れませんでした。")
            return
        if self._is_stepping:
            self._end("プログラムの誤りでツアーが続けられません。")
            return
        self._is_stepping = True
        try:
            self._until, self._since = next(self._script), monotonic()
            self._is_stepping = False
        except StopIteration:
            self._end("")
        except TourError as error:
            self._end(str(error))

    def _end(self, failure: str) -> None:
        self._timer.stop()
        self.failure = failure
        self._app.exit(1 if failure else 0)


def shown(name: str, kind: type[W] | None = None) -> W:
    """The visible widget of this object name. Raises TourError when there is none."""
    found = _visible(name)
    if found is None or (kind is not None and not isinstance(found, kind)):
        raise TourError(f"画面に「{name}」がありません。")
    return found  # type: ignore[return-value]  # the kind was just checked


def is_shown(name: str) -> bool:
    """Whether a widget of this object name is visible and enabled."""
    found = _visible(name)
    return found is not None and found.isEnabled()


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press one key on a widget, as the window system would: shortcuts work."""
    _go_to(widget)
    QTest.keyClick(widget, key, modifiers)


def type_into(widget: QWidget, text: str) -> None:
    """Type a text as an input method commits it; a line break is the Enter key."""
    _go_to(widget)
    for number, line in enumerate(text.split("\n")):
        if number:
            press(widget, Qt.Key.Key_Return)
        event = QInputMethodEvent()
        event.setCommitString(line)
        QCoreApplication.sendEvent(widget, event)


def _go_to(widget: QWidget) -> None:
    """Have the keyboard there; a platform without a screen may have forgotten which window is in front."""
    widget.window().activateWindow()
    if not widget.hasFocus() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        widget.setFocus(Qt.FocusReason.TabFocusReason)


def click(widget: QWidget) -> None:
    """Click the middle of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def _visible(name: str) -> QWidget | None:
    for window in QApplication.topLevelWidgets():
        if not window.isVisible():
            continue
        if window.objectName() == name:
            return window
        for child in window.findChildren(QWidget, name):
            if child.isVisible():
                return child
    return None

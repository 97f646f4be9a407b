"""Last year's policy with one line in question; a key decides it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor, QTextDocument

from desktop.override import override
from desktop.viewmodels.policy_review_lines import PolicyReview
from desktop.views.look import Look
from desktop.views.policy_review.lines_document import write_review
from desktop.views.policy_review.ports import ReviewTask
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.records.entry_document import EntryWriter

_NAME = "前回の援助方針と見直し"
_ABOVE = 8


class LineAct(Enum):
    """What a key asks for; the value is the key's letter."""

    GO_ON = "1"
    CHANGE = "2"
    END = "3"
    RESULT = "R"
    RESTORE = "0"
    ADD = "N"
    HOUSEHOLD = "S"
    YEAR = "K"
    ANSWER = "F"


_KEYS: Mapping[int, LineAct] = {
    int(Qt.Key.Key_1): LineAct.GO_ON,
    int(Qt.Key.Key_2): LineAct.CHANGE,
    int(Qt.Key.Key_3): LineAct.END,
    int(Qt.Key.Key_R): LineAct.RESULT,
    int(Qt.Key.Key_Return): LineAct.RESULT,
    int(Qt.Key.Key_Enter): LineAct.RESULT,
    int(Qt.Key.Key_0): LineAct.RESTORE,
    int(Qt.Key.Key_N): LineAct.ADD,
    int(Qt.Key.Key_S): LineAct.HOUSEHOLD,
    int(Qt.Key.Key_K): LineAct.YEAR,
    int(Qt.Key.Key_F): LineAct.ANSWER,
}
_STEPS = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
_PLAIN = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}


class LinesView(EntryBrowser):
    """Arrows go from line to line. `wanted` carries the LineAct; a key held down decides nothing."""

    wanted = Signal(object)
    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, _NAME)
        self.setObjectName("review_lines")
        self._task: ReviewTask | None = None
        self._review: PolicyReview | None = None
        self._places: list[int] = []
        self.place = 0
        look.changed.connect(self._reveal)

    def show_review(self, task: ReviewTask, review: PolicyReview, place: int) -> None:
        """Show a household's policy with a line in question."""
        self._task, self._review, self.place = task, review, place
        self.show_drawn(self._write)
        self._reveal()

    def refresh(self, place: int | None = None) -> None:
        """Draw what was decided anew; another line may be in question now."""
        if place is not None:
            self.place = place
        scrolled = self.verticalScrollBar().value()
        self.show_drawn(self._write)
        self.verticalScrollBar().setValue(scrolled)
        self._reveal()

    def _write(self, writer: EntryWriter) -> QTextDocument:
        if self._task is None or self._review is None:
            return writer.blank()
        review = self._review
        laid = write_review(writer, self._task, review.given, review.lines, self.place)
        self._places = laid.places
        if self._review.lines:
            line = self._review.lines[min(self.place, len(self._review.lines) - 1)]
            self.setAccessibleDescription(f"{self.place + 1}　{line.issue.text}")
        return laid.document

    def _reveal(self) -> None:
        """Bring the line in question to the upper part of the view, where it is not wholly seen."""
        if not 0 <= self.place < len(self._places):
            return
        top = self._height_of(self._places[self.place])
        ends = self._places[self.place + 1 :]
        foot = self._height_of(ends[0]) if ends else round(self.document().size().height())
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if foot - top > room or top < bar.value():
            bar.setValue(max(top - _ABOVE, 0))
        elif foot > bar.value() + room:
            bar.setValue(foot - room)

    def _height_of(self, position: int) -> int:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return self.cursorRect(cursor).top() + self.verticalScrollBar().value()

    def _step(self, by: int) -> None:
        count = len(self._review.lines) if self._review else 0
        place = min(max(self.place + by, 0), count - 1)
        if count and place != self.place:
            self.refresh(place)
            self.moved.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        act = _KEYS.get(key) if event.modifiers() in _PLAIN else None
        if act is not None:
            if not event.isAutoRepeat():
                self.wanted.emit(act)
        elif key in _STEPS and event.modifiers() in _PLAIN:
            self._step(_STEPS[key])
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reveal()

"""見直しのきっかけ: what happened and asks for a review of the policy, until one is handed in or it is answered."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.policy_events import ReviewDue, ReviewEvent
from desktop.override import override
from desktop.viewmodels.policy_events import event_line, events_sentence
from desktop.views.records.notice import Notice
from desktop.views.widgets import named

_REVIEW = "課題を選んで見直す（R）"
_MOST_LINES = 4
_SPACING = 1
_BESIDE = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight


class EventsPanel(QWidget):
    """Hidden while nothing is open; one event needs no list. Arrows choose, Enter and R review it (`review_wanted`, a ReviewEvent)."""

    review_wanted = Signal(object)

    def __init__(self, *, may_write: bool) -> None:
        super().__init__()
        self.setObjectName("events_panel")
        self._events: tuple[ReviewEvent, ...] = ()
        self._may_write = may_write
        self.due = Notice()
        self.list = named(_Events(), "review_events")
        self.list.setAccessibleName("見直しのきっかけ")
        self.review_button = named(QPushButton(_REVIEW), "review_event")
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addWidget(self.review_button, 0, _BESIDE)
        if not may_write:
            self.review_button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.due)
        layout.addLayout(row)
        self.hide()
        self.list.wanted.connect(self._want)
        self.review_button.clicked.connect(self._want)

    @property
    def events(self) -> tuple[ReviewEvent, ...]:
        """The open events, the most urgent first."""
        return self._events

    def current(self) -> ReviewEvent | None:
        """The event chosen."""
        row = self.list.currentRow()
        return self._events[row] if 0 <= row < len(self._events) else None

    def show_due(self, due: ReviewDue, today: date) -> None:
        """Show the open events; the one chosen stays chosen."""
        keep = self.current()
        self._events = due.events
        self.due.say(*events_sentence(due, today))
        self.list.clear()
        self.list.addItems([event_line(event) for event in due.events])
        self.list.setCurrentRow(due.events.index(keep) if keep in due.events else 0)
        self.list.setVisible(len(due.events) > 1)
        self.list.fit(min(len(due.events), _MOST_LINES))
        self.setVisible(bool(due.events))

    def by_key(self, letter: str) -> None:
        """R, typed in the list of policies, reviews the event chosen."""
        if letter.upper() == "R" and not self.isHidden():
            self._want()

    def _want(self) -> None:
        event = self.current()
        if event is not None and self._may_write:
            self.review_wanted.emit(event)


class _Events(QListWidget):
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(_SPACING)

    def fit(self, lines: int) -> None:
        """As high as so many lines."""
        height = max(self.sizeHintForRow(0), self.fontMetrics().height()) + 2 * _SPACING
        self.setFixedHeight(lines * height + 2 * self.frameWidth())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_R}:
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

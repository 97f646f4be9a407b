"""What has happened in a household: its day, and the tasks that become to-dos."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.help_cards import EventBegun, EventStart, HelpCard, due_after
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.help_cards import begun_sentence, task_line
from desktop.views.fields.date_field import DateField
from desktop.views.message_bar import MessageBar
from desktop.views.requests import HouseholdAtHand
from desktop.views.widgets import named

_NO_HOUSEHOLD = "やることにするには、先に世帯のファイルを開くか、一覧で世帯の行を選んでください。"
_ANOTHER = "手元の世帯が変わりました。下の世帯でよければ、もう一度押してください。"
_TASK_GAP = 3
#: Where there is room for fewer lines of tasks the whole panel scrolls.
_LEAST_LINES = 5
_ABOUT = "世帯　{label}"


class Checklists(Protocol):
    """Whoever makes to-dos of a checklist (`services/help_cards`)."""

    def begin(self, start: EventStart) -> EventBegun:
        """A to-do of the household's caseworker for each chosen task."""


class _Tasks(QListWidget):
    """Tasks with ticks, no higher than it must be: the rest of the height is shared out by the layout."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


class EventForm(QWidget):
    """Every task has its tick and its day; Ctrl+Enter makes to-dos of those ticked. `begun` carries a sentence."""

    begun = Signal(str)

    def __init__(
        self,
        checklists: Checklists,
        runner: JobRunner,
        changes: ChangeBus,
        today: Callable[[], date],
        at_hand: Callable[[], HouseholdAtHand | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._checklists, self._runner, self._changes = checklists, runner, changes
        self._today, self._at_hand = today, at_hand
        self._card: HelpCard | None = None
        self._household: HouseholdAtHand | None = None
        self.messages = MessageBar()
        self.day = named(DateField("起点の日", today=today, required=True), "event_day")
        self.tasks = named(_Tasks(), "event_tasks")
        self.about = named(QLabel(), "event_about")
        self.begin_button = named(QPushButton("やることにする（Ctrl+Enter）"), "event_begin")
        self._lay_out()
        self._connect()

    def show_event(self, card: HelpCard) -> None:
        """Show the tasks of a card, all ticked, for the household at hand; of the same card the ticks stay."""
        self.look_at_hand()
        if card != self._card:
            self._card = card
            self.messages.clear()
            self.day.clear_error()
            self.day.show_value(self._today())
            self._list_tasks()

    def look_at_hand(self) -> bool:
        """Take the household that is at hand now; whether it is another one than was shown."""
        household = self._at_hand()
        before, self._household = self._household, household
        if household == before:
            return False
        self.about.setText(_ABOUT.format(label=household.label) if household else _NO_HOUSEHOLD)
        self.begin_button.setEnabled(household is not None)
        self.messages.clear()
        # A file that was still being opened only gets its name.
        return household is None or before is None or household.household_id != before.household_id

    def chosen(self) -> frozenset[int]:
        """The places of the ticked tasks."""
        rows = range(self.tasks.count())
        ticked = Qt.CheckState.Checked
        return frozenset(row for row in rows if self.tasks.item(row).checkState() is ticked)

    def _list_tasks(self) -> None:
        self.tasks.clear()
        for _ in self._card.tasks if self._card else ():
            item = QListWidgetItem("", self.tasks)
            item.setCheckState(Qt.CheckState.Checked)
        self._show_days()
        self.tasks.setCurrentRow(0)
        self.tasks.setMinimumHeight(_LEAST_LINES * self.fontMetrics().lineSpacing())

    def _show_days(self) -> None:
        """Write the tasks with their days; while no day can be read, with the days after it."""
        if self._card is None:
            return
        try:
            event_on = self.day.entered()
        except ValidationError:
            event_on = None
        self.day.clear_error()
        for row, task in enumerate(self._card.tasks):
            due_on = due_after(event_on, task, self._today()) if event_on else None
            self.tasks.item(row).setText(task_line(task, due_on))

    def _begin(self) -> None:
        if self.look_at_hand():
            self.messages.show_warning(_ANOTHER)
            return
        if self._card is None or self._household is None or not self.begin_button.isEnabled():
            return
        try:
            event_on = self.day.entered()
        except ValidationError:
            self.day.editor().setFocus()
            return
        start = EventStart(
            card=self._card.key,
            household_id=self._household.household_id,
            event_on=event_on or self._today(),
            tasks=self.chosen(),
            shown=self._card.tasks,
        )
        self.messages.clear()
        self.begin_button.setEnabled(False)
        self._runner.run(
            self,
            partial(self._checklists.begin, start),
            partial(self._done, self._card),
            self._refused,
            on_end=self._ended,
        )

    def _done(self, card: HelpCard, done: EventBegun) -> None:
        self._changes.todo_changed.emit(self)
        sentence = begun_sentence(card, done)
        self.messages.show_info(sentence)
        self.begun.emit(sentence)

    def _refused(self, error: UserError) -> None:
        wrong = error.fields if isinstance(error, ValidationError) else {}
        if "event_on" in wrong:
            self.day.show_error(wrong["event_on"])
            self.day.editor().setFocus()
        else:
            self.messages.show_error(error)

    def _ended(self) -> None:
        self.begin_button.setEnabled(self._household is not None)

    def _lay_out(self) -> None:
        self.tasks.setAccessibleName("やることにする項目")
        self.tasks.setWordWrap(True)
        self.tasks.setSpacing(_TASK_GAP)
        self.tasks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.about.setWordWrap(True)
        self.begin_button.setProperty("primary", True)
        self.begin_button.setEnabled(False)
        self.about.setText(_NO_HOUSEHOLD)
        # Above the field: beside it the row would be wider than the panel at twice the size.
        label = QLabel("起点の日(&T)")
        label.setBuddy(self.day.editor())
        self.day.editor().setAccessibleName(self.day.name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label)
        layout.addWidget(self.day)
        layout.addWidget(self.tasks, 1)
        layout.addWidget(self.messages)
        layout.addWidget(self.about)
        layout.addWidget(self.begin_button)

    def _connect(self) -> None:
        self.day.edited.connect(self._show_days)
        self.begin_button.clicked.connect(lambda *_: self._begin())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._begin)

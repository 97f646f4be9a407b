"""The line at the bottom: what was just done, who sits here, which day it is, and whether the database answers."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from desktop.domain.era import format_date, weekday_name
from desktop.domain.office import SignedInStaff
from desktop.domain.tick import TickAge
from desktop.override import override
from desktop.views.elided_label import ElidedLabel
from desktop.views.widgets import named, restyle

_SHOWN_MS = 8000
#: Qt's own greatest width of a widget.
_NO_LIMIT = 16_777_215
#: Pixels that the line keeps between its parts, more than any style does.
_GAP = 16
_LATE_TICK = "▲ 定期処理が止まっています（システム担当者に連絡してください）"
_LATE_TICK_SHORT = "▲ 定期処理が止まっています"


class StatusLine(QStatusBar):
    """Person, role, office, day and connection stay; what was done is shown for a few seconds.

    Late scheduled work stands where what was done is said, and gives way to it; long names give way as well.
    """

    def __init__(self, staff: SignedInStaff, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_built = False
        self._is_late = False
        self.setSizeGripEnabled(False)
        self.person = named(
            ElidedLabel(f"{staff.name}（{staff.role_label}）", least=4), "status_person"
        )
        self.office = named(ElidedLabel(staff.office_name, least=4), "status_office")
        self.day = named(QLabel(f"{format_date(today)}（{weekday_name(today)}）"), "status_day")
        self.connection = named(QLabel(), "status_connection")
        self.tick = named(ElidedLabel(least=9), "status_tick")
        restyle(self.tick, "tone", "warning")
        self.tick.hide()
        self.addWidget(self.tick, 1)
        for label in (self.person, self.office, self.day, self.connection):
            self.addPermanentWidget(label)
        self.messageChanged.connect(self._make_room)
        self.show_connected(is_connected=True)
        self._is_built = True

    def announce(self, sentence: str) -> None:
        """Say what was done."""
        self.showMessage(sentence, _SHOWN_MS)

    def show_tick(self, age: TickAge) -> None:
        """Say while the server's scheduled work (seals, escalation) is late."""
        self._is_late = age.is_late
        self._make_room(self.currentMessage())

    def _make_room(self, message: str) -> None:
        """What was done is read at once: office and person, who do not change, wait where there is too little room.

        Late work is read beside the person; the office, which the window's title names as well, waits for it.
        """
        is_late = self._is_late and not message
        self.tick.setVisible(is_late)
        stays = (self.day, self.connection)
        room = self.width() - sum(label.sizeHint().width() + _GAP for label in stays)
        self.person.setMaximumWidth(_NO_LIMIT)
        if is_late:
            self._make_room_for_late_work(room)
            return
        room -= self._width_of(message) if message else 0
        for label in (self.person, self.office):
            room -= label.sizeHint().width() + _GAP if message else 0
            label.setVisible(room >= 0 or not message)

    def _make_room_for_late_work(self, room: int) -> None:
        least = self.person.minimumSizeHint().width() + _GAP
        words = self._fitting(room - least)
        self.tick.setText(words)
        self.tick.setToolTip(_LATE_TICK)
        room -= self._width_of(words)
        office = self.office.sizeHint().width() + _GAP
        has_office = room >= least + office
        self.office.setVisible(has_office)
        self.person.show()
        self.person.setMaximumWidth(max(least, room - office if has_office else room) - _GAP)

    def _fitting(self, room: int) -> str:
        return _LATE_TICK if self._width_of(_LATE_TICK) <= room else _LATE_TICK_SHORT

    def _width_of(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words) + _GAP

    def show_connected(self, *, is_connected: bool) -> None:
        """Say whether the database answered last time."""
        self.connection.setText("● 接続中" if is_connected else "▲ 接続が切れています")
        restyle(self.connection, "tone", "good" if is_connected else "warning")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room(self.currentMessage())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._is_built:
            self._make_room(self.currentMessage())

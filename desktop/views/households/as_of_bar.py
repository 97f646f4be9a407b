"""The day as of which a file is read."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.clock import Clock
from desktop.domain.era import format_date
from desktop.domain.errors import ValidationError
from desktop.views.fields.date_field import DateField
from desktop.views.widgets import named


class AsOfBar(QWidget):
    """A date field (基準日); another day than today is said in words beside it. `changed` on Enter."""

    changed = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._shown = clock.today()
        self.field = DateField("基準日", today=clock.today)
        self.field.show_value(self._shown)
        self.field.editor().editingFinished.connect(self._finish)
        self.note = named(QLabel(), "as_of_note")
        self.note.setProperty("tone", "warning")
        self.back = named(QPushButton("今日に戻す"), "as_of_today")
        self.back.clicked.connect(self._go_back)
        label = QLabel("基準日(&B)")
        label.setBuddy(self.field)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 2)
        layout.addWidget(label)
        layout.addWidget(self.field)
        layout.addWidget(self.note)
        layout.addWidget(self.back)
        layout.addStretch(1)
        self.show_day(self._shown)

    def day(self) -> date | None:
        """The day to read as of; None for today."""
        return None if self._shown == self._clock.today() else self._shown

    def show_day(self, day: date) -> None:
        """Show which day is on the screen."""
        self._shown = day
        self.field.show_value(day)
        is_past = day != self._clock.today()
        self.note.setText(f"▲ {format_date(day)}時点の内容です。" if is_past else "")
        self.note.setVisible(is_past)
        self.back.setVisible(is_past)

    def _finish(self) -> None:
        try:
            day = self.field.entered() or self._clock.today()
        except ValidationError:
            return
        if day != self._shown:
            self._shown = day
            self.changed.emit()

    def _go_back(self) -> None:
        self._shown = self._clock.today()
        self.changed.emit()

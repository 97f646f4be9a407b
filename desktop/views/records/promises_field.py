"""Promises and next steps (約束・宿題): who does what by when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.domain.era import parse_date
from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.records import Promise
from desktop.override import override
from desktop.views.fields.date_field import DateField
from desktop.views.fields.text_field import TextField
from desktop.views.records.composite_field import CompositeField
from desktop.views.widgets import named

_WHO_CHARACTERS = 5
_USUAL_WHO = "本人"


class PromiseLine(QWidget):
    """One promise: who and what in the first line, by when beneath."""

    def __init__(self, promise: Promise, today: Callable[[], date]) -> None:
        super().__init__()
        self._promise = promise
        self.who = named(TextField("だれが", characters=_WHO_CHARACTERS), "promise_who")
        self.what = named(TextField("何を"), "promise_what")
        self.due = named(DateField("いつまでに", today=today), "promise_due")
        self.remove = named(QToolButton(), "promise_remove")
        self._lay_out()
        self.who.show_value(promise.who or None)
        self.what.show_value(promise.what or None)
        self.due.show_value(promise.due_on)

    def entered(self) -> Promise | None:
        """The promise as typed; None for a line without words."""
        due = self.due.entered()
        what = self.what.entered()
        if not what:
            return None
        return replace(self._promise, who=self.who.entered() or "", what=what, due_on=due)

    def _lay_out(self) -> None:
        for field, placeholder in (
            (self.who, "だれが"),
            (self.what, "何をする"),
            (self.due, "期限 +7 など"),
        ):
            field.editor().setPlaceholderText(placeholder)
        self.remove.setText("削除")
        self.remove.setProperty("flat", True)
        self.remove.setToolTip("この約束を消します")
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.who)
        first.addWidget(self.what, 1)
        second.addWidget(self.due, 1)
        second.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addLayout(second)


class PromisesField(CompositeField[tuple[Promise, ...]]):
    """Lines are added when needed, so that an entry without promises shows one button only."""

    def __init__(
        self, name: str, *, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent=parent)
        self._today = today
        self._lines_shown: list[PromiseLine] = []
        self._places = QVBoxLayout()
        self.add_button = named(QPushButton("次回予定・約束を追加(&P)"), "promise_add")
        self.add_button.clicked.connect(self.add_line)
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch(1)
        self.inside.addLayout(self._places)
        self.inside.addLayout(below)
        self.focus_at(self.add_button)

    def lines(self) -> list[PromiseLine]:
        """The lines shown."""
        return list(self._lines_shown)

    def days(self) -> tuple[date, ...]:
        """The days as typed so far; what cannot be read yet is left out."""
        read = (_day(line.due.editor().text(), self._today()) for line in self.lines())
        return tuple(day for day in read if day is not None)

    def add_line(self) -> None:
        """One more promise, by the person himself unless said otherwise."""
        line = self._show(Promise(promise_id=new_id(), who=_USUAL_WHO, what=""))
        line.what.setFocus()

    def propose(self, promise: Promise) -> None:
        """Show a promise that may be changed or removed; nothing where one with a day is there already."""
        if any(line.due.editor().text().strip() for line in self._lines_shown):
            return
        self._show(promise)
        self._was_edited()

    @override
    def show_value(self, value: tuple[Promise, ...] | None) -> None:
        for line in self.lines():
            self._drop(line)
        for promise in value or ():
            self._show(promise)
        self.clear_error()

    @override
    def _read(self) -> tuple[Promise, ...] | None:
        try:
            read = [line.entered() for line in self._lines_shown]
        except ValidationError as error:
            raise ValidationError("約束の期限を確認してください。") from error
        return tuple(promise for promise in read if promise is not None) or None

    def _show(self, promise: Promise) -> PromiseLine:
        line = PromiseLine(promise, self._today)
        for field in (line.who, line.what, line.due):
            field.edited.connect(self._was_edited)
        line.remove.clicked.connect(lambda: self._remove(line))
        self._lines_shown.append(line)
        self._places.addWidget(line)
        return line

    def _remove(self, line: PromiseLine) -> None:
        self._drop(line)
        self.add_button.setFocus()
        self._was_edited()

    def _drop(self, line: PromiseLine) -> None:
        self._lines_shown.remove(line)
        self._places.removeWidget(line)
        line.hide()
        line.deleteLater()


def _day(text: str, today: date) -> date | None:
    """The day that was typed; None for what is none, or not yet."""
    try:
        return parse_date(text, today=today) if text.strip() else None
    except ValidationError:
        return None

"""Small editable lines one below the other: the base of goals and actions."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.views.fields.field import Field
from desktop.views.records.composite_field import CompositeField
from desktop.views.support_policies.tab_order import bring_into_view, leave_out
from desktop.views.widgets import named

Line = TypeVar("Line")


class LineEditor(QWidget, Generic[Line]):
    """One line; Alt+↑ and Alt+↓ move it, Alt+Delete takes it away."""

    edited = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.remove = named(QToolButton(), f"{name}_remove")
        self.remove.setText("削除")
        self.remove.setProperty("flat", True)
        self.remove.setToolTip("この行を消します（Alt+Delete）。Alt+↑↓で並べ替えます。")
        self.remove.clicked.connect(self.removed)
        for keys, act in (
            ("Alt+Del", self.removed.emit),
            ("Alt+Up", lambda: self.moved.emit(-1)),
            ("Alt+Down", lambda: self.moved.emit(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @abstractmethod
    def entered(self) -> Line | None:
        """The line as typed, None for one without words; ValidationError where it cannot be read."""

    @abstractmethod
    def fields(self) -> Sequence[Field[Any]]:
        """The line's fields in the order of reading."""

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops in the line."""
        return [*(field.editor() for field in self.fields()), self.remove]

    @abstractmethod
    def main_field(self) -> Field[str]:
        """The field that a new line begins in."""


class LinesField(CompositeField[tuple[Line, ...]]):
    """Lines come when they are asked for, so that an issue without any shows one button only."""

    def __init__(
        self,
        name: str,
        add_label: str,
        *,
        blank: Callable[[], Line],
        make: Callable[[Line], LineEditor[Line]],
    ) -> None:
        super().__init__(name)
        self._blank, self._make = blank, make
        self._shown: list[LineEditor[Line]] = []
        self._places = QVBoxLayout()
        self._places.setSpacing(4)
        self.add_button = named(QPushButton(add_label), "line_add")
        self.add_button.clicked.connect(self.add_line)
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch(1)
        self.inside.addLayout(self._places)
        self.inside.addLayout(below)
        self.focus_at(self.add_button)

    def lines(self) -> list[LineEditor[Line]]:
        """The lines shown."""
        return list(self._shown)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops in the lines, in their order."""
        return [*(stop for line in self._shown for stop in line.stops), self.add_button]

    def add_line(self) -> None:
        """One more line, and the keyboard in it."""
        line = self._show(self._blank())
        line.show()  # before the keyboard can go there
        line.main_field().setFocus()
        # Its place is known after the layout has been made anew.
        QTimer.singleShot(0, line, lambda: bring_into_view(line))

    @override
    def show_value(self, value: tuple[Line, ...] | None) -> None:
        for line in self.lines():
            self._drop(line)
        for given in value or ():
            self._show(given)
        self.clear_error()

    @override
    def _read(self) -> tuple[Line, ...] | None:
        try:
            read = [line.entered() for line in self._shown]
        except ValidationError as error:
            raise ValidationError(f"{self.name}の行を確認してください。") from error
        return tuple(line for line in read if line is not None) or None

    def _show(self, given: Line) -> LineEditor[Line]:
        line = self._make(given)
        line.edited.connect(self._was_edited)
        line.removed.connect(lambda: self._remove(line))
        line.moved.connect(lambda by: self._move(line, by))
        self._shown.append(line)
        self._places.addWidget(line)
        leave_out(line.stops)
        return line

    def _remove(self, line: LineEditor[Line]) -> None:
        place = self._shown.index(line)
        self._drop(line)
        left = self._shown[min(place, len(self._shown) - 1)] if self._shown else None
        (left.main_field() if left else self.add_button).setFocus()
        self._was_edited()

    def _move(self, line: LineEditor[Line], by: int) -> None:
        place = self._shown.index(line)
        target = place + by
        if 0 <= target < len(self._shown):
            self._shown.insert(target, self._shown.pop(place))
            self._places.insertWidget(target, line)
            self._was_edited()

    def _drop(self, line: LineEditor[Line]) -> None:
        self._shown.remove(line)
        self._places.removeWidget(line)
        line.hide()
        line.deleteLater()

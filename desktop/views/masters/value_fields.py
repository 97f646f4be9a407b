"""A typed field for each kind of master field, generated from its description."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desktop.domain.masters import FieldKind, MasterField
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.line_field import LineField
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField

_COLUMNS = 2
_MOST_LINES = 8


def make_field(given: MasterField, today: Callable[[], date]) -> Field[Any]:
    """The widget for a field; it reads and shows what a row's value holds under the field's name."""
    name, required = given.label, given.required
    match given.kind:
        case FieldKind.NUMBER:
            return NumberField(name, required=required, unit=given.unit)
        case FieldKind.YES_NO:
            return YesNoField(name)
        case FieldKind.CHOICE:
            choices = [Choice(code=code, label=label) for code, label in given.choices]
            return ChoiceField(name, choices, required=required)
        case FieldKind.CODES:
            return _codes_field(given)
        case FieldKind.DAY:
            return IsoDayField(name, today=today, required=required)
        case FieldKind.TEXT:
            return _text_field(given)


def _codes_field(given: MasterField) -> Field[list[str]]:
    if given.choices:
        return CodesField(given.label, given.choices, required=given.required)
    return TypedCodesField(given.label, required=given.required)


def _text_field(given: MasterField) -> Field[str]:
    if given.lines == 1:
        return TextField(given.label, required=given.required)
    return LongTextField(
        given.label, required=given.required, lines=given.lines, most_lines=_MOST_LINES
    )


class YesNoField(Field[bool]):
    """A tick."""

    def __init__(self, name: str, words: str = "はい", parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._box = QCheckBox(words)
        self._place(self._box)
        self._box.clicked.connect(self._was_edited)

    @override
    def show_value(self, value: bool | None) -> None:
        self._box.setChecked(bool(value))
        self.clear_error()

    @override
    def editor(self) -> QWidget:
        return self._box

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self._box.setEnabled(not read_only)

    @override
    def _read(self) -> bool:
        return self._box.isChecked()


class CodesField(Field[list[str]]):
    """Several of a few codes, ticked; they are stored in the order of the list."""

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        *,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, parent=parent)
        self._boxes = {code: QCheckBox(label) for code, label in choices}
        self._holder = QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, box in enumerate(self._boxes.values()):
            box.clicked.connect(self._was_edited)
            grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
        self._place(self._holder)
        self._holder.setFocusProxy(next(iter(self._boxes.values())))

    @override
    def show_value(self, value: list[str] | None) -> None:
        for code, box in self._boxes.items():
            box.setChecked(code in (value or []))
        self.clear_error()

    @override
    def editor(self) -> QWidget:
        return self._holder

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        for box in self._boxes.values():
            box.setEnabled(not read_only)

    @override
    def _read(self) -> list[str] | None:
        return [code for code, box in self._boxes.items() if box.isChecked()] or None


class TypedCodesField(LineField[list[str]]):
    """Codes typed with blanks or commas between them."""

    def __init__(self, name: str, *, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, required=required, parent=parent)
        self._line.setPlaceholderText("コードを空白で区切って並べます")

    @override
    def _parse(self, text: str) -> list[str]:
        for sign in "、，,・":
            text = text.replace(sign, " ")
        return text.split()

    @override
    def _write(self, value: list[str]) -> str:
        return " ".join(value)


class IsoDayField(Field[str]):
    """A day, stored as 2024-04-01."""

    def __init__(
        self,
        name: str,
        *,
        today: Callable[[], date],
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, parent=parent)
        self._day = DateField(name, today=today)
        self._place(self._day)
        self._day.edited.connect(self._was_edited)

    @override
    def show_value(self, value: str | None) -> None:
        self._day.show_value(date.fromisoformat(value) if value else None)
        self.clear_error()

    @override
    def editor(self) -> QWidget:
        return self._day.editor()

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self._day.set_read_only(read_only=read_only)

    @override
    def _read(self) -> str | None:
        day = self._day.entered()
        return day.isoformat() if day else None

"""Reading a form while somebody types in it: nothing is marked wrong, nothing is taken from an input method."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.domain.errors import ValidationError
from desktop.views.fields.field import Field, Value
from desktop.views.fields.growing_edit import GrowingEdit
from desktop.views.fields.line_edit import LineEdit


def peek(field: Field[Value], kept: Value | None) -> Value | None:
    """The value of a field as typed so far; `kept` where it cannot be read yet."""
    shown = [(part, part.error()) for part in (field, *field.findChildren(Field))]
    try:
        value = field.entered()
    except ValidationError:
        value = kept
    for part, sentence in shown:
        part.show_error(sentence)
    return value


def is_composing() -> bool:
    """Whether an input method holds words that are not taken over yet (未確定の文字)."""
    focused = QApplication.focusWidget()
    return isinstance(focused, LineEdit | GrowingEdit) and focused.is_composing()

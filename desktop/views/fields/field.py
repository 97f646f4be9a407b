"""What every typed input widget has in common."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.views.fields.notes import FieldError, Note

Value = TypeVar("Value")


class Field(QWidget, Generic[Value]):
    """An editor with an error line beneath and a note beside it; subclasses read and show one type of value.

    `name` is what the field is called on screen and for screen readers, without the mnemonic.
    """

    edited = Signal()
    """A person changed the content; never emitted by `show_value`."""

    def __init__(self, name: str, *, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.required = required
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._note = Note()
        self._error = FieldError()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addLayout(self._row)
        self._lines.addWidget(self._error)
        self._space_out()

    def entered(self) -> Value | None:
        """Return the value, None if empty; shows and raises ValidationError if it cannot be read or is missing."""
        try:
            value = self._present(self._read())
        except ValidationError as error:
            self.show_error(error.sentence)
            raise
        self.clear_error()
        return value

    def show_value(self, value: Value | None) -> None:
        """Show a value; None empties the field."""
        raise NotImplementedError

    def editor(self) -> QWidget:
        """Return the widget that takes the keys."""
        raise NotImplementedError

    def set_read_only(self, *, read_only: bool) -> None:
        """Keep the content readable and selectable, but not to be changed."""
        raise NotImplementedError

    def show_error(self, sentence: str) -> None:
        """Say beneath the field what is wrong; an empty sentence clears it."""
        self._error.say(sentence)
        editor = self.editor()
        editor.setAccessibleDescription(sentence)
        if editor.property("invalid") is not bool(sentence):
            editor.setProperty("invalid", bool(sentence))
            editor.style().unpolish(editor)
            editor.style().polish(editor)

    def clear_error(self) -> None:
        """Take the error line away."""
        self.show_error("")

    def error(self) -> str:
        """Return the sentence of the error line."""
        return self._error.sentence

    def show_note(self, sentence: str) -> None:
        """Say something quietly beside the field."""
        self._note.say(sentence)

    def _read(self) -> Value | None:
        raise NotImplementedError

    def _present(self, value: Value | None) -> Value | None:
        if value is None and self.required:
            raise ValidationError(f"{self.name}を入力してください。")
        return value

    def _place(self, editor: QWidget, *, stretches: bool = False) -> None:
        """Put the editor in its place; it gets the focus, the name and the note beside it."""
        self.setFocusProxy(editor)
        editor.setAccessibleName(self.name)
        editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._note.setWordWrap(False)
        self._row.addWidget(editor, int(stretches))
        self._row.addWidget(self._note)
        if not stretches:
            self._row.addStretch(1)

    def _space_out(self) -> None:
        self._row.setSpacing(self.fontMetrics().height() // 4)
        self._lines.setSpacing(self.fontMetrics().height() // 8)

    def _was_edited(self) -> None:
        self.clear_error()
        self.edited.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._space_out()

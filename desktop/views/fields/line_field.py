"""Fields of one line: read when left, shown again in the form the office writes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.views.fields.field import Field, Value
from desktop.views.fields.line_edit import LineEdit


class LineField(Field[Value]):
    """A field on a line edit; subclasses say how to parse a text and how to write a value.

    The text is put into its written form when the field is left or Enter is pressed, never while a person types.
    """

    def __init__(
        self,
        name: str,
        *,
        required: bool = False,
        characters: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, parent=parent)
        self._line = LineEdit(characters=characters)
        self._line.textEdited.connect(self._text_edited)
        self._line.editingFinished.connect(self._finish)
        self._place(self._line, stretches=not characters)

    @override
    def show_value(self, value: Value | None) -> None:
        self._line.setText("" if value is None else self._write(value))
        self.clear_error()
        self.show_note("" if value is None else self._note_when_left(value))

    @override
    def editor(self) -> LineEdit:
        return self._line

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self._line.setReadOnly(read_only)

    def set_input_hints(self, hints: Qt.InputMethodHint) -> None:
        """Tell the input method what is expected (digits, kana)."""
        self._line.setInputMethodHints(hints)

    def _parse(self, text: str) -> Value:
        """Read a text that is not blank; ValidationError if it is no value."""
        raise NotImplementedError

    def _write(self, value: Value) -> str:
        return str(value)

    def _note_while_typing(self, _value: Value) -> str:
        """Return what is said beside the field about the value typed so far."""
        return ""

    def _note_when_left(self, _value: Value) -> str:
        """Return what is said beside the field once the value stands in its written form."""
        return ""

    def _take_steps(self) -> None:
        """Let arrow up and down go on and back by `_stepped`."""
        self._line.set_steps(enabled=True)
        self._line.stepped.connect(self._step)

    def _stepped(self, shown: Value | None, steps: int) -> Value | None:
        """Return the value so many steps on from the one shown (None: the field is empty); None for nothing to show."""
        raise NotImplementedError

    def _step(self, steps: int) -> None:
        if self._line.isReadOnly():
            return
        try:
            shown = self._read()
        except ValidationError as error:
            self.show_error(error.sentence)
            return
        value = self._stepped(shown, steps)
        if value is not None:
            self.show_value(value)
            self._line.selectAll()
            self._was_edited()

    @override
    def _read(self) -> Value | None:
        self._line.commit()
        text = self._line.text()
        return self._parse(text) if text.strip() else None

    def _text_edited(self) -> None:
        self.show_note(self._typed_note())
        self._was_edited()

    def _typed_note(self) -> str:
        try:
            text = self._line.text()
            return self._note_while_typing(self._parse(text)) if text.strip() else ""
        except ValidationError:
            return ""

    def _finish(self) -> None:
        if self._line.is_composing() or self._line.isReadOnly():
            return
        try:
            value = self._read()
        except ValidationError as error:
            self.show_error(error.sentence)
            return
        self.show_value(value)

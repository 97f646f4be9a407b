"""A password: never shown, never put into another form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.override import override
from desktop.views.fields.field import Field
from desktop.views.fields.line_edit import LineEdit

_WIDTH_IN_CHARACTERS = 14
_LONGEST = 200


class PasswordField(Field[str]):
    """A line of dots. Blanks belong to the password; `least` characters are counted beside it while typing."""

    def __init__(self, name: str, *, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, required=required, parent=parent)
        self._least = 0
        self._line = LineEdit(characters=_WIDTH_IN_CHARACTERS)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setMaxLength(_LONGEST)
        self._line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._line.textEdited.connect(self._typed)
        self._place(self._line)

    def count_to(self, least: int) -> None:
        """Count the characters that are still missing."""
        self._least = least
        self._tell_count()

    def forget(self) -> None:
        """Empty the field, its undo history as well."""
        self._line.clear()
        self._line.setModified(False)
        self.clear_error()
        self._tell_count()

    @override
    def show_value(self, value: str | None) -> None:
        self._line.setText(value or "")
        self.clear_error()
        self._tell_count()

    @override
    def editor(self) -> LineEdit:
        return self._line

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self._line.setReadOnly(read_only)

    @override
    def _read(self) -> str | None:
        return self._line.text() or None

    def _typed(self) -> None:
        self._tell_count()
        self._was_edited()

    def _tell_count(self) -> None:
        missing = self._least - len(self._line.text())
        typed = bool(self._line.text()) and self._least > 0
        sentence = f"あと{missing}字" if missing > 0 else "● 長さは足りています"
        self.show_note(sentence if typed else "")

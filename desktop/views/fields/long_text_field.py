"""Text of several lines, with soft hints on its wording."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from desktop.domain.wording import WordingHint, WordingRule, hints
from desktop.override import override
from desktop.views.fields.field import Field
from desktop.views.fields.growing_edit import GrowingEdit
from desktop.views.fields.notes import Note, is_dark

_PAUSE_MILLISECONDS = 300
_WAVE_ON_LIGHT = QColor("#8a5a00")
_WAVE_ON_DARK = QColor("#ffcf66")
_GROUND_ON_LIGHT = QColor("#fff0c8")
_GROUND_ON_DARK = QColor("#4d3c0f")
_KEPT_CONTROLS = "\n\t"


class LongTextField(Field[str]):
    """Text that grows with what is written. Tab leaves it; words to reconsider get a wavy line and a note beneath."""

    def __init__(
        self,
        name: str,
        *,
        required: bool = False,
        lines: int = 3,
        most_lines: int = 20,
        wording: Sequence[WordingRule] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, parent=parent)
        self._wording = tuple(wording)
        self._found: tuple[WordingHint, ...] = ()
        self._showing = False
        self._text = GrowingEdit(lines=lines, most_lines=most_lines)
        self._text.viewport().installEventFilter(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.check_wording)
        self._text.textChanged.connect(self._text_changed)
        self._place(self._text, stretches=True)
        self._advice = Note()
        self._lines.addWidget(self._advice)

    @override
    def show_value(self, value: str | None) -> None:
        self._showing = True
        self._text.show_text(value or "")
        # One goes on writing after what a template has put there.
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._showing = False
        self.clear_error()
        self.check_wording()

    @override
    def editor(self) -> GrowingEdit:
        return self._text

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self._text.setReadOnly(read_only)

    def insert(self, text: str) -> None:
        """Put a text where the cursor is, as if a person had typed it (templates, phrases)."""
        self._text.insertPlainText(text)

    def replace_all(self, text: str) -> None:
        """Put another text in the place of the whole one, as if a person had typed it."""
        cursor = QTextCursor(self._text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def wording_hints(self) -> tuple[WordingHint, ...]:
        """Return the hints that are shown."""
        return self._found

    def check_wording(self) -> None:
        """Look for words to reconsider; does nothing while an input method composes."""
        if self._text.is_composing():
            return
        text = self._text.toPlainText()
        self._found = hints(text, self._wording)
        self._text.setExtraSelections([self._selection(text, found) for found in self._found])
        self._advice.say(_advice(text, self._found))

    @override
    def _read(self) -> str | None:
        self._text.commit()
        text = "".join(
            sign
            for sign in self._text.toPlainText()
            if sign in _KEPT_CONTROLS or unicodedata.category(sign) != "Cc"
        )
        return text.rstrip() if text.strip() else None

    def _text_changed(self) -> None:
        if self._showing:
            return
        self._pause.start()
        self._was_edited()

    def _selection(self, text: str, hint: WordingHint) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(utf16_length(text[: hint.start]))
        cursor.setPosition(utf16_length(text[: hint.end]), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, _mark(dark=is_dark(self.palette()))
        return selection

    def _hint_at(self, position: int) -> str:
        text = self._text.toPlainText()
        for hint in self._found:
            if utf16_length(text[: hint.start]) <= position <= utf16_length(text[: hint.end]):
                return hint.hint
        return ""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.check_wording()

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            position = self._text.cursorForPosition(event.pos()).position()
            QToolTip.showText(event.globalPos(), self._hint_at(position), self._text)
            return True
        return False


def _advice(text: str, found: Sequence[WordingHint]) -> str:
    """Write each sentence once, behind the words it is about."""
    words: dict[str, dict[str, None]] = {}
    for hint in found:
        words.setdefault(hint.hint, {})[f"「{text[hint.start : hint.end]}」"] = None
    return "\n".join(f"{''.join(named)}{sentence}" for sentence, named in words.items())


def _mark(*, dark: bool) -> QTextCharFormat:
    mark = QTextCharFormat()
    mark.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    mark.setUnderlineColor(_WAVE_ON_DARK if dark else _WAVE_ON_LIGHT)
    mark.setBackground(_GROUND_ON_DARK if dark else _GROUND_ON_LIGHT)
    return mark


def utf16_length(text: str) -> int:
    """Qt counts a character beyond the basic plane (𠮷) as two."""
    return len(text) + sum(sign > "\uffff" for sign in text)

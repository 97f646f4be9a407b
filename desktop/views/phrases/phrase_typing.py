"""Lets `;` and a code become a set phrase while a text is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.domain.phrases import Phrase, PhraseBook, first_blank, typed_code
from desktop.domain.records import SegmentKind
from desktop.override import override
from desktop.views.fields.growing_edit import GrowingEdit
from desktop.views.fields.long_text_field import LongTextField, utf16_length
from desktop.views.phrases.phrase_list import PhraseList

_SPACES = {" ", "　"}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_NOTHING = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier


class PhraseTyping(QObject):
    """Watches the texts of an entry. Space or Enter behind a whole code puts its phrase in; one Ctrl+Z takes it back.

    While an input method composes, every key is its own. The list of what may come is looked through with the arrows;
    Enter takes the marked one, Esc closes the list and nothing else.
    """

    def __init__(
        self,
        fields: Mapping[SegmentKind, LongTextField],
        book: PhraseBook,
        live: Callable[[], Mapping[str, str]],
        over: QWidget,
    ) -> None:
        super().__init__(over)
        self._book = book
        self._live = live
        self._over = over
        self._edits = {field.editor(): kind for kind, field in fields.items()}
        self._at: GrowingEdit | None = None
        self.list = PhraseList(over)
        self.list.picked.connect(self._put_in)
        if not book.phrases:
            return
        for edit in self._edits:
            edit.installEventFilter(self)
            edit.textChanged.connect(self._look)
            edit.cursorPositionChanged.connect(self._follow)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        edit = watched if isinstance(watched, GrowingEdit) else None
        if edit is None:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        elif isinstance(event, QInputMethodEvent):
            return self._committed(edit, event)
        elif isinstance(event, QKeyEvent) and not edit.is_composing():
            if event.type() == QEvent.Type.ShortcutOverride:
                return self._claims(event)
            if event.type() == QEvent.Type.KeyPress:
                return self._pressed(edit, event)
        return False

    def _claims(self, event: QKeyEvent) -> bool:
        """Esc belongs to the list while it is open, not to the editor around it."""
        if event.key() == Qt.Key.Key_Escape and not self.list.isHidden():
            event.accept()
            return True
        return False

    def _pressed(self, edit: GrowingEdit, event: QKeyEvent) -> bool:
        if event.modifiers() & ~_NOTHING:
            return False
        key, is_open = Qt.Key(event.key()), not self.list.isHidden()
        if is_open and key == Qt.Key.Key_Escape:
            self.list.hide()
            return True
        if is_open and key in _STEPS:
            self.list.step(_STEPS[key])
            return True
        if key in _ENTER and is_open and self.list.current() is not None:
            self._put_in(self.list.current())
            return True
        if key in _ENTER or event.text() in _SPACES:
            return self._expand(edit)
        return False

    def _committed(self, edit: GrowingEdit, event: QInputMethodEvent) -> bool:
        """A space that the input method hands over as a text; what it composes is left alone."""
        is_space = event.commitString() in _SPACES and not event.preeditString()
        if not is_space or edit.is_composing():
            if event.preeditString():
                self.list.hide()
            return False
        if self._expand(edit):
            event.accept()
            return True
        return False

    def _expand(self, edit: GrowingEdit) -> bool:
        """Put in the phrase whose whole code stands before the cursor."""
        typed = _typed(edit)
        phrase = self._book.exact(typed) if typed else None
        if phrase is None:
            return False
        self._at = edit
        self._put_in(phrase)
        return True

    def _put_in(self, phrase: Phrase | None) -> None:
        """Write the phrase over `;` and what was typed behind it, as one step that can be undone."""
        edit = self._at
        typed = None if edit is None else _typed(edit)
        if phrase is None or edit is None or typed is None or edit.isReadOnly():
            return
        text = self._book.text_of(phrase, self._live())
        cursor = edit.textCursor()
        end = cursor.position()
        start = end - utf16_length(typed) - 1
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        cursor.insertText(text)
        cursor.endEditBlock()
        blank = first_blank(text)
        if blank is not None:
            cursor.setPosition(start + utf16_length(text[: blank[0]]))
            cursor.setPosition(
                start + utf16_length(text[: blank[1]]), QTextCursor.MoveMode.KeepAnchor
            )
        edit.setTextCursor(cursor)
        self.list.hide()

    def _look(self) -> None:
        """Offer what the text before the cursor may become."""
        edit = self.sender()
        if not isinstance(edit, GrowingEdit) or not edit.hasFocus() or edit.is_composing():
            return
        typed = _typed(edit)
        self._at = edit
        if typed is None:
            self.list.hide()
            return
        found = self._book.candidates(typed, self._edits[edit])
        self.list.offer(found, self._cursor_of(edit), takes_first=bool(typed))

    def _follow(self) -> None:
        """A cursor that went elsewhere leaves no list behind."""
        edit = self.sender()
        if isinstance(edit, GrowingEdit) and not self.list.isHidden() and _typed(edit) is None:
            self.list.hide()

    def _cursor_of(self, edit: GrowingEdit) -> QRect:
        cursor = edit.cursorRect()
        top_left = edit.viewport().mapTo(self._over, QPoint(cursor.left(), cursor.top()))
        return QRect(top_left, cursor.size())


def _typed(edit: GrowingEdit) -> str | None:
    cursor = edit.textCursor()
    if cursor.hasSelection():
        return None
    before = cursor.block().text()
    # Qt counts in UTF-16: a character beyond the basic plane is two.
    upto = before.encode("utf-16-le")[: 2 * cursor.positionInBlock()].decode("utf-16-le", "ignore")
    return typed_code(upto)

"""Says how many blanks (＿＿＿) are still to be written over in an entry, and goes from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.template_slots import BLANK
from desktop.views.fields.growing_edit import GrowingEdit
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.widgets import muted_label, named


class BlankLine(QWidget):
    """Shown while there are blanks. F4 anywhere in `form` marks the next one, over the ends of texts and around the last."""

    def __init__(self, fields: Sequence[LongTextField], form: QWidget) -> None:
        super().__init__()
        self._fields = fields
        self.words: QLabel = named(muted_label(), "blanks_left")
        self.next_button = named(QPushButton("次の空きへ（F4）"), "next_blank")
        self.next_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.next_button.clicked.connect(self.go_on)
        shortcut = QShortcut(QKeySequence("F4"), form)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.go_on)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        layout.addWidget(self.next_button)
        layout.addStretch(1)
        for field in fields:
            field.editor().textChanged.connect(self.count)

    def count(self) -> None:
        """Say how many blanks there are; none hides the line."""
        blanks = sum(field.editor().toPlainText().count(BLANK) for field in self._fields)
        self.words.setText(f"書き込むところ（{BLANK}）が{blanks}か所あります")
        self.setVisible(bool(blanks))

    def go_on(self) -> None:
        """Mark the next blank behind the cursor, in this text or one of those after it."""
        shown = [field.editor() for field in self._fields if not field.editor().isReadOnly()]
        here = next((i for i, edit in enumerate(shown) if edit.hasFocus()), -1)
        order = [*shown[max(here, 0) :], *shown[: max(here, 0)]]
        for number, edit in enumerate([*order, *order[:1]]):
            behind = (
                edit.textCursor() if number == 0 and here >= 0 else QTextCursor(edit.document())
            )
            if _mark(edit, behind):
                return


def _mark(edit: GrowingEdit, behind: QTextCursor) -> bool:
    found = edit.document().find(BLANK, behind)
    if found.isNull():
        return False
    edit.setTextCursor(found)
    edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return True

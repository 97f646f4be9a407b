"""A receipt filed by keyboard alone, as somebody at the counter does it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.support.typing_in import commit_text

ENTER = Qt.Key.Key_Return


def at_hand(qtbot, widget):
    """The widget, once the keyboard is on it."""
    qtbot.waitUntil(widget.hasFocus)
    return widget


def typed(qtbot, field, text):
    """Type into a field that has the keyboard by now, and go on by Enter."""
    qtbot.waitUntil(field.editor().hasFocus)
    line = field.editor().lineEdit() if hasattr(field.editor(), "lineEdit") else field.editor()
    line.selectAll()
    commit_text(line, text)
    qtbot.keyClick(line, ENTER)


def file_one(screen, qtbot):
    """A whole receipt."""
    form = screen.form
    box = at_hand(qtbot, form.household.box)
    qtbot.keyClicks(box, "00001")
    qtbot.keyClick(box, ENTER)
    typed(qtbot, form.kind, "給与")
    typed(qtbot, form.person_id, "花子")
    typed(qtbot, form.from_whom, "本人")
    typed(qtbot, form.note, "原本は返した。")
    typed(qtbot, form.sheets, "3")

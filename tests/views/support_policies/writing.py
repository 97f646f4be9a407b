"""Policies written by keys, as the tests of the editor do it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.support.policies import issue, written
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def begin(section, qtbot, text="服薬が続いていない"):
    """A new policy with one issue, typed by keys."""
    qtbot.keyClick(section.new_button, Key.Key_N, CTRL)
    editor = section.editor
    qtbot.waitUntil(editor.form.bar.isHidden)  # until it has all the room
    commit_text(editor.form.household.situation.editor(), "単身で暮らしている。")
    add_issue(editor, qtbot, text)
    return editor


def add_issue(editor, qtbot, text):
    qtbot.keyClick(editor.focusWidget(), Key.Key_I, CTRL)
    assert editor.form.issue.texts["text"].editor().hasFocus()
    commit_text(editor.form.issue.texts["text"].editor(), text)


def in_review(bench, *issues):
    """An approved policy, and a draft of the next one with its lines."""
    household_id = bench.office.household_id
    bench.approved(written(bench.desk, household_id, *issues))
    return bench.desk.policies.save(bench.desk.policies.blank(household_id))


def review(section, bench, qtbot, *texts):
    """The editor of the next policy, at its household's part, with these lines carried over."""
    household_id = bench.office.household_id
    bench.approved(written(bench.desk, household_id, *map(issue, texts)))
    section.reload()
    section.write_new()
    qtbot.waitUntil(section.editor.form.bar.isHidden)
    return section.editor


def outline(editor):
    shown = editor.form.outline.list
    return [shown.item(row).text() for row in range(shown.count())]

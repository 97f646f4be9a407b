"""The editor of one entry, as tests open it."""

from __future__ import annotations

import pytest

from desktop.views.records.editor_task import EditorTask, load_task
from desktop.views.records.entry_editor import EditorSetting, EntryEditor
from desktop.views.records.ports import load_material
from tests.support.factories import CLOCK
from tests.support.fake_desk import FakeRecords, make_ports
from tests.support.fakes_records import (
    HOUSEHOLD,
    ME,
    draft,
    returned,
)
from tests.support.qt import InlineRunner


@pytest.fixture
def records():
    return FakeRecords(draft(), returned())


@pytest.fixture
def make_editor(qtbot, look, records):
    def make(kind="home_visit", entry=None, runner=None):
        material = load_material(make_ports(records), HOUSEHOLD, ME)
        task = (
            EditorTask(given=records.blank(HOUSEHOLD, kind), material=material)
            if entry is None
            else load_task(records, entry, material)
        )
        setting = EditorSetting(
            records=records, runner=runner or InlineRunner(), look=look, today=CLOCK.today
        )
        editor = EntryEditor(task, setting)
        qtbot.addWidget(editor)
        editor.resize(700, 800)
        editor.show()
        editor.activateWindow()
        editor.focus_first()
        qtbot.waitUntil(
            lambda: editor.focusWidget() is not None and editor.focusWidget().hasFocus()
        )
        return editor

    return make

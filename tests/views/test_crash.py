from __future__ import annotations

import logging
import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox

from desktop.views.crash import CrashHandler

MARKER = "架空花子"


@pytest.fixture
def handler(qtbot, look):
    return CrashHandler()


def boxes():
    return [w for w in QApplication.topLevelWidgets() if w.objectName() == "crash_box"]


def crash(handler):
    with pytest.raises(ValueError, match=MARKER) as caught:
        int(MARKER)
    handler.take(ValueError, caught.value, caught.tb)


def press(box, text):
    next(b for b in box.findChildren(QAbstractButton) if b.text() == text).click()


def test_bug_is_told_calmly_once_and_without_personal_data(qtbot, handler, caplog):
    with caplog.at_level(logging.DEBUG):
        crash(handler)
        crash(handler)
        qtbot.waitUntil(lambda: len(boxes()) == 1)
    box = boxes()[0]
    assert isinstance(box, QMessageBox)
    assert "予期しない問題" in box.text()
    press(box, "詳細をコピー")
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert MARKER not in copied + box.text() + box.informativeText() + caplog.text
    assert box.isVisible()
    press(box, "閉じる")
    qtbot.waitUntil(lambda: not boxes())


def test_installs_as_the_programs_hook(handler, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    handler.install()
    assert sys.excepthook == handler.take

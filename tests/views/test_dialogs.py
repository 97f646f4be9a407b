from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget

from desktop.views.dialogs import Dialogs


@pytest.fixture
def parent(qtbot, look):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


@pytest.fixture
def answers():
    return []


@pytest.fixture
def box(parent, answers):
    Dialogs().confirm(parent, "閉じますか。", "保存せずに閉じる", partial(answers.append, "yes"))
    return parent.findChild(QMessageBox)


def button(box, text):
    return next(b for b in box.findChildren(QPushButton) if b.text().startswith(text))


def test_the_verb_on_the_button_acts(qtbot, box, answers):
    button(box, "保存せずに閉じる").click()
    assert answers == ["yes"]
    qtbot.waitUntil(lambda: not QApplication.activeModalWidget())


def test_the_verb_has_a_key(qtbot, box, answers):
    qtbot.waitUntil(box.isActiveWindow)
    qtbot.keyClick(box, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: answers == ["yes"])
    qtbot.waitUntil(lambda: not QApplication.activeModalWidget())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_do_nothing_dangerous(qtbot, box, answers, key):
    qtbot.keyClick(box, key)
    assert answers == []
    qtbot.waitUntil(lambda: not QApplication.activeModalWidget())


def test_chosen_file_comes_as_a_path(qtbot, parent, tmp_path):
    chosen: list[Path] = []
    Dialogs().choose_file(parent, "台帳を選ぶ", "CSV (*.csv)", chosen.append)
    dialog = parent.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "ledger.csv"))
    dialog.reject()
    assert chosen == [tmp_path / "ledger.csv"]


def test_new_file_is_asked_for_by_the_name_proposed(qtbot, parent, tmp_path):
    chosen: list[Path] = []
    Dialogs().choose_new_file(parent, "書き出す", "records.pdf", "PDF (*.pdf)", chosen.append)
    dialog = parent.findChild(QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert dialog.selectedFiles()[0].endswith("records.pdf")
    dialog.reject()

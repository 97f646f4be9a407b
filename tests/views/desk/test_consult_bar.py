from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import UserError
from desktop.jobs.change_bus import ChangeBus
from desktop.views.desk.consult_bar import ConsultBar
from desktop.views.requests import HouseholdAtHand
from tests.support.fakes import fake_id
from tests.support.fakes_desk import FakeTodos
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

HERE = HouseholdAtHand(household_id=fake_id("household 1"), label="00001　架空　太郎")


@pytest.fixture
def todos():
    return FakeTodos()


class Window(QWidget):
    """A line to write in, and room for the bar."""

    def __init__(self):
        super().__init__()
        self.before = QLineEdit()
        self.lines = QVBoxLayout(self)
        self.lines.addWidget(self.before)


@pytest.fixture
def window(qtbot, look):
    window = Window()
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.before.setFocus()
    return window


@pytest.fixture
def bar(window, todos):
    bar = ConsultBar(todos, InlineRunner(), ChangeBus())
    window.lines.addWidget(bar)
    return bar


def test_one_line_and_enter_send_the_household(qtbot, bar, window, todos):
    bar.ask(HERE)
    assert bar.line.hasFocus()
    assert "00001　架空　太郎" in bar.about.text()
    commit_text(bar.line, "訪問の間隔を相談したいです。")
    with qtbot.waitSignal(bar.sent):
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert todos.consulted == [(fake_id("household 1"), "訪問の間隔を相談したいです。")]
    assert bar.isHidden()
    assert window.before.hasFocus()


def test_without_a_household_it_says_what_to_do(qtbot, bar, todos):
    bar.ask(None)
    assert "先に世帯のファイルを開く" in bar.problem.text()
    assert not bar.send_button.isEnabled()
    qtbot.keyClick(bar.close_button, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert todos.consulted == []


def test_a_refusal_keeps_the_words(qtbot, bar, todos):
    todos.refusal = UserError(
        "この地区にはほかの査察指導員がいません。課長に直接相談してください。"
    )
    bar.ask(HERE)
    commit_text(bar.line, "相談です。")
    qtbot.mouseClick(bar.send_button, Qt.MouseButton.LeftButton)
    assert bar.problem.text() == todos.refusal.sentence
    assert bar.line.text() == "相談です。"
    assert bar.send_button.isEnabled()


def test_words_for_one_household_never_go_with_another(bar):
    bar.ask(HERE)
    commit_text(bar.line, "相談です。")
    bar.leave()
    bar.ask(HouseholdAtHand(household_id=fake_id("household 2"), label="00002"))
    assert bar.line.text() == ""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.views.menus import Command
from desktop.views.palette import Palette
from tests.support.fakes import FakeHouseholds, fake_id
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text


@pytest.fixture
def done():
    return []


@pytest.fixture
def palette(qtbot, look, done):
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    palette = Palette(FakeHouseholds(), InlineRunner(), window)
    palette.set_commands(
        (
            Command(title="世帯一覧", keys=("Ctrl+2",), act=lambda: done.append("list")),
            Command(title="拡大", keys=("Ctrl++",), act=lambda: done.append("zoom")),
        )
    )
    window.show()
    palette.ask()
    return palette


def lines(palette):
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def test_shows_all_commands_before_anything_is_typed(palette):
    assert len(lines(palette)) == 2


def test_command_is_found_by_part_of_its_name(qtbot, palette, done):
    commit_text(palette.box, "一覧")
    assert [line for line in lines(palette) if "世帯一覧" in line]
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert done == ["list"]
    assert not palette.isVisible()


def test_household_is_found_by_kana_and_opened_by_keys(qtbot, palette):
    commit_text(palette.box, "かくう")
    qtbot.waitUntil(lambda: any("架空" in line for line in lines(palette)))
    qtbot.keyClick(palette.box, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.file_requested) as opened:
        qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert opened.args[0].household_id == fake_id("household 10")


def test_escape_closes(qtbot, palette):
    qtbot.keyClick(palette.box, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_nothing_found_says_how_to_search(qtbot, palette):
    commit_text(palette.box, "どこにもない")
    assert "ケース番号" in palette.hint.text()

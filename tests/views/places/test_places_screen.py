"""位置参照情報 by keyboard: looked at, then taken in or not at all, and the households nobody found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.domain.roles import Role
from desktop.models.office import Office
from desktop.override import override
from desktop.views.places.places_screen import PlacesScreen
from tests.support.desk import small_office
from tests.support.factories import make_staff, signed_in
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.screens import shown
from tests.support.visits import LINES, town_file

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def administrator(office):
    with office.work() as session:
        own = session.get_one(Office, office.caseworker.office_id)
        return signed_in(session, make_staff(session, Role.ADMINISTRATOR, office=own))


class Choosing(FakeDialogs):
    """Chooses the file that the test laid there."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Path] = []

    @override
    def choose_file(self, parent: Any, title: str, kinds: str, on_chosen: Any) -> None:
        on_chosen(self.files.pop())


@pytest.fixture
def dialogs():
    return Choosing()


@pytest.fixture
def make_screen(qtbot, look, office, dialogs):
    def make(staff):
        desk = office.desk(staff)
        screen = PlacesScreen(desk.places, desk.staff, InlineRunner(), look=look, dialogs=dialogs)
        return shown(qtbot, screen)

    return make


def test_an_administrator_looks_and_takes_in(qtbot, make_screen, administrator, dialogs, tmp_path):
    screen = make_screen(administrator)
    assert "まだ取り込まれていません" in screen.none.words
    assert not screen.import_button.isEnabled()
    dialogs.files.append(town_file(tmp_path))
    qtbot.keyClick(screen.choose_button, K.Key_P, CTRL)
    assert screen.preview.words == "98_2024.csv（Shift_JIS）：3地点　見本県架空市 3"
    assert screen.import_button.hasFocus()
    qtbot.keyClick(screen.import_button, K.Key_Return, CTRL)
    assert "3地点をすべて取り込みます" in dialogs.asked[-1]
    assert screen.imports.rows()[0].points == 3
    assert screen.none.words == ""
    assert not screen.import_button.isEnabled()


def test_a_file_with_a_bad_line_cannot_be_taken_in(make_screen, administrator, dialogs, tmp_path):
    screen = make_screen(administrator)
    dialogs.files.append(town_file(tmp_path, *LINES, "98,見本県"))
    screen.choose_button.click()
    assert "5行目" in screen.errors.words
    assert not screen.import_button.isEnabled()


def test_what_is_no_such_file_is_said(make_screen, administrator, dialogs, tmp_path):
    screen = make_screen(administrator)
    dialogs.files.append(tmp_path / "none.csv")
    screen.choose_button.click()
    assert "見つかりません" in screen.messages.text()
    assert screen.choose_button.isEnabled()


def test_a_caseworker_sees_the_households_and_takes_nothing_in(qtbot, make_screen, office):
    screen = make_screen(office.caseworker)
    assert not screen.choose_button.isVisible()
    assert screen.levels.words == "世帯 1　不明 1"
    assert "住所：登録なし　位置：不明" in screen.at_hand.words
    with qtbot.waitSignal(screen.file_requested) as asked:
        qtbot.keyClick(screen.household_table, K.Key_Return)
    assert asked.args[0].section == "visit_preferences"

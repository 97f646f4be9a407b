"""外部からの情報: from the household at hand or any other, by keys alone; nothing typed is lost when it is refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UnavailableError, ValidationError
from desktop.domain.roles import Role
from desktop.domain.todos import InformationInput
from desktop.jobs.change_bus import ChangeBus
from desktop.views.information_dialog import InformationDialog
from desktop.views.requests import HouseholdAtHand
from desktop.views.window import MainWindow
from tests.support.fakes import FakeHouseholds, fake_id, make_staff, make_workplace
from tests.support.fakes_desk import FakeTodos
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
HERE = HouseholdAtHand(household_id=fake_id("household 1"), label="00001　架空　太郎")
WHO, WHAT = "家主", "郵便物がたまっている"


@pytest.fixture
def todos():
    return FakeTodos()


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 600)
    parent.show()
    return parent


@pytest.fixture
def dialog(look, todos, parent):
    return InformationDialog(todos, FakeHouseholds(), InlineRunner(), ChangeBus(), parent)


def come_up(qtbot, dialog, household=HERE):
    dialog.ask(household)
    qtbot.waitUntil(dialog.isActiveWindow)


def write(dialog, who=WHO, what=WHAT):
    for field, text in ((dialog.who, who), (dialog.what, what)):
        commit_text(field.editor(), text)


def test_the_household_at_hand_is_taken_and_one_key_sends(qtbot, dialog, todos):
    come_up(qtbot, dialog)
    assert dialog.who.editor().hasFocus()
    assert "00001　架空　太郎" in dialog.about.text()
    write(dialog)
    with qtbot.waitSignal(dialog.sent) as sent:
        qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert todos.told == [InformationInput(household_id=HERE.household_id, who=WHO, what=WHAT)]
    assert "届けました" in sent.args[0]
    assert not dialog.isVisible()


def test_any_household_is_found_by_a_few_letters(qtbot, dialog, todos):
    come_up(qtbot, dialog, None)
    assert dialog.picker.box.hasFocus()
    write(dialog)
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert todos.told == []
    assert "どの世帯" in dialog.messages.text()

    dialog.picker.box.setText("架空")
    dialog.picker.search()
    dialog.picker.choice.setCurrentIndex(1)
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert [told.household_id for told in todos.told] == [dialog_household()]


def dialog_household():
    return FakeHouseholds().find("架空")[0].household_id


def test_another_household_than_the_one_at_hand(qtbot, dialog):
    come_up(qtbot, dialog)
    qtbot.mouseClick(dialog.other_button, Qt.MouseButton.LeftButton)
    assert dialog.picker.isVisible()
    assert dialog.picker.box.hasFocus()


def test_what_is_missing_is_said_beside_its_field(qtbot, dialog, todos):
    come_up(qtbot, dialog)
    commit_text(dialog.who.editor(), WHO)
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert todos.told == []
    assert dialog.what.editor().hasFocus()


@pytest.mark.parametrize(
    "refusal",
    [
        UnavailableError("データベースに接続できません。"),
        ValidationError(what="内容を入力してください。"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(qtbot, dialog, todos, refusal):
    come_up(qtbot, dialog)
    write(dialog)
    todos.refusal = refusal
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert dialog.isVisible()
    assert dialog.what.editor().text() == WHAT
    assert dialog.send_button.isEnabled()


@pytest.mark.parametrize(("role", "offers"), [(Role.CASEWORKER, True), (Role.ADMINISTRATOR, False)])
def test_the_palette_and_the_menu_offer_it_to_whoever_opens_files(
    qtbot, qapp, tmp_path, role, offers
):
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    window = MainWindow(
        make_workplace(qapp, staff=make_staff(roles=frozenset({role}))), state, screens=()
    )
    qtbot.addWidget(window)
    titles = [command.title for command in window.palette_box.commands]
    assert ("外部からの情報を受ける…" in titles) is offers

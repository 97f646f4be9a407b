"""職員と権限: what waits is decided by keyboard, access ends and passwords are given only after a question."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.domain.accounts import PasswordNotice
from desktop.domain.errors import ConflictError
from desktop.domain.rights_forms import RightsList
from desktop.domain.roles import Role
from desktop.jobs.printing import RegisterJob
from desktop.reports.accounts.rights_list import RIGHTS_LIST
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.viewmodels.accounts import news_sentence
from desktop.views.accounts.accounts_screen import AccountsScreen
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from tests.reports.test_rights_list import form as rights_list
from tests.support.fakes import CLOCK, FakeDialogs, fake_id, make_staff
from tests.support.fakes_accounts import FakeAccounts
from tests.support.fakes_printing import FileDialogs
from tests.support.qt import InlineRunner
from tests.support.screens import shown

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def accounts():
    return FakeAccounts()


@pytest.fixture
def fonts():
    return FontSet.of_office(resource_path("fonts"), search=())


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def make_screen(qtbot, look, accounts, dialogs):
    def make(login="kacho", role=Role.SECTION_HEAD):
        staff = make_staff(
            staff_id=fake_id(login), login=login, roles=frozenset({role}), is_training=False
        )
        screen = AccountsScreen(accounts, staff, CLOCK, InlineRunner(), look=look, dialogs=dialogs)
        return shown(qtbot, screen)

    return make


def administrator(make_screen):
    return make_screen("kanri1", Role.ADMINISTRATOR)


def cells(model, row):
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_people_and_requests_are_shown_in_words(make_screen):
    screen = make_screen()
    assert screen.requests.title.text() == "承認を待つ申請（3件）"
    assert cells(screen.requests.model, 0)[:3] == [
        "職務の付与",
        "担当 見本子（tanto1）",
        "査察指導員 R6.10.15〜",
    ]
    assert cells(screen.people_model, 2)[3:] == [
        "地区担当員、医療担当・保健師",
        "01 主担当、02 副担当（〜R6.10.1）",
    ]
    assert cells(screen.people_model, 4)[2] == "利用停止"


def test_a_head_approves_with_one_key_and_the_next_one_is_chosen(make_screen, accounts, qtbot):
    screen = make_screen()
    assert screen.requests.table.hasFocus()
    qtbot.keyClick(screen.requests.table, Qt.Key.Key_Return, CTRL)
    assert accounts.done == [(fake_id("change role"), True, "")]
    assert screen.requests.table.current_row() == 0
    assert screen.requests.model.rowCount() == 2


def test_a_refusal_asks_for_its_reason(make_screen, accounts, qtbot):
    screen = make_screen()
    qtbot.mouseClick(screen.requests.reject_button, Qt.MouseButton.LeftButton)
    assert "理由" in screen.messages.text()
    assert screen.requests.reason.hasFocus()
    qtbot.keyClicks(screen.requests.reason, "x")
    screen.requests.reason.setText("この職務は要りません")
    qtbot.keyClick(screen.requests.reason, Qt.Key.Key_Return)
    assert accounts.done == [(fake_id("change role"), False, "この職務は要りません")]
    assert screen.requests.reason.text() == ""
    assert screen.messages.text() == ""


def test_ones_own_request_waits_for_another(make_screen, accounts, qtbot):
    screen = make_screen()
    screen.requests.table.select_row(2)
    assert "自分の申請" in screen.requests.note.text()
    qtbot.keyClick(screen.requests.table, Qt.Key.Key_Return, CTRL)
    assert accounts.done == []
    assert not screen.requests.approve_button.isEnabled()


def test_what_concerns_oneself_is_decided_by_another(make_screen):
    screen = make_screen("tanto1")
    assert "自分のこと" in screen.requests.note.text()
    assert not screen.requests.approve_button.isEnabled()


def test_an_administrator_takes_an_own_request_back(make_screen, accounts, qtbot):
    screen = administrator(make_screen)
    qtbot.mouseClick(screen.requests.withdraw_button, Qt.MouseButton.LeftButton)
    assert accounts.done == [(fake_id("change role"), "withdrawn")]


def test_what_a_head_may_not_is_greyed_and_said(make_screen):
    screen = make_screen()
    screen.people.select_row(2)
    for button in (screen.password_button, screen.request_button, screen.requests.withdraw_button):
        assert button.isVisible()
        assert not button.isEnabled()
    assert "システム管理者が行います" in screen.rights_note.text()
    assert "システム管理者" in screen.password_button.toolTip()


def test_access_ends_after_a_question(make_screen, accounts, dialogs, qtbot):
    screen = make_screen()
    screen.people.select_row(2)
    qtbot.mouseClick(screen.retire_button, Qt.MouseButton.LeftButton)
    assert accounts.done == [("retire", "tanto1")]
    assert "担当 見本子さん" in dialogs.asked[0]
    assert cells(screen.people_model, 2)[2] == "利用停止"
    assert not screen.retire_button.isEnabled()


def test_nobody_retires_himself(make_screen):
    screen = make_screen()
    screen.people.select_row(0)
    assert not screen.retire_button.isEnabled()


def test_a_password_is_shown_once(make_screen, dialogs, qtbot):
    screen = administrator(make_screen)
    screen.people.select_row(2)
    qtbot.mouseClick(screen.password_button, Qt.MouseButton.LeftButton)
    assert "監査記録に残ります" in dialogs.asked[0]
    assert screen.password_note.password.text() == "abcd-efgh-jkmn-pqrs"
    assert "2024-10-02 10:00" in screen.password_note.whose.text()
    qtbot.mouseClick(screen.password_note.away, Qt.MouseButton.LeftButton)
    assert screen.password_note.isHidden()
    assert screen.password_note.password.text() == ""


def test_what_the_database_refuses_is_said_and_can_be_tried_again(make_screen, accounts, qtbot):
    screen = make_screen()
    accounts.refusal = ConflictError("この申請はすでに決められています。")
    qtbot.keyClick(screen.requests.table, Qt.Key.Key_Return, CTRL)
    assert screen.messages.text() == "この申請はすでに決められています。"
    assert screen.requests.approve_button.isEnabled()


def test_the_owner_and_the_heads_are_told_who_gave_a_password():
    notice = PasswordNotice(
        staff_id=fake_id("x"),
        person="担当 見本子",
        by="管理 見本",
        at=CLOCK.now(),
        valid_until=CLOCK.now(),
        is_own=True,
    )
    assert news_sentence(()) == ""
    assert news_sentence((notice,)).startswith(
        "R6.10.1 10:00 に管理 見本さんがあなたのパスワードを再発行しました。"
    )


@pytest.mark.parametrize("by_key", [True, False])
def test_the_list_of_rights_is_shown_saved_and_noted(
    qtbot, look, accounts, tmp_path, fonts, by_key
):
    noted = []
    job: RegisterJob[None, RightsList] = RegisterJob(
        form=RIGHTS_LIST,
        read=lambda _: rights_list(),
        note=lambda batch_id, *, pages, sha256: noted.append((batch_id, pages, sha256)),
        fonts=lambda: fonts,
    )
    dialogs = FileDialogs(tmp_path / "一覧.pdf")
    made = AccountsScreen(
        accounts,
        make_staff(roles=frozenset({Role.SECTION_HEAD})),
        CLOCK,
        InlineRunner(),
        look=look,
        dialogs=dialogs,
        rights=(
            job,
            lambda screen: PrintRunView(
                screen, job, CLOCK, dialogs=dialogs, printers=PrinterChoice()
            ),
        ),
    )
    screen = shown(qtbot, made)
    if by_key:
        qtbot.keyClick(screen.people, Qt.Key.Key_P, CTRL)
    else:
        button = screen.findChild(QPushButton, "print_rights")
        assert button is not None
        button.click()
    paper = screen.rights_paper
    assert paper is not None
    assert paper.isVisible()
    assert noted == []
    with qtbot.waitSignal(screen.announced) as said:
        qtbot.keyClick(paper.preview, Qt.Key.Key_S, CTRL)
    assert said.args == ["PDFで保存しました。"]
    written = (tmp_path / "一覧.pdf").read_bytes()
    assert [(pages, sha256) for _, pages, sha256 in noted] == [
        (1, hashlib.sha256(written).hexdigest())
    ]
    assert screen.people.isVisible()

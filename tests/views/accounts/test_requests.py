"""Requests about people are written on the screen: by keys, with mistakes at their place; a second person decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop.domain.accounts import AbsenceSpan, ChangeKind, DistrictSpan, RoleSpan
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import Role
from desktop.jobs.runner import JobRunner
from desktop.services.accounts import AccountService
from desktop.views.accounts.accounts_screen import AccountsScreen
from tests.services.accounts.conftest import database_url, new_login, office  # noqa: F401 - fixtures
from tests.support.factories import CLOCK as OFFICE_CLOCK
from tests.support.fakes import CLOCK, TODAY, FakeDialogs, fake_id, make_staff
from tests.support.fakes_accounts import FakeAccounts
from tests.support.people import work_of
from tests.support.qt import InlineRunner
from tests.support.screens import shown
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def accounts():
    return FakeAccounts()


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def show(qtbot, look, dialogs):
    def make(accounts, staff, clock=CLOCK) -> AccountsScreen:
        runner: JobRunner = InlineRunner()
        screen = AccountsScreen(accounts, staff, clock, runner, look=look, dialogs=dialogs)
        return shown(qtbot, screen)

    return make


def administrator(**changes):
    return make_staff(
        staff_id=fake_id("kanri1"),
        login="kanri1",
        roles=frozenset({Role.ADMINISTRATOR}),
        **{"is_training": False} | changes,
    )


@pytest.fixture
def screen(show, accounts):
    screen = show(accounts, administrator())
    screen.people.select_row(2)
    return screen


def begin(screen, qtbot, kind):
    qtbot.keyClick(screen.people, Key.Key_N, CTRL)
    menu = next(m for m in screen.findChildren(QMenu, "request_kinds") if m.isVisible())
    qtbot.keyClick(menu, Key(int(Key.Key_1) + list(ChangeKind).index(kind)))
    return screen.request.fields.fields


def put(field, text):
    field.editor().setFocus()
    line = field.editor().lineEdit() if hasattr(field.editor(), "lineEdit") else field.editor()
    line.selectAll()
    commit_text(line, text)


def hand_in(screen, qtbot):
    qtbot.keyClick(screen, Key.Key_Return, CTRL)


def test_a_role_is_asked_for_by_keys_and_waits(screen, accounts, qtbot):
    fields = begin(screen, qtbot, ChangeKind.ROLE)
    assert screen.request.title.text() == "職務の付与：担当 見本子（tanto1）"
    assert fields["role"].editor().hasFocus() or fields["role"].editor().lineEdit().hasFocus()
    put(fields["role"], "査察")
    put(fields["valid_from"], "R6.11.1")
    hand_in(screen, qtbot)
    span = RoleSpan(role=Role.SUPERVISOR, valid_from=date(2024, 11, 1))
    assert accounts.done == [(ChangeKind.ROLE, "tanto1", span)]
    assert not screen.request.isVisible()
    assert screen.requests.chosen().change_id == fake_id("change asked 1")
    assert screen.requests.table.hasFocus()


def test_a_new_person_with_a_first_role_and_district(screen, accounts, qtbot):
    fields = begin(screen, qtbot, ChangeKind.ADD)
    for key, text in {
        "login": "shinnin",
        "name": "新任 見本人",
        "kana": "しんにん みほんと",
        "role": "地区担当員",
        "district": "02",
        "kind": "主担当",
    }.items():
        put(fields[key], text)
    hand_in(screen, qtbot)
    kind, person = accounts.done[0]
    assert kind is ChangeKind.ADD
    assert (person.login, person.kana, person.active_from) == (
        "shinnin",
        "シンニン\u3000ミホント",
        TODAY,
    )
    assert person.roles == (RoleSpan(role=Role.CASEWORKER, valid_from=TODAY),)
    assert person.districts == (
        DistrictSpan(district="02", kind=AssignmentKind.MAIN, valid_from=TODAY),
    )


def test_every_mistake_stands_at_its_field(screen, accounts, qtbot):
    fields = begin(screen, qtbot, ChangeKind.ADD)
    put(fields["login"], "Postgres!")
    hand_in(screen, qtbot)
    assert "英小文字" in fields["login"].error()
    assert fields["name"].error()
    assert fields["role"].error()
    assert fields["login"].editor().hasFocus()
    for key, text in {"login": "shin", "name": "新任", "kana": "シン", "role": "課長補佐"}.items():
        put(fields[key], text)
    put(fields["district"], "02")
    hand_in(screen, qtbot)
    assert "両方" in fields["kind"].error()
    accounts.refusal = ValidationError(login="この利用者名はすでにあります。", kind="だめです。")
    put(fields["kind"], "副担当")
    hand_in(screen, qtbot)
    assert fields["login"].error() == "この利用者名はすでにあります。"
    assert accounts.done == []
    assert screen.request.ask_button.isEnabled()
    accounts.refusal = NotPermittedError("申請できるのはシステム管理者です。")
    hand_in(screen, qtbot)
    assert "システム管理者" in screen.request.messages.text()


def test_what_ends_is_chosen_from_what_is_held(screen, accounts, qtbot):
    fields = begin(screen, qtbot, ChangeKind.ROLE_END)
    put(fields["role"], "保健師")
    put(fields["valid_to"], "R6.12.31")
    hand_in(screen, qtbot)
    screen.people.select_row(2)
    fields = begin(screen, qtbot, ChangeKind.ASSIGN_END)
    put(fields["district"], "01 主担当")
    hand_in(screen, qtbot)
    assert accounts.done == [
        (ChangeKind.ROLE_END, "tanto1", Role.HEALTH_STAFF, date(2024, 12, 31)),
        (ChangeKind.ASSIGN_END, "tanto1", "01", AssignmentKind.MAIN, TODAY),
    ]


def test_a_district_and_an_absence(screen, accounts, qtbot):
    fields = begin(screen, qtbot, ChangeKind.ASSIGN)
    put(fields["district"], "架空二")
    put(fields["kind"], "副担当")
    put(fields["valid_to"], "R7.3.31")
    hand_in(screen, qtbot)
    screen.people.select_row(2)
    fields = begin(screen, qtbot, ChangeKind.ABSENCE)
    assert "前任" not in [c.label for c in fields["substitute"]._choices]
    put(fields["substitute"], "kiroku1")
    hand_in(screen, qtbot)
    ends = date(2025, 3, 31)
    deputy = AssignmentKind.DEPUTY
    assert accounts.done == [
        (
            ChangeKind.ASSIGN,
            "tanto1",
            DistrictSpan(district="02", kind=deputy, valid_from=TODAY, valid_to=ends),
        ),
        (ChangeKind.ABSENCE, "tanto1", AbsenceSpan(substitute="kiroku1", valid_from=TODAY)),
    ]


def test_escape_asks_before_what_was_typed_is_lost(screen, dialogs, qtbot):
    fields = begin(screen, qtbot, ChangeKind.ROLE)
    qtbot.keyClick(screen, Key.Key_Escape)
    assert not screen.request.isVisible()
    assert dialogs.asked == []
    fields = begin(screen, qtbot, ChangeKind.ADD)
    qtbot.keyClicks(fields["login"].editor(), "shin")
    assert screen.has_unsaved()
    dialogs.answer = False
    qtbot.keyClick(screen, Key.Key_Escape)
    assert screen.request.isVisible()
    dialogs.answer = True
    qtbot.keyClick(screen, Key.Key_Escape)
    assert not screen.request.isVisible()
    assert not screen.has_unsaved()


def test_ctrl_enter_decides_again_when_nothing_is_written(screen, accounts, qtbot):
    screen.requests.table.select_row(2)
    hand_in(screen, qtbot)
    assert accounts.done == [(fake_id("change own"), True, "")]


def test_nothing_about_somebody_who_left(screen, qtbot):
    screen.people.select_row(4)
    qtbot.mouseClick(screen.request_button, Qt.MouseButton.LeftButton)
    menu = screen.findChild(QMenu, "request_kinds")
    assert [action.isEnabled() for action in menu.actions()] == [True, *([False] * 5)]
    menu.close()


def test_in_the_training_office_it_is_said_why_not(show, accounts):
    screen = show(accounts, administrator(is_training=True))
    assert not screen.request_button.isEnabled()
    assert "研修用" in screen.rights_note.text()


def test_over_the_server_one_asks_and_another_decides(show, office, qtbot):  # noqa: F811
    def service(staff):
        return AccountService(work_of(office.work, staff, OFFICE_CLOCK), OFFICE_CLOCK, staff)

    asker = replace(office.administrator, is_training=False)
    first = show(service(asker), asker, OFFICE_CLOCK)
    fields = begin(first, qtbot, ChangeKind.ADD)
    login = new_login()
    for key, text in {
        "login": login,
        "name": "新任 見本",
        "kana": "シンニン",
        "role": "地区担当員",
        "district": office.vacant,
        "kind": "主担当",
    }.items():
        put(fields[key], text)
    hand_in(first, qtbot)
    assert "自分の申請" in first.requests.note.text()
    head = show(service(office.head), office.head, OFFICE_CLOCK)
    qtbot.keyClick(head.requests.table, Key.Key_Return, CTRL)
    assert head.messages.text() == ""
    added = next(p for p in head.people_model.rows() if p.login == login)
    assert [span.role for span in added.roles] == [Role.CASEWORKER]
    assert [span.district for span in added.districts] == [office.vacant]

"""The register of answers (回答管理簿) on screen. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.inquiries import InquiryState
from tests.support.inquiries import an_inquiry, newest
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
S = InquiryState


@pytest.fixture
def asked(office):
    """Two inquiries, the first of them with the supervisor's word."""
    author, second = office.desk(office.caseworker), office.desk(office.supervisor)
    ids = []
    for agency, item in (("bank_sample", "bank_balance"), ("pension_sample", "pension_amount")):
        given = an_inquiry(office, agency=agency, items=(item,))
        author.inquiries.ask(given)
        ids.append(given.inquiry_id)
    newest(second, office)
    second.inquiries.move(ids[0], 1, S.APPROVED)
    return ids


def states(screen):
    return [line.state for line in screen.model.rows()]


def test_an_empty_register_says_where_one_begins(office, screens):
    screen = screens.register(office.caseworker)
    assert "「照会・調査」で起案すると" in screen.empty_sentence()


def test_the_register_shows_where_each_stands(office, screens, asked):
    screen = screens.register(office.supervisor)
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert states(screen) == [S.APPROVED, S.DRAFTED]
    assert screen.count.text() == "2件　承認待ち 1件　発送待ち 1件"
    assert screens.register(office.outsider).empty_sentence() != ""


def test_a_filter_leaves_what_was_typed(qtbot, office, screens, asked):
    screen = screens.register(office.caseworker)
    qtbot.keyClick(screen.table, Key.Key_F, CTRL)
    commit_text(screen.filter, "年金")
    assert [line.agency for line in screen.model.rows()] == ["pension_sample"]
    commit_text(screen.filter, "なし")
    assert "絞り込み" in screen.empty_sentence()
    qtbot.keyClick(screen.filter, Key.Key_Escape)
    assert len(screen.model.rows()) == 2
    assert screen.table.hasFocus()


def test_enter_opens_the_file_at_the_inquiry(qtbot, office, screens, asked):
    screen = screens.register(office.caseworker)
    with qtbot.waitSignal(screen.file_requested) as told:
        qtbot.keyClick(screen.table, Key.Key_Return)
    (request,) = told.args
    assert (request.household_id, request.section, request.entry_id) == (
        *(office.household_id, "inquiries", asked[0]),
    )
    view = screens.file(office.caseworker)
    view.show_entry(asked[0])
    assert view.current().line.inquiry_id == asked[0]


def test_p_prints_and_sends_what_waits_for_it(qtbot, office, screens, asked):
    screen = screens.register(office.records)
    qtbot.keyClick(screen.table, Key.Key_P)
    qtbot.keyClick(screen.letters_paper.preview, Key.Key_S, CTRL)
    assert states(screen) == [S.SENT, S.DRAFTED]
    assert not screen.letters_button.isEnabled()
    assert screen.table.isVisible()


def test_k_prints_the_register_as_it_is_shown(qtbot, office, screens, asked):
    screen = screens.register(office.caseworker)
    screen.scope.setCurrentIndex(1)
    screen.scope.activated.emit(1)
    assert screen.scope.currentText() == "令和6年度"
    qtbot.keyClick(screen.table, Key.Key_K)
    qtbot.keyClick(screen.register_paper.preview, Key.Key_S, CTRL)
    assert screens.dialogs.path.read_bytes().startswith(b"%PDF")
    assert states(screen) == [S.APPROVED, S.DRAFTED]


def test_a_step_in_a_file_shows_in_the_register(qtbot, office, screens, asked):
    register = screens.register(office.caseworker)
    view = screens.file(office.supervisor)
    view.show_entry(asked[1])
    qtbot.keyClick(view.table, Key.Key_A)
    assert states(register) == [S.APPROVED, S.APPROVED]

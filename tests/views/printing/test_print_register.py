"""Forms with a number in the print centre: issued once, found again, void with a reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import UnavailableError
from desktop.domain.forms import FormMark
from tests.support.fakes import fake_id
from tests.support.fakes_printing import (
    make_issue,
)


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def draw(qtbot, screen):
    qtbot.keyClick(screen, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def test_an_issued_run_shows_its_numbers_before_it_goes_to_paper(qtbot, screen, draws):
    draws.issues = True
    draw(qtbot, screen)
    click(qtbot, screen.papers["K-04"].preview.print_button)
    assert draws.issued == 1
    assert draws.noted[0].issue is None


def test_what_was_issued_but_not_printed_is_not_issued_again(
    qtbot, screen, draws, dialogs, tmp_path
):
    draws.issues = True
    draw(qtbot, screen)
    dialogs.path = tmp_path / "ない場所" / "a.pdf"
    preview = screen.papers["K-04"].preview
    click(qtbot, preview.save_button)
    assert "PDFを保存できませんでした" in screen.messages.text()
    click(qtbot, preview.print_button)
    assert draws.issued == 1
    assert len(draws.noted) == 1


def test_the_register_lists_what_was_issued_and_what_became_of_it(screen, register):
    model = screen.register.model
    assert [model.index(0, c).data() for c in range(8)] == [
        "6-0002",
        "K-04",
        "ケース記録票",
        "00002　架空　花子",
        "R6.10.1 10:00",
        "2枚",
        "庶務 見本子",
        "有効",
    ]
    assert model.index(1, 7).data() == "× 失効"


@pytest.mark.parametrize(
    ("typed", "number", "case_number"), [("6-12", "6-12", ""), ("00012", "", "00012")]
)
def test_the_register_is_searched_by_issue_number_or_case_number(
    qtbot, screen, register, typed, number, case_number
):
    screen.tabs.setCurrentIndex(1)
    qtbot.keyClicks(screen.register.box, typed)
    qtbot.keyClick(screen.register.box, Qt.Key.Key_Return)
    assert (register.asked[-1].number, register.asked[-1].case_number) == (number, case_number)


def test_the_register_goes_on_page_by_page(qtbot, screen, register):
    register.lines = tuple(make_issue(number) for number in (5, 4, 3))
    screen.tabs.setCurrentIndex(1)
    screen.reload()
    assert screen.register.model.rowCount() == 2
    click(qtbot, screen.register.more_button)
    assert [row.number for row in screen.register.model.rows()] == [5, 4, 3]
    assert screen.register.more_button.isHidden()


def test_enter_shows_the_stored_form_and_ctrl_p_prints_the_selected_again(qtbot, screen, again):
    screen.tabs.setCurrentIndex(1)
    table = screen.register.table
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert again.drawn == [((fake_id("issue 2"),), FormMark.COPY)]
    qtbot.keyClick(screen.again.preview, Qt.Key.Key_Escape)
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert again.drawn[1:] == [((fake_id("issue 2"),), FormMark.COPY)]  # the void one stays out


def test_an_issue_becomes_void_only_with_a_reason(qtbot, screen, register):
    screen.tabs.setCurrentIndex(1)
    view = screen.register
    screen.focus_first()
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    assert view.void_panel.isVisible()
    click(qtbot, view.void_panel.act_button)
    assert register.voided == []
    assert view.void_panel.reason.error()
    view.void_panel.reason.editor().insert("宛名の誤り")
    qtbot.keyClick(view.void_panel.reason.editor(), Qt.Key.Key_Return)
    assert register.voided == [(fake_id("issue 2"), "宛名の誤り")]
    assert view.void_panel.isHidden()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert not view.void_button.isEnabled()


def test_a_refused_void_is_said_and_the_reason_stays(qtbot, screen, register):
    register.refusal = UnavailableError("接続が切れています。")
    screen.tabs.setCurrentIndex(1)
    view = screen.register
    screen.focus_first()
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    view.void_panel.reason.editor().insert("宛名の誤り")
    click(qtbot, view.void_panel.act_button)
    assert "接続が切れています。" in screen.messages.text()
    assert view.void_panel.reason.editor().text() == "宛名の誤り"


def test_a_void_form_is_only_looked_at(qtbot, screen, again):
    again.may_print = False
    screen.tabs.setCurrentIndex(1)
    qtbot.keyClick(screen.register.table, Qt.Key.Key_Return)
    preview = screen.again.preview
    assert preview.isVisible()
    assert not preview.print_button.isEnabled()
    assert not preview.save_button.isEnabled()

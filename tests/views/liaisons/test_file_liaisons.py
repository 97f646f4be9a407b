"""関係先 in a household's file over real services. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.liaisons import BarReason, LiaisonKind
from desktop.views.liaisons.file_liaisons import FileLiaisonsView
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.fakes import FakeDialogs
from tests.support.liaisons import a_liaison
from tests.support.qt import InlineRunner

Key = Qt.Key


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def opened(qtbot, look, office):
    def open_for(staff):
        view = FileLiaisonsView(
            office.household_id,
            office.desk(staff).liaisons,
            InlineRunner(),
            look=look,
            dialogs=FakeDialogs(answer=True),
            today=CLOCK.today,
        )
        qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return open_for


def kept(office):
    desk = office.desk(office.caseworker)
    return desk.liaisons.of_household(office.household_id).liaisons


def keep(office, /, **changes):
    given = a_liaison(office.household_id, **changes)
    office.desk(office.caseworker).liaisons.keep(given)
    return given


def test_n_adds_somebody(office, opened, qtbot):
    view = opened(office.caseworker)
    assert "連絡してはいけない" in view.nothing.text()
    qtbot.keyClick(view.new_button, Key.Key_N)
    form = view.form
    assert form.reason.isHidden()
    form.kind.show_value(LiaisonKind.DOCTOR)
    form.name.editor().setText("見本病院")
    qtbot.keyClicks(form.telephone.editor(), "06 0000 0000")
    qtbot.keyClick(form, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (found,) = kept(office)
    assert (found.kind, found.name, found.telephone, found.valid_from) == (
        LiaisonKind.DOCTOR,
        "見本病院",
        "06-0000-0000",
        TODAY,
    )
    assert view.model.index(0, 2).data() == "06-0000-0000"


def test_what_is_missing_is_said_beside_its_field(office, opened, qtbot):
    view = opened(office.caseworker)
    qtbot.keyClick(view.new_button, Key.Key_N)
    form = view.form
    form.telephone.editor().setText("123")
    form.act_button.click()
    assert form.kind.error()
    assert form.name.error()
    assert "電話番号" in form.telephone.error()
    assert kept(office) == ()


def test_e_writes_a_further_version_and_shows_what_was_there(office, opened, qtbot):
    keep(office)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_E)
    form = view.form
    assert form.name.editor().text() == "見本不動産"
    form.telephone.show_value("0721-00-0002")
    form.act_button.click()
    assert [each.version for each in kept(office)] == [2]
    assert "前の記録" in view.words.text()
    assert "0721-00-0001" in view.words.text()


def test_x_says_that_nobody_rings_and_the_number_is_not_offered(office, opened, qtbot):
    keep(office)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_X)
    view.form.bar.show_value(BarReason.VIOLENCE)
    view.form.act_button.click()
    assert view.model.index(0, 2).data() == "× 連絡しない"
    assert "× 連絡しない：DV・虐待などの危険" in view.words.text()
    assert "電話・手紙・照会をしません" in view.warning.text()
    assert view.warning.isVisible()


def test_a_bar_is_lifted_in_the_same_form_with_a_reason(office, opened, qtbot):
    keep(office, bar=BarReason.WISH)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_X)
    form = view.form
    assert not form.reason.isHidden()
    form.bar.show_value(None)
    form.act_button.click()
    assert "理由" in form.reason.error()
    form.reason.show_value("本人が希望を取り下げた。")
    form.act_button.click()
    assert [each.bar for each in kept(office)] == [None]
    assert "連絡しないを解いた・終えた理由：本人が希望を取り下げた。" in view.words.text()
    assert view.warning.text() == ""


def test_z_ends_somebody_who_stays_in_the_list(office, opened, qtbot):
    keep(office)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_Z)
    view.form.act_button.click()
    assert [each.valid_to for each in kept(office)] == [TODAY]
    assert view.model.rowCount() == 1


def test_a_bar_ends_with_a_reason(office, opened, qtbot):
    keep(office, bar=BarReason.WISH)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_Z)
    view.form.act_button.click()
    assert "理由" in view.form.reason.error()
    view.form.reason.show_value("相手が転居して、行き来がなくなった。")
    view.form.act_button.click()
    assert [each.valid_to for each in kept(office)] == [TODAY]


def test_the_list_has_the_keys_once_it_is_there(office, opened):
    view = opened(office.caseworker)
    assert view.new_button.hasFocus()
    keep(office)
    view.reload()
    assert view.table.hasFocus()


def test_who_may_only_read_sees_no_acts(office, opened):
    keep(office)
    view = opened(office.records)
    for button in (view.new_button, view.change_button, view.bar_button, view.end_button):
        assert button.isHidden()

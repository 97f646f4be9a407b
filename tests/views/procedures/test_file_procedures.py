"""手続 in a household's file over real services. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.procedures import PROCEDURE_SHAPE
from desktop.domain.procedures import ProcedureKind as Kind
from desktop.views.procedures.file_procedures import FileProceduresView
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.fakes import FakeDialogs
from tests.support.procedures import a_procedure
from tests.support.qt import InlineRunner

Key = Qt.Key


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def opened(qtbot, look, office):
    def open_for(staff):
        view = FileProceduresView(
            office.household_id,
            office.desk(staff).procedures,
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
    return desk.procedures.of_household(office.household_id).procedures


def keep(office, kind, /, **changes):
    given = a_procedure(office.household_id, kind, **changes)
    office.desk(office.caseworker).procedures.keep(given)
    return given


def test_a_survey_of_taxes_is_two_keys(office, opened, qtbot):
    view = opened(office.caseworker)
    qtbot.keyClick(view.new_button, Key.Key_N)
    form = view.form
    form.act_button.click()
    (found,) = kept(office)
    assert (found.kind, found.facts.year, found.facts.begun_on) == (
        Kind.TAX_SURVEY,
        TODAY.year,
        TODAY,
    )
    assert view.model.index(0, 5).data() == "未了"


@pytest.mark.parametrize("kind", list(Kind))
def test_the_rows_follow_the_kind(office, opened, qtbot, kind):
    view = opened(office.caseworker)
    qtbot.keyClick(view.new_button, Key.Key_N)
    form, shape = view.form, PROCEDURE_SHAPE[kind]
    form.kind.show_value(kind)
    for field, label in (
        (form.year, shape.year),
        (form.choice, shape.choice),
        (form.who, shape.who),
        (form.begun_on, shape.begun),
        (form.ended_on, shape.ended),
        (form.yen, shape.yen),
        (form.confirmed_on, shape.confirmed),
    ):
        assert field.isVisible() is bool(label)
        assert not label or field.editor().accessibleName() == label
    assert form.reason.isHidden()
    offered = {c.code for c in view._found.choices if c.kind is kind}
    assert form.choice.editor().count() == len(offered) + 1


def test_what_is_missing_is_said_beside_its_field(office, opened, qtbot):
    view = opened(office.caseworker)
    qtbot.keyClick(view.new_button, Key.Key_N)
    form = view.form
    form.kind.show_value(Kind.PENSION)
    form.act_button.click()
    assert form.person.error()
    assert form.choice.error()
    form.person.show_value(str(office.person_id))
    form.choice.show_value("p65")
    form.act_button.click()
    assert [each.person_id for each in kept(office)] == [office.person_id]


def test_e_goes_on_with_what_was_begun(office, opened, qtbot):
    keep(office, Kind.KEPT, note="金庫")
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_E)
    form = view.form
    assert form.kind.isHidden()
    assert form.choice.editor().currentText() == "現金"
    form.ended_on.show_value(TODAY)
    form.act_button.click()
    assert sorted(view.model.index(row, 5).data() for row in range(2)) == [
        "前の記録",
        "済",
    ]
    assert {each.note for each in kept(office)} == {"金庫"}


def test_what_was_known_asks_for_a_reason(office, opened, qtbot):
    keep(office, Kind.DUTY)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_E)
    form = view.form
    form.begun_on.show_value(days_ago(20))
    form.act_button.click()
    assert "理由" in form.reason.error()
    form.reason.show_value("日付の書き誤り")
    form.act_button.click()
    assert len(kept(office)) == 2


def test_x_takes_back_with_a_reason(office, opened, qtbot):
    keep(office, Kind.DUTY)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_X)
    form = view.form
    assert form.begun_on.isHidden()
    form.act_button.click()
    assert form.reason.error()
    form.reason.show_value("別の世帯の説明でした。")
    form.act_button.click()
    assert not any(each.counts for each in kept(office))
    assert view.more_button.isHidden()


def test_who_may_only_read_sees_no_acts(office, opened):
    keep(office, Kind.DUTY)
    view = opened(office.records)
    assert view.new_button.isHidden()
    assert view.more_button.isHidden()

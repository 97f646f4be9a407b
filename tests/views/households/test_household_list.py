from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.households import HouseholdState
from desktop.views.households.household_list import HouseholdList
from tests.support.fakes import FakeHouseholds, FakeOffice, fake_id, make_household_row, make_staff
from tests.support.qt import HeldRunner, InlineRunner
from tests.support.typing_in import commit_text


@pytest.fixture
def households():
    return FakeHouseholds(tuple(make_household_row(number) for number in range(1, 1001)))


@pytest.fixture
def view(qtbot, look, households):
    return make_view(qtbot, look, households, InlineRunner(), make_staff(district_ids=frozenset()))


def make_view(qtbot, look, households, runner, staff):
    view = HouseholdList(households, FakeOffice(), staff, runner, look)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    view.activate()
    return view


def texts(view, column=0):
    model = view.model
    return [model.index(row, column).data() for row in range(min(model.rowCount(), 5))]


def test_opens_with_the_count_and_the_first_page_only(view, households):
    assert view.count_label.text() == "909 世帯"
    assert texts(view)[:2] == ["00001", "00002"]
    assert households.offsets == [0]


def test_the_first_page_is_shown_before_it_is_counted(qtbot, look, households):
    runner = HeldRunner()
    view = make_view(qtbot, look, households, runner, make_staff(district_ids=frozenset()))
    while not texts(view):
        runner.release()
    assert view.count_label.text() == "200 世帯以上"
    view.table.select_row(150)
    while runner.held:
        runner.release()
    assert (view.count_label.text(), view.model.rowCount()) == ("909 世帯", 909)
    assert view.table.current_row() == 150


def test_what_was_typed_after_a_count_began_is_not_counted_wrongly(qtbot, look, households):
    runner = HeldRunner()
    view = make_view(qtbot, look, households, runner, make_staff(district_ids=frozenset()))
    while not texts(view):
        runner.release()
    view.filter.box.setText("00007")
    qtbot.waitUntil(lambda: len(runner.held) > 1)
    runner.release(len(runner.held) - 1)
    while runner.held:
        runner.release()
    assert view.count_label.text() == "1 世帯"
    assert view.model.rowCount() == 1


def test_typing_filters_after_a_pause(qtbot, view, households):
    open_rows = [r for r in households.rows if r.state is not HouseholdState.CLOSED]
    expected = sum(r.head_name.startswith("架空") for r in open_rows)
    commit_text(view.filter.box, "かくう")
    qtbot.waitUntil(lambda: view.count_label.text() == f"{expected} 世帯")
    assert [given.text for given in households.asked] == ["", "かくう"]
    assert texts(view, 1)[0].startswith("架空")


def test_down_goes_into_the_list_and_enter_opens_the_file(qtbot, view):
    qtbot.keyClick(view.filter.box, Qt.Key.Key_Down)
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.file_requested) as opened:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert opened.args[0].household_id == fake_id("household 2")


def test_enter_in_the_box_opens_the_first_hit(qtbot, view):
    with qtbot.waitSignal(view.file_requested) as opened:
        qtbot.keyClick(view.filter.box, Qt.Key.Key_Return)
    assert opened.args[0].household_id == fake_id("household 1")


def test_letters_typed_in_the_list_go_to_the_box(qtbot, view):
    qtbot.keyClicks(view.table, "12")
    assert view.filter.box.text() == "12"


def test_own_districts_come_first_and_can_be_widened(qtbot, look, households):
    view = make_view(qtbot, look, households, InlineRunner(), make_staff())
    assert households.asked[-1].district_ids == (fake_id("district 01"),)
    qtbot.mouseClick(view.widen_button, Qt.MouseButton.LeftButton)
    assert households.asked[-1].district_ids == ()
    assert households.asked[-1].states == tuple(HouseholdState)
    assert view.count_label.text() == "1,000 世帯"


def test_districts_can_be_chosen_by_keys(qtbot, view, households):
    view.filter.district.setFocus()
    qtbot.keyClick(view.filter.district, Qt.Key.Key_Down)
    assert households.asked[-1].district_ids == (fake_id("district 01"),)


def test_nothing_found_says_what_to_do(qtbot, view):
    view.filter.box.setText("いない")
    qtbot.waitUntil(lambda: view.count_label.text() == "0 世帯")
    assert "すべてから探す" in view.empty_sentence()


def test_older_answer_is_dropped(qtbot, look, households):
    runner = HeldRunner()
    view = make_view(qtbot, look, households, runner, make_staff(district_ids=frozenset()))
    view.filter.state.setCurrentIndex(view.filter.state.count() - 1)
    runner.release(2)
    while runner.held:
        runner.release()
    assert view.count_label.text() == "1,000 世帯"
    assert not view.is_waiting


def test_memory_does_not_grow_with_the_office(qtbot, view, households):
    many = tuple(make_household_row(number) for number in range(1, 201))
    view.model.show_list(110_000, many)
    for page in range(60):
        view.model.page_loaded(view.model.generation, page * 200, many)
    assert view.model.rowCount() == 110_000
    assert view.model.kept_pages <= 20


def test_scrolling_down_loads_the_page_looked_at(qtbot, view, households):
    view.table.scrollToBottom()
    qtbot.waitUntil(lambda: 800 in households.offsets)
    assert 400 not in households.offsets
    assert view.model.index(908, 0).data() == "00999"


def test_shielded_household_shows_number_and_district_only(view):
    row = next(r for r in range(40) if view.model.index(r, 0).data() == "00016")
    assert view.model.index(row, 1).data() == "（支援措置）"
    assert view.model.index(row, 2).data() == ""

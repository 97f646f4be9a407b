"""検索 over real services. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.records import EntryState
from desktop.viewmodels.search import SNIPPET
from desktop.views.search.search_screen import SearchScreen
from tests.services.search.test_search import TEXTS, stored
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.papers import a_paper
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key = Qt.Key


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def opened(qtbot, look, office):
    def open_for(staff):
        desk = office.desk(staff)
        view = SearchScreen(
            desk.search,
            desk.saved_searches,
            CLOCK,
            InlineRunner(),
            look=look,
            dialogs=FakeDialogs(),
        )
        qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return open_for


def test_words_are_typed_and_the_sentence_is_gone_to_by_keys_alone(opened, office, qtbot):
    entries = list(stored(office))
    view = opened(office.caseworker)
    assert "入力してください" in view.nothing.text()
    assert view.box.hasFocus()
    commit_text(view.box, "カルテ")
    qtbot.keyClick(view.box, Key.Key_Return)
    assert "1件" in view.count.text()
    assert "ｶﾙﾃ" in view.model.index(0, SNIPPET).data()
    qtbot.keyClick(view.box, Key.Key_Down)
    assert view.table.hasFocus()
    with qtbot.waitSignal(view.file_requested) as asked:
        qtbot.keyClick(view.table, Key.Key_Return)
    (request,) = asked.args
    assert (request.section, request.entry_id, request.words) == ("chronicle", entries[1], "ｶﾙﾃ")


def test_after_a_pause_the_search_begins_by_itself(opened, office, qtbot):
    stored(office)
    view = opened(office.caseworker)
    commit_text(view.box, "通院")
    assert view.model.rowCount() == 0
    qtbot.waitUntil(lambda: view.model.rowCount() == 4)
    assert "通院＝受診、診察 でも探しました" in view.count.text()
    view.fields.widened.click()
    qtbot.waitUntil(lambda: view.model.rowCount() == 3)
    assert "でも探しました" not in view.count.text()


def test_what_is_not_found_or_not_understood_is_said(opened, office, qtbot):
    view = opened(office.caseworker)
    commit_text(view.box, "ない言葉")
    qtbot.keyClick(view.box, Key.Key_Return)
    assert "見つかりませんでした" in view.nothing.text()
    view.box.setText("-通院")
    qtbot.keyClick(view.box, Key.Key_Return)
    assert "言葉だけでは探せません" in view.messages.text()
    qtbot.keyClick(view.box, Key.Key_Escape)
    assert (view.box.text(), view.messages.text()) == ("", "")


def test_further_pages_are_read_at_the_end_of_the_list(opened, office, qtbot):
    stored(office, tuple(f"通院の{n}回目" for n in range(60)), EntryState.APPROVED)
    view = opened(office.caseworker)
    commit_text(view.box, "通院")
    qtbot.keyClick(view.box, Key.Key_Return)
    assert (view.model.rowCount(), "60件のうち" in view.count.text()) == (50, True)
    view.table.setFocus()
    qtbot.keyClick(view.table, Key.Key_PageDown)
    qtbot.keyClick(view.table, Key.Key_PageDown)
    assert (view.model.rowCount(), view.further_button.isHidden()) == (60, True)
    assert "60件（新しい順）" in view.count.text()


def test_a_paper_is_looked_for_alone_and_gone_to_where_it_lies(opened, office, qtbot):
    stored(office, TEXTS[:1])
    office.desk(office.caseworker).papers.receive(a_paper(office.household_id, note="通院のしおり"))
    view = opened(office.caseworker)
    commit_text(view.box, "通院")
    view.search()
    assert view.model.rowCount() == 2
    view.fields.noun.show_value("paper")
    view.search()
    assert view.model.rowCount() == 1
    with qtbot.waitSignal(view.file_requested) as asked:
        qtbot.keyClick(view.table, Key.Key_Return)
    (request,) = asked.args
    assert (request.section, request.entry_id) == ("papers", None)


def test_the_kind_narrows(opened, office, qtbot):
    stored(office, TEXTS[:1])
    view = opened(office.caseworker)
    commit_text(view.box, "通院")
    view.fields.kind.show_value("home_visit")
    view.search()
    assert view.model.rowCount() == 1
    view.fields.author.show_value(str(office.supervisor.staff_id))
    view.search()
    assert view.model.rowCount() == 0

"""閲覧履歴: newest first, narrowed without asking again, in pages however long it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.database.engine import is_postgresql
from desktop.database.reading import ReadingDoor
from desktop.domain.audit import Access
from desktop.domain.errors import NotPermittedError
from desktop.services.audit import HistoryService
from desktop.views.households.access_history import AccessHistory
from tests.support.desk import small_office
from tests.support.factories import CLOCK as OFFICE_CLOCK
from tests.support.fakes import CLOCK, fake_id
from tests.support.people import work_of
from tests.support.qt import InlineRunner


def access(days=0, who="担当 見本子", **changes):
    values = {
        "at": CLOCK.now() - timedelta(days=days),
        "who": who,
        "purpose": "file",
        "reason": "",
        "outside_duty": False,
        "client": "10.1.2.3",
    }
    return Access(**values | changes)


class FakeAccesses:
    def __init__(self, *rows):
        self.rows = rows
        self.asked = 0
        self.refusal = None

    def accesses(self, household_id):
        self.asked += 1
        if self.refusal is not None:
            raise self.refusal
        return self.rows


@pytest.fixture
def accesses():
    return FakeAccesses(
        access(),
        access(1, "指導 見本人", reason="電話当番", outside_duty=True),
        access(2, purpose="print", reason="案"),
        access(200, "前任 見本", client=""),
    )


@pytest.fixture
def make_view(qtbot, look):
    def make(accesses, *, is_training=False, household=None, today=CLOCK.today):
        view = AccessHistory(
            household or fake_id("household 5"),
            accesses,
            InlineRunner(),
            look=look,
            today=today,
            is_training=is_training,
        )
        qtbot.addWidget(view)
        view.resize(1100, 600)
        view.show()
        view.activateWindow()
        view.activate()
        qtbot.waitUntil(view.isActiveWindow)
        return view

    return make


def cells(view, row):
    return [view.model.index(row, column).data() for column in range(view.model.columnCount())]


def test_who_when_why_and_from_where(make_view, accesses):
    view = make_view(accesses)
    assert cells(view, 0) == ["R6.10.1 10:00", "担当 見本子", "世帯を開く", "", "", "10.1.2.3"]
    assert cells(view, 1)[1:5] == ["指導 見本人", "世帯を開く", "▲ 担当外", "電話当番"]
    assert cells(view, 2)[2] == "印刷（案）"
    assert view.count.text() == "3／4件（担当外 1件）"
    assert view.table.hasFocus()
    assert "ここに残ります" in view.note.text()


def test_period_and_person_narrow_without_asking_again(make_view, accesses, qtbot):
    view = make_view(accesses)
    view.period.setFocus()
    qtbot.keyClick(view.period, Qt.Key.Key_End)
    assert view.model.rowCount() == 4
    assert cells(view, 3)[5] == "―"
    view.person.setFocus()
    qtbot.keyClick(view.person, Qt.Key.Key_End)
    assert view.person.currentText() == "指導 見本人"
    assert [cells(view, row)[1] for row in range(view.model.rowCount())] == ["指導 見本人"]
    assert accesses.asked == 1


def test_nothing_in_the_choice_says_what_to_do(make_view, accesses):
    view = make_view(FakeAccesses(access(200)))
    assert "すべての期間" in view.empty_sentence()
    view.period.setCurrentIndex(view.period.count() - 1)
    assert view.empty_sentence() == ""
    assert "まだありません" in make_view(FakeAccesses()).empty_sentence()


def test_a_refresh_keeps_the_person_chosen(make_view, accesses):
    view = make_view(accesses)
    view.person.setCurrentIndex(view.person.findData("指導 見本人"))
    view.reload()
    assert view.person.currentText() == "指導 見本人"
    assert view.model.rowCount() == 1


def test_a_long_list_is_laid_out_page_by_page(make_view, qtbot):
    view = make_view(FakeAccesses(*(access(n / 400) for n in range(9000))))
    assert view.model.rowCount() == 9000
    assert view.model.kept_pages < 5
    qtbot.keyClick(view.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: cells(view, 8999)[1] == "担当 見本子")


def test_a_refusal_is_said(make_view, accesses):
    accesses.refusal = NotPermittedError("この世帯の履歴を見る権限がありません。")
    assert "権限がありません" in make_view(accesses).messages.text()


def test_over_the_real_tickets(make_view, engine):
    office = small_office(engine)
    office.desk(office.caseworker).households.open_file(office.household_id)
    office.desk(office.outsider).households.open_file(office.household_id, reason="電話当番")
    work = work_of(office.work, office.supervisor, OFFICE_CLOCK)
    door = ReadingDoor(work, OFFICE_CLOCK, office.supervisor)
    server = is_postgresql(engine)
    view = make_view(
        HistoryService(work, office.supervisor, door),
        is_training=not server,
        household=office.household_id,
        today=OFFICE_CLOCK.today,
    )
    view.period.setCurrentIndex(view.period.count() - 1)
    rows = [cells(view, row) for row in range(view.model.rowCount())]
    outside = [row for row in rows if row[1] == office.outsider.name]
    assert [row[2:5] for row in outside] == [["世帯を開く", "▲ 担当外", "電話当番"]]
    assert outside[0][5] == ("127.0.0.1" if server else "―")
    assert {row[1] for row in rows} >= {office.caseworker.name, office.supervisor.name}
    assert ("履歴の閲覧" in {row[2] for row in rows}) is server
    assert ("端末" in view.note.text()) is not server

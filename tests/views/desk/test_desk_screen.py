"""The desk as a whole: which panels who has, and how they are kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from typing_extensions import override

from desktop.domain.errors import ValidationError
from desktop.domain.roles import Role
from desktop.views.requests import FileRequest, ScreenRequest
from tests.support.fakes import fake_id
from tests.support.fakes_desk import (
    ADMINISTRATOR,
    REASON,
    RECORDS_STAFF,
    SUPERVISOR,
    FakeQueue,
    FakeRecords,
    FakeTodos,
    full_sources,
    make_draft,
    make_queue_row,
    make_sources,
    make_todo,
)
from tests.views.desk.conftest import column


def titles(desk):
    return [panel.table.accessibleName() for panel in desk.panels if not panel.isHidden()]


@pytest.mark.parametrize(
    ("staff", "expected"),
    [
        ({}, ["差戻し・下書き", "やること"]),
        (
            SUPERVISOR,
            ["決裁待ち", "見落とし", "やること", "班の状況", "差戻し・下書き"],
        ),
        (RECORDS_STAFF, ["今日印刷するもの", "やること"]),
        (ADMINISTRATOR, ["承認待ちの設定"]),
        (
            {"roles": frozenset({Role.SECTION_HEAD})},
            ["決裁待ち", "見落とし", "やること", "班の状況"],
        ),
    ],
)
def test_panels_follow_the_roles(make_desk, staff, expected):
    assert titles(make_desk(full_sources(), **staff)) == expected


def test_supervisor_without_own_drafts_sees_no_panel_for_them(make_desk):
    assert "差戻し・下書き" not in titles(make_desk(make_sources(), **SUPERVISOR))


def test_returned_entries_come_first_with_the_supervisors_words(make_desk):
    desk = make_desk(full_sources())
    assert column(desk.drafts, 0) == ["▲ 差戻し", "▲ 差戻し", "下書き", "下書き", "下書き"]
    assert desk.drafts.reason.words == f"差戻しの理由：{REASON}"
    assert desk.drafts.summary.text() == "差戻し 2件　下書き 3件"


def test_returned_entry_of_a_file_no_longer_ones_own_still_shows(make_desk):
    records = FakeRecords((make_draft(1),))
    records.closed.add(fake_id("entry 1"))
    desk = make_desk(make_sources(records=records))
    assert column(desk.drafts, 5) == ["担当外の世帯です。Enterで開き、開く理由を選ぶと読めます。"]


def test_enter_opens_the_entry_in_its_file(qtbot, make_desk):
    desk = make_desk(full_sources())
    with qtbot.waitSignal(desk.file_requested) as asked:
        qtbot.keyClick(desk.drafts.table, Qt.Key.Key_Return)
    assert asked.args[0] == FileRequest(
        household_id=fake_id("household 2"), section="chronicle", entry_id=fake_id("entry 2")
    )


def test_enter_on_the_queue_goes_to_the_review_pane(qtbot, make_desk):
    desk = make_desk(full_sources(), **SUPERVISOR)
    assert desk.queue.summary.text() == "12件　最も古いもの 14日前"
    with qtbot.waitSignal(desk.screen_requested) as asked:
        qtbot.keyClick(desk.queue.table, Qt.Key.Key_Return)
    assert asked.args[0] == ScreenRequest(key="approvals", item_id=fake_id("approval 1"))


def test_load_is_in_the_order_of_the_districts_and_opens_the_findings(qtbot, make_desk):
    desk = make_desk(full_sources(), **SUPERVISOR)
    assert [text[:2] for text in column(desk.load, 0)] == [f"{n:02}" for n in range(1, 8)]
    qtbot.keyClick(desk.load.table, Qt.Key.Key_Return)
    assert set(column(desk.findings, 3)) == {"担当 見本1"}


def test_a_refresh_keeps_the_selected_row(make_desk, changes):
    queue = FakeQueue(tuple(make_queue_row(n) for n in range(1, 9)))
    desk = make_desk(make_sources(approvals=queue), **SUPERVISOR)
    desk.queue.table.select_row(4)
    queue.rows = queue.rows[2:]
    changes.approval_moved.emit(fake_id("household 1"), None)
    assert desk.queue.current().approval_id == fake_id("approval 5")
    queue.rows = tuple(row for row in queue.rows if row.approval_id != fake_id("approval 5"))
    changes.approval_moved.emit(fake_id("household 5"), None)
    assert desk.queue.current().approval_id == fake_id("approval 6")


def test_a_hidden_desk_refreshes_when_it_is_seen_again(make_desk, changes):
    queue = FakeQueue()
    desk = make_desk(make_sources(approvals=queue), **SUPERVISOR)
    asked = queue.asked
    desk.hide()
    changes.approval_moved.emit(fake_id("household 1"), None)
    changes.approval_moved.emit(fake_id("household 2"), None)
    assert queue.asked == asked
    desk.show()
    assert queue.asked == asked + 1


def test_records_staff_sees_what_to_print_by_district(qtbot, make_desk):
    desk = make_desk(full_sources(), **RECORDS_STAFF)
    assert column(desk.prints, 0) == ["ケース記録票"] * 3
    assert column(desk.prints, 1) == ["01", "02", "03"]
    assert column(desk.prints, 2) == ["13件", "13件", "13件"]
    with qtbot.waitSignal(desk.screen_requested) as asked:
        qtbot.keyClick(desk.prints.table, Qt.Key.Key_Return)
    assert asked.args[0].key == "printing"


def test_empty_panels_say_what_comes_next(make_desk):
    desk = make_desk(make_sources())
    assert "Ctrl+K" in desk.drafts.empty_sentence()
    assert desk.todos.empty_sentence()


def test_the_selected_row_is_the_household_at_hand(make_desk):
    desk = make_desk(full_sources())
    desk.drafts.table.setFocus()
    assert desk.household_at_hand().household_id == fake_id("household 2")
    assert desk.household_at_hand().label == "00002　架空　太郎"


def test_a_list_that_cannot_be_read_is_said(make_desk):
    class Broken(FakeTodos):
        @override
        def mine(self):
            raise ValidationError("読めませんでした。")

    assert make_desk(make_sources(todos=Broken())).messages.text() == "読めませんでした。"


def test_one_draft_leaves_the_height_to_thirty_todos(qtbot, make_desk):
    many = tuple(make_todo(number) for number in range(30))
    desk = make_desk(make_sources(records=FakeRecords((make_draft(1),)), todos=FakeTodos(many)))
    assert desk.todos.model.rowCount() > desk.drafts.model.rowCount()
    qtbot.waitUntil(lambda: desk.todos.height() > desk.drafts.height())

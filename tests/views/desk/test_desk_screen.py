from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from typing_extensions import override

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.policy_duties import Outcome
from desktop.domain.roles import Role
from desktop.domain.todos import TodoOrigin
from desktop.jobs.change_bus import ChangeBus
from desktop.views.desk.desk_screen import DeskScreen
from desktop.views.desk.findings_panel import FindingsPanel
from desktop.views.requests import FileRequest, ScreenRequest
from tests.support.fakes import CLOCK, TODAY, fake_id, make_staff
from tests.support.fakes_desk import (
    ADMINISTRATOR,
    REASON,
    RECORDS_STAFF,
    SUPERVISOR,
    FakeDuties,
    FakeInstructions,
    FakeMemos,
    FakeQueue,
    FakeRecords,
    FakeTodos,
    full_sources,
    make_draft,
    make_finding,
    make_queue_row,
    make_sources,
    make_todo,
)
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text


@pytest.fixture
def changes():
    return ChangeBus()


@pytest.fixture
def make_desk(qtbot, look, changes):
    def make(sources, **staff):
        desk = DeskScreen(
            sources, make_staff(**staff), CLOCK, InlineRunner(), changes=changes, look=look
        )
        qtbot.addWidget(desk)
        desk.resize(1200, 760)
        desk.show()
        with qtbot.waitActive(desk):
            desk.activateWindow()
        desk.activate()
        return desk

    return make


def column(panel, number):
    return [panel.model.index(row, number).data() for row in range(panel.model.rowCount())]


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


def test_double_click_on_a_promise_opens_the_chronicle(qtbot, make_desk):
    todos = FakeTodos((make_todo(1),))
    desk = make_desk(make_sources(todos=todos))
    table = desk.todos.table
    place = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(desk.file_requested) as asked:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args[0] == FileRequest(household_id=fake_id("household 1"), section="chronicle")


def test_enter_on_a_review_opens_the_workbench_and_nothing_finishes_it(qtbot, make_desk):
    row = make_todo(1, origin=TodoOrigin.POLICY_REVIEW, subject_id=None, text="援助方針の見直し")
    desk = make_desk(make_sources(todos=FakeTodos((row,))))
    assert desk.todos.finish_button.isHidden()
    kept: list[object] = []
    desk.todos.kept_requested.connect(kept.append)
    qtbot.keyClick(desk.todos.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept == []
    with qtbot.waitSignal(desk.screen_requested) as asked:
        qtbot.keyClick(desk.todos.table, Qt.Key.Key_Return)
    assert asked.args[0] == ScreenRequest(key="policy_review", item_id=fake_id("household 1"))


@pytest.mark.parametrize("rule", ["P01", "P02", "P03", "P04", "P05"])
def test_a_finding_about_a_policy_opens_the_workbench_for_its_own_caseworker(
    qtbot, make_panel, rule
):
    panel = make_panel(fake_id("me"))
    row = make_finding(0, rule=rule, staff_id=fake_id("me"))
    with qtbot.waitSignal(panel.screen_requested) as asked:
        panel.open_row(row)
    assert asked.args[0] == ScreenRequest(key="policy_review", item_id=row.household_id)


@pytest.mark.parametrize(
    ("reviewer", "changes"),
    [
        ("me", {"rule": "P02", "staff_id": fake_id("somebody else")}),
        ("me", {"rule": "P02", "staff_id": None}),
        (None, {"rule": "P02", "staff_id": None}),
        ("me", {"rule": "P12", "staff_id": fake_id("me")}),
    ],
)
def test_every_other_finding_opens_the_file(qtbot, make_panel, reviewer, changes):
    panel = make_panel(reviewer and fake_id(reviewer))
    with qtbot.waitSignal(panel.file_requested) as asked:
        panel.open_row(make_finding(0, **changes))
    assert asked.args[0].section == "support_policies"


@pytest.mark.parametrize(
    ("rule", "section"), [("E05", "procedures"), ("E19", "procedures"), ("E07", "assessments")]
)
def test_a_finding_opens_the_file_where_it_is_looked_after(qtbot, make_panel, rule, section):
    panel = make_panel(None)
    with qtbot.waitSignal(panel.file_requested) as asked:
        panel.open_row(make_finding(0, rule=rule))
    assert asked.args[0].section == section


@pytest.fixture
def make_panel(qtbot, look):
    def make(reviewer):
        panel = FindingsPanel(look, reviewer=reviewer)
        qtbot.addWidget(panel)
        return panel

    return make


def test_enter_on_the_queue_goes_to_the_review_pane(qtbot, make_desk):
    desk = make_desk(full_sources(), **SUPERVISOR)
    assert desk.queue.summary.text() == "12件　最も古いもの 14日前"
    with qtbot.waitSignal(desk.screen_requested) as asked:
        qtbot.keyClick(desk.queue.table, Qt.Key.Key_Return)
    assert asked.args[0] == ScreenRequest(key="approvals", item_id=fake_id("approval 1"))


def test_an_instruction_is_answered_by_a_record_without_words(qtbot, make_desk):
    todos = FakeTodos((make_todo(3),))
    todos.refusal = ValidationError(reply="回答を入力してください。")
    desk = make_desk(make_sources(todos=todos))
    assert "その番号で答えます" in desk.todos.reply.placeholderText()
    qtbot.mouseClick(desk.todos.finish_button, Qt.MouseButton.LeftButton)
    assert "回答を入力" in desk.todos.problem.words
    todos.refusal = None
    qtbot.mouseClick(desk.todos.finish_button, Qt.MouseButton.LeftButton)
    assert todos.finished == [(fake_id("todo 3"), "")]


def test_a_consultation_is_finished_only_with_a_reply(qtbot, make_desk):
    todos = FakeTodos((make_todo(3, origin=TodoOrigin.CONSULTATION),))
    desk = make_desk(make_sources(todos=todos))
    qtbot.keyClick(desk.todos.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.todos.problem.words == "回答を入力してください。"
    assert todos.finished == []
    commit_text(desk.todos.reply, "照会しました。")
    with qtbot.waitSignal(desk.announced):
        qtbot.keyClick(desk.todos.reply, Qt.Key.Key_Return)
    assert todos.finished == [(fake_id("todo 3"), "照会しました。")]
    assert not desk.has_unsaved()
    assert "今やることはありません" in desk.todos.empty_sentence()


def test_a_refused_reply_stays(qtbot, make_desk):
    todos = FakeTodos((make_todo(3),))
    todos.refusal = UserError("接続が切れています。もう一度お試しください。")
    desk = make_desk(make_sources(todos=todos))
    commit_text(desk.todos.reply, "照会しました。")
    qtbot.mouseClick(desk.todos.finish_button, Qt.MouseButton.LeftButton)
    assert desk.todos.problem.words == todos.refusal.sentence
    assert desk.todos.reply.text() == "照会しました。"
    assert desk.has_unsaved()
    assert desk.todos.finish_button.isEnabled()


def test_a_reply_stays_with_its_to_do(make_desk):
    desk = make_desk(make_sources(todos=FakeTodos((make_todo(3), make_todo(6)))))
    commit_text(desk.todos.reply, "調べています。")
    desk.todos.table.select_row(1)
    assert desk.todos.reply.text() == ""
    assert desk.has_unsaved()
    desk.todos.table.select_row(0)
    assert desk.todos.reply.text() == "調べています。"


def test_a_promise_is_marked_as_kept(qtbot, make_desk):
    records = FakeRecords()
    desk = make_desk(make_sources(records=records, todos=FakeTodos((make_todo(1),))))
    assert desk.todos.finish_button.text() == "約束を果たした"
    assert desk.todos.reply.isHidden()
    qtbot.mouseClick(desk.todos.finish_button, Qt.MouseButton.LeftButton)
    assert records.kept == [(fake_id("subject 1"), TODAY)]


def action(**changes):
    return make_todo(
        1, origin=TodoOrigin.POLICY_ACTION, text="家主に連絡する（家主の返事）", **changes
    )


def test_what_became_of_a_policys_action_is_noted_on_the_spot(qtbot, make_desk, changes):
    duties, told = FakeDuties(), []
    changes.result_noted.connect(lambda household_id, by: told.append(household_id))
    desk = make_desk(make_sources(duties=duties, todos=FakeTodos((action(),))))
    assert desk.todos.finish_button.text() == "結果を記録して済みにする（Ctrl+Enter）"
    qtbot.keyClick(desk.todos.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.todos.problem.words == "どうなったかを一言入力してください。"
    commit_text(desk.todos.reply, "修繕の約束を得た。")
    qtbot.keyClick(desk.todos.reply, Qt.Key.Key_Return)
    (noted,) = duties.noted
    assert (noted.duty_id, noted.text) == (fake_id("subject 1"), "修繕の約束を得た。")
    assert (noted.outcome, noted.happened_on) == (Outcome.DONE, TODAY)
    assert told == [fake_id("household 1")]
    assert not desk.has_unsaved()


def test_a_refused_result_keeps_its_words_and_its_identity(make_desk):
    duties = FakeDuties(UserError("サーバーにつながりません。"))
    desk = make_desk(make_sources(duties=duties, todos=FakeTodos((action(),))))
    commit_text(desk.todos.reply, "修繕の約束を得た。")
    desk.todos.finish_button.click()
    assert desk.todos.problem.words == "サーバーにつながりません。"
    duties.refusal = None
    desk.todos.finish_button.click()
    desk.todos.finish_button.click()
    assert len({given.result_id for given in (*duties.tried, *duties.noted)}) == 1


def test_an_action_leads_to_the_policy(make_desk, qtbot):
    desk = make_desk(make_sources(todos=FakeTodos((action(),))))
    asked: list[object] = []
    desk.file_requested.connect(asked.append)
    qtbot.keyClick(desk.todos.table, Qt.Key.Key_Return)
    assert asked == [FileRequest(household_id=fake_id("household 1"), section="support_policies")]


def test_deadlines_have_signs_and_not_only_colours(make_desk):
    desk = make_desk(
        make_sources(
            todos=FakeTodos(
                (
                    make_todo(1, due_on=TODAY.replace(day=1, month=9)),
                    make_todo(2, due_on=TODAY),
                    make_todo(3, due_on=None),
                )
            )
        )
    )
    assert column(desk.todos, 0) == ["▲ 30日超過", "● 今日", "―"]
    assert desk.todos.summary.text() == "3件　期限を過ぎたもの 1件"


def test_findings_are_filtered_by_rule_and_caseworker(qtbot, make_desk):
    desk = make_desk(full_sources(), **SUPERVISOR)
    findings = desk.findings
    assert len(column(findings, 0)) == 22
    findings.rule_filter.setFocus()
    qtbot.keyClick(findings.rule_filter, Qt.Key.Key_Down)
    assert set(column(findings, 0)) == {"▲ R01"}
    qtbot.keyClick(findings.caseworker_filter, Qt.Key.Key_Down)
    assert set(column(findings, 3)) == {"担当 見本1"}
    assert "全22件のうち" in findings.summary.text()


def test_f1_explains_the_rule_of_the_row(qtbot, make_desk):
    desk = make_desk(full_sources(), **SUPERVISOR)
    desk.findings.table.setFocus()
    assert desk.findings.explanation.isHidden()
    qtbot.keyClick(desk.findings.table, Qt.Key.Key_F1)
    assert desk.findings.explanation.isVisible()
    assert desk.findings.explanation.words.startswith("R01 記録が途絶えている世帯")


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


def test_papers_that_are_not_back_give_a_yellow_note_until_they_are(qtbot, make_desk):
    out = make_todo(
        1,
        origin=TodoOrigin.CARRY_OUT,
        todo_id=None,
        household_id=None,
        case_number="",
        head_name="",
        text="持ち出した書類の返却・廃棄を記録する（持6-0001、2枚）",
        is_late=True,
    )
    todos = FakeTodos((out,))
    desk = make_desk(make_sources(todos=todos))
    assert "戻っていません" in desk.messages.text()
    with qtbot.waitSignal(desk.screen_requested) as asked:
        qtbot.keyClick(desk.todos.table, Qt.Key.Key_Return)
    assert asked.args == [ScreenRequest(key="carry_outs")]
    todos.rows = ()
    desk.reload()
    assert desk.messages.text() == ""


def test_a_telephone_memo_is_answered_where_it_lies_and_opens_at_its_record(qtbot, make_desk):
    memo, entry = fake_id("memo"), fake_id("entry 9")
    row = make_todo(
        1, origin=TodoOrigin.TELEPHONE_MEMO, todo_id=None, memo_id=memo, subject_id=entry
    )
    memos = FakeMemos(ValidationError(answer="折り返しの結果を一言入力してください。"))
    desk = make_desk(make_sources(todos=FakeTodos((row,)), memos=memos))
    assert desk.todos.finish_button.text() == "折り返し済みにする（Ctrl+Enter）"
    qtbot.mouseClick(desk.todos.finish_button, Qt.MouseButton.LeftButton)
    assert "折り返しの結果" in desk.todos.problem.words
    memos.refusal = None
    commit_text(desk.todos.reply, "電話した")
    qtbot.mouseClick(desk.todos.finish_button, Qt.MouseButton.LeftButton)
    assert memos.answered == [(memo, "電話した")]
    with qtbot.waitSignal(desk.file_requested) as asked:
        desk.todos.open_row(row)
    assert (asked.args[0].section, asked.args[0].entry_id) == ("chronicle", entry)


def test_a_call_of_nobody_known_leads_to_the_list(qtbot, make_desk):
    row = make_todo(
        1, origin=TodoOrigin.TELEPHONE_MEMO, todo_id=None, memo_id=fake_id("m"), household_id=None
    )
    desk = make_desk(make_sources(todos=FakeTodos((row,))))
    with qtbot.waitSignal(desk.screen_requested) as asked:
        desk.todos.open_row(row)
    assert asked.args[0].key == "telephone_memos"


def test_an_answer_to_an_own_instruction_is_asked_about_again_or_put_away(qtbot, make_desk):
    row = make_todo(
        1,
        origin=TodoOrigin.ASSIGNED,
        todo_id=fake_id("answer"),
        text="回答：見た",
        answers_instruction=True,
    )
    instructions, todos = FakeInstructions(), FakeTodos((row,))
    desk = make_desk(make_sources(todos=todos, instructions=instructions), **SUPERVISOR)
    assert desk.todos.again_button.isVisible()
    qtbot.mouseClick(desk.todos.again_button, Qt.MouseButton.LeftButton)
    assert "何をもう一度" in desk.todos.problem.words
    commit_text(desk.todos.reply, "いつ見たか")
    qtbot.mouseClick(desk.todos.again_button, Qt.MouseButton.LeftButton)
    assert instructions.asked == [(row.todo_id, "いつ見たか")]
    assert todos.finished == []


def test_other_to_dos_offer_no_asking_again(make_desk):
    desk = make_desk(make_sources(todos=FakeTodos((make_todo(2),))), **SUPERVISOR)
    assert not desk.todos.again_button.isVisible()

"""やること: what each kind opens, and how it is answered, kept or put away."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.policy_duties import Outcome
from desktop.domain.todos import TodoOrigin
from desktop.views.requests import FileRequest, ScreenRequest
from tests.support.fakes import TODAY, fake_id
from tests.support.fakes_desk import (
    SUPERVISOR,
    FakeDuties,
    FakeInstructions,
    FakeMemos,
    FakeRecords,
    FakeTodos,
    make_sources,
    make_todo,
)
from tests.support.typing_in import commit_text
from tests.views.desk.conftest import column


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

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.approvals import ApprovalState, Move, Shown
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.roles import Role
from desktop.jobs.change_bus import ChangeBus
from desktop.views.approvals.review_pane import ReviewPane
from tests.support.factories import TODAY
from tests.support.fake_reviews import FakeReviews, row
from tests.support.fakes_records import HOUSEHOLD, an_id, entry
from tests.support.qt import HeldRunner, InlineRunner
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def reviews():
    return FakeReviews(row("a"), row("b", in_bulk=True), row("c", in_bulk=True), row("d", round=2))


@pytest.fixture
def changes(qapp):
    return ChangeBus()


@pytest.fixture
def make_pane(qtbot, look, reviews, changes):
    def make(runner=None):
        pane = ReviewPane(
            reviews, runner or InlineRunner(), changes=changes, look=look, today=lambda: TODAY
        )
        qtbot.addWidget(pane)
        pane.resize(1200, 800)
        pane.show()
        pane.activateWindow()
        pane.activate()
        qtbot.waitUntil(pane.isActiveWindow)
        return pane

    return make


@pytest.fixture
def pane(make_pane):
    return make_pane()


def press(qtbot, pane, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(pane.window().focusWidget(), key, modifier)


def settle(qtbot, pane):
    qtbot.waitUntil(lambda: not pane._settling.isActive())


def shown(pane):
    return pane._card.row.approval_id if pane._card is not None else None


def approval(name):
    return an_id(f"approval-{name}")


def moves(reviews):
    return [(decision.approval_id, decision.move) for decision in reviews.decisions]


def test_the_oldest_is_shown_first_with_what_stands_beside_it(pane):
    assert shown(pane) == approval("a")
    assert "居室で世帯主と面接した。" in pane.card.entry.toPlainText()
    side = pane.card.side.toPlainText()
    assert "訪問の記事が20字です。" in side
    assert "No.7" in side
    assert "提出" in side
    assert pane.card.identity.number.text() == "0123-4"


def test_one_key_approves_what_was_displayed_and_the_next_comes(pane, qtbot, reviews):
    press(qtbot, pane, Key.Key_A)
    (decision,) = reviews.decisions
    assert (decision.approval_id, decision.move, decision.shown) == (
        approval("a"),
        Move.APPROVE,
        Shown.READ,
    )
    assert (decision.root_version, decision.content_hash) == (1, "hash-a")
    assert shown(pane) == approval("b")
    assert pane.model.rowCount() == 3


def test_the_next_card_was_fetched_ahead(pane, qtbot, reviews):
    assert reviews.asked == [approval("a"), approval("b")]
    press(qtbot, pane, Key.Key_A)
    assert reviews.asked == [approval("a"), approval("b"), approval("c")]


def test_a_card_fetched_ahead_is_not_used_when_the_row_changed(pane, qtbot, reviews):
    reviews.lines[1] = row("b", content_hash="hash-new", root_version=2)
    pane.reload()
    pane.queue.choose(1)
    assert pane._card.subject.entry.content_hash == "hash-new"


def test_forty_clean_entries_take_one_key_each(make_pane, qtbot, reviews):
    reviews.lines = [row(f"n{number:02}") for number in range(40)]
    pane = make_pane()
    for _ in range(40):
        pane._settling.stop()
        press(qtbot, pane, Key.Key_A)
    assert len(reviews.decisions) == 40
    assert "決裁待ちはありません" in pane._screen_empty.text()


@pytest.mark.parametrize("again", ["key", "click", "double click"])
def test_doing_it_twice_decides_once(pane, qtbot, reviews, again):
    button = pane.moves._buttons[Move.APPROVE]
    if again == "key":
        press(qtbot, pane, Key.Key_A)
        press(qtbot, pane, Key.Key_A)
    elif again == "click":
        button.click()
        button.click()
    else:
        qtbot.mouseDClick(button, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert moves(reviews) == [(approval("a"), Move.APPROVE)]
    settle(qtbot, pane)
    press(qtbot, pane, Key.Key_A)
    assert moves(reviews)[1:] == [(approval("b"), Move.APPROVE)]


def test_while_a_decision_is_under_way_no_other_can_be_made(make_pane, qtbot, reviews):
    runner = HeldRunner()
    pane = make_pane(runner=runner)
    while runner.held:
        runner.release()
    press(qtbot, pane, Key.Key_A)
    press(qtbot, pane, Key.Key_A)
    press(qtbot, pane, Key.Key_R)
    assert len(runner.held) == 1
    assert pane.panel.isHidden()
    while runner.held:
        runner.release()
    assert len(reviews.decisions) == 1


def test_a_return_needs_a_reason_typed_in_the_pane(pane, qtbot, reviews):
    press(qtbot, pane, Key.Key_R)
    press(qtbot, pane, Key.Key_Return, CTRL)
    assert pane.panel.text.error() == "差戻しの理由を入力してください。"
    qtbot.keyClicks(pane.window().focusWidget(), "aA")
    press(qtbot, pane, Key.Key_Return, CTRL)
    (decision,) = reviews.decisions
    assert (decision.move, decision.text) == (Move.RETURN, "aA")
    assert pane.panel.isHidden()
    assert shown(pane) == approval("b")


def test_escape_leaves_everything_as_it_was(pane, qtbot, reviews):
    press(qtbot, pane, Key.Key_H)
    commit_text(pane.window().focusWidget(), "理由")
    assert pane.has_unsaved()
    press(qtbot, pane, Key.Key_Escape)
    assert pane.panel.isHidden()
    assert not pane.has_unsaved()
    press(qtbot, pane, Key.Key_A)
    assert moves(reviews) == [(approval("a"), Move.APPROVE)]


def test_an_instruction_can_have_a_day_for_the_reply(pane, qtbot, reviews):
    press(qtbot, pane, Key.Key_I)
    pane.panel.text.insert("主治医に確認してください。")
    qtbot.keyClicks(pane.panel.reply_due.editor(), "+7")
    pane.panel.confirm.click()
    (decision,) = reviews.decisions
    assert decision.move is Move.APPROVE_WITH_INSTRUCTION
    assert (decision.reply_due - TODAY).days == 7


def test_circulation_asks_to_whom(pane, qtbot, reviews):
    press(qtbot, pane, Key.Key_C)
    pane.panel.confirm.click()
    assert pane.panel.position.error()
    pane.panel.position.show_value(Role.SECTION_HEAD)
    pane.panel.confirm.click()
    assert reviews.decisions[0].position is Role.SECTION_HEAD
    assert pane.model.rowCount() == 4


def test_what_is_held_stays_and_the_next_comes(pane, qtbot, reviews):
    press(qtbot, pane, Key.Key_H)
    pane.panel.text.insert("確認中")
    pane.panel.confirm.click()
    assert pane.model.rowCount() == 4
    assert shown(pane) == approval("b")


def test_only_allowed_moves_are_offered(make_pane, qtbot, reviews):
    reviews.allowed = (Move.INSPECT_LATER,)
    pane = make_pane()
    visible = {m for m, button in pane.moves._buttons.items() if button.isVisible()}
    assert visible == {Move.INSPECT_LATER}
    press(qtbot, pane, Key.Key_A)
    assert reviews.decisions == []
    press(qtbot, pane, Key.Key_K)
    assert moves(reviews) == [(approval("a"), Move.INSPECT_LATER)]


def test_a_conflict_shows_the_new_content_and_decides_nothing(pane, qtbot, reviews):
    reviews.refusals["decide"] = ConflictError("表示していた内容が変わりました。")
    reviews.lines[0] = row("a", content_hash="hash-new", root_version=2)
    press(qtbot, pane, Key.Key_A)
    assert reviews.decisions == []
    assert pane.messages.text() == "表示していた内容が変わりました。"
    assert pane._card.subject.entry.content_hash == "hash-new"
    press(qtbot, pane, Key.Key_A)
    assert reviews.decisions[0].content_hash == "hash-new"


def test_a_refused_move_stays_on_the_card(pane, qtbot, reviews):
    reviews.refusals["decide"] = NotPermittedError("自分の記録は決裁できません。")
    press(qtbot, pane, Key.Key_A)
    assert pane.messages.text() == "自分の記録は決裁できません。"
    assert shown(pane) == approval("a")
    assert pane.moves._buttons[Move.APPROVE].isEnabled()


def test_a_refused_field_is_told_in_the_panel(pane, qtbot, reviews):
    press(qtbot, pane, Key.Key_U)
    pane.panel.text.insert("重い案件のため")
    reviews.refusals["decide"] = ValidationError(position="これより上の決裁者を選んでください。")
    pane.panel.confirm.click()
    assert pane.panel.position.error() == "これより上の決裁者を選んでください。"
    assert pane.panel.confirm.isEnabled()
    pane.panel.confirm.click()
    assert len(reviews.decisions) == 1


def test_several_at_once_by_what_the_list_showed(pane, qtbot, reviews, changes):
    pane.queue.choose(0)
    press(qtbot, pane, Key.Key_Space)
    assert pane.bulk.isHidden()
    for place in (1, 2):
        pane.queue.choose(place)
        press(qtbot, pane, Key.Key_Space)
    assert pane.bulk.approve.text().startswith("2件をまとめて承認")
    reviews.refused_rows = ((approval("c"), "内容が変わりました。"),)
    with qtbot.waitSignal(changes.approval_moved):
        press(qtbot, pane, Key.Key_Return, CTRL)
    assert [(d.approval_id, d.shown) for d in reviews.listed] == [
        (approval("b"), Shown.LIST),
        (approval("c"), Shown.LIST),
    ]
    assert "01-c：内容が変わりました。" in pane.messages.text()
    assert pane.model.rowCount() == 3


def test_what_changed_since_the_last_decision_is_marked(make_pane, reviews):
    reviews.previous = entry("x", started_at=600)
    pane = make_pane()
    assert pane.card.legend.isVisible()
    assert "変更：時刻" in pane.card.entry.toPlainText()


def test_an_empty_queue_helps(make_pane, reviews):
    reviews.lines = []
    pane = make_pane()
    assert "決裁待ちはありません" in pane._screen_empty.text()


def test_enter_opens_the_file_at_the_entry(pane, qtbot):
    with qtbot.waitSignal(pane.file_requested) as asked:
        press(qtbot, pane, Key.Key_Return)
    request = asked.args[0]
    assert (request.household_id, request.entry_id) == (HOUSEHOLD, an_id("a"))


def test_what_others_did_is_fetched_and_the_current_row_stays(pane, reviews, changes):
    pane.queue.choose(3)
    reviews.lines = reviews.lines[1:]
    changes.approval_moved.emit(HOUSEHOLD, None)
    assert pane.model.rowCount() == 3
    assert shown(pane) == approval("d")
    assert pane.queue.current_row().approval_id == approval("d")


def test_a_card_that_cannot_be_read_is_told(pane, reviews):
    reviews.refusals["card"] = NotPermittedError("見る権限がありません。")
    pane.queue.choose(3)
    assert pane.messages.text() == "見る権限がありません。"
    assert shown(pane) is None


def test_a_held_row_says_so(make_pane, reviews):
    reviews.lines = [row("h", state=ApprovalState.HELD)]
    assert "［保留］" in make_pane().card.heading.text()

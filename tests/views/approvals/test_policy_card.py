"""The review pane on a support policy: difference, evidence in place, checks, and the keys of every card."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.approvals import Move, Shown
from desktop.domain.support_policies import Standing
from desktop.jobs.change_bus import ChangeBus
from desktop.views.approvals.review_pane import ReviewPane
from tests.support.factories import TODAY
from tests.support.fake_reviews import FakeReviews, row
from tests.support.fakes_records import an_id
from tests.support.policies_in_memory import (
    QUOTE,
    before,
    line,
    policy,
    policy_card,
    policy_row,
)
from tests.support.qt import InlineRunner

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def reviews():
    fake = FakeReviews(policy_row("a"), row("b", in_bulk=True))
    old = before("old", line("一"), line("二"), line("三"))
    new = policy(
        "a",
        replace(line("一"), wish="通院を続けたい。"),
        line("二", standing=Standing.ENDED, result="毎朝飲めるようになった。"),
    )
    fake.subjects[an_id("a")] = policy_card(new, old)
    return fake


@pytest.fixture
def pane(qtbot, look, reviews):
    pane = ReviewPane(reviews, InlineRunner(), changes=ChangeBus(), look=look, today=lambda: TODAY)
    qtbot.addWidget(pane)
    pane.resize(1200, 800)
    pane.show()
    pane.activateWindow()
    pane.activate()
    qtbot.waitUntil(pane.isActiveWindow)
    return pane


def press(qtbot, pane, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(pane.window().focusWidget(), key, modifier)


def ink_of(browser, text):
    """The format of the first character of a text in a pane."""
    found = browser.document().find(text)
    assert not found.isNull(), text
    return found.charFormat()


def test_the_card_says_line_by_line_what_changed(pane):
    sheet = pane.card.entry.toPlainText()
    for words in ("［変更あり］", "［終了］", "［引き継がれていない］", "試験 太郎　健康"):
        assert words in sheet
    assert "毎朝飲めるようになった。" in sheet
    assert ink_of(pane.card.entry, "自宅で暮らし").fontStrikeOut()
    assert ink_of(pane.card.entry, "通院を").fontUnderline()
    legend = pane.card.legend
    assert legend.isVisible()
    assert "変更あり 1、終了 1、引き継がれていない 1" in legend.text()


def test_evidence_is_quoted_where_the_fact_stands(pane):
    sheet = pane.card.entry.toPlainText()
    place = sheet.index(f"「{QUOTE}」（No.12 R6.10.1 の記録）")
    assert sheet.index("事実") < place < sheet.index("原因")


def test_checks_and_moves_stand_at_the_side_and_no_other_entries(pane):
    side = pane.card.side.toPlainText()
    assert "前の援助方針の評価が書かれていません。" in side
    assert "提出" in side
    assert "最近の記録" not in side
    assert pane.card.entry.accessibleName() == "決裁する援助方針"


def test_one_key_approves_and_the_next_comes(pane, qtbot, reviews):
    press(qtbot, pane, Key.Key_A)
    (decision,) = reviews.decisions
    assert (decision.move, decision.shown) == (Move.APPROVE, Shown.READ)
    assert (decision.root_version, decision.content_hash) == (1, "hash-a")
    assert pane._card.row.approval_id == an_id("approval-b")
    assert pane.card.entry.accessibleName() == "決裁する記録"
    assert "居室で世帯主と面接した。" in pane.card.entry.toPlainText()
    assert "最近の記録" in pane.card.side.toPlainText()
    assert not pane.card.legend.isVisible()


@pytest.mark.parametrize(
    ("key", "move"),
    [
        (Key.Key_I, Move.APPROVE_WITH_INSTRUCTION),
        (Key.Key_R, Move.RETURN),
        (Key.Key_H, Move.HOLD),
    ],
)
def test_the_other_keys_ask_for_words(pane, qtbot, reviews, key, move):
    press(qtbot, pane, key)
    assert pane.panel.isVisible()
    pane.panel.text.editor().setPlainText("評価を書き足してください。")
    press(qtbot, pane, Key.Key_Return, CTRL)
    (decision,) = reviews.decisions
    assert (decision.move, decision.text) == (move, "評価を書き足してください。")


def test_a_policy_cannot_be_ticked(pane, qtbot, reviews):
    pane.queue.choose(0)
    press(qtbot, pane, Key.Key_Space)
    assert not pane.model.ticked()
    press(qtbot, pane, Key.Key_A, CTRL)
    assert [r.approval_id for r in pane.model.ticked()] == [an_id("approval-b")]


def test_enter_opens_the_policies_of_the_file(pane, qtbot):
    with qtbot.waitSignal(pane.file_requested) as asked:
        press(qtbot, pane, Key.Key_Return)
    request = asked.args[0]
    assert (request.section, request.entry_id) == ("support_policies", an_id("a"))


def test_a_first_policy_says_so(pane, reviews):
    reviews.subjects[an_id("a")] = policy_card(policy("a", content_hash="hash-new"))
    reviews.lines[0] = policy_row("a", content_hash="hash-new")
    pane.reload()
    assert pane.card.legend.text() == "この世帯の最初の援助方針です。"
    assert "［新しい課題］" not in pane.card.entry.toPlainText()

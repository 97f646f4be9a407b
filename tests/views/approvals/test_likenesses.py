"""A record that reads nearly as another one, in the review pane: told above the entry, compared by T, asked about by Q."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from typing_extensions import override

from desktop.domain.approvals import Move
from desktop.domain.records import SegmentKind
from desktop.domain.review import EntryCard, Likeness, PolicyCard, PolicyLikeness
from desktop.jobs.change_bus import ChangeBus
from desktop.viewmodels.likenesses import likeness_line, likeness_question
from desktop.views.approvals.review_pane import ReviewPane
from tests.support.factories import TODAY
from tests.support.fake_reviews import FakeReviews, row
from tests.support.fakes_policies import a_policy
from tests.support.fakes_records import entry, segment
from tests.support.qt import InlineRunner

Key = Qt.Key
CASE = "01-9999"


def like(name="old", **changes):
    """A likeness to another record."""
    other = entry(name, segments=(segment(SegmentKind.FACTS, "別の日に世帯主と面接した。"),))
    plain = Likeness(other=other, percent=96, passage="世帯主と面接した。", part=SegmentKind.FACTS)
    return replace(plain, **changes)


class Reviews(FakeReviews):
    """Cards with these likenesses."""

    found: tuple[Likeness, ...] = ()
    only: tuple[Move, ...] | None = None

    @override
    def card(self, approval_id):
        card = super().card(approval_id)
        if self.only is not None:
            card = replace(card, allowed=self.only)
        subject = card.subject
        assert isinstance(subject, EntryCard)
        return replace(card, subject=replace(subject, likenesses=self.found))


@pytest.fixture
def make_pane(qtbot, look):
    def make(*found, allowed=None):
        reviews = Reviews(row("a"), row("b"))
        reviews.found, reviews.only = found, allowed
        pane = ReviewPane(
            reviews, InlineRunner(), changes=ChangeBus(), look=look, today=lambda: TODAY
        )
        qtbot.addWidget(pane)
        pane.resize(1200, 800)
        pane.show()
        pane.activateWindow()
        pane.activate()
        qtbot.waitUntil(pane.isActiveWindow)
        return pane, reviews

    return make


def press(qtbot, pane, key):
    qtbot.keyClick(pane.window().focusWidget(), key)


def test_nothing_stands_above_a_record_of_its_own(make_pane, qtbot):
    pane, _ = make_pane()
    assert pane.card.likeness.isHidden()
    press(qtbot, pane, Key.Key_T)
    press(qtbot, pane, Key.Key_Q)
    assert pane.panel.isHidden()
    assert pane.card.entry.isVisible()


def test_the_line_says_which_record_how_alike_and_which_passage(make_pane):
    pane, _ = make_pane(like(left_out=48), like("older"))
    words = pane.card.likeness.line.words
    for part in ("この世帯の前の記録", "96％", "事実「世帯主と面接した。」", "ほか1件", "48字"):
        assert part in words


def test_t_shows_both_texts_beside_each_other_and_goes_back(make_pane, qtbot):
    pane, _ = make_pane(like(), like("older", case_number=CASE))
    press(qtbot, pane, Key.Key_T)
    both = pane.card.likeness.comparison
    assert both.isVisible()
    assert not pane.card.entry.isVisible()
    assert "別の日に" in both.left.toPlainText()
    assert "居室で" in both.right.toPlainText()
    press(qtbot, pane, Key.Key_T)
    assert CASE in both.left.toPlainText()
    press(qtbot, pane, Key.Key_T)
    assert not both.isVisible()
    assert pane.card.entry.isVisible()


def test_q_offers_a_question_to_the_author_and_sends_nothing_by_itself(make_pane, qtbot):
    pane, reviews = make_pane(like(case_number=CASE))
    press(qtbot, pane, Key.Key_Q)
    question = pane.panel.text.editor().toPlainText()
    assert "ほかの世帯の記録とほぼ同じです" in question
    assert CASE not in question
    assert reviews.decisions == []
    qtbot.keyClick(pane.panel, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (decision,) = reviews.decisions
    assert (decision.move, decision.text) == (Move.RETURN, question)


def test_the_next_card_begins_with_its_entry(make_pane, qtbot):
    pane, reviews = make_pane(like())
    press(qtbot, pane, Key.Key_T)
    reviews.found = ()
    pane._loader.forget()
    press(qtbot, pane, Key.Key_Down)
    assert pane.card.likeness.isHidden()
    assert pane.card.entry.isVisible()
    assert not pane.card.likeness.comparison.isVisible()


def test_who_may_not_return_it_asks_nothing(make_pane, qtbot):
    pane, _ = make_pane(like(), allowed=(Move.APPROVE,))
    assert pane.card.likeness.ask.isHidden()
    press(qtbot, pane, Key.Key_Q)
    assert pane.panel.isHidden()


def test_no_sentence_accuses():
    found = (like(), like(case_number=CASE), policy_like(), policy_like(case_number=CASE))
    for likeness in found:
        told = likeness_line(likeness) + likeness_question(likeness)
        assert not any(word in told for word in ("コピー", "写した", "不正", "流用", "虚偽"))


def policy_like(**changes):
    """A likeness of a policy to another one."""
    old = a_policy("old", situation="単身で暮らしている。猫がいる。")
    plain = PolicyLikeness(other=old, percent=97, passage="単身で暮らしている。", part="世帯の状況")
    return replace(plain, **changes)


def test_a_policy_is_told_compared_and_asked_about_in_the_same_way(make_pane, qtbot):
    pane, reviews = make_pane()
    found = (policy_like(), policy_like(case_number=CASE, is_by_another=True))
    card = PolicyCard(policy=a_policy("new"), previous=None, checks=(), likenesses=found)
    pane.card.show_card(replace(reviews.card(row("a").approval_id), subject=card))
    bar = pane.card.likeness
    assert "この世帯の前の援助方針" in bar.line.words
    assert "世帯の状況「単身で暮らしている。」など" in bar.line.words
    assert "ほか1件" in bar.line.words
    press(qtbot, pane, Key.Key_T)
    assert "猫がいる" in bar.comparison.left.toPlainText()
    assert "課題1" in bar.comparison.right.toPlainText()
    assert "決裁する援助方針" in bar.comparison.right.toPlainText()
    press(qtbot, pane, Key.Key_T)
    assert CASE in bar.comparison.left.toPlainText()
    assert f"ほかの世帯（{CASE}、別の職員が書いたもの）の援助方針" in bar.line.words
    press(qtbot, pane, Key.Key_Q)
    question = pane.panel.text.editor().toPlainText()
    assert "ほかの世帯の援助方針とほぼ同じです" in question
    assert CASE not in question

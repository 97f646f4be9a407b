"""Answers about policies in words: the days left for explaining, and which answers belong to which policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.support_policies import (
    Explanation,
    NoReview,
    PolicyAnswers,
    PolicyState,
    Understanding,
)
from desktop.viewmodels.printing import unread_note
from desktop.viewmodels.support_policies_answers import (
    YEARLY_STAYS,
    answer_groups,
    explain_sentence,
)
from tests.support.factories import TODAY, at
from tests.support.fakes_policies import a_line, a_policy

TOLD = Explanation(
    explained_on=TODAY,
    by="試験 担当",
    understanding=Understanding.UNDERSTOOD,
    to_whom="世帯主",
    place="自宅",
    said="分かったとのこと。",
)


def until(days: int, *told: Explanation) -> PolicyAnswers:
    return PolicyAnswers(explanations=told, explain_by=TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("answers", "words", "tone"),
    [
        (None, "", "info"),
        (PolicyAnswers(), "", "info"),
        (until(30), "あと30日", "info"),
        (until(8), "あと8日", "info"),
        (until(7), "あと7日", "warning"),
        (until(0), "今日が期日です。", "warning"),
        (until(-1), "1日過ぎています。", "error"),
        (until(-1, TOLD), "説明しました（理解した）", "info"),
        (
            until(5, replace(TOLD, understanding=Understanding.DISAGREED)),
            "本人は納得していません。",
            "warning",
        ),
        (
            until(5, replace(TOLD, understanding=Understanding.NOT_POSSIBLE)),
            "説明できない事情",
            "warning",
        ),
    ],
)
def test_whether_it_was_explained_and_how_many_days_are_left(answers, words, tone):
    sentence, shown = explain_sentence(answers, TODAY)
    assert words in sentence
    assert bool(sentence) == bool(words)
    assert shown == tone


def no_review(days_later: int) -> NoReview:
    return NoReview(
        happened_on=TODAY,
        event=f"{days_later}日目のこと",
        reason="変わらない。",
        by="試験 担当",
        answered_at=at(TODAY + timedelta(days=days_later)),
    )


def test_answers_stand_with_the_policy_that_was_in_force():
    policy = a_policy(approved_at=at(TODAY))
    later = a_line("next", approved_at=at(TODAY + timedelta(days=100)))
    lines = (later, a_line(approved_at=at(TODAY)))
    answers = PolicyAnswers(no_reviews=(no_review(-5), no_review(5), no_review(105)))
    _, group = answer_groups(policy, answers, lines)
    assert [line.split("　")[1] for line, _ in group.answers] == ["5日目のこと"]
    assert group.note == YEARLY_STAYS


def test_a_policy_that_is_not_approved_has_no_answers():
    draft = a_policy(state=PolicyState.DRAFT, approved_at=None)
    assert answer_groups(draft, until(5, TOLD), ()) == ()


def test_words_without_a_reading_are_named_and_none_is_not_spoken_of():
    assert unread_note(()) == ""
    assert "欝屈、毎朝薬" in unread_note(("欝屈", "毎朝薬"))

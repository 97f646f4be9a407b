from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.domain.policy_events import review_due
from desktop.viewmodels.policy_events import event_line, events_sentence
from tests.domain.test_policy_events import event

TODAY = date(2024, 10, 1)


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (15, "あと15日", "info"),
        (14, "あと14日", "warning"),
        (1, "あと1日", "warning"),
        (0, "今日まで", "warning"),
        (-1, "1日超過", "error"),
    ],
)
def test_the_sentence_says_by_when_and_why(left, words, tone):
    due = review_due(None, [event(TODAY + timedelta(days=left))])
    sentence, shown = events_sentence(due, TODAY)
    assert words in sentence
    assert "世帯員が加わった（R6.9.1）" in sentence
    assert shown == tone


def test_an_event_is_told_also_where_the_year_comes_first():
    due = review_due(TODAY, [event(TODAY + timedelta(days=20))])
    assert "あと20日" in events_sentence(due, TODAY)[0]


def test_nothing_open_says_nothing():
    assert events_sentence(review_due(TODAY, []), TODAY) == ("", "info")


def test_a_line_names_the_member():
    assert event_line(event(TODAY, who="架空 次郎")) == (
        "R6.10.1まで　世帯員が加わった（R6.9.1、架空 次郎）"
    )

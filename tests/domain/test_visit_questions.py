"""What a visit should make sure of: how lists are read and what a record speaks of."""

from __future__ import annotations

import pytest

from desktop.domain.visit_questions import is_mentioned, not_confirmed, questions_in


def test_a_list_is_parted_at_commas():
    assert questions_in("高齢", "食事、転倒,もの忘れ、 、食事").items == (
        "食事",
        "転倒",
        "もの忘れ",
    )


@pytest.mark.parametrize(
    ("item", "text", "said"),
    [
        ("通院", "通院は月2回と聞いた。", True),
        ("通院", "通院：", False),
        ("通院", "通院：月2回", True),
        ("暑さ・寒さ", "寒さをしのいでいる。", True),
        ("もの忘れ", "モノ忘れはない。", True),
        ("転倒", "食事をとっている。", False),
    ],
)
def test_a_line_that_only_asks_says_nothing(item, text, said):
    assert is_mentioned(item, [text]) is said


def test_what_is_left_becomes_one_sentence():
    assert not_confirmed(["通院", "転倒"]) == "通院、転倒は確認できなかった。"
    assert not_confirmed([]) == ""

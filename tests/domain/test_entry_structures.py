"""The structure of an entry: headings without sentences, and texts that come to stand under them."""

from __future__ import annotations

import pytest

from desktop.domain.entry_structures import headings_of, with_headings, without_open


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("収入の変化：5万円に増えた。\n通院・服薬：", ("収入の変化：", "通院・服薬：")),
        ("居宅を訪問し、架空 花子と面接した。", ()),
        ("【生活】\n朝は起きている。\n■健康", ("【生活】", "■健康")),
        ("本人は「お金：足りない」と話した。", ()),
        ("とても長い前置きがある文なので見出しではない：続き", ()),
        ("同居：甲\n同居：乙", ("同居：",)),
        ("用件:書類", ("用件：",)),
        ("", ()),
    ],
)
def test_headings_are_found_and_sentences_are_not(text, headings):
    assert headings_of(text) == headings


def test_what_was_written_stays_and_open_questions_make_room():
    text = "居宅を訪問した。\n同居：架空 花子\n食事・睡眠："
    under = with_headings(text, ("同居：", "求職："), {"食事・睡眠："})
    assert under == "居宅を訪問した。\n同居：架空 花子\n求職："


def test_a_question_that_is_answered_beneath_it_stays_where_it_is():
    under = with_headings(
        "収入：\n5万円に増えた。\n食事：", ("食事：", "収入："), {"収入：", "食事："}
    )
    assert under == "収入：\n5万円に増えた。\n食事："


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("【生活】\n朝は起きている。\n【健康】", "【生活】\n朝は起きている。"),
        ("求職：\n三件に応募した。", "求職：\n三件に応募した。"),
        ("求職：三件\n家計：", "求職：三件"),
        ("求職：\n家計：", ""),
        ("求職：\n\n家計：赤字", "\n家計：赤字"),
        ("求職：\n同居：甲", "同居：甲"),
        ("用件：", "用件："),
    ],
)
def test_headings_under_which_nothing_stands_are_left_out(text, left):
    assert without_open(text, {"【生活】", "【健康】", "求職：", "家計："}) == left

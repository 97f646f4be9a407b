from __future__ import annotations

import pytest

from desktop.viewmodels.text_difference import (
    Change,
    difference,
    is_changed,
    new_side,
    old_side,
    replaced,
)


def text_of(pieces):
    return "".join(piece.text for piece in pieces)


def parts(pieces, change):
    return [piece.text for piece in pieces if piece.change is change]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "新しい文"),
        ("消えた文", ""),
        ("同じ", "同じ"),
        ("居室で世帯主と面接した。体調は良い。", "居室で長男と面接した。体調は悪く、通院した。"),
        ("一行目\n二行目\n三行目", "一行目\n三行目\n四行目"),
        ("𠮷田", "吉田"),
    ],
)
def test_both_texts_can_be_read_from_the_pieces(old, new):
    pieces = difference(old, new)
    assert text_of(old_side(pieces)) == old
    assert text_of(new_side(pieces)) == new
    assert is_changed(pieces) is (old != new)


def test_what_went_stands_before_what_came():
    pieces = difference("世帯主と面接した。", "長男と面接した。")
    assert [(p.change, p.text) for p in pieces] == [
        (Change.REMOVED, "世帯主"),
        (Change.ADDED, "長男"),
        (Change.SAME, "と面接した。"),
    ]


def test_short_stretches_between_changes_are_joined():
    pieces = difference("朝は食べ夜は眠る", "昼は飲み今は歩く")
    assert parts(pieces, Change.SAME) == []


def test_very_long_texts_are_compared_by_lines():
    old = "".join(f"{number}行目の文です。\n" for number in range(900))
    new = old.replace("450行目の文です。", "直した文です。")
    pieces = difference(old, new)
    assert parts(pieces, Change.REMOVED) == ["450行目の文です。\n"]
    assert text_of(new_side(pieces)) == new


def test_facts_are_replaced_as_a_whole():
    assert [(p.change, p.text) for p in replaced("10:00", "10:30")] == [
        (Change.REMOVED, "10:00"),
        (Change.ADDED, " 10:30"),
    ]
    assert not is_changed(replaced("10:00", "10:00"))

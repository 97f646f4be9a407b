"""What somebody wrote himself, without the words of the office."""

from __future__ import annotations

import pytest

from desktop.domain.own_words import OfficeWords
from desktop.domain.tick_reading import TickReader
from tests.support.ticks import shipped_sheet

PHRASES = (
    "居宅を訪問し、{相手}と面接した。",
    "収入は＿＿＿であることを、通帳で確認した。",
    "以上",
    "{世帯主}＿＿＿",
)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("居宅を訪問し、試験 花子（長女）と面接した。庭に猫がいた。", "庭に猫がいた。"),
        ("収入は月3万円であることを、通帳で確認した。", ""),
        ("室内は片付いている（目で見て確認）。\n\n庭に猫がいた。 ", "庭に猫がいた。"),
        ("以上", "以上"),
        ("庭に猫がいた。", "庭に猫がいた。"),
    ],
)
def test_phrases_with_their_slots_and_sentences_of_ticks_are_taken_out(text, own):
    assert OfficeWords(TickReader(shipped_sheet()), PHRASES).without(text) == own


def test_without_phrases_only_ticks_are_taken_out():
    words = OfficeWords(TickReader(shipped_sheet()))
    assert words.without("居宅を訪問し、長女と面接した。") == "居宅を訪問し、長女と面接した。"

"""Readings of words: from a table, by rule for numbers, from the kana of a name."""

from __future__ import annotations

import tomllib

import pytest

from desktop.domain.readings import Readings, is_reading, is_word, read_name, words_of_name
from desktop.resources import resource_path

SHIPPED = {
    row["key"]: row["reading"]
    for row in tomllib.loads(resource_path("rules", "readings.toml").read_text(encoding="utf-8"))[
        "row"
    ]
}
READINGS = Readings(SHIPPED)


def told(text: str, readings: Readings = READINGS) -> str:
    """薬{くすり}をのむ: the text with its readings."""
    return "".join(f"{p.text}{{{p.reading}}}" if p.reading else p.text for p in readings.read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("毎朝、薬をのむ", "毎朝{まいあさ}、薬{くすり}をのむ"),
        ("話し合いを続ける", "話{はな}し合{あ}いを続{つづ}ける"),
        ("生活保護の相談員", "生活保護{せいかつほご}の相談員{そうだんいん}"),
        ("令和7年3月31日まで", "令和{れいわ}7年{ねん}3月{がつ}31日{にち}まで"),
        ("10月1日", "10月{がつ}1日{ついたち}"),
        ("20日と24日", "20日{はつか}と24日{にじゅうよっか}"),
        ("1日3回", "1日{にち}3回{かい}"),
        ("毎日飲む", "毎日{まいにち}飲{の}む"),
        ("1回通う", "1回{かい}通{かよ}う"),
        ("月1回", "月{つき}1回{かい}"),
        ("3か月に2回", "3か月{げつ}に2回{かい}"),
        ("3日間、1人で", "3日間{にちかん}、1人{ひとり}で"),
        ("今日の様子", "今日{きょう}の様子{ようす}"),
        ("ひらがなだけ", "ひらがなだけ"),
        ("", ""),
    ],
)
def test_words_numbers_and_kana(text: str, expected: str):
    assert told(text) == expected


def test_a_run_of_kanji_is_read_as_a_whole_or_not_at_all():
    assert told("今日中に") == "今日中に"
    (unread, rest) = READINGS.read("今日中に")
    assert unread.is_unread
    assert not rest.is_unread


def test_a_lone_kanji_is_not_pieced_together_with_others():
    assert told("毎朝薬をのむ") == "毎朝薬をのむ"
    assert told("訪問人") == "訪問人"


def test_the_fewest_words_win():
    readings = Readings({"生活": "せいかつ", "保護": "ほご", "生活保護": "せいかつほご"})
    assert told("生活保護", readings) == "生活保護{せいかつほご}"


def test_nothing_is_lost_or_added():
    text = "訪問のたびに残薬を数える。「𠮷田さん」と10日に話す。"
    assert "".join(piece.text for piece in READINGS.read(text)) == text


def test_every_shipped_word_reads_as_it_says():
    for word, reading in SHIPPED.items():
        assert is_word(word), word
        assert is_reading(reading), word
        pieces = READINGS.read(word)
        assert not any(piece.is_unread for piece in pieces), word


def test_names_by_their_parts():
    assert [(p.text, p.reading) for p in read_name("髙﨑　例太", "タカサキ　レイタ")] == [
        ("髙﨑", "たかさき"),
        ("　", ""),
        ("例太", "れいた"),
    ]
    assert [(p.text, p.reading) for p in read_name("髙﨑例太", "タカサキ レイタ")] == [
        ("髙﨑例太", "たかさきれいた")
    ]
    assert [(p.text, p.reading) for p in read_name("髙﨑　例太", "")] == [("髙﨑　例太", "")]
    assert [(p.text, p.reading) for p in read_name("アン　花子", "アン　ハナコ")] == [
        ("アン", ""),
        ("　", ""),
        ("花子", "はなこ"),
    ]


def test_a_name_of_one_character_is_not_looked_for_in_other_words():
    assert words_of_name("林　花子", "ハヤシ　ハナコ") == {"花子": "はなこ"}


@pytest.mark.parametrize("text", ["", "くすり", "薬 局"])
def test_what_is_no_word(text: str):
    assert not is_word(text)


def test_a_variant_of_a_kanji_is_one_character_and_not_read_as_another():
    readings = Readings({"葛": "くず", "葛\U000e0100": "かつら"})
    assert told("葛\U000e0100と葛", readings) == "葛\U000e0100{かつら}と葛{くず}"


def test_a_word_that_is_none_is_read_as_a_whole_at_once():
    word = "話し" * 40
    assert told(word, Readings({word: "はなし" * 40})) == f"{word}{{{'はなし' * 40}}}"

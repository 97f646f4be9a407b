from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import ValidationError
from desktop.domain.wording import WordingHint, WordingRule, hints, is_set_phrase_only, parse_rules

SHIPPED = Path(__file__).parents[2] / "resources" / "rules"
RULES = (
    WordingRule(word="怠惰", hint="評価です。"),
    WordingRule(word="変わりなし", hint="何が。"),
    WordingRule(word="特に変わりなし", hint="何を。"),
)


def test_words_are_found_where_they_stand():
    found = hints("本人は怠惰である。特に変わりなし。", RULES)
    assert found == (
        WordingHint(start=3, end=5, hint="評価です。"),
        WordingHint(start=9, end=16, hint="何を。"),
    )


def test_positions_count_characters_beyond_the_basic_plane_as_one():
    assert hints("𠮷田は怠惰", RULES)[0].start == 3


def test_no_words_no_hints():
    assert hints("怠惰", ()) == ()
    assert hints("", RULES) == ()


def test_signs_in_words_are_no_patterns():
    assert hints("a.c abc", (WordingRule(word="a.c", hint="x"),)) == (
        WordingHint(start=0, end=3, hint="x"),
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wording", {"ルーズ", "わがまま", "怠惰", "嘘つき"}),
        ("policy_wording", {"見守る", "就労指導を行う", "等"}),
    ],
)
def test_the_shipped_rules_are_readable(name, words):
    rules = parse_rules((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))
    assert words <= {rule.word for rule in rules}
    assert all(rule.hint.endswith("。") for rule in rules)
    assert len({rule.word for rule in rules}) == len(rules)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("見守る。", ["見守る"]),
        ("引き続き生活状況を見守る", ["見守る"]),
        ("月1回の訪問で薬の残りを見守る。", []),
        ("様子を見る", ["様子を見る"]),
        ("就労指導を行う。", ["就労指導を行う"]),
        ("ハローワークの求人に応募するよう就労指導を行う。", []),
        ("毎週、応募を確かめる。就労指導を行う。", ["就労指導を行う"]),
        ("来年3月までに就労指導を行う。", []),
        ("病院等に連絡する。", ["等"]),
        ("高等学校に等級を問い合わせる。", []),
        ("適宜、電話で確かめる。", ["適宜"]),
        ("毎朝薬をのむ。", []),
    ],
)
def test_words_that_make_a_policy_say_nothing(text, words):
    rules = parse_rules((SHIPPED / "policy_wording.toml").read_text(encoding="utf-8"))
    assert [text[hint.start : hint.end] for hint in hints(text, rules)] == words


@pytest.mark.parametrize("text", ["group = 1", "[[group]]\nhint='x'", "=", "x = 1"])
def test_another_file_is_refused(text):
    with pytest.raises(ValidationError):
        parse_rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "訪問。変わりなし。",
        "定期訪問。特に変わりなし。",
        "本人在宅。生活状況に変化なし。",
        "訪問。体調良好。引き続き見守り。",
        "",
        "　。",
        "本人と面談した。特に問題ありません。",
        "定期訪問を実施し、世帯主と面接した。生活状況、健康状況ともに変わりなし。特に問題なく、引き続き経過を観察する。",
    ],
)
def test_set_phrases_say_nothing(text):
    assert is_set_phrase_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "訪問。腰痛のため通院を月2回に増やした。",
        "長男が就職活動を始めた。",
        "変わりなし。冷蔵庫が故障。",
        "家賃の滞納なし。",
        "異常なし、と問いに応じた。",
        "変わりありかなしか。",
    ],
)
def test_facts_are_no_set_phrases(text):
    assert not is_set_phrase_only(text)

"""Folding, pairs of characters and the query: what is the same, and that pairs never lose what an exact scan finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import ValidationError
from desktop.domain.search_text import (
    Term,
    canonical,
    era_words,
    fold_text,
    grams,
    marked,
    read_query,
    says,
    with_eras,
)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("ｶﾙﾃ", "かるて"),
        ("カルテ", "かるて"),
        ("ﾊﾟｰﾄ", "ぱーと"),
        ("髙﨑", "高崎"),
        ("渡邉", "渡邊"),
        ("２枚", "2枚"),
        ("ＡＢＣ", "abc"),
        ("受診。 しかし", "受診しかし"),
        ("R6.4", "2024年4月"),
        ("Ｒ６．４", "令和6年4月"),
        ("令和６年　４月", "2024/04"),
        ("2024-4-1", "令和6年4月1日"),
        ("平成元年", "1989年"),
        ("昭和64年1月7日", "S64.1.7"),
        ("葛󠄀城", "葛城"),
        ("霞ヶ関", "霞ケ関"),
    ],
)
def test_what_is_written_in_different_ways_is_the_same(written: str, same: str):
    assert fold_text(written) == fold_text(same)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("2024.13", "2024年1月3"),
        ("03-1234-5678", "2034年"),
        ("xr6.4", "x2024年4月"),
        ("コーヒー", "コヒ"),
        ("令和6年10月", "2024年1月"),
    ],
)
def test_what_is_not_a_date_or_not_the_same_stays(written: str, other: str):
    assert fold_text(written) != fold_text(other)


def test_a_month_is_found_in_its_days():
    assert fold_text("R6.4") in fold_text("令和6年4月12日に訪問")
    assert fold_text("4月") in fold_text("R6.4.12")
    assert fold_text("R6.1") not in fold_text("令和6年10月1日")


def test_a_query_is_words_phrases_and_exclusions():
    assert read_query('通院　－就労 "糖尿病 の" 「R6.4」') == (
        Term(word="通院"),
        Term(word="就労", is_excluded=True),
        Term(word="糖尿病の"),
        Term(word="2024年4月"),
    )
    assert canonical(read_query("通院 -就労")) == "通院 -就労"


@pytest.mark.parametrize("asked", ["", "　", "-就労", "。、", "あ " * 3 + "い" * 300])
def test_a_query_that_asks_for_nothing_or_too_much_is_refused(asked: str):
    with pytest.raises(ValidationError) as refused:
        read_query(asked)
    assert "words" in refused.value.fields


@pytest.mark.parametrize(
    ("asked", "also", "told"),
    [
        ("6年4月", "2024年4月", "令和6年4月"),
        ("６年４月１日", "2024年4月1日", "令和6年4月1日"),
        ("元年5月", "2019年5月", "令和1年5月"),
        ("7年1月", "1995年1月", "平成7年1月"),
        ("31年4月", "2019年4月", "令和1年4月"),
        ("63年4月", "1988年4月", "昭和63年4月"),
    ],
)
def test_a_month_without_its_era_is_looked_for_in_the_newest_that_has_come(asked, also, told):
    (term,) = with_eras(read_query(asked), 2024)
    assert term.also == (also,)
    assert era_words(also) == told


@pytest.mark.parametrize(
    "asked", ["6年", "4月", "6年13月", "2024年4月", "令和6年4月", "小学6年4月"]
)
def test_what_may_be_no_year_of_an_era_is_left_alone(asked: str):
    (term,) = with_eras(read_query(asked), 2024)
    assert term.also == ()


def test_the_hit_is_marked_in_the_text_as_it_was_written():
    parts = marked("主はｶﾙﾃを見せてくれた。", read_query("カルテ"))
    assert parts == (("主は", False), ("ｶﾙﾃ", True), ("を見せてくれた。", False))
    parts = marked("あ" * 200 + "通院" + "い" * 200, read_query("通院"))
    assert parts[0] == ("…", False)
    assert ("通院", True) in parts
    assert parts[-1] == ("…", False)
    assert ("令和6年4月", True) in marked("令和6年4月に転居", read_query("R6.4"))


_TEXT = st.text(alphabet="通院受診ｶﾞカか髙高R6.4令和年月日12ー- 、\nａAé元", max_size=30)


@given(text=_TEXT, word=_TEXT)
def test_pairs_find_everything_that_an_exact_scan_finds(text: str, word: str):
    lines = "\n".join(map(fold_text, text.split("\n")))
    wanted = fold_text(word)
    if wanted and wanted in lines:
        assert wanted[:1] in {gram[:1] for gram in grams(lines)}
        assert {wanted[i : i + 2] for i in range(len(wanted) - 1)} <= grams(lines)


@given(text=_TEXT)
def test_folding_a_folded_text_changes_only_dates(text: str):
    once = fold_text(text)
    assert fold_text(fold_text(once)) == fold_text(once)


@given(text=_TEXT, word=_TEXT)
def test_what_is_marked_is_the_text_itself(text: str, word: str):
    try:
        terms = read_query(word)
    except ValidationError:
        return
    parts = marked(text, terms, width=200)
    assert "".join(part for part, _ in parts) == text.replace("\n", " ")
    positive = [term for term in terms if not term.is_excluded]
    assert (
        all(
            says(fold_text(part), (term,))
            for part, is_hit in parts
            if is_hit
            for term in positive[:1]
        )
        or len(positive) > 1
    )

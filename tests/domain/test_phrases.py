"""Set phrases: what a code finds, what the slots are filled with, and that the shipped ones keep the house style."""

from __future__ import annotations

import pytest

from desktop.database.shipped import shipped_rows
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.domain.phrases import (
    PHRASE_SLOTS,
    Phrase,
    PhraseBook,
    code_error,
    first_blank,
    slot_error,
    typed_code,
)
from desktop.domain.records import SegmentKind
from desktop.domain.wording import WordingRule, hints, is_set_phrase_only

OFFICE = Phrase(
    code="kn",
    reading="こまりなし",
    label="困りごと",
    text="{相手}は「困っていることはない」と話した。",
    segments=(SegmentKind.WORDS,),
)
OWN = Phrase(code="kn", label="自分の", text="自分の文", phrase_id=new_id(), version=1)
OTHER = Phrase(code="knx", label="よその欄", text="文", segments=(SegmentKind.FACTS,))


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ("居室で面接した。;kn", "kn"),
        ("；こまり", "こまり"),
        (";", ""),
        ("A; B", None),
        ("文の終わり。", None),
        (";kn。", None),
        (f";{'x' * 21}", None),
    ],
)
def test_what_stands_behind_a_semicolon_is_a_code(before, typed):
    assert typed_code(before) == typed


@pytest.mark.parametrize("typed", ["kn", "KN", "ｋｎ", "こまりなし", "コマリナシ"])
def test_code_and_reading_of_any_width_find_the_phrase(typed):
    assert PhraseBook(phrases=(OFFICE, OTHER)).exact(typed) is OFFICE


def test_of_two_with_one_code_the_own_one_counts():
    assert PhraseBook(phrases=(OWN, OFFICE)).exact("kn") is OWN


def test_a_beginning_is_no_whole_code():
    book = PhraseBook(phrases=(OFFICE,))
    assert book.exact("k") is None
    assert book.exact("") is None


def test_candidates_meant_for_this_part_come_first_and_whole_codes_before_all():
    book = PhraseBook(phrases=(OTHER, OFFICE))
    assert book.candidates("k", SegmentKind.WORDS) == (OFFICE, OTHER)
    assert book.candidates("knx", SegmentKind.WORDS) == (OTHER,)
    assert book.candidates("困りごと", SegmentKind.WORDS) == (OFFICE,)
    assert book.candidates("zz", SegmentKind.WORDS) == ()


def test_slots_are_filled_from_what_the_form_says_then_from_what_is_known():
    book = PhraseBook(known={"相手": "", "今日": "令和6年4月1日"})
    phrase = Phrase(code="x", label="x", text="{今日}、{相手}と会った。次は{次回予定}。")
    assert book.text_of(phrase, {"相手": "架空 花子"}) == (
        "令和6年4月1日、架空 花子と会った。次は＿＿＿。"
    )
    assert book.text_of(phrase, {"今日": ""}).startswith("令和6年4月1日")


def test_the_first_blank_is_what_is_written_over():
    assert first_blank("月＿＿＿回、＿＿＿") == (1, 4)
    assert first_blank("空きはない。") is None


@pytest.mark.parametrize("code", ["", " ", "k n!", "漢字", "a" * 13])
def test_a_code_is_short_and_typed_without_converting(code):
    assert code_error(code)


@pytest.mark.parametrize("code", ["kn", "ti2", "つういん", "ツウイン"])
def test_letters_digits_and_kana_are_codes(code):
    assert code_error(code) == ""


def test_an_unknown_slot_is_named_with_those_that_there_are():
    assert slot_error("{今日}{相手}") == ""
    assert "「病名」" in slot_error("{病名}")
    assert all(f"{{{slot}}}" in slot_error("{病名}") for slot in PHRASE_SLOTS)


@pytest.fixture(scope="module")
def wording():
    return tuple(
        WordingRule(
            word=row.key,
            hint=str(row.value["hint"]),
            alone=row.value.get("alone") is True,
        )
        for row in shipped_rows(Master.WORDING)
    )


def test_no_shipped_phrase_uses_a_word_that_the_house_style_asks_to_reconsider(wording):
    for row in shipped_rows(Master.PHRASES):
        assert hints(str(row.value["text"]), wording) == (), row.key
        assert not is_set_phrase_only(str(row.value["text"])), row.key


def test_shipped_bad_examples_are_bad_and_say_what_is_wrong(wording):
    bad = [row for row in shipped_rows(Master.PHRASES) if row.value["bad_example"]]
    assert len(bad) >= 5
    assert all(row.value["why"] for row in bad)
    told = [r.key for r in bad if hints(str(r.value["bad_example"]), wording)]
    assert {"hm", "sn", "ti", "sy", "fz"} <= set(told)


def test_shipped_codes_and_readings_can_be_typed_and_are_told_apart():
    rows = shipped_rows(Master.PHRASES)
    codes = [code for row in rows for code in (row.key, str(row.value["reading"])) if code]
    assert len(set(codes)) == len(codes)
    for row in rows:
        assert code_error(row.key) == ""
        assert slot_error(str(row.value["text"])) == ""
        assert row.value["segments"]

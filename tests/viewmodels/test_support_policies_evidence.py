from __future__ import annotations

import pytest

from desktop.domain.records import SegmentKind
from desktop.viewmodels.support_policies_evidence import found, sentences_of
from tests.support.factories import days_ago
from tests.support.fakes_records import entry, segment


def quotes(text):
    given = entry(segments=(segment(SegmentKind.FACTS, text),))
    return [sentence.quote for sentence in sentences_of([given])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("居室で面接した。体調は良い。", ["居室で面接した。", "体調は良い。"]),
        ("「飲み忘れる。」と話す。", ["「飲み忘れる。」", "と話す。"]),
        ("一行目\n　二行目　\n\n", ["一行目", "二行目"]),
        ("本当か？！　はい", ["本当か？！", "はい"]),
        ("。", ["。"]),
        (" \n ", []),
    ],
)
def test_a_segment_falls_into_sentences(text, expected):
    assert quotes(text) == expected


def test_every_quotation_lies_where_it_says_even_behind_characters_beyond_the_basic_plane():
    text = "𠮷野さんが来た。\n　髙﨑さんと𠮷野さんは知り合い。"
    for sentence in sentences_of([entry(segments=(segment(SegmentKind.FACTS, text),))]):
        evidence = sentence.evidence
        assert text[evidence.start : evidence.end] == evidence.quote


def test_the_newest_entry_comes_first_and_annulled_ones_not_at_all():
    given = [
        entry("old", event_on=days_ago(30)),
        entry("new"),
        entry("wrong", is_annulled=True),
    ]
    days = [sentence.day for sentence in sentences_of(given)]
    assert days == ["R6.10.1", "R6.10.1", "R6.9.1", "R6.9.1"]


def test_subject_and_reason_are_no_evidence():
    given = entry(
        segments=(segment(SegmentKind.SUBJECT, "題。"), segment(SegmentKind.REASON, "理由。"))
    )
    assert sentences_of([given]) == ()


def test_every_word_typed_narrows_in_whatever_kana_or_width():
    sentences = sentences_of(
        [entry(segments=(segment(SegmentKind.FACTS, "クスリを飲む。薬をもらう。"),))]
    )
    assert [s.quote for s in found(sentences, "くすり　飲む", 10)[0]] == ["クスリを飲む。"]
    shown, total = found(sentences, "", 1)
    assert (len(shown), total) == (1, 2)
    assert found(sentences, "通院", 10) == ((), 0)

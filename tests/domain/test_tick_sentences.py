"""Ticks as sentences, and sentences found again: over the shipped sheet in every style."""

from __future__ import annotations

from itertools import product

import pytest

from desktop.domain.records import SegmentKind
from desktop.domain.tick_reading import TickReader, put_in, reader_of
from desktop.domain.tick_sentences import clause_of, sentences, sources_of
from desktop.domain.ticks import Ending, Joining, Tick, TickSheet
from tests.support.ticks import shipped_sheet

FACTS, WORDS, NOT_CONFIRMED = SegmentKind.FACTS, SegmentKind.WORDS, SegmentKind.NOT_CONFIRMED
STYLES = tuple(product(Ending, Joining))
MEALS = Tick(subject="meals", answer=0, source="self")
MEDICINE = Tick(subject="medicine", answer=0, source="self")
HOUSE = Tick(subject="house", answer=0, source="seen")
DOCTOR_UNKNOWN = Tick(subject="doctor", answer=None)


def said(ticks, ending=Ending.PLAIN, joining=Joining.LINES):
    return [(s.segment, s.text) for s in sentences(shipped_sheet(ending, joining), ticks)]


def put(texts, ticks, joining=Joining.LINES):
    return put_in(TickReader(shipped_sheet(joining=joining)), texts, ticks)


def every_tick(sheet: TickSheet) -> list[Tick]:
    """Each answer of each subject by each source."""
    return [
        Tick(
            subject=subject.code,
            answer=place,
            source=source.code,
            detail="見本2" if answer.detail else "",
        )
        for subject in sheet.subjects
        for place, answer in enumerate(subject.answers)
        for source in sheet.sources
    ]


@pytest.mark.parametrize(
    ("tick", "plain", "polite"),
    [
        (
            MEALS,
            "本人によると、食事は三食とれているとのこと。",
            "本人によると、食事は三食とれているとのことです。",
        ),
        (HOUSE, "室内は片付いている（目で見て確認）。", "室内は片付いています（目で見て確認）。"),
        (
            Tick(subject="meals", answer=1, source="doctor", detail="2回"),
            "主治医によると、食事をとらないことが2回あるとのこと。",
            "主治医によると、食事をとらないことが2回あるとのことです。",
        ),
        (
            Tick(subject="handbook", answer=2, source="paper"),
            "手帳はない（書類で確認）。",
            "手帳はありません（書類で確認）。",
        ),
        (
            DOCTOR_UNKNOWN,
            "通院の状況は確認できなかった。",
            "通院の状況は確認できませんでした。",
        ),
        (
            Tick(subject="next", answer=0, source="agreed", detail="12月5日"),
            "次は12月5日に訪問する。",
            "次は12月5日に訪問します。",
        ),
    ],
)
def test_a_tick_is_said_in_the_style_of_the_office_with_its_source(tick, plain, polite):
    assert [text for _, text in said([tick])] == [plain]
    assert [text for _, text in said([tick], Ending.POLITE)] == [polite]


def test_the_source_decides_the_part_and_what_is_not_confirmed_has_its_own():
    next_visit = Tick(subject="next", answer=0, source="agreed", detail="12月5日")
    parts = [segment for segment, _ in said([DOCTOR_UNKNOWN, next_visit, MEALS, HOUSE])]
    assert parts == [FACTS, WORDS, SegmentKind.NEXT, NOT_CONFIRMED]


def test_sentences_of_one_source_are_joined_where_the_office_wants_it():
    ticks = [MEDICINE, MEALS, HOUSE, DOCTOR_UNKNOWN, Tick(subject="worries", answer=None)]
    assert said(ticks, joining=Joining.LINKED) == [
        (FACTS, "室内は片付いている（目で見て確認）。"),
        (
            WORDS,
            "本人によると、食事は三食とれており、薬は決められたとおり飲めているとのこと。",
        ),
        (NOT_CONFIRMED, "通院の状況、困りごとの有無は確認できなかった。"),
    ]


def test_what_is_not_ticked_or_not_complete_says_nothing():
    assert said([]) == []
    assert said([Tick(subject="meals", answer=1, source="self")]) == []
    assert said([Tick(subject="meals", answer=9, source="self")]) == []
    assert said([Tick(subject="unknown", answer=0, source="self")]) == []
    assert said([Tick(subject="meals", answer=0, source="unknown")]) == []


def test_the_sources_of_facts_are_named_once_and_those_of_words_not():
    ticks = [HOUSE, MEALS, Tick(subject="heat", answer=0, source="seen")]
    assert sources_of(shipped_sheet(), sentences(shipped_sheet(), ticks)) == ("目で見た",)


def test_every_shipped_clause_has_an_ending_and_every_subject_a_source():
    sheet = shipped_sheet()
    strays = [
        answer.clause
        for subject in sheet.subjects
        for answer in subject.answers
        if not any(answer.clause.endswith(ending.plain) for ending in sheet.endings)
    ]
    assert strays == []
    assert all(sheet.source(subject.source) for subject in sheet.subjects)
    assert clause_of(sheet, "変化なし", Ending.POLITE) == "変化なし"


@pytest.mark.parametrize("style", STYLES)
def test_every_sentence_is_found_again_as_the_tick_that_said_it(style):
    sheet = shipped_sheet(*style)
    reader = TickReader(sheet)
    for tick in every_tick(sheet):
        (one,) = sentences(sheet, [tick])
        assert reader.found(one.text) == ((one.text, (tick,)),), one.text
    topics = [Tick(subject=subject.code, answer=None) for subject in sheet.subjects]
    for tick in topics:
        (one,) = sentences(sheet, [tick])
        assert reader.found(one.text) == ((one.text, (tick,)),)


@pytest.mark.parametrize("style", STYLES)
def test_all_subjects_together_go_in_and_out_again(style):
    sheet = shipped_sheet(*style)
    reader = TickReader(sheet)
    ticks = [tick for tick in every_tick(sheet) if tick.answer == 0 and tick.source == "self"]
    own = {FACTS: "玄関で話した。", WORDS: "「寒くなった」と話した。"}
    texts = own | put_in(reader, own, ticks)
    assert {t for s in reader.read(texts) for t in s.ticks} == set(ticks)
    assert put_in(reader, texts, ticks) == {}
    assert {s: text for s, text in (texts | put_in(reader, texts, [])).items() if text} == own


def test_ticking_again_replaces_only_the_untouched_sentence():
    before = put({FACTS: "玄関で話した。"}, [HOUSE, MEALS])
    assert before == {
        FACTS: "玄関で話した。\n室内は片付いている（目で見て確認）。",
        WORDS: "本人によると、食事は三食とれているとのこと。",
    }
    touched = before[WORDS].replace("三食", "二食か三食")
    now = {FACTS: f"{before[FACTS]}\n外は雨。", WORDS: touched}
    changed = put(now, [Tick(subject="house", answer=1, source="seen"), MEDICINE])
    assert changed[FACTS] == (
        "玄関で話した。\n室内に物が多く、通り道がふさがっている（目で見て確認）。\n外は雨。"
    )
    assert changed[WORDS] == f"{touched}\n本人によると、薬は決められたとおり飲めているとのこと。"


def test_a_tick_taken_away_takes_its_sentence_and_its_line():
    texts = {FACTS: "朝に訪ねた。\n室内は片付いている（目で見て確認）。\n外は雨。"}
    assert put(texts, []) == {FACTS: "朝に訪ねた。\n外は雨。"}


def test_another_source_moves_the_sentence_to_its_part():
    texts = {WORDS: "本人によると、食事は三食とれているとのこと。"}
    by_doctor = Tick(subject="meals", answer=0, source="doctor")
    assert put(texts, [by_doctor]) == {
        WORDS: "",
        FACTS: "主治医によると、食事は三食とれているとのこと。",
    }


def test_a_sentence_that_stands_twice_or_elsewhere_is_left_where_somebody_put_it():
    sentence = "本人によると、食事は三食とれているとのこと。"
    texts = {FACTS: sentence, WORDS: sentence}
    assert put(texts, [MEALS]) == {}
    assert put(texts, []) == {FACTS: ""}


def test_sentences_go_on_behind_each_other_where_the_office_wants_it():
    assert put({WORDS: "元気そう。"}, [MEALS, MEDICINE], Joining.RUN) == {
        WORDS: "元気そう。本人によると、食事は三食とれているとのこと。"
        "本人によると、薬は決められたとおり飲めているとのこと。"
    }


def test_a_template_question_keeps_its_line():
    assert put({FACTS: "収入の変化："}, [HOUSE], Joining.RUN) == {
        FACTS: "収入の変化：\n室内は片付いている（目で見て確認）。"
    }


def test_a_sheet_has_one_reader():
    polite = shipped_sheet(Ending.POLITE)
    assert reader_of(shipped_sheet()) is reader_of(shipped_sheet())
    assert reader_of(polite) is not reader_of(shipped_sheet())


def test_what_somebody_wrote_himself_remains_when_ticks_are_taken_out():
    reader = TickReader(shipped_sheet())
    text = "玄関で話した。\n室内は片付いている（目で見て確認）。\n本人によると、元気とのこと。"
    assert reader.without(text) == "玄関で話した。\n本人によると、元気とのこと。"

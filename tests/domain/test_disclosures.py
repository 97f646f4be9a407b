"""What is struck becomes a bar of one width with a number; nothing of it is left, whatever overlaps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.disclosures_marks import (
    Mark,
    Part,
    PartKey,
    PartText,
    Verdict,
    covers,
    find,
    undecided,
)
from desktop.domain.disclosures_redaction import BLACK, redact
from desktop.domain.ids import new_id
from tests.support.fakes import CLOCK

ENTRY, SEGMENT = new_id(), new_id()
TEXT = "隣の見本太郎から聞いた。見本太郎は困っていた。"


def a_part(text: str = TEXT, part: Part = Part.TEXT, why: str = "") -> PartText:
    key = PartKey(entry_id=ENTRY, version=1, part=part, segment_id=SEGMENT)
    return PartText(
        key=key,
        label="事実",
        text=text,
        event_on=date(2024, 5, 7),
        entry_number=3,
        kind_label="家庭訪問",
        why=why,
    )


def a_mark(start: int | None = None, end: int | None = None, **changes) -> Mark:
    values = {
        "mark_id": new_id(),
        "key": a_part().key,
        "verdict": Verdict.STRUCK,
        "reason": "78-1-2",
        "start": start,
        "end": end,
        "note": "",
        "made_by": "見本",
        "made_at": CLOCK.now(),
        **changes,
    }
    return Mark(**values)


def text_of(*marks: Mark, text: str = TEXT) -> str:
    part = a_part(text)
    return redact([part], marks).text(part.key)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], TEXT),
        ([(None, None)], f"{BLACK}［1］"),
        ([(2, 6)], f"隣の{BLACK}［1］から聞いた。見本太郎は困っていた。"),
        ([(2, 6), (12, 16)], f"隣の{BLACK}［1］から聞いた。{BLACK}［2］は困っていた。"),
        ([(12, 16), (2, 6)], f"隣の{BLACK}［1］から聞いた。{BLACK}［2］は困っていた。"),
        ([(2, 5), (4, 6)], f"隣の{BLACK}［1・2］から聞いた。見本太郎は困っていた。"),
        ([(2, 4), (4, 6)], f"隣の{BLACK}［1］{BLACK}［2］から聞いた。見本太郎は困っていた。"),
        ([(2, 6), (None, None)], f"{BLACK}［1・2］"),
    ],
)
def test_a_struck_span_becomes_a_numbered_bar(spans, expected):
    assert text_of(*(a_mark(*span) for span in spans)) == expected


def test_the_bar_has_one_width_whatever_was_struck():
    assert text_of(a_mark(), text="短い。") == text_of(a_mark(), text="とても長い言葉。" * 50)


def test_what_is_left_open_and_marks_of_other_versions_change_nothing():
    other = PartKey(entry_id=ENTRY, version=2, part=Part.TEXT, segment_id=SEGMENT)
    assert text_of(a_mark(verdict=Verdict.LEFT, reason=""), a_mark(key=other)) == TEXT


def test_a_segment_that_is_struck_takes_its_source_with_it():
    source = a_part("民生委員 例示", Part.SOURCE)
    redaction = redact([a_part(), source], [a_mark()])
    assert redaction.text(source.key) == ""
    redaction = redact([a_part(), source], [a_mark(2, 6)])
    assert redaction.text(source.key) == "民生委員 例示"


def test_bars_are_told_in_the_order_of_the_paper():
    met = a_part("見本太郎", Part.MET)
    bars = redact([met, a_part()], [a_mark(2, 6), a_mark(key=met.key, reason="78-1-7")]).bars
    assert [(bar.number, bar.reason, bar.is_whole) for bar in bars] == [
        (1, "78-1-7", True),
        (2, "78-1-2", False),
    ]
    assert (bars[0].event_on, bars[0].entry_number, bars[0].kind_label) == (
        *(date(2024, 5, 7), 3, "家庭訪問"),
    )


@given(
    st.text(alphabet="甲乙丙丁戊己庚辛", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=6),
)
def test_whatever_overlaps_exactly_the_struck_characters_are_gone(text, spans):
    spans = [(a, min(b, len(text))) for a, b in spans if a < min(b, len(text))]
    hidden = {place for a, b in spans for place in range(a, b)}
    shown = text_of(*(a_mark(a, b) for a, b in spans), text=text)
    kept = "".join(c for c in shown if c in "甲乙丙丁戊己庚辛")
    assert kept == "".join(c for place, c in enumerate(text) if place not in hidden)
    assert shown.count("［") == len(find_groups(hidden, spans))


def find_groups(hidden: set[int], spans: list[tuple[int, int]]) -> list[int]:
    """One bar for each run of overlapping spans; spans that only touch have one each."""
    ends: list[int] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            ends.append(end)
    return ends


@pytest.mark.parametrize(
    ("word", "text", "places"),
    [
        ("見本太郎", TEXT, [2, 12]),
        ("ｶﾌｪ", "カフェで会った。", [0]),
        ("ABC", "ＡＢＣ薬局とabc病院", [0, 6]),
        ("𠮷田", "隣の𠮷田さん", [2]),
        (" \u3000", TEXT, []),
        ("ああ", "あああ", [0]),
    ],
)
def test_words_are_found_in_any_width(word, text, places):
    assert [found.start for found in find([a_part(text)], word, [])] == places


def test_a_place_is_struck_when_all_its_characters_are():
    first, second = find([a_part()], "見本太郎", [a_mark(0, 4), a_mark(4, 6)])
    assert (first.is_struck, second.is_struck) == (True, False)
    source = a_part("例示", Part.SOURCE)
    assert covers([a_mark()], source.key, 0, 2)
    assert not covers([a_mark(0, 5)], source.key, 0, 2)


def test_a_part_waits_until_somebody_decides():
    listed, plain = a_part(why="関係機関の記録"), a_part("別の文", Part.MET)
    assert undecided([listed, plain], []) == (listed,)
    assert undecided([listed, plain], [a_mark(verdict=Verdict.LEFT)]) == ()
    assert undecided([listed, plain], [a_mark(2, 6)]) == ()

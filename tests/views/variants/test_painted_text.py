from __future__ import annotations

from desktop.views.variants.painted_text import GETA, PaintedText
from desktop.views.variants.sequences import has_sequences, sequences
from tests.views.variants.fonts import BE, KATSU, NOWHERE, TSUJI

CODES = {KATSU: "\U00100000", "𠮷\U000e0101": "\U00100001"}


def test_sequences_of_a_font_are_turned_and_nothing_else():
    painted = PaintedText(CODES)
    assert painted(f"甲{KATSU}乙𠮷\U000e0101") == "甲\U00100000乙\U00100001"
    for same in ("", "ABC", "葛城 𠮷", NOWHERE, BE, TSUJI, "\U000e0100葛"):
        assert painted(same) == same


def test_private_code_points_of_a_real_text_are_never_drawn_as_a_name():
    painted = PaintedText(CODES)
    assert painted("甲\U00100001乙") == f"甲{GETA}乙"
    assert painted("\U00100000\U000e0100") == f"{GETA}\U000e0100"
    assert painted("\U00100002\uf8ff") == "\U00100002\uf8ff"


def test_places_are_counted_as_qt_counts():
    text = f"𠮷{KATSU}a\u3402\ufe00𠮷\U000e0101"
    found = [(one.place, one.length, one.text) for one in sequences(text)]
    assert found == [(2, 3, KATSU), (6, 2, "\u3402\ufe00"), (8, 4, "𠮷\U000e0101")]
    units = text.encode("utf-16-le")
    for place, length, part in found:
        assert units[2 * place : 2 * (place + length)].decode("utf-16-le") == part


def test_a_lone_selector_is_no_sequence():
    assert not has_sequences("\U000e0100")
    assert not has_sequences("葛城")
    assert has_sequences(KATSU)

"""Sweeps of texts over widths: what 禁則 forbids never happens where a permitted place exists."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.reports.characters import clusters
from desktop.reports.line_breaking import break_lines
from tests.reports.samples import FACTS, NEXT, VIEW, WORDS

NOT_FIRST = set("、。，．」』）】〕々ぁぃぅぇぉっゃゅょァィゥェォッャュョー・：；？！％")
NOT_LAST = set("「『（【〔￥")
TEXTS = (
    FACTS,
    WORDS + VIEW,
    NEXT * 3,
    (
        "　主治医（○○クリニック）は「当面の間、就労は週２～３日、１日４時間まで。」との意見。収入は１２３，４５６円、うち控除￥15,200。"
        "本人は「もう少しやってみます……」と話した。ABCストアのパート（9:30～13:45）は03-1234-5678へ確認済み――以上。"
    ),
    "家賃は42,000円・共益費3,500円、敷金は「なし」。次回：令和6年12月20日（金）14:00、来所。ｶﾅは半角ｰ混在。",
)
WIDTHS = [width / 2 for width in range(12, 90)]


def advance(cluster: str) -> float:
    return 0.5 if unicodedata.east_asian_width(cluster[0]) in {"Na", "H"} else 1.0


def lines_of(text: str, width: float, **options: bool) -> list[str]:
    return [line.text for line in break_lines(text, width, advance, **options)]


@pytest.mark.parametrize("text", TEXTS)
def test_no_line_starts_or_ends_with_a_forbidden_sign(text):
    for width in WIDTHS:
        lines = lines_of(text, width)
        assert not [line for line in lines[1:] if line[0] in NOT_FIRST], width
        assert not [line for line in lines[:-1] if line[-1] in NOT_LAST], width


@pytest.mark.parametrize("text", TEXTS)
def test_numbers_and_words_stay_whole(text):
    whole = re.findall(r"[0-9０-９]+(?:[,.:，．\-][0-9０-９]+)*|[A-Za-z]+", text)
    for width in WIDTHS:
        joined = "\n".join(lines_of(text, width))
        for piece in (each for each in whole if sum(map(advance, each)) <= width):
            assert joined.count(piece) >= text.count(piece), (width, piece)


@pytest.mark.parametrize("text", TEXTS)
def test_no_line_is_wider_than_its_cell_and_nothing_is_lost(text):
    for width in WIDTHS:
        for line in break_lines(text, width, advance):
            inked = sum(map(advance, line.text[: -1 if line.hangs else None]))
            assert inked <= width
            assert line.width == pytest.approx(inked)
        assert "".join(lines_of(text, width)) == text


def test_a_full_stop_hangs_over_the_edge_or_takes_a_character_with_it():
    assert lines_of("あいうえお。かき", 5) == ["あいうえお。", "かき"]
    assert lines_of("あいうえお。かき", 5, hang=False) == ["あいうえ", "お。かき"]


def test_closing_bracket_after_the_stop_prevents_hanging():
    assert lines_of("「いうえお。」かき", 5) == ["「いうえ", "お。」かき"]


def test_a_hanging_mark_may_end_the_text():
    lines = break_lines("あいうえお。", 5, advance)
    assert [line.text for line in lines] == ["あいうえお。"]
    assert lines[0].hangs
    assert not lines[0].wrapped


def test_the_full_width_indent_of_a_paragraph_is_kept():
    assert lines_of("　あいう\n　えおか", 3) == ["　あい", "う", "　えお", "か"]


def test_spaces_at_a_break_are_dropped_and_empty_paragraphs_kept():
    assert lines_of("abcd efgh\n\nij", 2) == ["abcd", "efgh", "", "ij"]


def test_a_label_takes_its_room_from_the_first_line():
    lines = break_lines("あいうえおかき", 5, advance, first_width=2)
    assert [line.text for line in lines] == ["あい", "うえおかき"]
    squeezed = break_lines("12345かき", 5, advance, first_width=2)
    assert [line.text for line in squeezed] == ["", "12345かき"]


def test_what_is_wider_than_the_cell_is_cut_by_characters():
    assert lines_of("1234567890", 2) == ["1234", "5678", "90"]
    assert lines_of("」」」」」", 2) == ["」」", "」」", "」"]


def test_a_variation_selector_is_never_parted_from_its_character():
    name = "葛\U000e0100" * 7
    for line in lines_of(name, 3):
        assert line.startswith("葛")
        assert len(clusters(line)) <= 3


alphabet = st.sampled_from("あ漢ー。、」（「1,２a …・\n　葛") | st.just("邉\U000e0102")


@settings(max_examples=300, deadline=None)
@given(st.lists(alphabet, max_size=60).map("".join), st.integers(2, 20))
def test_any_text_keeps_its_ink_and_its_edge(text: str, width: int):
    lines = break_lines(text, width, advance)
    assert "".join(line.text for line in lines).replace(" ", "") == re.sub("[ \n]", "", text)
    for line in lines:
        parts = clusters(line.text)
        inked = sum(map(advance, parts[: len(parts) - line.hangs]))
        assert inked <= width

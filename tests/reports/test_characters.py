"""What is taken out of text before it is printed, and what must stay."""

from __future__ import annotations

import pytest

from desktop.reports.characters import clean, clusters

G = "\u304b\u3099"


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("一行\r\n二行\r三行\u2028四行", "一行\n二行\n三行\n四行"),
        ("左\t右", "左　右"),
        ("零\u200b幅\ufeff\u2060", "零幅"),
        ("右\u202eから\x00左", "右から左"),
        (f"{G}ぎ", "がぎ"),
        ("e\u0301", "é"),
        ("神 﨑 𠮷 葛\U000e0100", "神 﨑 𠮷 葛\U000e0100"),
        ("壊れ\ud800た", "壊れ\ufffdた"),
        ("☎\ufe0f", "☎"),
        ("欠\ufffe\ufdd0\U0001ffffけ", "欠\ufffd\ufffd\ufffdけ"),
        ("外字\ue000\U00100000", "外字\ue000\U00100000"),
        ("一\n\n\n二", "一\n\n\n二"),
        ("一\n\n　\n \n\n二", "一\n\n\n二"),
    ],
)
def test_clean(raw, printed):
    assert clean(raw) == printed


def test_a_selector_belongs_to_its_character():
    assert list(clusters("葛\U000e0100城")) == ["葛\U000e0100", "城"]


def test_more_marks_than_writing_knows_stand_by_themselves():
    assert list(clusters("a" + "\u0301" * 7)) == ["a" + "\u0301" * 4, "\u0301" * 3]

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
    ],
)
def test_clean(raw, printed):
    assert clean(raw) == printed


def test_a_selector_belongs_to_its_character():
    assert list(clusters("葛\U000e0100城")) == ["葛\U000e0100", "城"]

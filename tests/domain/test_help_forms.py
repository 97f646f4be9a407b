"""A card's Markdown as lines of paper."""

from __future__ import annotations

import pytest

from desktop.domain.help_cards import FILE_KINDS, read_card
from desktop.domain.help_forms import CardLine, LineKind, lines_of
from desktop.resources import resource_path

TEXT, BULLET = LineKind.TEXT, LineKind.BULLET
NUMBERED, HEADING = LineKind.NUMBERED, LineKind.HEADING


def told(markdown):
    return [(line.kind, line.number, line.level, line.text) for line in lines_of(markdown)]


def test_headings_paragraphs_and_lists_are_told_apart():
    text = "## 見出し\n一つ目の\n段落です。\n\n次の段落。\n- 点\n  - 下の点\n1. 一\n2. 二\n   続き\n\n---\n> 引用"
    assert told(text) == [
        (HEADING, 0, 0, "見出し"),
        (TEXT, 0, 0, "一つ目の段落です。"),
        (TEXT, 0, 0, "次の段落。"),
        (BULLET, 0, 0, "点"),
        (BULLET, 0, 1, "下の点"),
        (NUMBERED, 1, 0, "一"),
        (NUMBERED, 2, 0, "二続き"),
        (TEXT, 0, 0, "引用"),
    ]


def test_a_table_has_rows_of_one_length_and_no_rule():
    table = "前。\n| 場合 | 期日 |\n|:--|---|\n| **申請** | 14日 |\n| 一つだけ |\n\n後。"
    before, found, after = lines_of(table)
    assert (before.text, after.text) == ("前。", "後。")
    assert found == CardLine(
        kind=TEXT, cells=(("場合", "期日"), ("申請", "14日"), ("一つだけ", ""))
    )


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**必ず**聞く", "必ず聞く"),
        ("*未確認*です", "未確認です"),
        ("`F6`で相談", "F6で相談"),
        ("[届出の義務](card:article-61)を見る", "届出の義務を見る"),
        (r"\*星\*と\[かっこ\]", "*星*と[かっこ]"),
        (r"[\[法\]61条](card:article-61)", "[法]61条"),
        ("3 * 4 * 5 と a_b_c", "3 * 4 * 5 と a_b_c"),
        ("read\nthe form", "read the form"),
    ],
)
def test_signs_within_a_line_are_not_printed(markdown, text):
    (line,) = lines_of(markdown)
    assert line.text == text


def test_no_sign_of_a_shipped_card_is_left_over():
    for kind in FILE_KINDS:
        for path in resource_path("help", kind.value).glob("*.md"):
            card = read_card(kind, path.stem, path.read_text(encoding="utf-8"))
            for line in lines_of(card.text):
                for text in (line.text, *(cell for row in line.cells for cell in row)):
                    assert "**" not in text, (card.key, text)
                    assert "](" not in text, (card.key, text)
                    assert not text.startswith(("#", "|", "- ")), (card.key, text)

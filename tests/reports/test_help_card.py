"""手引 (H-01): a card of the help on paper."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.help_cards import CardKind, EventTask
from desktop.domain.help_forms import CardSheet, lines_of
from desktop.reports.help_cards.help_card import HELP_CARD
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint

TEXT = (
    "## いつ\n訪問の前に**目的**を決めます。\n\n| 場合 | 少なくとも |\n|---|---|\n| 家庭訪問 | 年2回 |\n\n"
    "- 不在は数えません。\n  - 電話も数えません。\n1. 計画を作る\n2. 記録する"
)


def sheet(**changes) -> CardSheet:
    made = CardSheet(
        imprint=make_imprint(),
        title="訪問調査の基準",
        kind=CardKind.ARTICLE,
        articles=("局長通知第12-1", "課長問答第12の1"),
        lines=lines_of(TEXT),
        tasks=(),
        see=("不在が続くとき",),
        is_checked=False,
        is_own=False,
        origin="",
    )
    return replace(made, **changes)


def flat(made: CardSheet, fonts) -> str:
    return "".join("".join(page_texts(HELP_CARD.pdf(made, fonts).data)).split())


def test_it_says_its_numbers_lists_and_tables_and_that_nobody_checked_it(fonts):
    page = flat(sheet(), fonts)
    for words in (
        *("訪問調査の基準", "局長通知第12-1、課長問答第12の1", "未確認", "突き合わせていません"),
        *(
            "いつ",
            "目的を決めます",
            "家庭訪問",
            "年2回",
            "・不在は数えません",
            "・電話も",
            "2．記録する",
        ),
        "あわせて：不在が続くとき",
    ):
        assert words in page, words
    assert "**" not in page


def test_what_was_checked_says_so_and_an_own_page_says_neither(fonts):
    page = flat(sheet(is_checked=True), fonts)
    assert "未確認" not in page
    assert "突き合わせてあります" in page
    own = flat(sheet(is_own=True, origin="事務所のきまり（見本 一子、第2版）"), fonts)
    assert "未確認" not in own
    assert "突き合わせ" not in own
    assert "第2版）" in own


def test_an_event_has_its_tasks_with_their_days(fonts):
    page = flat(sheet(tasks=(EventTask(text="収入申告書をもらう", days=14),)), fonts)
    assert "14日後収入申告書をもらう" in page

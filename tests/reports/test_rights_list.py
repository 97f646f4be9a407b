"""The list of rights (R-01): everybody, what is held, since when; on as many sheets as it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.domain.rights_forms import HeldRight, RightsList
from desktop.reports.accounts.rights_list import RIGHTS_LIST
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint


def line(number: int = 1, **changes) -> HeldRight:
    made = HeldRight(
        name=f"見本 {number}子",
        login=f"mihon{number}",
        is_active=True,
        kind="職務",
        held="地区担当員",
        since=date(2024, 4, 1),
        until=None,
    )
    return replace(made, **changes)


def form(*lines: HeldRight) -> RightsList:
    lines = lines or (
        line(),
        line(kind="担当地区", held="01　主担当"),
        line(2, is_active=False, kind="", held="", until=date(2024, 9, 30)),
    )
    return RightsList(imprint=make_imprint(), on=date(2024, 10, 1), people=2, lines=lines)


def flat(made: RightsList, fonts) -> list[str]:
    return ["".join(text.split()) for text in page_texts(RIGHTS_LIST.pdf(made, fonts).data)]


def test_it_says_who_holds_what_since_when(fonts):
    (page,) = flat(form(), fonts)
    for words in (
        *("令和6年10月1日現在職員2人", "見本1子", "地区担当員", "01主担当", "令和6年4月1日"),
        *("利用停止", "なし", "令和6年9月30日", "システム管理者"),
    ):
        assert words in page, words


def test_a_whole_office_stands_on_it_with_the_head_on_every_sheet(fonts):
    pages = flat(form(*(line(n) for n in range(120))), fonts)
    assert len(pages) > 3
    assert all("利用者名" in page for page in pages)
    assert all(f"mihon{n}" in "".join(pages) for n in range(120))


def test_the_same_list_gives_the_same_bytes(fonts):
    assert RIGHTS_LIST.pdf(form(), fonts).data == RIGHTS_LIST.pdf(form(), fonts).data

"""The letter of call (L-03) and the letter about a visit (L-04) on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.domain.household_forms import CallLetter, VisitNotice
from desktop.domain.imprint import HouseStyle
from desktop.domain.working_time import Half
from desktop.reports.visits.call_letter import CALL_LETTER
from desktop.reports.visits.visit_notice import VISIT_NOTICE
from tests.reports.reading import page_texts
from tests.reports.samples import WORDING, make_imprint

TELLING = ("保護", "扶助", "給付", "支給", "受給", "生活", "困窮", "手当", "年金", "世帯", "ケース")
_LETTER: dict[str, Any] = {
    "case_number": "0001234",
    "postal_code": "0000001",
    "address": "架空県見本市例町9001番地2　見本荘101号室",
    "name": "架空 花子",
    "written_on": date(2024, 9, 20),
    "contact": "見本市役所 1階 5番窓口",
    "caseworker": "見本 担当",
    "phone": "000-000-0000",
    "hours": "平日 8時30分から17時まで",
}


def call(**changes) -> CallLetter:
    made = CallLetter(imprint=make_imprint(), **_LETTER, come_by=date(2024, 9, 30))
    return replace(made, **changes)


def notice(**changes) -> VisitNotice:
    made = VisitNotice(imprint=make_imprint(), **_LETTER, visit_on=date(2024, 10, 3), half=Half.PM)
    return replace(made, **changes)


def text_of(form, made, fonts) -> str:
    [page] = page_texts(form.pdf(made, fonts).data)
    return page.replace("\n", "")


def test_the_letter_of_call_asks_by_a_day_and_says_how_to_reach_the_office(fonts):
    text = text_of(CALL_LETTER, call(), fonts)
    for words in (
        "〒000-0001",
        "架空 花子　様",
        "お会いできませんでした",
        "9月30日（月）までに",
        "来所のお願い",
        "お越しになれないときは、お電話で",
        "000-000-0000",
        "見本 担当",
        "平日 8時30分から17時まで",
    ):
        assert words in text


def test_the_notice_says_when_somebody_comes_or_leaves_room_for_it(fonts):
    assert "10月3日（木）　午後" in text_of(VISIT_NOTICE, notice(), fonts)
    by_hand = text_of(VISIT_NOTICE, notice(visit_on=None, half=None), fonts)
    assert "月　　　日（　　）" in by_hand


@pytest.mark.parametrize(("form", "made"), [(CALL_LETTER, call()), (VISIT_NOTICE, notice())])
def test_nothing_tells_what_the_office_helps_with(form, made, fonts):
    plain = replace(made, imprint=replace(made.imprint, office_name="架空市役所"))
    text = text_of(form, plain, fonts).replace(form.title, "")
    assert not [word for word in TELLING if word in text]


def test_the_office_words_its_letters(fonts):
    wording = WORDING | {"L-03.asking": "{day}までにお電話をください。"}
    made = call(imprint=make_imprint(style=HouseStyle(wording=wording)))
    assert "9月30日（月）までにお電話をください。" in text_of(CALL_LETTER, made, fonts)

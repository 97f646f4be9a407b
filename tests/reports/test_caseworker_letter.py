"""The letter about a new caseworker (L-02) on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.household_forms import CaseworkerLetter
from desktop.domain.imprint import HouseStyle, PaperCalendar
from desktop.reports.households.caseworker_letter import CASEWORKER_LETTER
from desktop.reports.preview import page_image
from tests.reports.reading import darkness, page_texts
from tests.reports.samples import WORDING, make_imprint

TELLING = ("保護", "扶助", "給付", "支給", "受給", "生活", "困窮", "手当", "年金", "世帯", "ケース")


def letter(**changes) -> CaseworkerLetter:
    made = CaseworkerLetter(
        imprint=make_imprint(),
        case_number="0001234",
        postal_code="0000001",
        address="架空県見本市例町9001番地2　見本荘101号室",
        name="架空 花子",
        written_on=date(2024, 9, 20),
        changes_on=date(2024, 10, 1),
        old_caseworker="前任 見本",
        new_caseworker="後任 例示",
        contact="見本市役所 1階 5番窓口",
        phone="000-000-0000",
        hours="平日 8時30分から17時まで",
    )
    return replace(made, **changes)


def text_of(made: CaseworkerLetter, fonts) -> str:
    """The letter's one page without the breaks of its lines."""
    [page] = page_texts(CASEWORKER_LETTER.pdf(made, fonts).data)
    return page.replace("\n", "")


def test_it_says_who_comes_from_which_day_on_and_how_to_reach_them(fonts):
    text = text_of(letter(), fonts)
    for words in (
        "〒000-0001",
        "架空県見本市例町9001番地2　見本荘101号室",
        "架空 花子　様",
        "令和6年9月20日",
        "架空市福祉事務所",
        "日ごろは、ご協力をいただきありがとうございます。",
        "令和6年10月1日から、担当が前任 見本から後任 例示に変わります。",
        "新しい担当",
        "連絡先",
        "見本市役所 1階 5番窓口",
        "電話",
        "000-000-0000",
        "受付時間",
        "平日 8時30分から17時まで",
        "いつでもお尋ねください。",
    ):
        assert words in text


def test_the_office_sends_it_without_a_seal(fonts):
    style = HouseStyle(signatory="架空市福祉事務所長", wording=WORDING)
    text = text_of(letter(imprint=make_imprint(style=style)), fonts)
    assert "架空市福祉事務所長" not in text
    assert "公印" not in text


def test_an_unknown_telephone_is_room_for_handwriting(fonts):
    text = text_of(letter(phone=""), fonts)
    assert "電話" in text
    assert "000-000-0000" not in text
    assert "受付時間" in text


def test_unknown_hours_have_no_row(fonts):
    assert "受付時間" not in text_of(letter(hours=""), fonts)


def test_the_same_letter_is_the_same_bytes(fonts):
    first = CASEWORKER_LETTER.pdf(letter(), fonts)
    assert CASEWORKER_LETTER.pdf(letter(), fonts).data == first.data


@pytest.mark.parametrize("changes", [{}, {"phone": "", "hours": ""}])
def test_nothing_in_it_tells_what_it_is_about(fonts, changes):
    text = text_of(letter(**changes), fonts)
    assert [word for word in TELLING if word in text] == []


def test_the_window_shows_only_the_address_and_the_name(fonts):
    nobody = letter(postal_code="", address="", name="", imprint=bare())
    image = page_image(CASEWORKER_LETTER.pdf(nobody, fonts).data, 0, 100)
    assert darkness(image, 22, 14, 84, 36) == 0


def bare():
    """An office whose letters add nothing to a name."""
    return make_imprint(style=HouseStyle(honorific="", wording=WORDING))


def test_an_office_words_it_in_its_own_way(fonts):
    wording = WORDING | {"L-02.電話": "電話番号", "L-02.changes": "{day}から{new_name}が伺います。"}
    style = HouseStyle(calendar=PaperCalendar.WESTERN, wording=wording)
    text = text_of(letter(imprint=make_imprint(style=style)), fonts)
    assert "電話番号" in text
    assert "2024/10/01から後任 例示が伺います。" in text


def test_names_are_not_shown_in_logs():
    shown = repr(letter())
    assert [name for name in ("花子", "見本荘", "前任", "後任", "0000001") if name in shown] == []

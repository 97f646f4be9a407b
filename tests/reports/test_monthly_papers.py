"""The card (S-33) and the forms that a person fills in (S-18 to S-20, S-23, S-24): what stands on them, and what never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.domain.card_languages import CardLanguage, CardWords
from desktop.domain.monthly_paper_forms import PersonForm, PersonFormKind, ReminderCard
from desktop.domain.readings import Readings
from desktop.reports.monthly_papers.person_forms import PERSON_FORMS
from desktop.reports.monthly_papers.reminder_card import REMINDER_CARD
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint

SEPTEMBER = date(2024, 9, 1)
#: What no paper to a person says.
NEVER = ("G1", "G2", "G3", "G4", "支援区分", "意欲", "稼働", "簡易")


def card(**changes: Any) -> ReminderCard:
    made = ReminderCard(
        imprint=make_imprint(),
        postal_code="1000001",
        address="架空県架空市見本町1-2-3 見本荘 201号室",
        name="架空 花子",
        papers=(("求職活動報告", SEPTEMBER), ("給与明細", SEPTEMBER)),
        answer_by=date(2024, 10, 15),
        is_late=True,
        contact="見本市役所 1階 5番窓口",
        caseworker="見本 担当",
        phone="000-000-0000",
        hours="平日 8:30～17:15",
    )
    return replace(made, **changes)


def person_form(**changes: Any) -> PersonForm:
    made = PersonForm(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        birth_date=date(1985, 4, 2),
        address="架空県架空市見本町1-2-3",
        caseworker="見本 担当",
        month=SEPTEMBER,
        members=("架空 花子", "架空 太郎"),
    )
    return replace(made, **changes)


def pages(form, made, fonts):
    return [text.replace("\n", "") for text in page_texts(form.pdf(made, fonts).data)]


def test_a_card_has_its_address_on_one_side_and_what_is_asked_for_on_the_other(fonts):
    address, message = pages(REMINDER_CARD, card(), fonts)
    assert "架空 花子" in address
    assert "架空 花子" not in message
    for words in ("9月分の書類", "10月15日（火）", "一緒に考えます", "行き違い", "000-000-0000"):
        assert words in message


def test_a_card_names_no_paper_no_office_and_threatens_nobody(fonts):
    text = "".join(pages(REMINDER_CARD, card(), fonts))
    for words in ("求職", "収入", "給与", "保護", "福祉", "督促", "停止", "廃止", "指導", *NEVER):
        assert words not in text


def test_a_card_before_the_day_reminds_of_nothing_late(fonts):
    _, message = pages(REMINDER_CARD, card(is_late=False), fonts)
    assert "期限が近づきました" in message
    assert "届いていない" not in message
    assert "行き違い" not in message


def test_an_office_with_covered_cards_may_name_the_papers(fonts):
    imprint = make_imprint()
    wording = {**imprint.style.wording, "S-33.paper": "{paper}（{month}分）"}
    named = replace(imprint, style=replace(imprint.style, wording=wording))
    _, message = pages(REMINDER_CARD, card(imprint=named), fonts)
    assert "求職活動報告（9月分）" in message


@pytest.mark.parametrize("kind", PersonFormKind)
def test_a_form_is_filled_in_with_what_is_known_and_names_no_group(fonts, kind):
    text = "".join(pages(PERSON_FORMS[kind], person_form(), fonts))
    for words in ("架空 花子", "0001234", "架空県架空市見本町1-2-3", "昭和60年4月2日", "署名"):
        assert words in text
    for words in NEVER:
        assert words not in text


@pytest.mark.parametrize("kind", PersonFormKind)
def test_a_blank_form_is_one_piece_of_room_for_handwriting(fonts, kind):
    blank = person_form(
        case_number="", name="", birth_date=None, address="", caseworker="", month=None, members=()
    )
    found = pages(PERSON_FORMS[kind], blank, fonts)
    assert len(found) == (2 if kind is PersonFormKind.INCOME else 1)
    assert "None" not in "".join(found)


def test_the_short_report_asks_for_less_and_does_not_say_so(fonts):
    form = PERSON_FORMS[PersonFormKind.SEARCH_REPORT]
    (long,), (short,) = (pages(form, person_form(is_short=s), fonts) for s in (False, True))
    assert "応募の仕方" in long
    assert "応募の仕方" not in short
    for words in ("令和6年9月分", "□ なし", "来月したいこと"):
        assert words in short


def test_an_employer_certifies_on_a_sheet_of_its_own(fonts):
    declared, certified = pages(PERSON_FORMS[PersonFormKind.INCOME], person_form(), fonts)
    assert "架空 太郎" in declared
    assert "給与証明書（勤務先の方が書いてください）" in certified
    assert "架空 太郎" not in certified


def words(**changes: Any) -> CardWords:
    language = CardLanguage(code="xx", label="見本語", **changes)
    readings = Readings({"書類": "しょるい"}) if language.has_readings else None
    return CardWords(language=language, readings=readings)


def test_a_card_speaks_another_language_and_falls_back_to_the_usual_words(fonts):
    said = {"late": "Please bring them by {date}.", "paper": "Papers about {ym}", "phone": "Phone"}
    back = "".join(pages(REMINDER_CARD, card(words=words(sentences=said)), fonts)[1:])
    assert "Please bring them by 2024-" in back
    assert "Papers about 2024-" in back
    assert "Phone" in back
    assert "お電話ください" in back  # what the language leaves empty


def test_readings_stand_above_the_words_and_what_has_none_is_told(fonts):
    made = REMINDER_CARD.pdf(card(words=words(has_readings=True)), fonts)
    assert "しょるい" in "".join(page_texts(made.data))
    assert "郵送" in made.unread
    assert REMINDER_CARD.pdf(card(), fonts).unread == ()


def test_a_language_that_no_font_can_set_is_told_by_its_name(fonts):
    made = REMINDER_CARD.pdf(card(words=words(sentences={"help": "फ़ोन करें"})), fonts)
    assert made.missing
    assert all(missing.place.endswith("見本語の文") for missing in made.missing)

"""The letter that asks an agency (K-19) and the register of answers (K-19R)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from desktop.domain.ids import new_id
from desktop.domain.inquiries import AgencyKind, Consent, InquiryLine, InquiryState
from desktop.domain.inquiry_forms import InquiryRegister, LivedAt, RequestLetter
from desktop.reports.inquiries.register import INQUIRY_REGISTER
from desktop.reports.inquiries.request_letter import REQUEST_LETTER
from tests.reports.reading import bookmarks, page_texts
from tests.reports.samples import make_imprint

ADDRESS = "架空県架空市見本町1丁目2番3号 見本荘101号室"


def letter(**changes) -> RequestLetter:
    made = RequestLetter(
        inquiry_id=new_id(),
        household_id=new_id(),
        step=2,
        imprint=make_imprint(),
        number="照6-0012",
        written_on=date(2024, 10, 1),
        postal_code="1000001",
        address="架空県架空市本町9丁目9番9号",
        agency="見本銀行 事務集中部",
        honorific="御中",
        basis="生活保護法第29条",
        name="架空 花子",
        kana="カクウ ハナコ",
        born_on=date(1950, 3, 1),
        addresses=(
            LivedAt(address=ADDRESS, since=date(2020, 4, 1)),
            LivedAt(
                address="架空県例示市例町4番5号", since=date(2001, 4, 1), until=date(2020, 3, 31)
            ),
        ),
        items=(
            "照会日における預貯金等の口座の有無、種類、口座番号及び残高",
            "照会日前6か月間の入出金の明細",
        ),
        has_consent=True,
        answer_by=date(2024, 10, 31),
        contact="保護係",
        caseworker="担当 見本",
        phone="000-000-0000",
    )
    return replace(made, **changes)


def line(number: int = 1, **changes) -> InquiryLine:
    made = InquiryLine(
        inquiry_id=new_id(),
        step=3,
        fiscal_year=2024,
        number=number,
        household_id=new_id(),
        case_number=f"{number:07}",
        head_name="架空 花子",
        district="第1地区",
        person_id=new_id(),
        person="架空 花子",
        agency="bank_sample",
        agency_label="見本銀行 事務集中部",
        agency_kind=AgencyKind.BANK,
        basis="生活保護法第29条",
        consent=Consent.ON_FILE,
        state=InquiryState.SENT,
        asked_on=date(2024, 9, 2),
        asked_by="担当 見本",
        is_own=True,
        may_decide=False,
        due_on=date(2024, 10, 31),
        approved_on=date(2024, 9, 3),
        approved_by="査察 見本",
        sent_on=date(2024, 9, 4),
    )
    return replace(made, **changes)


def register(*lines: InquiryLine, **changes) -> InquiryRegister:
    made = InquiryRegister(
        imprint=make_imprint(training=True), scope="令和6年度　第1地区", lines=lines or (line(),)
    )
    return replace(made, **changes)


def flat(data: bytes) -> list[str]:
    return ["".join(text.split()) for text in page_texts(data)]


def test_the_letter_says_who_asks_what_about_whom_on_which_basis(fonts):
    made = REQUEST_LETTER.pdf(letter(), fonts)
    text = "".join(flat(made.data))
    for words in (
        "〒100-0001",
        "見本銀行事務集中部御中",
        "照6-0012",
        "令和6年10月1日",
        "公印",
        "生活保護法第29条に基づき",
        "カクウハナコ",
        "昭和25年3月1日",
        "架空花子",
        "見本荘101号室",
        "架空県例示市例町4番5号（H13.4.1～R2.3.31）",
        "1照会日における預貯金等の口座の有無、種類、口座番号及び残高",
        "2照会日前6か月間の入出金の明細",
        "同意書の写し",
        "令和6年10月31日までに",
        "保護係担当見本",
        "架空市福祉事務所あて",
        "□あり□なし",
        "回答年月日",
    ):
        assert words in text, words
    assert bookmarks(made.data) == [("照6-0012", 0)]


def test_the_answer_has_a_sheet_of_its_own_with_number_and_name_alone(fonts):
    asking, answering = flat(REQUEST_LETTER.pdf(letter(), fonts).data)
    assert "回答年月日" not in asking
    assert "照会番号照6-0012氏名架空花子" in answering
    assert not any(word in answering for word in ("見本荘", "昭和25年", "生活保護"))


def test_only_the_agency_stands_in_the_window(fonts):
    data = REQUEST_LETTER.pdf(letter(imprint=make_imprint(training=True)), fonts).data
    page = pypdfium2.PdfDocument(data)[0]
    points = 72 / 25.4
    text = page.get_textpage().get_text_bounded(
        left=15 * points, right=110 * points, top=(297 - 12) * points, bottom=(297 - 50) * points
    )
    assert "".join(text.split()) == ("〒100-0001架空県架空市本町9丁目9番9号見本銀行事務集中部御中")


def test_without_consent_the_letter_encloses_none(fonts):
    text = "".join(flat(REQUEST_LETTER.pdf(letter(has_consent=False), fonts).data))
    assert "同意書" not in text


def test_an_address_that_must_not_be_told_is_not_in_the_file(fonts):
    text = "".join(flat(REQUEST_LETTER.pdf(letter(addresses=()), fonts).data))
    assert "見本荘" not in text
    assert "以前の住所" not in text


NASTY = (
    "",
    "長" * 60,
    "辻\U000e0100邉\U000e0101 葛\U000e0100城",
    "𠮷野家\u3000太郎",
    "が\u3099か\u3099",
    "<b>&amp;</b>\\(%s)",
    "\u202eabc\u202c 😀",
    "\x00\x1f\x7f改行\n改行",
    "A" * 400,
)


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_hostile_words_lose_no_page_and_break_no_file(fonts, words):
    asked = letter(
        agency=words,
        address=words,
        name=words,
        kana=words,
        basis=words,
        items=(words, words),
        contact=words,
        caseworker=words,
        phone=words,
        addresses=(LivedAt(address=words, since=date(2020, 4, 1)),),
    )
    told = line(agency_label=words, person=words, basis=words, case_number=words)
    for made in (REQUEST_LETTER.pdf(asked, fonts), INQUIRY_REGISTER.pdf(register(told), fonts)):
        assert len(pypdfium2.PdfDocument(made.data)) == made.pages
        assert all(page.strip() for page in page_texts(made.data))


def test_a_long_name_is_whole_in_the_file(fonts):
    name = "".join(chr(0x4E00 + n) for n in range(60))
    text = "".join(flat(REQUEST_LETTER.pdf(letter(name=name), fonts).data))
    assert name in text


def test_many_items_and_addresses_go_on_over_sheets(fonts):
    items = tuple(f"{n}番目の照会事項。" + "長い文" * 60 for n in range(1, 13))
    lived = tuple(
        LivedAt(
            address=f"架空市{n}町" + "長" * 40,
            since=date(2000 + n, 1, 1),
            until=date(2001 + n, 1, 1),
        )
        for n in range(10)
    )
    made = REQUEST_LETTER.pdf(letter(items=items, addresses=lived), fonts)
    text = "".join(flat(made.data))
    assert made.pages >= 3
    for n in range(1, 13):
        assert text.count(f"{n}番目の照会事項。") >= 2  # asked, and room to answer


def test_the_register_tells_the_way_of_each_inquiry(fonts):
    late = line(
        2, is_overdue=True, reminders=1, reminded_on=date(2024, 10, 5), due_on=date(2024, 10, 4)
    )
    done = line(
        3,
        state=InquiryState.CHECKED,
        answered_on=date(2024, 9, 20),
        paper_label="6-0031",
        checked_on=date(2024, 9, 24),
    )
    (page,) = flat(INQUIRY_REGISTER.pdf(register(line(1), late, done), fonts).data)
    for words in (
        "令和6年度第1地区",
        "照会3件発送3件回答1件期限を過ぎて未回答1件",
        "照6-00010000001架空花子見本銀行事務集中部",
        "期限経過",
        "（1回）",
        "R6.9.206-0031R6.9.24確認済",
        "査察指導員",
        "研修用",
    ):
        assert words in page, words


def test_the_register_lies_across_and_goes_on_over_sheets(fonts):
    made = INQUIRY_REGISTER.pdf(register(*map(line, range(1, 61))), fonts)
    assert made.pages >= 3
    pages = flat(made.data)
    assert all("番号ケース番号調査の対象" in page for page in pages)
    assert sum(page.count("架空花子") for page in pages) == 60


def test_an_empty_register_says_so(fonts):
    made = INQUIRY_REGISTER.pdf(replace(register(), lines=()), fonts)
    assert "照会はありません" in flat(made.data)[0]

"""The letter that asks for a declaration, and the register K-21."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from desktop.domain.declaration_forms import FollowUpLine, FollowUpTable, ReminderLetter
from desktop.domain.declarations import DeclarationKind
from desktop.domain.errors import UserError
from desktop.reports.declarations.follow_up_table import FOLLOW_UP_TABLE
from desktop.reports.declarations.reminder_letter import REMINDER_LETTER
from tests.reports.reading import bookmarks, page_texts
from tests.reports.samples import make_imprint

INCOME, ASSET = DeclarationKind.INCOME, DeclarationKind.ASSET
#: Words that a letter must not have: what the envelope must not tell, and threats.
NEVER = (
    "保護",
    "受給",
    "義務",
    "停止",
    "廃止",
    "減額",
    "指導",
    "指示",
    "処分",
    "法第",
    "督促",
    "違反",
)


def letter(**changes) -> ReminderLetter:
    made = ReminderLetter(
        imprint=make_imprint(),
        case_number="0001234",
        postal_code="1000001",
        address="架空県架空市見本町1丁目2番3号 見本荘101号室",
        name="架空 花子",
        wanted=((INCOME, date(2024, 8, 1)), (INCOME, date(2024, 9, 1))),
        written_on=date(2024, 10, 1),
        answer_by=date(2024, 10, 11),
        contact="地区担当",
        caseworker="担当 見本",
        phone="000-000-0000",
        hours="平日 午前9時から午後5時",
    )
    return replace(made, **changes)


def line(number: int, **changes) -> FollowUpLine:
    made = FollowUpLine(
        case_number=f"{number:07}",
        person="架空 花子",
        kind=INCOME,
        cycle_label="収入 毎月",
        month=date(2024, 8, 1),
        due_on=date(2024, 9, 5),
        received_on=date(2024, 9, 3),
        paper_label="6-0123",
        reminded_on=(),
        checked_on=date(2024, 9, 4),
        needs_change=True,
        drafted_on=date(2024, 9, 6),
    )
    return replace(made, **changes)


def table(*lines: FollowUpLine, **changes) -> FollowUpTable:
    made = FollowUpTable(
        imprint=make_imprint(training=True),
        caseworker="担当 見本",
        month=date(2024, 8, 1),
        lines=lines,
    )
    return replace(made, **changes)


def form() -> FollowUpTable:
    return table(line(1))


def flat(data: bytes) -> list[str]:
    return ["".join(text.split()) for text in page_texts(data)]


def test_a_letter_names_months_day_and_whom_to_call(fonts):
    (page,) = flat(REMINDER_LETTER.batch_pdf([letter()], fonts).data)
    for words in (
        "〒100-0001",
        "架空花子様",
        "申告書提出のお願い",
        "収入申告書令和6年8月分",
        "収入申告書令和6年9月分",
        "10月11日（金）までに",
        "地区担当担当見本",
        "000-000-0000",
    ):
        assert words in page, words


@pytest.mark.parametrize("kind", DeclarationKind)
def test_a_letter_neither_threatens_nor_tells(fonts, kind):
    (page,) = flat(
        REMINDER_LETTER.batch_pdf([letter(wanted=((kind, date(2024, 8, 1)),))], fonts).data
    )
    assert [word for word in NEVER if word in page] == []


def test_only_address_and_name_stand_in_the_window(fonts):
    data = REMINDER_LETTER.batch_pdf([letter(imprint=make_imprint(training=True))], fonts).data
    page = pypdfium2.PdfDocument(data)[0]
    points = 72 / 25.4
    text = page.get_textpage().get_text_bounded(
        left=15 * points, right=110 * points, top=(297 - 12) * points, bottom=(297 - 50) * points
    )
    assert "".join(text.split()) == (
        "〒100-0001架空県架空市見本町1丁目2番3号見本荘101号室架空花子様"
    )


def test_without_a_telephone_number_there_is_room_to_write_it(fonts):
    (page,) = flat(REMINDER_LETTER.batch_pdf([letter(phone="", hours="")], fonts).data)
    assert "電話" in page
    assert "受付時間" not in page


def test_a_batch_has_a_bookmarked_sheet_a_person(fonts):
    heard: list[int] = []
    made = REMINDER_LETTER.batch_pdf(
        [letter(), letter(case_number="0001235")], fonts, progress=heard.append
    )
    assert bookmarks(made.data) == [("0001234", 0), ("0001235", 1)]
    assert (made.pages, heard) == (2, [1, 2])
    assert made == REMINDER_LETTER.batch_pdf([letter(), letter(case_number="0001235")], fonts)


def test_a_stopped_batch_and_an_empty_one_make_no_paper(fonts):
    with pytest.raises(UserError, match="中止"):
        REMINDER_LETTER.batch_pdf([letter()], fonts, cancelled=lambda: True)
    with pytest.raises(UserError, match="ありません"):
        REMINDER_LETTER.batch_pdf([], fonts)


def test_the_register_tells_the_way_of_each_declaration(fonts):
    open_line = line(
        2,
        received_on=None,
        paper_label="",
        reminded_on=(date(2024, 9, 12), date(2024, 9, 20)),
        checked_on=None,
        needs_change=None,
        drafted_on=None,
        reason="連絡がつかない",
    )
    (page,) = flat(FOLLOW_UP_TABLE.pdf(table(line(1), open_line), fonts).data)
    for words in (
        "令和6年8月分担当担当見本",
        "対象2件受領1件未受領1件督促1件",
        "10000001架空花子収入申告収入毎月R6.8R6.9.5R6.9.36-0123R6.9.4要R6.9.6",
        "20000002架空花子収入申告収入毎月R6.8R6.9.5R6.9.12R6.9.20連絡がつかない",
        "査察指導員",
        "研修用",
    ):
        assert words in page, words


def test_the_register_lies_across_and_goes_on_over_sheets(fonts):
    made = FOLLOW_UP_TABLE.pdf(table(*map(line, range(60))), fonts)
    document = pypdfium2.PdfDocument(made.data)
    assert made.pages == len(document) == 3
    assert [round(side) for side in document[0].get_size()] == [842, 595]
    pages = flat(made.data)
    assert all("番号ケース番号世帯員" in page for page in pages)
    assert sum(page.count("架空花子") for page in pages) == 60


def test_an_empty_month_says_so(fonts):
    assert "期限のある申告はありません" in flat(FOLLOW_UP_TABLE.pdf(table(), fonts).data)[0]

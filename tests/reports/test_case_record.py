"""The ケース記録票 as a reader sees and copies it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark, PrintedSegment
from desktop.domain.imprint import HouseStyle, PaperCalendar
from desktop.reports.fonts import FontSet
from desktop.reports.records.case_record import CASE_RECORD
from desktop.resources import resource_path
from tests.reports.reading import bookmarks, page_texts
from tests.reports.samples import FACTS, NEXT, VIEW, make_entry, make_form, make_stamps

ONE_PAGE = """\
見本市福祉事務所 ケ　ー　ス　記　録　票
ケース番号 0123 地区 第３地区
世帯主 見本　一郎
決
裁
担当
電子印
R6.12.4
見本太郎
査察指導員
電子印
R6.12.6
架空花子
課長
電子印
R6.12.9
例示次郎
年月日 種別・場所・相手 記　　　　事
令和6年
12月3日(火)
10:30～
11:15
記録日
R6.12.4
第12号
家庭訪問
場所 自宅
相手 本人
記録者 見本太郎
定期訪問（生活状況の確認）
【事実】電話で収入申告書の提出を依頼した。〔出所：本人〕
担当
見本太郎 R6.12.4
査察指導員
架空花子 R6.12.6
課長
例示次郎 R6.12.9
以下余白
頁
1／1
K-04 ケース記録票 第2版 0123　1／1頁 出力日時 令和6年12月10日 11:05　出力者 記録係　三郎"""
CALL = PrintedSegment(label="事実", text="電話で収入申告書の提出を依頼した。", source="本人")


def texts(fonts, *entries, **changes):
    return page_texts(CASE_RECORD.pdf(make_form(entries, **changes), fonts).data)


def body(page: str) -> str:
    """A page without its number and its footer, which are copied last."""
    return page.split("\n頁\n", maxsplit=1)[0]


def joined(page: str) -> str:
    return page.replace("\n", "")


def test_one_entry_on_one_page(fonts):
    empty = PrintedSegment(label="所見", text=" \n　")
    assert texts(fonts, make_entry(segments=(CALL, empty))) == [ONE_PAGE]


def test_pages_repeat_the_heading_and_count(fonts):
    pages = texts(fonts, *[make_entry()] * 4, first_page=3)
    assert len(pages) == 2
    for number, page in enumerate(pages, start=3):
        assert f"{number}／4頁" in page
        assert "世帯主 見本　一郎" in page
        assert "（続紙）" in page
    assert "以下余白" not in pages[0]
    assert body(pages[1]).endswith("以下余白")


def test_the_first_sheet_is_no_continuation_sheet(fonts):
    pages = texts(fonts, *[make_entry()] * 4)
    assert ["（続紙）" in page for page in pages] == [False, True]


def test_a_split_entry_says_so_on_both_sides_and_loses_nothing(fonts):
    text = (FACTS + VIEW) * 18
    pages = texts(fonts, make_entry(segments=(PrintedSegment(label="事実", text=text),)))
    assert len(pages) >= 3
    assert all(body(page).endswith("（次頁へ続く）") for page in pages[:-1])
    assert all("12月3日(火)\n（続き）\n家庭訪問 （続き）\n" in page for page in pages[1:])
    bodies = [joined(body(page)) for page in pages]
    start = bodies[0].index("【事実】") + len("【事実】")
    middle = [body.split("家庭訪問 （続き）")[1] for body in bodies[1:]]
    printed = "".join([bodies[0][start:], *middle]).replace("（次頁へ続く）", "")
    assert printed.startswith(text)


def test_late_entry_version_and_instruction(fonts):
    entry = make_entry(late=True, version=3, instruction="通帳を確認し、報告すること。")
    (page,) = texts(fonts, entry)
    assert "R6.12.4\n遡及記録\n第12号\n第3版" in page
    assert "査察指導員指示\n通帳を確認し、報告すること。" in page


def test_corrections_show_reason_old_and_new_text(fonts):
    old = PrintedSegment(label="事実", text="家賃42,000円", struck=True)
    new = PrintedSegment(label="事実", text="家賃43,000円")
    entry = make_entry(correction="訂正（理由：金額の誤り）", segments=(old, new))
    (page,) = texts(fonts, entry)
    assert "訂正（理由：金額の誤り）\n定期訪問" in page
    assert "【事実】家賃42,000円\n【事実】家賃43,000円" in page


def test_annulled_entry_stays_readable(fonts):
    (page,) = texts(fonts, make_entry(annulled=True, segments=(CALL,)))
    assert "誤記載取消" in page
    assert CALL.text in page


def test_marks_are_on_every_page(fonts):
    entries = [make_entry()] * 4
    for page in texts(fonts, *entries, mark=FormMark.COPY, training=True):
        assert page.count("写") == 2
        assert page.count("研修用") == 3
    assert "写" not in texts(fonts, *entries)[0]
    assert texts(fonts, mark=FormMark.DRAFT)[0].count("案") == 2


def test_the_heading_never_claims_a_stamp_that_an_entry_lacks(fonts):
    stamped = make_entry(segments=(CALL,))
    not_yet = replace(stamped, stamps=make_stamps(date(2024, 12, 4), None, None))
    (page,) = texts(fonts, stamped, not_yet)
    heading = page.split("年月日")[0]
    assert "担当\n電子印\nR6.12.4\n見本太郎" in heading
    assert "査察指導員\n各記事欄\nに表示\n課長\n各記事欄\nに表示" in heading


def test_names_of_any_length_are_whole(fonts):
    name = "マリアフェルナンダデロスアンヘレスサンチェスロドリゲス見本子" * 3
    assert name in joined(texts(fonts, make_entry(), head_name=name)[0])


def test_long_names_of_office_and_district_are_whole_and_readable(fonts):
    office = "架空県見本市中央東部広域連合福祉保健総合センター生活福祉部福祉事務所"
    district = "第３地区（見本町・架空町・例示町の一部）"
    (page,) = texts(fonts, make_entry(), office_name=office, district_name=district)
    assert office in joined(page)
    assert district in joined(page)


def test_what_the_heading_cannot_hold_in_readable_type_stands_on_a_sheet_of_its_own(fonts):
    district = "とても長い地区の名前" * 12
    first, second, further = texts(fonts, *[make_entry()] * 4, district_name=district)
    assert "別紙1のとおり" in first
    assert "別紙1のとおり" in second
    assert district in joined(further)
    assert "1／3" in first
    assert "3／3頁" in further


def test_days_and_labels_are_the_offices_own(fonts):
    style = HouseStyle(
        calendar=PaperCalendar.WESTERN,
        form_numbers={"K-04": "様式第9号"},
        wording={
            "K-04.ケース記録票": "経過の記録",
            "K-04.世帯主": "代表者",
            "K-04.記録者": "書いた人",
        },
    )
    (page,) = texts(fonts, make_entry(), style=style, issue_label="6-0123-1")
    assert "2024/12/03\n(火)" in page
    assert "記録日\n2024/12/04" in page
    assert "担当\n電子印\n2024/12/04" in page
    assert "見本太郎 2024/12/04" in page
    assert "出力日時 2024/12/10 11:05" in page
    assert "K-04 経過の記録 第2版　6-0123-1" in page
    assert "経　過　の　記　録" in page
    assert "代表者 見本" in page
    assert "書いた人 見本太郎" in page
    assert "様式第9号" in page
    assert "令和" not in joined(page).replace(NEXT, "")


@pytest.mark.parametrize("count", [0, 1, 5, 8])
def test_any_number_of_stamp_boxes(fonts, count):
    labels = tuple(f"職{number}" for number in range(count))
    (page,) = texts(fonts, make_entry(stamps=()), position_labels=labels)
    assert "世帯主 見本　一郎" in page
    assert all(label in page for label in labels)
    assert ("決\n裁" in page) == bool(labels)


def test_a_stamp_given_for_another_says_so(fonts):
    stamps = (
        make_stamps(date(2024, 12, 4))[0],
        replace(make_stamps(None, date(2024, 12, 6))[1], note="代決"),
    )
    (page,) = texts(fonts, make_entry(stamps=stamps))
    assert "査察指導員（代決）\n架空花子 R6.12.6\n課長" in page


def test_no_entries_give_a_sheet_without_room_for_any(fonts):
    (page,) = texts(fonts)
    assert body(page).endswith("以下余白")


def test_missing_characters_are_named_by_place(fonts):
    entry = make_entry(met="𠮷田", segments=(replace(CALL, text="渡邉\U000e0102と😀"),))
    rendered = CASE_RECORD.pdf(make_form([entry], head_name="𠮷野"), fonts)
    assert [(each.place, each.character, each.drawn) for each in rendered.missing] == [
        ("K-04 0123 世帯主", "𠮷", "〓"),
        ("K-04 0123 R6.12.3 相手・場所", "𠮷", "〓"),
        ("K-04 0123 R6.12.3 記事", "邉\U000e0102", "邉"),
        ("K-04 0123 R6.12.3 記事", "😀", "〓"),
    ]
    (page,) = page_texts(rendered.data)
    assert "世帯主 𠮷野" in page
    assert "渡邉\U000e0102と😀" in page


def test_the_same_form_gives_the_same_bytes(fonts):
    form = make_form([make_entry(), make_entry(met="𠮷田")])
    first = CASE_RECORD.pdf(form, fonts).data
    other_fonts = FontSet.of_office(resource_path("fonts"), search=())
    CASE_RECORD.pdf(make_form(head_name="別人"), other_fonts)
    assert CASE_RECORD.pdf(form, other_fonts).data == first
    assert b"D:20241210110500+09'00'" in first
    imprint = form.imprint
    minute = replace(imprint, printed_at=imprint.printed_at + timedelta(minutes=1))
    later = replace(form, imprint=minute)
    assert CASE_RECORD.pdf(later, fonts).data != first


def test_two_threads_may_print_at_once():
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    forms = [make_form([make_entry()] * 30, case_number=f"{number:04}") for number in range(6)]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda form: CASE_RECORD.pdf(form, fonts).data, forms))
    assert together == [CASE_RECORD.pdf(form, fonts).data for form in forms]


def test_no_name_stands_outside_the_pages(fonts):
    data = CASE_RECORD.pdf(make_form(head_name="MARKER"), fonts).data
    assert b"MARKER" not in data
    assert "MARKER" not in repr(make_form(head_name="MARKER", entries=[make_entry(met="MARKER")]))


def test_batch_starts_each_household_on_its_own_sheets(fonts):
    forms = [make_form([make_entry()] * count, case_number=f"{count:04}") for count in (1, 4, 2)]
    done: list[int] = []
    rendered = CASE_RECORD.batch_pdf(iter(forms), fonts, done.append, lambda: False)
    assert rendered.pages == 4
    assert done == [1, 2, 3]
    assert bookmarks(rendered.data) == [("0001", 0), ("0004", 1), ("0002", 3)]
    for page, number in zip(
        page_texts(rendered.data), ("1／1", "1／2", "2／2", "1／1"), strict=True
    ):
        assert page.count(number) == 2  # in the heading and in the footer


def test_batch_can_be_stopped(fonts):
    done: list[int] = []
    with pytest.raises(UserError, match="中止"):
        CASE_RECORD.batch_pdf([make_form()] * 5, fonts, done.append, lambda: len(done) == 2)
    assert done == [1, 2]


def test_an_empty_batch_is_refused(fonts):
    with pytest.raises(UserError, match="印刷するものがありません"):
        CASE_RECORD.batch_pdf([], fonts)


def test_four_hundred_entries(fonts):
    entries = [make_entry(entry_number=number) for number in range(1, 401)]
    rendered = CASE_RECORD.pdf(make_form(entries), fonts)
    pages = page_texts(rendered.data)
    assert rendered.pages == len(pages)
    assert f"{len(pages)}／{len(pages)}頁" in pages[-1]
    assert joined("".join(pages)).count("第400号") == 1

"""The vocabulary of the forms: nothing is cut, nothing is lost, and every sheet says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from desktop.domain.forms import FormMark, Stamp
from desktop.domain.imprint import HouseStyle, Imprint, PaperCalendar
from desktop.reports import blocks as b
from desktop.reports.form import FormKind, bound_pdf
from desktop.reports.paper_size import A4_HALF, A5
from desktop.reports.preview import page_image
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE
from tests.reports.reading import bookmarks, darkness, page_halves, page_texts
from tests.reports.samples import make_imprint

LONG = "".join(f"{number}番目の文です。" for number in range(400))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    imprint: Imprint
    case_number: str = "0001234"


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    imprint: Imprint
    name: str
    text: str
    is_beneath: bool


HALF: FormKind[Half] = FormKind(
    code="X-02",
    title="半分",
    edition="1版",
    lay_out=lambda half: (b.Said(half.name + half.text),),
    subject=lambda half: half.name,
    paper=A4_HALF,
    is_beneath=lambda half: half.is_beneath,
)


def kind(*made: Block, **changes) -> FormKind[Sample]:
    form: FormKind[Sample] = FormKind(
        code="X-01",
        title="見本票",
        edition="第1版",
        lay_out=lambda _: made,
        subject=lambda sample: sample.case_number,
    )
    return replace(form, **changes)


def pages(fonts, *made: Block, imprint: Imprint | None = None, **changes) -> list[str]:
    data = kind(*made, **changes).pdf(Sample(imprint=imprint or make_imprint()), fonts).data
    return ["".join(text.split()) for text in page_texts(data)]


def bodies(texts: list[str], *heads: str) -> str:
    """What the sheets hold, without what stands on every sheet and without heads that return."""
    joined = ""
    for text in texts:
        body = re.split("見本票（続紙）|X-01見本票", text)[0]
        for head in heads:
            body = body.removeprefix(head)
        joined += body
    return joined


def test_every_sheet_says_what_it_is(fonts):
    texts = pages(fonts, b.Title(), b.LongText("経過", LONG))
    assert len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert "X-01見本票第1版" in text
        assert f"0001234{number}／{len(texts)}頁" in text
        assert "出力者担当見本" in text
    assert all("見本票（続紙）0001234" in text for text in texts[1:])


def test_two_halves_share_a_sheet_and_what_is_longer_takes_its_own(fonts):
    def half(name: str, *, is_beneath: bool, text: str = "短い文") -> Half:
        return Half(imprint=make_imprint(), name=name, text=text, is_beneath=is_beneath)

    def laid(*pieces: Half) -> list[tuple[str, ...]]:
        sheets = page_halves(HALF.batch_pdf(pieces, fonts).data)
        return [tuple("".join(half.split()) for half in sheet) for sheet in sheets]

    ((upper, lower),) = laid(half("甲", is_beneath=False), half("乙", is_beneath=True))
    assert upper.startswith("甲短い文")
    assert "X-02半分1版甲1／1頁" in upper
    assert lower.startswith("乙短い文")
    assert [
        lower for _, lower in laid(half("甲", is_beneath=False), half("乙", is_beneath=False))
    ] == ["", ""]
    # The piece above takes two sheets: the one beneath stands under its last.
    long = laid(half("甲", is_beneath=False, text=LONG[:1200]), half("乙", is_beneath=True))
    assert [bool(lower) for _, lower in long] == [False] * (len(long) - 1) + [True]
    assert len(long) > 1
    # Nothing is above: it stands above itself.
    ((upper, lower),) = laid(half("乙", is_beneath=True))
    assert (upper[:1], lower) == ("乙", "")


def test_different_forms_may_be_bound_into_one_pdf(fonts):
    sample = Sample(imprint=make_imprint())
    half = Half(imprint=make_imprint(), name="甲", text="短い文", is_beneath=False)
    made = bound_pdf("綴り", [(kind(b.Said("一")), sample), (HALF, half)], fonts)
    first, second = ("".join(text.split()) for text in page_texts(made.data))
    assert "X-01見本票第1版0001234 1／1頁".replace(" ", "") in first
    assert "X-02半分1版甲1／1頁" in second
    assert bookmarks(made.data) == [("0001234", 0), ("甲", 1)]


def test_both_sides_begin_at_the_same_height_and_the_longer_ends_them(fonts):
    left, right = b.Said("左" * 60), b.Said("右")
    texts = pages(fonts, b.Beside([left], [right], share=0.4), b.Said("あと"))
    assert "左" * 60 + "右あと" in texts[0]
    data = kind(b.Beside([left], [right], share=0.4)).pdf(Sample(imprint=make_imprint()), fonts)
    picture = page_image(data.data, 0, 72)
    assert darkness(picture, 92, 22, 6, 5) > 0.02
    assert darkness(picture, 92, 32, 100, 5) == 0


def test_a_long_heading_is_whole_and_names_no_person_in_the_list_of_missing_characters(fonts):
    name = "長い名前𰻞" * 12
    made = kind(b.Heading(name, place="世帯員"), b.Said("文")).pdf(
        Sample(imprint=make_imprint()), fonts
    )
    assert name in "".join("".join(page_texts(made.data)).split())
    assert [each.place for each in made.missing] == ["X-01 0001234 世帯員"]
    picture = page_image(made.data, 0, 72)
    assert darkness(picture, 195, 20, 15, 40) == 0


def test_the_name_of_an_office_may_hold_what_no_pdf_can(fonts):
    imprint = make_imprint(office_name="架空市\ud800\x00福祉事務所")
    (text,) = pages(fonts, b.OfficeName(), imprint=imprint)
    assert text.startswith("架空市\ufffd福祉事務所")


def test_a_table_that_goes_on_says_whose_it_is(fonts):
    rows = [(str(number),) for number in range(60)]
    texts = pages(fonts, b.Table([b.Column("番号", 1)], rows, name="架空 花子"))
    assert ["架空花子（続き）番号" in text for text in texts] == [False, True]


def test_whoever_prints_may_have_a_very_long_name(fonts):
    imprint = make_imprint(printed_by="長い名前" * 16)
    picture = page_image(kind(b.Said("文")).pdf(Sample(imprint=imprint), fonts).data, 0, 72)
    assert darkness(picture, 20, 282, 174, 6) > 0.02
    assert darkness(picture, 2, 282, 17, 6) == 0


def test_a_long_text_is_whole_and_its_label_returns(fonts):
    texts = pages(fonts, b.LongText("経過", LONG))
    assert LONG in bodies(texts, "経過（続き）")
    assert all("経過（続き）" in text for text in texts[1:])


def test_what_a_cell_cannot_hold_stands_on_a_sheet_of_its_own(fonts):
    texts = pages(fonts, b.Grid([[b.Cell("備考", LONG), b.Cell("地区", "01")]]))
    assert "別紙1のとおり" in texts[0]
    assert "別紙1備考" in texts[1]
    assert LONG in bodies(texts[1:])


@pytest.mark.parametrize("count", [1, 10, 20, 40, 60, 100, 200])
def test_a_cell_never_loses_a_character(fonts, count):
    name = "".join(chr(0x4E00 + number) for number in range(count))
    texts = pages(fonts, b.Grid([[b.Cell("氏名", name, height=9)]]))
    assert "".join(texts).count(name) == 1 or all(c in "".join(texts) for c in name)


def test_type_in_a_cell_stays_readable(fonts):
    # 200 characters fit 174 mm x 9 mm only at 5 points: they go to a sheet of their own instead.
    texts = pages(fonts, b.Grid([[b.Cell("氏名", "字" * 200, height=9)]]))
    assert "別紙1のとおり" in texts[0]


def test_a_table_repeats_its_head_and_parts_only_what_no_sheet_holds(fonts):
    columns = [b.Column("番号", 1), b.Column("内容", 6)]
    rows = [(str(number), f"内容{number}。") for number in range(60)]
    texts = pages(fonts, b.Table(columns, [*rows, ("60", LONG)]))
    assert all("番号内容" in text for text in texts)
    whole = bodies(texts, "番号内容")
    assert all(f"内容{number}。" in whole for number in range(60))
    assert LONG in whole


def test_an_empty_table_says_so_and_blank_rows_are_ruled(fonts):
    columns = [b.Column("番号", 1)]
    assert "ありません。" in pages(fonts, b.Table(columns, [], empty="ありません。"))[0]
    blank = kind(b.Table(columns, [], blank=20)).pdf(Sample(imprint=make_imprint()), fonts)
    ruled = page_image(blank.data, 0, 72)
    assert darkness(ruled, 19, 100, 2, 40) > 0.02


def test_the_office_words_its_forms_and_writes_its_days(fonts):
    style = HouseStyle(
        calendar=PaperCalendar.WESTERN,
        form_numbers={"X-01": "様式第5号"},
        wording={"X-01.氏名": "お名前", "X-01.見本票": "見本の紙"},
    )
    imprint = make_imprint(style=style)
    (text,) = pages(fonts, b.Title(), b.Grid([[b.Cell("氏名", "例")]]), imprint=imprint)
    assert "様式第5号" in text
    assert "見本の紙" in text.replace("　", "")
    assert "お名前例" in text
    assert "氏名" not in text
    assert "2024/" in text


@pytest.mark.parametrize(
    ("mark", "shown"), [(FormMark.DRAFT, "案"), (FormMark.COPY, "写"), (FormMark.ORIGINAL, "")]
)
def test_drafts_and_copies_say_so_on_every_sheet(fonts, mark, shown):
    texts = pages(fonts, b.LongText("経過", LONG), imprint=make_imprint(mark=mark))
    for text in texts:
        assert ("案" in text, "写" in text) == (shown == "案", shown == "写")


def test_stamps_show_who_stamped_when(fonts):
    given = Stamp(position_label="担当", name="例示", stamped_on=date(2024, 9, 1), note="代決")
    empty = Stamp(position_label="課長", name="", stamped_on=None)
    (text,) = pages(fonts, b.Stamps([given, empty]))
    for words in ("担当", "課長", "例示", "R6.9.1", "代決"):
        assert words in text


def test_a_letter_keeps_to_its_window(fonts):
    made = (
        b.Envelope("1000001", "架空県架空市見本町1-2-3", "架空 花子"),
        b.Letterhead(make_imprint().printed_at.date(), "6架福第1号"),
    )
    (text,) = pages(fonts, *made)
    assert "〒100-0001" in text
    assert "架空花子様" in text
    assert "公印" in text
    assert "6架福第1号" in text


def test_codes_of_a_form_can_be_read_as_text_and_squares(fonts):
    made = kind(b.BarCode("2024000123"), b.QrCode("BANSO"), b.CutLine())
    data = made.pdf(Sample(imprint=make_imprint()), fonts).data
    assert "2024000123" in page_texts(data)[0]
    assert darkness(page_image(data, 0, 144), 150, 42, 44, 26) > 0.1


def test_a_missing_character_is_named_with_its_place(fonts):
    made = kind(b.Grid([[b.Cell("氏名", "𰻞 見本")]]))
    found = made.pdf(Sample(imprint=make_imprint()), fonts).missing
    assert [(m.character, m.place) for m in found] == [("𰻞", "X-01 0001234 氏名")]


def test_small_paper_holds_its_footer(fonts):
    imprint = make_imprint(printed_by="見本　" * 4)
    (text,) = pages(fonts, b.Title(), imprint=imprint, paper=A5)
    assert "X-01見本票第1版" in text
    assert "出力日時" in text


def test_batches_are_bookmarked_and_the_same_bytes(fonts):
    form = kind(b.Title(), b.Grid([[b.Cell("氏名", "架空 花子", style=VALUE)]]))
    batch = [Sample(imprint=make_imprint(), case_number=f"{n:07}") for n in range(3)]
    made = form.batch_pdf(batch, fonts)
    assert bookmarks(made.data) == [(f"{n:07}", n) for n in range(3)]
    assert form.batch_pdf(batch, fonts) == made


def test_a_plate_looks_the_same_the_second_time(fonts):
    stamp = Stamp(position_label="担当", name="例示", stamped_on=make_imprint().printed_at.date())
    form = kind(b.Stamps([stamp]), b.Title(), b.Grid([[b.Cell("氏名", "例")]]), b.Signature("名前"))
    one = Sample(imprint=make_imprint())
    made = form.batch_pdf([one, one], fonts).data
    assert page_image(made, 0, 72).rgb == page_image(made, 1, 72).rgb


def test_blocks_that_belong_together_are_not_parted(fonts):
    many: Callable[[], Iterable[Block]] = lambda: [b.Space(240)]  # noqa: E731
    kept = b.Together(40, [b.Said("一緒に立つ文。"), b.Said("離れない文。")])
    texts = pages(fonts, *many(), kept)
    assert "一緒に立つ文。" in texts[1]
    assert "離れない文。" in texts[1]


def test_what_several_cells_cannot_hold_shares_a_sheet(fonts):
    cells = [[b.Cell(label, f"{label}末尾" + "長い値です。" * 40)] for label in ("住所", "備考")]
    pages = page_texts(kind(b.Grid(cells)).pdf(Sample(imprint=make_imprint()), fonts).data)
    assert len(pages) == 2
    assert all(f"別紙{number}のとおり" in pages[0] for number in (1, 2))
    assert "別紙1" in pages[1]
    assert "備考末尾" in "".join(pages[1].split())


def test_text_ends_before_the_stamp_boxes_beside_it(fonts):
    stamps = b.Stamps([Stamp(position_label="課長", name="", stamped_on=None)], beside=True)
    form = kind(b.Title(), stamps, b.Said("長い文が続きます。" * 6))
    made = form.pdf(Sample(imprint=make_imprint()), fonts)
    image = page_image(made.data, 0, 150)
    assert darkness(image, 175.5, 28.5, 17.0, 17.0) == 0.0


def test_the_head_of_a_table_goes_with_its_first_row(fonts):
    table = b.Table([b.Column("内容", 1)], [["一行\n二行\n三行\n四行"]])
    made = kind(b.Space(230), table).pdf(Sample(imprint=make_imprint()), fonts)
    assert ["内容" in page for page in page_texts(made.data)] == [False, True]


def test_a_table_whose_name_fills_a_sheet_comes_to_an_end(fonts):
    table = b.Table([b.Column("内容", 1)], [[LONG]], name="長い名" * 2_000)
    made = kind(table).pdf(Sample(imprint=make_imprint()), fonts)
    assert "399番目の文です。" in "".join("".join(page_texts(made.data)).split())

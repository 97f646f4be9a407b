"""The file itself: what returns is written once, and everything in it can be read by others."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_PATH as PATH

from desktop.reports import plates, text_encoder
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.page import Sheet, Style
from desktop.reports.paper_size import A4, A4_HALF, A5, PaperSize
from desktop.reports.pdf_file import PdfFile
from desktop.reports.text_encoder import TextEncoder
from tests.reports import paper_checks
from tests.reports.reading import bookmarks, page_texts

AT = datetime(2024, 10, 1, 15, 30, tzinfo=UTC)
STYLE = Style(FontRole.MINCHO, 10)


def ruled(encoder: TextEncoder, text: str, paper: PaperSize = A4, key: str = "box") -> Sheet:
    sheet = Sheet(encoder, paper)

    def draw(part: Sheet) -> None:
        part.fill(20, 20, 60, 10, 0.9)
        part.box(20, 20, 60, 10)
        part.text(22, 27, "番号", STYLE)

    sheet.plate(key, draw)
    sheet.text(42, 27, text, STYLE)
    return sheet


def printed(fonts: FontSet, *texts: str, keys: str = "", paper: PaperSize = A4) -> bytes:
    encoder = TextEncoder(fonts)
    file = PdfFile(encoder, "見本（）()\\", "架空市", AT)
    for number, text in enumerate(texts):
        file.add_bookmark(text)
        sheet = ruled(encoder, text, paper, keys[number : number + 1])
        file.add_sheet(sheet, is_beneath=paper.is_half and number % 2 == 1)
    return file.finish()


def figures(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as file:
        return len(file.pages[0].Resources.XObject)


def test_rules_that_return_are_written_once_and_labels_stay_in_their_order(fonts):
    data = printed(fonts, "一", "二", "三")
    assert paper_checks.syntax_faults(data) == []
    assert figures(data) == 1
    assert ["".join(page.split()) for page in page_texts(data)] == ["番号一", "番号二", "番号三"]
    sizes = [len(page) for page in contents(data)]
    assert sizes[0] > sizes[1] == sizes[2]


def test_what_stands_on_one_sheet_only_makes_no_figure(fonts):
    assert figures(printed(fonts, "一", "二", "三", keys="abc")) == 0


def test_forgotten_plates_are_made_again(fonts, monkeypatch):
    monkeypatch.setattr(plates, "_MOST_PLATES", 1)
    monkeypatch.setattr(plates, "_MOST_SEEN", 1)
    monkeypatch.setattr(text_encoder, "_MOST_KEPT", 1)
    data = printed(fonts, "一", "二", "三", keys="aba")
    assert paper_checks.syntax_faults(data) == []
    assert ["".join(page.split()) for page in page_texts(data)] == ["番号一", "番号二", "番号三"]


def test_title_author_day_and_bookmarks_are_read_as_they_were_given(fonts):
    data = printed(fonts, "𠮷", ")(")
    with pikepdf.open(BytesIO(data)) as file:
        assert str(file.docinfo.Title) == "見本（）()\\"
        assert str(file.docinfo.Author) == "架空市"
        assert str(file.docinfo.CreationDate) == "D:20241002003000+09'00'"
        assert str(file.Root.Lang) == "ja-JP"
    assert bookmarks(data) == [("𠮷", 0), (")(", 1)]


def test_halves_share_a_sheet_and_the_last_may_stand_alone(fonts):
    data = printed(fonts, "一", "二", "三", paper=A4_HALF)
    assert paper_checks.syntax_faults(data) == []
    assert ["".join(page.split()) for page in page_texts(data)] == ["番号一番号二", "番号三"]
    assert paper_checks.off_paper(data) == []


def test_a_plate_stands_right_on_every_size_of_paper(fonts):
    encoder = TextEncoder(fonts)
    file = PdfFile(encoder, "", "", AT)
    for paper in (A4, A5, A4, A5):
        file.add_sheet(ruled(encoder, "一", paper))
    data = file.finish()
    assert [round(box_top(data, page)) for page in range(2)] == [20, 20]
    assert figures(data) == 2
    assert paper_checks.off_paper(data) == []


def test_the_same_sheets_at_the_same_instant_are_the_same_bytes(fonts):
    assert printed(fonts, "一", "二") == printed(fonts, "一", "二")
    assert printed(fonts, "一", "二") != printed(fonts, "一", "三")


def box_top(data: bytes, number: int) -> float:
    """How far below the upper edge the only label stands (millimetres, to its box)."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[number]
        boxes = [thing for thing in page.get_objects() if thing.type == PATH]
        top = max(thing.get_bounds()[3] for thing in boxes)
        return float(page.get_height() - top) * 25.4 / 72
    finally:
        document.close()


def contents(data: bytes) -> list[bytes]:
    with pikepdf.open(BytesIO(data)) as file:
        return [page.Contents.read_bytes() for page in file.pages]

"""The 受付票・受領証 on paper."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from reportlab.graphics.barcode.code128 import _patterns

from desktop.domain.ids import new_id
from desktop.domain.paper_slips import PaperSlip, SlipForm, SlipPart
from desktop.reports import bar_code
from desktop.reports.papers.slip import PAPER_SLIP
from desktop.reports.preview import page_image
from tests.reports.reading import bookmarks, page_halves
from tests.reports.samples import make_imprint

AT = datetime(2024, 10, 1, 1, 30, tzinfo=UTC)


def slip(number: int = 123, **changes: Any) -> PaperSlip:
    values: dict[str, Any] = {
        "paper_id": new_id(),
        "fiscal_year": 2024,
        "number": number,
        "case_number": "004567",
        "kind_label": "給与明細",
        "sheets": 2,
        "received_at": AT,
        "received_by": "庶務 見本",
        "owner": "担当 見本",
    }
    return PaperSlip(**values | changes)


def form(given: PaperSlip | None = None, **changes: Any) -> SlipForm:
    values: dict[str, Any] = {
        "imprint": make_imprint(printed_by="庶務 見本"),
        "slip": given or slip(),
        "part": SlipPart.RECEIPT,
        "is_reprint": False,
        "is_beneath": False,
    }
    return SlipForm(**values | changes)


def both(*slips: PaperSlip, **changes: Any) -> list[SlipForm]:
    return [
        form(one, part=part, is_beneath=part is SlipPart.SLIP, **changes)
        for one in slips or (slip(),)
        for part in SlipPart.BOTH.pieces
    ]


def halves(data: bytes) -> list[tuple[str, str]]:
    """The text of the upper and of the lower half of each sheet."""
    return [("".join(upper.split()), "".join(lower.split())) for upper, lower in page_halves(data)]


def drawn(fonts: Any, *given: SlipForm) -> list[tuple[str, str]]:
    return halves(PAPER_SLIP.batch_pdf(given, fonts).data)


def test_both_stand_on_one_sheet_with_the_number_of_the_book(fonts):
    ((receipt, stays),) = drawn(fonts, *both())
    for half in (receipt, stays):
        assert "受領番号6-0123" in half
        assert "2024000123" in half
        assert "U-01受付票・受領証第2版" in half
    for words in (
        "受領証",
        "下記の書類を受け取りました。",
        "給与明細",
        "2枚",
        "令和6年10月1日",
        "架空市福祉事務所庶務見本",
        "切り取り線",
    ):
        assert words in receipt
    for words in ("受付票", "004567", "内容確認", "担当見本"):
        assert words in stays


def test_the_receipt_says_nothing_of_the_household_or_of_the_help(fonts):
    ((receipt, empty),) = drawn(fonts, form())
    assert "受領証" in receipt
    assert empty == ""
    for word in ("004567", "保護", "ケース", "世帯", "担当", "認定"):
        assert word not in receipt


def test_two_sheets_where_the_office_wants_them_so(fonts):
    (receipt, _), (stays, _) = drawn(fonts, form(), form(part=SlipPart.SLIP))
    assert "受領証" in receipt
    assert "004567" not in receipt
    assert "004567" in stays


def test_a_reprint_and_a_training_print_say_so_on_both_halves(fonts):
    for half in drawn(fonts, *both())[0]:
        assert "再発行" not in half
        assert "研修用" not in half
    again = both(is_reprint=True, imprint=make_imprint(training=True))
    for half in drawn(fonts, *again)[0]:
        assert "再発行" in half
        assert "研修用" in half


def test_a_paper_without_owner_says_so(fonts):
    assert "未定" in drawn(fonts, form(slip(owner=""), part=SlipPart.SLIP))[0][0]


def test_the_same_papers_give_the_same_bytes(fonts):
    given = both(slip(1), slip(2))
    made = PAPER_SLIP.batch_pdf(given, fonts)
    assert made == PAPER_SLIP.batch_pdf(given, fonts)
    assert made.pages == 2
    assert bookmarks(made.data) == [("6-0001", 0), ("6-0002", 1)]


def test_long_names_and_the_largest_number_stay_inside(fonts):
    given = both(slip(999_999, kind_label="ながい種類の名前" * 6, received_by="長い名前" * 20))
    ((receipt, stays),) = drawn(fonts, *given)
    assert "6-999999" in receipt
    assert "6-999999" in stays
    assert "長い名前" * 20 in receipt


@pytest.mark.parametrize("number", [1, 123, 999_999])
def test_a_scanner_reads_the_code_off_the_page(fonts, number):
    """Read the bars as a scanner does: one line of a picture, back to digits by the tables of ISO/IEC 15417."""
    data = PAPER_SLIP.pdf(form(slip(number), part=SlipPart.SLIP), fonts).data
    picture = page_image(data, 0, 300)
    dots_per_mm = 300 / 25.4
    begin = int(25 * dots_per_mm) * picture.stride
    row = picture.rgb[begin : begin + picture.width * 3 : 3]
    left = int((194 - bar_code.code_width("2024000123")) * dots_per_mm)
    dark = [red < 128 for red in row[left:]]
    assert read_bars(dark) == f"2024{number:06d}"


def read_bars(dark: list[bool]) -> str:
    """Widths of bars and gaps to the pairs of digits of code set C."""
    begin, end = dark.index(True), len(dark) - dark[::-1].index(True)
    runs: list[int] = []
    last = False
    for dot in dark[begin:end]:
        if dot != last:
            runs.append(0)
        runs[-1] += 1
        last = dot
    module = sum(runs) / 90
    widths = [round(run / module) for run in runs]
    values = {
        tuple(ord(c.lower()) - 96 for c in pattern): value
        for value, pattern in _patterns.items()
        if isinstance(value, int)
    }
    symbols = [values[tuple(widths[i : i + 6])] for i in range(0, len(widths) - 7, 6)]
    assert symbols[0] == 105
    total = symbols[0] + sum(place * value for place, value in enumerate(symbols[1:-1], start=1))
    assert symbols[-1] == total % 103
    return "".join(f"{value:02d}" for value in symbols[1:-1])

"""Pay slips read off row by row: amounts that do not add up are asked about, pasted rows find their columns."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.errors import ValidationError
from desktop.domain.pay_slips import (
    COLUMNS,
    GROSS,
    MONTH,
    PaySlip,
    pasted_rows,
    read_slip,
    slip_text,
)

TODAY = date(2024, 10, 1)
ROW = ("R6.9", "見本商店", "120,000", "5,000", "", "600", "０", "", "", "114,400円")


def read(*cells: str) -> PaySlip:
    slip = read_slip(cells, TODAY)
    assert slip is not None
    return slip


def test_a_row_becomes_a_line_that_names_what_was_taken_off():
    slip = read(*ROW)
    assert slip.month == date(2024, 9, 1)
    assert slip.question == ""
    assert slip_text([read("R6.10", "見本商店", "100000"), slip]) == (
        "給与明細（書類で確認）\n"
        "・R6.9　見本商店　総支給額 120,000円　控除 5,600円（健康保険 5,000円、雇用保険 600円）"
        "　差引支給額 114,400円\n"
        "・R6.10　見本商店　総支給額 100,000円　控除なし"
    )
    assert slip_text([]) == ""


def test_amounts_that_do_not_add_up_are_a_question_and_no_refusal():
    slip = read(*ROW[:-1], "114,000")
    assert "114,400円、差引支給額は114,000円です（400円の違い）" in slip.question
    assert slip.net == 114_000
    assert read(*ROW[:-1], "").question == ""


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("", "見本商店", "120000"), MONTH),
        (("いつか", "見本商店", "120000"), MONTH),
        (("R6.9", "見本商店", ""), GROSS),
        (("R6.9", "見本商店", "十万"), GROSS),
        (("R6.9", "見本商店", "120000", "-5"), "健康保険"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_column(cells, field):
    with pytest.raises(ValidationError) as caught:
        read_slip(cells, TODAY)
    assert field in caught.value.fields


def test_an_empty_row_is_none():
    assert read_slip(("", " ", ""), TODAY) is None
    assert read_slip((), TODAY) is None


def test_pasted_rows_without_headings_are_taken_as_they_stand():
    (row,) = pasted_rows("R6.9\t見本商店\t120000\n\n")
    assert row == ("R6.9", "見本商店", "120000", *[""] * (len(COLUMNS) - 3))
    assert pasted_rows("") == ()


def test_headings_of_a_spreadsheet_say_which_column_is_which():
    text = (
        "勤務先\t支給年月\t雇用保険料\t健康保険料\t総支給額\t備考\t差引支給額\n"
        "見本商店\t2024/9\t600\t5000\t120000\t早番\t114400\n"
    )
    (row,) = pasted_rows(text)
    assert read(*row) == read(*ROW[:6], "", "", "", ROW[-1])

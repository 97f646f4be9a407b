from __future__ import annotations

import pytest

from desktop.domain.csv_cells import plain_cell, safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+81", "-1", "@SUM(A1)", "＝１", "\t=1", "\r=1", " =1", "　=1"]
)
def test_what_a_spreadsheet_would_calculate_is_guarded(text: str):
    assert safe_cell(text) == f"'{text}"
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["", "試験　太郎", "00001", "1-2-3", "'quoted", "a=b"])
def test_other_cells_stay(text: str):
    assert safe_cell(text) == text
    assert plain_cell(text) == text

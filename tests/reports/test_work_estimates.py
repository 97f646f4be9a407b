"""手取り試算 (S-36) on paper: every line and value, 試算 in a box, nothing about groups or motivation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.work_estimates_forms import HandSheet
from desktop.domain.work_estimates_income import EarnedIncome, earned_income
from desktop.reports.work_estimates.hand_sheet import HAND_SHEET
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint
from tests.support.work_money import shipped_tables

MONTH = date(2024, 10, 1)
INCOME = EarnedIncome(on=MONTH, gross=100_000, new_work_month=2, insurance=12_000, commuting=4_000)


def sheet(**changes: Any) -> HandSheet:
    made = HandSheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        month=MONTH,
        gross=100_000,
        estimate=earned_income(INCOME, shipped_tables(MONTH)),
        contact="見本市役所 1階 5番窓口",
        caseworker="見本 担当",
        phone="000-000-0000",
    )
    return replace(made, **changes)


def text_of(made, fonts):
    return "".join(page_texts(HAND_SHEET.pdf(made, fonts).data)).replace("\n", "")


def test_what_remains_in_hand_stands_on_it_line_by_line(fonts):
    text = text_of(sheet(), fonts)
    for words in (
        "試算",
        "架空 花子",
        "令和6年10月",
        "100,000円",
        "手元に残る額",
        "51,300円",
        "23,600円",
        "11,700円",
        "48,700円",
        "【未確認】",
        "これは試算です",
    ):
        assert words in text
    for words in ("G1", "G2", "意欲", "稼働能力", "支援区分"):
        assert words not in text


def test_a_refusal_stands_on_it_in_a_sentence(fonts):
    given = EarnedIncome(on=MONTH, gross=60_000, is_first=False)
    text = text_of(sheet(estimate=earned_income(given, shipped_tables(MONTH))), fonts)
    assert "kiso.table.2" in text
    assert "計算できません" in text

"""What is due when, what a month says, and what is proposed."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.declarations import (
    CellState,
    DeclarationKind,
    Duty,
    Missing,
    MissingReason,
    Receipt,
    cell_state,
    due_day,
    month_end,
    months_between,
    months_from,
    proposal_for,
)
from desktop.domain.ids import new_id

INCOME, ASSET = DeclarationKind.INCOME, DeclarationKind.ASSET


def a_duty(valid_from, valid_to=None):
    return Duty(
        duty_id=new_id(),
        household_id=new_id(),
        person_id=new_id(),
        kind=INCOME,
        cycle="x",
        valid_from=valid_from,
        valid_to=valid_to,
    )


@pytest.mark.parametrize(
    ("months", "wanted"),
    [
        (1, [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]),
        (3, [4, 7, 10, 1]),
        (12, [4]),
    ],
)
def test_a_cycle_falls_in_its_months(months, wanted):
    duty = a_duty(date(2024, 4, 1))
    year = months_from(date(2024, 4, 1), 12)
    assert [m.month for m in year if duty.falls_in(m, months)] == wanted


def test_nothing_is_due_before_the_first_month_nor_after_the_last():
    duty = a_duty(date(2024, 4, 1), date(2024, 6, 30))
    months = months_from(date(2024, 2, 1), 7)
    assert [m.month for m in months if duty.falls_in(m, 1)] == [4, 5, 6]


def test_months_are_reckoned_over_the_turn_of_the_year():
    assert months_between(date(2023, 12, 31), date(2024, 2, 1)) == 2
    assert month_end(date(2024, 2, 1)) == date(2024, 2, 29)
    assert due_day(date(2024, 2, 1), 5) == date(2024, 3, 5)


RECEIPT = Receipt(
    receipt_id=new_id(), paper_id=new_id(), fiscal_year=2024, number=7, received_on=date(2024, 5, 2)
)
WAITS = Missing(
    reason=MissingReason.WAITING_PAPERS, noted_on=date(2024, 5, 20), noted_by="試験 職員"
)


@pytest.mark.parametrize(
    ("today", "given", "state"),
    [
        (date(2024, 5, 5), {}, CellState.NOT_YET),
        (date(2024, 5, 6), {}, CellState.MISSING),
        (date(2024, 6, 1), {"reminded_on": (date(2024, 5, 10),)}, CellState.REMINDED),
        (
            date(2024, 7, 1),
            {"reminded_on": (date(2024, 5, 10), date(2024, 6, 10))},
            CellState.REMINDED_AGAIN,
        ),
        (date(2024, 6, 1), {"missing": WAITS}, CellState.EXPLAINED),
        (
            date(2024, 6, 1),
            {"missing": WAITS, "reminded_on": (date(2024, 5, 10),)},
            CellState.EXPLAINED,
        ),
        (
            date(2024, 7, 1),
            {"missing": WAITS, "reminded_on": (date(2024, 6, 10),)},
            CellState.REMINDED,
        ),
        (date(2024, 7, 1), {"missing": WAITS, "receipt": RECEIPT}, CellState.RECEIVED),
    ],
)
def test_a_month_says_what_happened_last(today, given, state):
    known = {"receipt": None, "missing": None, "reminded_on": (), **given}
    assert cell_state(date(2024, 5, 5), today, **known) is state


@pytest.mark.parametrize(
    ("age", "works", "cycle"),
    [
        (14, False, None),
        (None, False, None),
        (15, False, "income_yearly"),
        (18, False, "income_monthly"),
        (40, True, "income_quarterly"),
        (64, False, "income_monthly"),
        (65, False, "income_yearly"),
        (70, True, "income_quarterly"),
    ],
)
def test_income_proposals_go_by_age_and_work(age, works, cycle):
    proposal = proposal_for(INCOME, age, works=works, is_head=False)
    assert (proposal and proposal.cycle) == cycle
    assert proposal is None or "確かめて" in proposal.basis


def test_assets_are_proposed_for_the_head_only():
    proposal = proposal_for(ASSET, 70, works=False, is_head=True)
    assert proposal is not None
    assert proposal.cycle == "asset_yearly"
    assert proposal_for(ASSET, 70, works=False, is_head=False) is None

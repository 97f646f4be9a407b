"""Earned incomes for tests, all made up. The tests' day is 1 October 2024."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.domain.ids import new_id
from desktop.domain.income_months import Earned, IncomeInput, IncomeSource
from tests.support.desk import Desk, SmallOffice

SEPTEMBER = date(2024, 9, 1)


def an_income(office: SmallOffice, /, **changes: Any) -> IncomeInput:
    """82,000 yen of September, from a pay slip."""
    values: dict[str, Any] = {
        "income_id": new_id(),
        "household_id": office.household_id,
        "person_id": office.person_id,
        "month": SEPTEMBER,
        "earned": Earned(gross=82_000, recognised=60_200),
        "read_from": IncomeSource.PAY_SLIP,
        **changes,
    }
    return IncomeInput(**values)


def earn(office: SmallOffice, desk: Desk, first: date, *gross: int | None) -> None:
    """Gross incomes from a month on, month by month; None leaves a month out."""
    for place, amount in enumerate(gross):
        if amount is not None:
            year, month = divmod(first.year * 12 + first.month - 1 + place, 12)
            at = date(year, month + 1, 1)
            desk.income_months.add(an_income(office, month=at, earned=Earned(gross=amount)))

"""Earned income by month (就労収入) in the training office: whose income rose, and of whom months are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from desktop.domain.dates import months_later
from desktop.domain.declarations import month_of
from desktop.domain.income_months import IncomeSource
from desktop.models.income_months import IncomeMonthRecord
from desktop.services.training.support_cast import Telling, instant

_NOTED = (10, 40)
_DAYS_AFTER = 9  # the day of the month after on which papers come


def tell_incomes(telling: Telling, told: Sequence[Mapping[str, Any]]) -> None:
    """Write them: gross incomes of the months up to the last one."""
    for line in told:
        who = telling.cast.get(line["rule"])
        if who is None:
            continue
        amounts: list[int] = line["gross"]
        for ago, gross in zip(range(len(amounts), 0, -1), amounts, strict=True):
            month = months_later(month_of(telling.today), -ago)
            came = months_later(month, 1) + timedelta(days=_DAYS_AFTER)
            noted = min(came, telling.today - timedelta(days=1))
            telling.add(
                IncomeMonthRecord(
                    id=telling.new_id(),
                    person_id=who.person_id,
                    month=month,
                    gross=gross,
                    recognised=None,
                    read_from=IncomeSource(line["read_from"]),
                    replaces_id=None,
                    noted_by=who.caseworker_id,
                    noted_at=instant(noted, *_NOTED),
                    **telling.owner(who),
                )
            )

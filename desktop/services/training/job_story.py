"""Starts of work (就労開始) of the training office with checks of retention: one check is overdue (S02), another only just due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.domain.dates import months_later
from desktop.domain.employment_spells import (
    JobContract,
    JobOutcome,
    JobRoute,
    RetentionAnswer,
    due_checks,
)
from desktop.models.employment_spells import (
    EmploymentCheckRecord,
    EmploymentSpellRecord,
    EmploymentSpellText,
)
from desktop.services.masters import lookup
from desktop.services.training.support_cast import Telling, instant

_NOTED = (13, 20)


def tell_jobs(telling: Telling, told: Sequence[Mapping[str, Any]]) -> None:
    """Write them; the checks that were made found people at work."""
    limits = lookup.thresholds(telling.session, telling.office_id, telling.today)
    for line in told:
        who = telling.cast.get(line["rule"])
        if who is None:
            continue
        began, spell_id = telling.day(line["days"]), telling.new_id()
        telling.add(
            EmploymentSpellRecord(
                id=spell_id,
                person_id=who.person_id,
                outcome=JobOutcome(line["outcome"]),
                started_on=began,
                first_wage_on=None,
                contract=JobContract(line["contract"]),
                route=JobRoute(line["route"]),
                hours=line["hours"],
                expected_wage=line["wage"],
                income_before=line["before"],
                income_after=line["after"],
                made_by=who.caseworker_id,
                made_at=instant(began, *_NOTED),
                **telling.owner(who),
            ),
            EmploymentSpellText(
                spell_id=spell_id,
                employer=line["employer"],
                job=line["job"],
                note="",
                **telling.owner(who),
            ),
        )
        checked: list[int] = line["checked"]
        for months in checked:
            day = months_later(began, months)
            telling.add(
                EmploymentCheckRecord(
                    id=telling.new_id(),
                    spell_id=spell_id,
                    months=months,
                    checked_on=day,
                    answer=RetentionAnswer.WORKING,
                    noted_by=telling.supporter_id,
                    noted_at=instant(day, *_NOTED),
                    **telling.owner(who),
                )
            )
        for months, day in due_checks(began, set(checked), telling.today)[:1]:
            is_near = (telling.today - day).days <= limits.s02_days
            telling.plant("S02", who, day, f"{months}か月の定着確認", is_near=is_near)

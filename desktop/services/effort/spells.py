"""Starts of work of a team's people, without those that were a mistake."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from desktop.domain.employment_spells import JobEndReason, JobOutcome, RetentionAnswer
from desktop.domain.kpi_reckoning import Spell
from desktop.domain.participations import CountsFor
from desktop.models.employment_spells import (
    EmploymentCheckRecord,
    EmploymentEndRecord,
    EmploymentSpellRecord,
)
from desktop.models.households import Household

_WAY = {
    **dict.fromkeys((JobOutcome("O01"), JobOutcome("O02"), JobOutcome("O03")), CountsFor.JOB),
    **dict.fromkeys((JobOutcome("O04"), JobOutcome("O05")), CountsFor.RAISE),
}
_STARTS = tuple(outcome for outcome, way in _WAY.items() if way is CountsFor.JOB)
_ANSWER = {
    RetentionAnswer.WORKING: True,
    RetentionAnswer.LEFT: False,
    RetentionAnswer.UNKNOWN: None,
}


def _was() -> ColumnElement[bool]:
    e = EmploymentEndRecord
    return ~exists().where(e.spell_id == EmploymentSpellRecord.id, e.reason == JobEndReason.MISTAKE)


def job_starts(session: Session, where: ColumnElement[bool]) -> tuple[tuple[UUID, date], ...]:
    """Person and day of each start of new work."""
    s = EmploymentSpellRecord
    rows = session.execute(
        select(s.person_id, s.started_on)
        .join(Household, Household.id == s.household_id)
        .where(where, _was(), s.outcome.in_(_STARTS))
    )
    return tuple((person_id, day) for person_id, day in rows)


def spells(session: Session, where: ColumnElement[bool]) -> tuple[Spell, ...]:
    """Each start and raise, with what was answered after how many months; the newest answer counts."""
    s, k = EmploymentSpellRecord, EmploymentCheckRecord
    checks: dict[UUID, dict[int, bool | None]] = defaultdict(dict)
    answers = session.execute(
        select(k.spell_id, k.months, k.answer)
        .join(Household, Household.id == k.household_id)
        .where(where)
        .order_by(k.noted_at, k.id)
    )
    for spell_id, months, answer in answers:
        checks[spell_id][months] = _ANSWER[answer]
    rows = session.execute(
        select(s.id, s.household_id, s.person_id, s.started_on, s.outcome)
        .join(Household, Household.id == s.household_id)
        .where(where, _was())
        .order_by(s.started_on, s.id)
    )
    return tuple(
        Spell(
            *(household_id, person_id, began),
            _WAY.get(outcome, CountsFor.WELFARE_JOB),
            checks.get(spell_id, {}),
        )
        for spell_id, household_id, person_id, began, outcome in rows
    )

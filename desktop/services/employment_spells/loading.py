"""Spells of work of an opened file, with their checks and ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.employment_spells import EmploymentSpell, JobOutcome, RetentionCheck, SpellEnd
from desktop.domain.errors import NotPermittedError
from desktop.models.employment_spells import (
    EmploymentCheckRecord,
    EmploymentEndRecord,
    EmploymentEndText,
    EmploymentSpellRecord,
    EmploymentSpellText,
)
from desktop.models.households import Person
from desktop.models.office import Staff
from desktop.services.masters.lookup_plans import outcomes

NOT_FOUND = "この就労は見つからないか、この世帯のものではありません。"


def spells(
    session: Session,
    household_ids: Sequence[UUID],
    labels: Mapping[JobOutcome, str],
    spell_id: UUID | None = None,
) -> tuple[EmploymentSpell, ...]:
    """The spells of opened households, the newest first; only one where an id is given. `labels`: `job_outcomes` of the day."""
    s, t = EmploymentSpellRecord, EmploymentSpellText
    wanted = (
        select(s, t, Person.name, Staff.name)
        .join(t, t.spell_id == s.id)
        .join(Person, Person.id == s.person_id)
        .join(Staff, Staff.id == s.made_by)
        .where(s.household_id.in_(household_ids))
        .order_by(s.started_on.desc(), s.made_at.desc(), s.id.desc())
    )
    if spell_id is not None:
        wanted = wanted.where(s.id == spell_id)
    rows = session.execute(wanted).all()
    ids = [row.id for row, *_ in rows]
    checks, ends = _checks(session, ids), _ends(session, ids)
    return tuple(
        EmploymentSpell(
            spell_id=row.id,
            person_id=row.person_id,
            person=person,
            outcome=row.outcome,
            outcome_label=labels[row.outcome],
            started_on=row.started_on,
            first_wage_on=row.first_wage_on,
            contract=row.contract,
            route=row.route,
            hours=row.hours,
            expected_wage=row.expected_wage,
            income_before=row.income_before,
            income_after=row.income_after,
            employer=text.employer,
            job=text.job,
            note=text.note,
            made_by=author,
            made_at=row.made_at,
            checks=tuple(checks[row.id]),
            end=ends.get(row.id),
        )
        for row, text, person, author in rows
    )


def job_outcomes(session: Session, office_id: UUID, on: date) -> dict[JobOutcome, str]:
    """What a start of work or a raise is called, by the office's table of outcomes (支援の結果)."""
    found = outcomes(session, office_id, on)
    return {code: found[code].label if code in found else code.value for code in JobOutcome}


def spell(
    session: Session, household_id: UUID, labels: Mapping[JobOutcome, str], spell_id: UUID
) -> EmploymentSpell:
    """One spell of a household. Raises NotPermittedError where it is none of its."""
    found = spells(session, [household_id], labels, spell_id)
    if not found:
        raise NotPermittedError(NOT_FOUND)
    return found[0]


def _checks(session: Session, spell_ids: Sequence[UUID]) -> dict[UUID, list[RetentionCheck]]:
    c = EmploymentCheckRecord
    rows = session.execute(
        select(c, Staff.name)
        .join(Staff, Staff.id == c.noted_by)
        .where(c.spell_id.in_(spell_ids))
        .order_by(c.months, c.noted_at, c.id)
    )
    found: dict[UUID, list[RetentionCheck]] = defaultdict(list)
    for row, name in rows:
        found[row.spell_id].append(
            RetentionCheck(
                months=row.months,
                checked_on=row.checked_on,
                answer=row.answer,
                noted_by=name,
                noted_at=row.noted_at,
            )
        )
    return found


def _ends(session: Session, spell_ids: Sequence[UUID]) -> dict[UUID, SpellEnd]:
    """Spell → its newest end."""
    e, t = EmploymentEndRecord, EmploymentEndText
    rows = session.execute(
        select(e, t.note, Staff.name)
        .join(t, t.end_id == e.id)
        .join(Staff, Staff.id == e.noted_by)
        .where(e.spell_id.in_(spell_ids))
        .order_by(e.noted_at, e.id)
    )
    return {
        row.spell_id: SpellEnd(
            ended_on=row.ended_on,
            reason=row.reason,
            note=note,
            noted_by=name,
            noted_at=row.noted_at,
        )
        for row, note, name in rows
    }

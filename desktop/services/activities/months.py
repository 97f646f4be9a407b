"""A month of the own duty: acts of support, requests and starts of work. Facts only: no file is opened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.activities import CaseloadAct, MonthCounts
from desktop.domain.dates import months_later
from desktop.domain.employment_spells import JobEndReason, JobOutcome, RetentionAnswer
from desktop.domain.office import SignedInStaff
from desktop.domain.todos import TodoState
from desktop.models.activities import ActivityRecord
from desktop.models.employment_spells import (
    EmploymentCheckRecord,
    EmploymentEndRecord,
    EmploymentSpellRecord,
)
from desktop.models.households import Household, Person
from desktop.models.office import Staff
from desktop.models.referrals import ReferralRecord
from desktop.models.todos import Todo
from desktop.services.duty import own_households

_STARTS = (JobOutcome.REGULAR, JobOutcome.PART_TIME, JobOutcome.SELF_EMPLOYED)
_RAISES = (JobOutcome.MORE_HOURS, JobOutcome.BETTER_JOB)


def last_day(month: date) -> date:
    """The last day of a month, given its first."""
    return months_later(month, 1) - timedelta(days=1)


def acts_of(
    session: Session, staff: SignedInStaff, since: date, until: date
) -> tuple[CaseloadAct, ...]:
    """The acts that count, of the households somebody looks after, the newest first. One statement."""
    a = ActivityRecord
    return _acts(session, staff, a.done_on.between(since, until))


def due_acts(
    session: Session, staff: SignedInStaff, since: date, until: date
) -> tuple[CaseloadAct, ...]:
    """The acts whose next step falls between two days and is not closed."""
    a = ActivityRecord
    closed = exists().where(Todo.origin_id == a.id, Todo.state == TodoState.DONE)
    return _acts(session, staff, a.next_due_on.between(since, until) & ~closed)


def _acts(
    session: Session, staff: SignedInStaff, which: ColumnElement[bool]
) -> tuple[CaseloadAct, ...]:
    a, h, later = ActivityRecord, Household, aliased(ActivityRecord)
    rows = session.execute(
        select(a, h.case_number, Person.name, Staff.name)
        .join(h, h.id == a.household_id)
        .join(Person, Person.id == a.person_id)
        .join(Staff, Staff.id == a.staff_id)
        .where(own_households(staff), which, *_counts(later))
        .order_by(a.done_on.desc(), a.made_at.desc(), a.id.desc())
    )
    return tuple(
        CaseloadAct(
            activity_id=row.id,
            household_id=row.household_id,
            case_number=case_number,
            person_id=row.person_id,
            person=person,
            done_on=row.done_on,
            kind=row.kind,
            minutes=row.minutes,
            result=row.result,
            next_due_on=row.next_due_on,
            staff=name,
        )
        for row, case_number, person, name in rows
    )


def counts_of(session: Session, staff: SignedInStaff, month: date) -> MonthCounts:
    """What the report of a month counts."""
    until = last_day(month)
    acts = acts_of(session, staff, month, until)
    persons = {act.person_id for act in acts}
    spells = _spells(session, staff, month, until)
    answers = _answers(session, staff, month, until)
    return MonthCounts(
        persons=len(persons),
        new_persons=len(persons) - len(_known_before(session, staff, persons, month)),
        requests=_number(session, staff, month, until),
        starts=sum(outcome in _STARTS for outcome in spells),
        raises=sum(outcome in _RAISES for outcome in spells),
        sheltered=sum(outcome is JobOutcome.SHELTERED for outcome in spells),
        ended=_ends(session, staff, month, until),
        checked=len(answers),
        still_working=sum(answer is RetentionAnswer.WORKING for answer in answers),
        acts=acts,
    )


def _counts(later: type[ActivityRecord]) -> tuple[ColumnElement[bool], ...]:
    """Acts that are neither taken back nor replaced."""
    a = ActivityRecord
    return a.is_void.is_(False), ~exists().where(later.replaces_id == a.id)


def _known_before(
    session: Session, staff: SignedInStaff, persons: Iterable[UUID], month: date
) -> set[UUID]:
    a, later = ActivityRecord, aliased(ActivityRecord)
    earlier = (
        select(a.person_id)
        .distinct()
        .join(Household, Household.id == a.household_id)
        .where(
            own_households(staff),
            a.person_id.in_(persons),
            a.done_on < month,
            *_counts(later),
        )
    )
    return set(session.scalars(earlier))


def _number(session: Session, staff: SignedInStaff, month: date, until: date) -> int:
    r = ReferralRecord
    asked = (
        select(func.count())
        .select_from(r)
        .join(Household, Household.id == r.household_id)
        .where(own_households(staff), r.asked_on.between(month, until))
    )
    return session.scalar(asked) or 0


def _spells(
    session: Session, staff: SignedInStaff, month: date, until: date
) -> tuple[JobOutcome, ...]:
    s = EmploymentSpellRecord
    begun = (
        select(s.outcome)
        .join(Household, Household.id == s.household_id)
        .where(own_households(staff), s.started_on.between(month, until), ~is_mistake())
    )
    return tuple(session.scalars(begun))


def is_mistake() -> ColumnElement[bool]:
    """Whether a joined spell was written by mistake."""
    e = aliased(EmploymentEndRecord)
    return exists().where(e.spell_id == EmploymentSpellRecord.id, e.reason == JobEndReason.MISTAKE)


def _ends(session: Session, staff: SignedInStaff, month: date, until: date) -> int:
    """Spells whose work ended in the month, each once."""
    s, e = EmploymentSpellRecord, EmploymentEndRecord
    ended = (
        select(func.count(s.id.distinct()))
        .select_from(s)
        .join(e, e.spell_id == s.id)
        .join(Household, Household.id == s.household_id)
        .where(own_households(staff), e.ended_on.between(month, until), ~is_mistake())
    )
    return session.scalar(ended) or 0


def _answers(
    session: Session, staff: SignedInStaff, month: date, until: date
) -> tuple[RetentionAnswer, ...]:
    """The newest answer of each check that was made in the month."""
    s, c = EmploymentSpellRecord, EmploymentCheckRecord
    rows = session.execute(
        select(c.spell_id, c.months, c.answer)
        .join(s, s.id == c.spell_id)
        .join(Household, Household.id == c.household_id)
        .where(own_households(staff), c.checked_on.between(month, until), ~is_mistake())
        .order_by(c.noted_at, c.id)
    )
    newest = {(spell_id, months): answer for spell_id, months, answer in rows}
    return tuple(newest.values())

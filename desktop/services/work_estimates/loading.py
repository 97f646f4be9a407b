"""People and benefit cases of an opened file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.work_estimates_cases import BenefitCase, CaseDecision, WorkPerson
from desktop.domain.work_estimates_kept import from_json
from desktop.models.households import Member, Person
from desktop.models.office import Staff
from desktop.models.work_estimates import (
    BenefitCaseRecord,
    BenefitCaseText,
    BenefitDecisionRecord,
    BenefitDecisionText,
)

NOT_FOUND = "この申請は見つからないか、この世帯のものではありません。"


def people(session: Session, household_id: UUID) -> tuple[WorkPerson, ...]:
    """Everybody who belongs or belonged to the household, the head first."""
    found = session.execute(
        select(Person.id, Person.name, Person.birth_date, Member.is_head)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id)
        .order_by(Member.is_head.desc(), Person.kana, Person.id)
    )
    by_id = dict[UUID, WorkPerson]()
    for person_id, name, birth_date, is_head in found:
        one = WorkPerson(person_id=person_id, name=name, birth_date=birth_date, is_head=is_head)
        by_id.setdefault(person_id, one)
    return tuple(by_id.values())


def cases(
    session: Session, staff: SignedInStaff, household_id: UUID, case_id: UUID | None = None
) -> tuple[BenefitCase, ...]:
    """The cases of a household, the newest first; only one where an id is given."""
    c, t = BenefitCaseRecord, BenefitCaseText
    wanted = (
        select(c, t, Person.name, Staff.name)
        .join(t, t.case_id == c.id)
        .join(Person, Person.id == c.person_id)
        .join(Staff, Staff.id == c.made_by)
        .where(c.household_id == household_id, c.office_id == staff.office_id)
        .order_by(c.asked_on.desc(), c.made_at.desc(), c.id.desc())
    )
    if case_id is not None:
        wanted = wanted.where(c.id == case_id)
    rows = session.execute(wanted).all()
    decided = _decisions(session, [row.id for row, *_ in rows])
    return tuple(
        BenefitCase(
            case_id=row.id,
            person_id=row.person_id,
            person=person,
            kind=row.kind,
            asked_on=row.asked_on,
            about_on=row.about_on,
            months=row.months,
            estimate=from_json(text.estimate),
            note=text.note,
            made_by=author,
            made_at=row.made_at,
            is_own=row.made_by == staff.staff_id,
            decisions=tuple(decided[row.id]),
        )
        for row, text, person, author in rows
    )


def case(session: Session, staff: SignedInStaff, household_id: UUID, case_id: UUID) -> BenefitCase:
    """One case of a household. Raises NotPermittedError where it is none of its."""
    found = cases(session, staff, household_id, case_id)
    if not found:
        raise NotPermittedError(NOT_FOUND)
    return found[0]


def _decisions(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, list[CaseDecision]]:
    d, t, by = BenefitDecisionRecord, BenefitDecisionText, aliased(Staff)
    rows = session.execute(
        select(d, t.amount, t.reason, by.name)
        .join(t, t.decision_id == d.id)
        .join(by, by.id == d.noted_by)
        .where(d.case_id.in_(case_ids))
        .order_by(d.noted_at.desc(), d.id.desc())
    )
    found: dict[UUID, list[CaseDecision]] = defaultdict(list)
    for row, amount, reason, name in rows:
        found[row.case_id].append(
            CaseDecision(
                decision_id=row.id,
                outcome=row.outcome,
                decided_on=row.decided_on,
                month=row.month,
                interviews=row.interviews,
                applications=row.applications,
                amount=amount,
                reason=reason,
                noted_by=name,
                noted_at=row.noted_at,
            )
        )
    return found

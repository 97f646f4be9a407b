"""What a file says of its members' assessments and groups. The caller holds a ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.assessment_forms import (
    AssessedPerson,
    Assessment,
    AssessmentsOfFile,
    AssessmentTables,
    DecidedGroup,
)
from desktop.domain.assessments import evidence_is_old, usual_scope
from desktop.domain.medical_opinions import Opinion
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.support_groups import DECIDED_BY, Flag, flags_of
from desktop.models.assessments import AssessmentRecord
from desktop.models.households import Member, Person
from desktop.models.ledger import WorkPeriod
from desktop.models.office import Staff
from desktop.models.support_groups import SupportGroupDecision, SupportGroupReason
from desktop.services.assessments.blinded import open_to
from desktop.services.assessments.loading import assessments_of
from desktop.services.duty import may_decide_for
from desktop.services.masters.lookup_assessments import assessment_tables
from desktop.services.medical.loading import opinions_of
from desktop.services.periods import holds_on
from desktop.services.support_groups.standing import present_decisions


def of_household(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> AssessmentsOfFile:
    """Every present member, the head first."""
    tables = assessment_tables(session, staff.office_id, today)
    assessments = assessments_of(session, staff, household_id)
    groups = _groups(session, staff, household_id, today)
    working, worked = _jobs(session, household_id, today)
    opinions = _opinions(session, staff, household_id, today)
    people = session.execute(
        select(Person.id, Person.name, Person.birth_date)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, holds_on(Member, today))
        .order_by(Member.is_head.desc(), Person.birth_date, Person.id)
    ).all()
    return AssessmentsOfFile(
        people=tuple(
            _person(
                (person_id, name, birth_date),
                assessments.get(person_id, ()),
                groups.get(person_id, ()),
                tables,
                today,
                is_working=person_id in working,
                has_worked=person_id in worked,
                opinion=opinions.get(person_id),
            )
            for person_id, name, birth_date in people
        ),
        tables=tables,
        may_assess=staff.may(Permission.ASSESS),
        may_decide=may_decide_for(session, staff, household_id),
    )


def _person(
    person: tuple[UUID, str, date | None],
    assessments: tuple[Assessment, ...],
    groups: tuple[DecidedGroup, ...],
    tables: AssessmentTables,
    today: date,
    *,
    is_working: bool,
    has_worked: bool,
    opinion: Opinion | None,
) -> AssessedPerson:
    person_id, name, birth_date = person
    newest = assessments[0] if assessments else None
    flags: tuple[Flag, ...] = ()
    is_old = False
    if newest is not None:
        flags = flags_of(
            newest.answers, birth_date, today, has_worked=has_worked, on_hold=newest.is_held
        )
        given = newest.given
        is_old = evidence_is_old(given.health, given.health_on, today, tables.numbers)
    return AssessedPerson(
        person_id=person_id,
        name=name,
        birth_date=birth_date,
        usual_scope=usual_scope(birth_date, today, tables.numbers),
        is_working=is_working,
        has_worked=has_worked,
        newest=newest,
        earlier=assessments[1:],
        groups=groups,
        flags=flags,
        evidence_is_old=is_old,
        opinion=opinion,
    )


def _opinions(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> Mapping[UUID, Opinion]:
    """Person → the newest word on health, for whoever may read it."""
    if not staff.may(Permission.READ_SENSITIVE):
        return {}
    found = opinions_of(session, staff, household_id, today)
    return {person_id: each[0] for person_id, each in found.items() if each}


def _groups(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> Mapping[UUID, tuple[DecidedGroup, ...]]:
    """Person → decided groups, newest first."""
    present = {row.id for row in present_decisions(session, [household_id], today).values()}
    d, r, a = SupportGroupDecision, SupportGroupReason, AssessmentRecord
    rows = session.execute(
        select(d, r.reason, r.persons_view, a.proposed_group, Staff.name)
        .join(r, r.decision_id == d.id)
        .join(a, a.id == d.assessment_id)
        .join(Staff, Staff.id == d.decided_by)
        .where(d.household_id == household_id, open_to(staff, d.household_id))
        .order_by(d.effective_from.desc(), d.decided_at.desc(), d.id.desc())
    )
    found: dict[UUID, list[DecidedGroup]] = defaultdict(list)
    for row, reason, view, proposed, by in rows:
        found[row.person_id].append(
            DecidedGroup(
                decision_id=row.id,
                group=row.group,
                proposed=proposed,
                how=DECIDED_BY[row.how],
                effective_from=row.effective_from,
                next_review_on=row.next_review_on,
                expires_on=row.expires_on,
                reason=reason,
                persons_view=view,
                decided_by=by,
                decided_at=row.decided_at,
                is_present=row.id in present,
                matter_id=row.matter_id,
                assessment_id=row.assessment_id,
            )
        )
    return {person_id: tuple(each) for person_id, each in found.items()}


def _jobs(
    session: Session, household_id: UUID, today: date
) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Persons who work today, and who ever worked, by the ledger."""
    rows = session.execute(
        select(WorkPeriod.person_id, holds_on(WorkPeriod, today))
        .join(Member, Member.person_id == WorkPeriod.person_id)
        .where(Member.household_id == household_id)
    ).all()
    return frozenset(p for p, now in rows if now), frozenset(p for p, _ in rows)

"""The lists of support groups over the households of somebody's duty. Facts only: nothing of anybody's file is read."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.support_group_lists import OpenProposal, RegisterRow, Standing, why
from desktop.models.assessments import AssessmentRecord, SupportHoldLift
from desktop.models.conferences import CaseConference, ConferenceMatter
from desktop.models.households import Household, Member, Person
from desktop.models.office import District
from desktop.models.support_groups import SupportGroupDecision
from desktop.services.assessments.blinded import open_to
from desktop.services.duty import own_households
from desktop.services.periods import holds_on
from desktop.services.support_groups.standing import holds_decided

_UNDER_CARE = (HouseholdState.RECEIVING, HouseholdState.SUSPENDED)


def open_proposals(session: Session, staff: SignedInStaff, today: date) -> tuple[OpenProposal, ...]:
    """Every present member of the own duty whose newest assessment is not decided; one statement."""
    rows = session.execute(_proposals(own_households(staff) & open_to(staff, Household.id), today))
    found = (_proposal(row, staff.staff_id) for row in rows)
    return tuple(row for row in found if row is not None)


def register(session: Session, staff: SignedInStaff, today: date) -> tuple[RegisterRow, ...]:
    """Every present member of the own duty with a group in force, the longest overdue first; one statement."""
    h, p, d, a = Household, Person, SupportGroupDecision, AssessmentRecord
    decided, assessed = _newest_decisions(today), _newest_assessments()
    rows = session.execute(
        select(
            *(
                d.household_id,
                h.case_number,
                d.person_id,
                p.name,
                District.code,
                d.group.label("group"),
                d.how,
            ),
            *(d.effective_from, d.next_review_on, d.expires_on),
            *(a.id.label("assessment_id"), a.made_on),
        )
        .select_from(d)
        .join(decided, and_(decided.c.id == d.id, decided.c.place == 1))
        .join(assessed, and_(assessed.c.person_id == d.person_id, assessed.c.place == 1))
        .join(a, a.id == assessed.c.id)
        .join(h, h.id == d.household_id)
        .join(District, District.id == h.district_id)
        .join(p, p.id == d.person_id)
        .where(
            own_households(staff),
            open_to(staff, h.id),
            h.state.in_(_UNDER_CARE),
            _lives_there(d, today),
        )
    )
    found = (
        RegisterRow(
            household_id=row.household_id,
            case_number=row.case_number,
            person_id=row.person_id,
            name=row.name,
            district=row.code,
            group=row.group,
            how=row.how,
            effective_from=row.effective_from,
            next_review_on=row.next_review_on,
            expires_on=row.expires_on,
            assessment_id=row.assessment_id,
            assessed_on=row.made_on,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda row: (row.due_on, row.case_number, row.person_id)))


def _proposals(where: ColumnElement[bool], today: date) -> Select[*tuple[Any, ...]]:
    h, p, a, d = Household, Person, AssessmentRecord, SupportGroupDecision
    newest, decided, earlier = _newest_assessments(), _newest_decisions(today), aliased(a)
    lifted = exists().where(SupportHoldLift.assessment_id == a.id)
    return (
        select(
            *(a.id, a.household_id, h.case_number, a.person_id, p.name, a.made_on, a.rule),
            *(a.proposed_group, a.author_id, (a.on_hold & ~lifted).label("is_held"), a.is_disputed),
            *(d.assessment_id.label("decided_on"), d.group.label("group"), d.how, d.expires_on),
            earlier.proposed_group.label("had_proposed"),
            _agenda_day().label("agenda_on"),
        )
        .select_from(a)
        .join(newest, and_(newest.c.id == a.id, newest.c.place == 1))
        .join(h, h.id == a.household_id)
        .join(p, p.id == a.person_id)
        .outerjoin(
            decided,
            and_(
                decided.c.person_id == a.person_id,
                decided.c.household_id == a.household_id,
                decided.c.place == 1,
            ),
        )
        .outerjoin(d, d.id == decided.c.id)
        .outerjoin(earlier, earlier.id == d.assessment_id)
        .where(where, h.state.in_(_UNDER_CARE), _lives_there(a, today))
        .order_by(h.case_number, p.birth_date, a.person_id)
    )


def _proposal(row: Any, me: UUID) -> OpenProposal | None:  # noqa: ANN401 - a row of `_proposals`
    standing = None
    if row.decided_on is not None:
        standing = Standing(
            assessment_id=row.decided_on,
            group=row.group,
            proposed=row.had_proposed,
            how=row.how,
            expires_on=row.expires_on,
        )
    reason = why(row.id, row.proposed_group, standing, is_disputed=row.is_disputed)
    if reason is None:
        return None
    return OpenProposal(
        household_id=row.household_id,
        case_number=row.case_number,
        person_id=row.person_id,
        name=row.name,
        assessment_id=row.id,
        made_on=row.made_on,
        proposed=row.proposed_group,
        rule=row.rule,
        why=reason,
        standing=standing,
        is_held=row.is_held,
        is_disputed=row.is_disputed,
        is_own=row.author_id == me,
        agenda_on=row.agenda_on,
    )


def _newest_assessments() -> Subquery:
    a = AssessmentRecord
    place = func.row_number().over(
        partition_by=a.person_id, order_by=(a.made_on.desc(), a.saved_at.desc(), a.id.desc())
    )
    return select(a.id, a.person_id, place.label("place")).subquery()


def _newest_decisions(today: date) -> Subquery:
    d = SupportGroupDecision
    place = func.row_number().over(
        partition_by=(d.person_id, d.household_id),
        order_by=(d.effective_from.desc(), d.decided_at.desc(), d.id.desc()),
    )
    return (
        select(d.id, d.person_id, d.household_id, place.label("place"))
        .where(holds_decided(today))
        .subquery()
    )


def _agenda_day() -> Any:  # noqa: ANN401 - a scalar subquery
    """The day of the next meeting that is not closed and has this assessment on its agenda."""
    m, c = ConferenceMatter, CaseConference
    return (
        select(func.min(c.planned_on))
        .join(m, m.conference_id == c.id)
        .where(m.assessment_id == AssessmentRecord.id, c.closed_at.is_(None))
        .correlate(AssessmentRecord)
        .scalar_subquery()
    )


def _lives_there(
    of: type[AssessmentRecord] | type[SupportGroupDecision], today: date
) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            Member.household_id == of.household_id,
            Member.person_id == of.person_id,
            holds_on(Member, today),
        )
        .correlate(of)
    )

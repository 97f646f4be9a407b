"""What a file says of the household's grade. The caller holds a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.approvals import Move
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.records import EntryState
from desktop.domain.visit_grades import (
    SUBJECT,
    GradeRow,
    GradesOfFile,
    GradeState,
    GradeTables,
    KeptAnswer,
)
from desktop.models.approvals import Approval, ApprovalMove, ApprovalNote
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod, TakeOver, VisitGradePeriod
from desktop.models.office import Staff
from desktop.models.records import Contact, EntryRecord
from desktop.models.visit_grades import (
    VisitGradeKept,
    VisitGradeKeptText,
    VisitGradeRecord,
    VisitGradeText,
)
from desktop.services.households.grades import grade_of, is_decided, place_of
from desktop.services.masters import lookup
from desktop.services.masters.grade_lookup import grade_tables
from desktop.services.visit_grades.reviews import open_grade_events

#: So many last visits stand beside a proposal.
_MOST_VISITS = 6


def of_household(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> GradesOfFile:
    """The history with the present grade, and what a proposal is made of."""
    tables = grade_tables(session, staff.office_id, today)
    code = grade_of(session, household_id, today) or ""
    present = tables.grades.get(code)
    visits = last_visits(session, staff.office_id, household_id, today)
    met = next((day for day, _, is_met in visits if is_met), None) or session.scalar(
        select(TakeOver.last_met_on).where(TakeOver.household_id == household_id)
    )
    state = session.scalar(select(Household.state).where(Household.id == household_id))
    usual = _usual(session, household_id, tables, today)
    return GradesOfFile(
        rows=rows_of(session, staff, household_id, tables, today),
        tables=tables,
        place=place_of(session, household_id, today),
        is_receiving=state is not HouseholdState.CLOSED,
        present=present,
        present_code=code,
        last_visit_on=met,
        next_due_on=months_later(met, present.interval_months)
        if met and present and present.interval_months
        else None,
        usual_code=usual,
        events=open_grade_events(session, staff.office_id, Household.id == household_id, today),
        answers=_answers(session, household_id, tables),
    )


def rows_of(
    session: Session, staff: SignedInStaff, household_id: UUID, tables: GradeTables, today: date
) -> tuple[GradeRow, ...]:
    """Decisions, proposals and periods of the ledger, the newest first day first."""
    in_force = _in_force(session, household_id, today)
    found = [
        *_decisions(session, staff, household_id, tables, in_force),
        *_of_ledger(session, household_id, tables, today, has_decision=in_force is not None),
    ]
    return tuple(
        sorted(
            found, key=lambda row: (row.effective_from, str(row.proposed_at or "")), reverse=True
        )
    )


def last_visits(
    session: Session, office_id: UUID, household_id: UUID, today: date
) -> list[tuple[date, str, bool]]:
    """Day, result and whether somebody was met, of the last visits and vain ones, newest first."""
    results = lookup.result_codes(session, office_id, today)
    c, e = Contact, EntryRecord
    rows = session.execute(
        select(c.happened_on, c.result_code, c.is_home_visit)
        .join(e, e.contact_id == c.id)
        .where(
            c.household_id == household_id,
            c.happened_on <= today,
            or_(c.is_home_visit, c.is_absence),
            e.is_annulled.is_(False),
            e.state != EntryState.DRAFT,
        )
        .order_by(c.happened_on.desc(), c.started_at.desc(), c.id.desc())
    )
    return [
        (day, results[code].label if code in results else code, is_met)
        for day, code, is_met in rows
    ]


def shown_visits(found: list[tuple[date, str, bool]]) -> tuple[tuple[date, str], ...]:
    """The newest few, as a card shows them."""
    return tuple((day, result) for day, result, _ in found[:_MOST_VISITS])


def _in_force(session: Session, household_id: UUID, today: date) -> UUID | None:
    g = VisitGradeRecord
    return session.scalar(
        select(g.id)
        .where(g.household_id == household_id, is_decided(today), g.effective_from <= today)
        .order_by(g.effective_from.desc(), g.approved_at.desc(), g.id.desc())
        .limit(1)
    )


def _decisions(
    session: Session,
    staff: SignedInStaff,
    household_id: UUID,
    tables: GradeTables,
    in_force: UUID | None,
) -> list[GradeRow]:
    g, t, approver = VisitGradeRecord, VisitGradeText, aliased(Staff)
    rows = session.execute(
        select(g, t.reason, t.exception_reason, Staff.name, approver.name)
        .outerjoin(t, t.grade_id == g.id)
        .join(Staff, Staff.id == g.proposed_by)
        .outerjoin(approver, approver.id == g.approved_by)
        .where(g.household_id == household_id, g.state != GradeState.DRAFT)
    ).all()
    words = _returned(session, [row[0].id for row in rows if row[0].state is GradeState.RETURNED])
    return [
        GradeRow(
            row_id=row.id,
            grade=row.grade,
            label=tables.grades[row.grade].label if row.grade in tables.grades else row.grade,
            visits_per_year=row.visits_per_year,
            effective_from=row.effective_from,
            state=row.state,
            reason_label=tables.reasons.get(row.reason_code, row.reason_code),
            reason=reason or "",
            place=row.place,
            floor=row.floor,
            exception_label=_exception(tables, row.exception),
            exception_reason=exception_reason or "",
            proposed_by=author,
            proposed_at=row.proposed_at,
            approved_by=decider or "",
            approved_at=row.approved_at,
            returned_words=words.get(row.id, ""),
            is_own=row.proposed_by == staff.staff_id,
            is_present=row.id == in_force,
        )
        for row, reason, exception_reason, author, decider in rows
    ]


def _of_ledger(
    session: Session,
    household_id: UUID,
    tables: GradeTables,
    today: date,
    *,
    has_decision: bool,
) -> list[GradeRow]:
    v = VisitGradePeriod
    rows = session.scalars(
        select(v).where(v.household_id == household_id).order_by(v.valid_from.desc())
    ).all()
    holding = next(
        (r.id for r in rows if r.valid_from <= today and (r.valid_to or today) >= today), None
    )
    return [
        GradeRow(
            row_id=row.id,
            grade=row.grade,
            label=tables.grades[row.grade].label if row.grade in tables.grades else row.grade,
            visits_per_year=tables.grades[row.grade].visits_per_year
            if row.grade in tables.grades
            else None,
            effective_from=row.valid_from,
            until=row.valid_to,
            state=None,
            is_present=not has_decision and row.id == holding,
        )
        for row in rows
    ]


def _returned(session: Session, grade_ids: list[UUID]) -> Mapping[UUID, str]:
    """Proposal → why it was returned."""
    if not grade_ids:
        return {}
    a, m = Approval, ApprovalMove
    rows = session.execute(
        select(a.subject_id, ApprovalNote.text)
        .join(m, m.approval_id == a.id)
        .join(ApprovalNote, ApprovalNote.move_id == m.id)
        .where(a.subject_kind == SUBJECT, a.subject_id.in_(grade_ids), m.move == Move.RETURN)
        .order_by(m.at)
    )
    return {grade_id: text for grade_id, text in rows}  # noqa: C416 - rows are not pairs to the type checker


def _exception(tables: GradeTables, code: str) -> str:
    return tables.exceptions[code].label if code in tables.exceptions else code


def _usual(session: Session, household_id: UUID, tables: GradeTables, today: date) -> str:
    """The office's usual grade of a household that began so lately; "" for others."""
    s = HouseholdStatePeriod
    began = session.scalar(
        select(s.valid_from)
        .where(
            s.household_id == household_id,
            s.state == HouseholdState.RECEIVING,
            s.valid_from <= today,
        )
        .order_by(s.valid_from.desc())
        .limit(1)
    )
    if began is None:
        return ""
    return next(
        (
            grade.code
            for grade in tables.grades.values()
            if grade.first_months and today < months_later(began, grade.first_months)
        ),
        "",
    )


def _answers(session: Session, household_id: UUID, tables: GradeTables) -> tuple[KeptAnswer, ...]:
    k, t = VisitGradeKept, VisitGradeKeptText
    rows = session.execute(
        select(k.event_code, k.happened_on, t.reason, Staff.name, k.answered_at)
        .join(t, t.kept_id == k.id)
        .join(Staff, Staff.id == k.answered_by)
        .where(k.household_id == household_id)
        .order_by(k.answered_at.desc(), k.id.desc())
    )
    return tuple(
        KeptAnswer(
            label=tables.reasons.get(code, code),
            happened_on=day,
            reason=reason,
            by=by,
            answered_at=at,
        )
        for code, day, reason, by, at in rows
    )

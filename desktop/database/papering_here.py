"""Received papers where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.database.paper_access import at_hand
from desktop.database.paper_linking_here import close_drafts, hand_over_drafts
from desktop.domain import papers as rules
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.paper_links import AFTER_DRAFT
from desktop.domain.papers import PaperInput, PaperState
from desktop.domain.roles import Permission, roles_with
from desktop.models.households import Household, Member
from desktop.models.office import Assignment, Staff, StaffRole
from desktop.models.papers import (
    PaperBook,
    PaperRecord,
    PaperStepRecord,
    PaperStepText,
    PaperText,
)


def receive(
    session: Session, staff: SignedInStaff, given: PaperInput, at: datetime, *, is_known_kind: bool
) -> None:
    """Take a paper in for any household of the office."""
    household = session.get(Household, given.household_id)
    if household is None or household.office_id != staff.office_id:
        raise NotPermittedError(rules.NO_HOUSEHOLD)
    if _is_stored(session, staff, given):
        return
    day = japan_day(at)
    from_whom, note = given.from_whom.strip(), given.note.strip()
    _check(session, staff, given, day, is_known_kind=is_known_kind)
    year = rules.fiscal_year(day)
    session.add(
        PaperRecord(
            id=given.paper_id,
            office_id=staff.office_id,
            household_id=household.id,
            fiscal_year=year,
            number=_next_number(session, staff.office_id, year),
            kind=given.kind,
            person_id=given.person_id,
            sheets=given.sheets,
            state=PaperState.RECEIVED,
            received_by=staff.staff_id,
            received_at=at,
            owner_id=given.owner_id or owner_of(session, household, day),
        )
    )
    session.flush()
    key = {"paper_id": given.paper_id, "office_id": staff.office_id, "household_id": household.id}
    session.add(PaperText(**key, from_whom=from_whom, note=note))
    session.add(
        PaperStepRecord(**key, number=1, state=PaperState.RECEIVED, by_id=staff.staff_id, at=at)
    )
    session.flush()


def step(
    session: Session,
    staff: SignedInStaff,
    paper_id: UUID,
    *,
    shown: PaperState,
    to: PaperState,
    reason: str,
    at: datetime,
) -> None:
    """Move a paper on, as the table of moves allows."""
    paper = at_hand(session, staff, paper_id, at)
    if paper.state is not shown:
        raise ConflictError(rules.MOVED_ON)
    move = rules.move_of(shown, to)
    if move is None:
        raise NotPermittedError(rules.NO_MOVE)
    reason = reason.strip()
    if move.needs_reason and not reason:
        raise ValidationError(reason=rules.NO_REASON)
    if len(reason) > rules.MOST_NOTE:
        raise ValidationError(reason=rules.TOO_LONG)
    last = session.scalar(
        select(func.max(PaperStepRecord.number)).where(PaperStepRecord.paper_id == paper_id)
    )
    key = {
        "paper_id": paper_id,
        "number": 1 + (last or 0),
        "office_id": paper.office_id,
        "household_id": paper.household_id,
    }
    session.add(PaperStepRecord(**key, state=to, by_id=staff.staff_id, at=at))
    if reason:
        session.add(PaperStepText(**key, reason=reason))
    paper.state = to
    paper.settled_at = at if to is PaperState.SETTLED else None
    if to in AFTER_DRAFT:
        close_drafts(session, paper_id, at)
    session.flush()


def hand_over(
    session: Session,
    staff: SignedInStaff,
    paper_id: UUID,
    shown_owner: UUID | None,
    to: UUID,
    at: datetime,
) -> None:
    """Give a paper to another owner."""
    paper = at_hand(session, staff, paper_id, at)
    if paper.state is PaperState.SETTLED:
        raise ConflictError(rules.SETTLED)
    if paper.owner_id != shown_owner:
        raise ConflictError(rules.OTHER_OWNER)
    if not _handles_papers(session, staff.office_id, to, japan_day(at)):
        raise ValidationError(owner_id=rules.NO_OWNER)
    paper.owner_id = to
    hand_over_drafts(session, paper_id, to)
    session.flush()


def _is_stored(session: Session, staff: SignedInStaff, given: PaperInput) -> bool:
    """Whether an earlier try of the same receipt arrived after all."""
    paper = session.get(PaperRecord, given.paper_id)
    if paper is None:
        return False
    stored = (paper.received_by, paper.household_id, paper.kind, paper.sheets, paper.person_id)
    said = (staff.staff_id, given.household_id, given.kind, given.sheets, given.person_id)
    if stored != said:
        raise NotPermittedError(rules.NO_PAPER)
    return True


def _check(
    session: Session, staff: SignedInStaff, given: PaperInput, day: date, *, is_known_kind: bool
) -> None:
    if not is_known_kind:
        raise ValidationError(kind=rules.UNKNOWN_KIND)
    if not 1 <= given.sheets <= rules.MOST_SHEETS:
        raise ValidationError(sheets=rules.BAD_SHEETS)
    belongs = (Member.household_id == given.household_id) & (Member.person_id == given.person_id)
    if given.person_id is not None and not session.scalar(select(exists().where(belongs))):
        raise ValidationError(person_id=rules.NOT_A_MEMBER)
    if given.owner_id is not None and not _handles_papers(
        session, staff.office_id, given.owner_id, day
    ):
        raise ValidationError(owner_id=rules.NO_OWNER)
    if len(given.from_whom.strip()) > rules.MOST_FROM_WHOM:
        raise ValidationError(from_whom=rules.TOO_LONG)
    if len(given.note.strip()) > rules.MOST_NOTE:
        raise ValidationError(note=rules.TOO_LONG)


def _next_number(session: Session, office_id: UUID, year: int) -> int:
    """The next number of the book; SQLite lets one person write at a time."""
    book = session.get(PaperBook, (office_id, year))
    if book is None:
        book = PaperBook(office_id=office_id, fiscal_year=year, last_number=0)
        session.add(book)
    book.last_number += 1
    session.flush()
    return book.last_number


def owner_of(session: Session, household: Household, day: date) -> UUID | None:
    """Who looks after the household's district; nobody where the post is vacant."""
    found = session.scalars(
        select(Assignment.staff_id)
        .where(
            Assignment.district_id == household.district_id,
            Assignment.kind == AssignmentKind.MAIN,
            *_holds(Assignment.valid_from, Assignment.valid_to, day),
        )
        .order_by(Assignment.valid_from.desc(), Assignment.staff_id)
    )
    return next((s for s in found if _handles_papers(session, household.office_id, s, day)), None)


def _handles_papers(session: Session, office_id: UUID, staff_id: UUID, day: date) -> bool:
    handles = exists().where(
        Staff.id == staff_id,
        Staff.office_id == office_id,
        StaffRole.staff_id == Staff.id,
        StaffRole.role.in_(roles_with(Permission.RECEIVE_PAPERS)),
        *_holds(Staff.active_from, Staff.active_to, day),
        *_holds(StaffRole.valid_from, StaffRole.valid_to, day),
    )
    return bool(session.scalar(select(handles)))


def _holds(start: Any, end: Any, day: date) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 - mapped columns
    return (start <= day, or_(end.is_(None), end >= day))

"""Monthly papers where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from desktop.database import papering_here, safety_checks_here
from desktop.database.paper_access import is_before
from desktop.domain import monthly_papers as rules
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.monthly_papers import (
    MonthlyDue,
    MonthlyPaper,
    PaperMissingInput,
    PaperReason,
    PaperReceiptInput,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import PaperInput
from desktop.models.households import Household, Member
from desktop.models.monthly_papers import (
    MonthlyPaperMissing,
    MonthlyPaperMissingText,
    MonthlyPaperReceipt,
    MonthlyPaperReminder,
)
from desktop.models.papers import PaperRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTables:
    """What the office's tables say today: papers and reasons by code."""

    papers: Mapping[str, MonthlyPaper]
    reasons: Mapping[str, PaperReason]


def receive(
    session: Session,
    staff: SignedInStaff,
    given: PaperReceiptInput,
    tables: OfficeTables,
    at: datetime,
) -> None:
    """Take a paper in, or link one taken in before."""
    paper = _asked(session, staff, given.due, tables, at)
    if session.get(MonthlyPaperReceipt, given.receipt_id) is not None:
        return
    if given.due.month > japan_day(at):
        raise ValidationError(month=rules.NOT_YET_MONTH)
    _refuse_received(session, given.due)
    if not given.is_linked:
        brought = PaperInput(
            paper_id=given.paper_id,
            household_id=given.due.household_id,
            kind=paper.paper_kind,
            sheets=1,
            person_id=given.due.person_id,
        )
        papering_here.receive(session, staff, brought, at, is_known_kind=True)
    _need_paper(session, given, paper)
    session.add(_receipt(staff, given, at))
    session.flush()


def strike(
    session: Session,
    staff: SignedInStaff,
    given: PaperReceiptInput,
    tables: OfficeTables,
    at: datetime,
) -> None:
    """Take a link back; what nobody linked gets a struck link."""
    paper = _asked(session, staff, given.due, tables, at)
    known = session.scalars(
        select(MonthlyPaperReceipt)
        .where(
            *_of_month(MonthlyPaperReceipt, given.due),
            MonthlyPaperReceipt.paper_id == given.paper_id,
        )
        .order_by(MonthlyPaperReceipt.struck_at.is_not(None))
    ).first()
    if known is None:
        _need_paper(session, given, paper)
        known = _receipt(staff, given, at)
        session.add(known)
    elif known.struck_at is not None:
        raise ConflictError(rules.STRUCK_ALREADY)
    known.struck_by, known.struck_at = staff.staff_id, at
    session.flush()


def explain(
    session: Session,
    staff: SignedInStaff,
    given: PaperMissingInput,
    tables: OfficeTables,
    at: datetime,
) -> None:
    """Note why a paper has not come."""
    _asked(session, staff, given.due, tables, at)
    if session.get(MonthlyPaperMissing, given.missing_id) is not None:
        return
    reason = tables.reasons.get(given.reason)
    if reason is None:
        raise ValidationError(reason=rules.UNKNOWN_REASON)
    words, help_missing = _words(given.words, "words"), _words(given.help_missing, "help_missing")
    _refuse_received(session, given.due)
    session.add(
        MonthlyPaperMissing(
            id=given.missing_id,
            reason=reason.code,
            asked_help=bool(help_missing),
            noted_by=staff.staff_id,
            noted_at=at,
            **_columns(staff, given.due),
        )
    )
    session.flush()
    if words or help_missing:
        session.add(
            MonthlyPaperMissingText(
                missing_id=given.missing_id,
                office_id=staff.office_id,
                household_id=given.due.household_id,
                words=words,
                help_missing=help_missing,
            )
        )
    if reason.asks_safety:
        safety_checks_here.ask(session, staff, given.due.household_id, given.missing_id, at)
    session.flush()


def note_reminder(
    session: Session,
    staff: SignedInStaff,
    batch_id: UUID,
    due: MonthlyDue,
    tables: OfficeTables,
    at: datetime,
) -> None:
    """Note a card, even if the paper came meanwhile."""
    _asked(session, staff, due, tables, at)
    last = session.scalar(
        select(func.max(MonthlyPaperReminder.number)).where(*_of_month(MonthlyPaperReminder, due))
    )
    session.add(
        MonthlyPaperReminder(
            id=new_id(),
            number=1 + (last or 0),
            batch_id=batch_id,
            printed_by=staff.staff_id,
            printed_at=at,
            **_columns(staff, due),
        )
    )
    session.flush()


def _asked(
    session: Session, staff: SignedInStaff, due: MonthlyDue, tables: OfficeTables, at: datetime
) -> MonthlyPaper:
    """The office's row of the paper, for a household that is before the person, a member of it and a month."""
    household = session.get(Household, due.household_id)
    if (
        household is None
        or household.office_id != staff.office_id
        or not is_before(session, staff, household, at)
    ):
        raise NotPermittedError(rules.NOT_BEFORE_YOU)
    paper = tables.papers.get(due.paper)
    if paper is None:
        raise ValidationError(paper=rules.UNKNOWN_PAPER)
    if due.month.day != 1:
        raise ValidationError(month=rules.NOT_FIRST)
    belongs = (Member.household_id == due.household_id) & (Member.person_id == due.person_id)
    if not session.scalar(select(exists().where(belongs))):
        raise ValidationError(person_id=rules.NOT_A_MEMBER)
    return paper


def _need_paper(session: Session, given: PaperReceiptInput, asked: MonthlyPaper) -> None:
    paper = session.get(PaperRecord, given.paper_id)
    if (
        paper is None
        or (paper.household_id, paper.kind) != (given.due.household_id, asked.paper_kind)
        or paper.person_id not in {None, given.due.person_id}
    ):
        raise NotPermittedError(rules.OTHER_PAPER)


def _refuse_received(session: Session, due: MonthlyDue) -> None:
    came = exists().where(
        *_of_month(MonthlyPaperReceipt, due), MonthlyPaperReceipt.struck_at.is_(None)
    )
    if session.scalar(select(came)):
        raise ConflictError(rules.RECEIVED_ALREADY)


def _receipt(staff: SignedInStaff, given: PaperReceiptInput, at: datetime) -> MonthlyPaperReceipt:
    return MonthlyPaperReceipt(
        id=given.receipt_id,
        paper_id=given.paper_id,
        linked_by=staff.staff_id,
        linked_at=at,
        **_columns(staff, given.due),
    )


def _columns(staff: SignedInStaff, due: MonthlyDue) -> dict[str, Any]:
    return {
        "office_id": staff.office_id,
        "household_id": due.household_id,
        "person_id": due.person_id,
        "paper": due.paper,
        "month": due.month,
    }


def _of_month(
    table: type[MonthlyPaperReceipt | MonthlyPaperReminder], due: MonthlyDue
) -> tuple[ColumnElement[bool], ...]:
    return (
        table.household_id == due.household_id,
        table.person_id == due.person_id,
        table.paper == due.paper,
        table.month == due.month,
    )


def _words(text: str, field: str) -> str:
    trimmed = text.strip()
    if len(trimmed) > rules.MOST_WORDS:
        raise ValidationError(**{field: rules.TOO_LONG})
    return trimmed

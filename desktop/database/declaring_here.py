"""Declarations where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from desktop.database import papering_here, safety_checks_here
from desktop.database.paper_access import is_before
from desktop.domain import declarations as rules
from desktop.domain.clock import japan_day
from desktop.domain.declarations import (
    BROUGHT_BY,
    PAPER_KIND,
    Cycle,
    Due,
    Duty,
    DutyInput,
    MissingInput,
    MissingReason,
    ReceiptInput,
)
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import PaperInput
from desktop.models.declarations import (
    DeclarationDuty,
    DeclarationDutyText,
    DeclarationMissing,
    DeclarationMissingText,
    DeclarationReceipt,
    DeclarationReminder,
    DeclarationStrikeText,
)
from desktop.models.households import Household, Member
from desktop.models.papers import PaperRecord


def set_duty(
    session: Session,
    staff: SignedInStaff,
    given: DutyInput,
    cycles: Mapping[str, Cycle],
    at: datetime,
) -> None:
    """Give a person a cycle from a month on; the one before ends the day before."""
    _household(session, staff, given.household_id, at)
    if session.get(DeclarationDuty, given.duty_id) is not None:
        return
    reason = _words(given.reason, "reason")
    _check_duty(session, given, cycles, japan_day(at), reason)
    for earlier in session.scalars(select(DeclarationDuty).where(*_of(given))):
        if earlier.valid_from >= given.valid_from:
            raise ConflictError(rules.GIVEN_ALREADY)
        if earlier.valid_to is None or earlier.valid_to >= given.valid_from:
            earlier.valid_to = given.valid_from - timedelta(days=1)
    owner = {"office_id": staff.office_id, "household_id": given.household_id}
    session.add(
        DeclarationDuty(
            id=given.duty_id,
            person_id=given.person_id,
            kind=given.kind,
            cycle=given.cycle,
            valid_from=given.valid_from,
            given_by=staff.staff_id,
            given_at=at,
            **owner,
        )
    )
    session.flush()
    session.add(DeclarationDutyText(duty_id=given.duty_id, reason=reason, **owner))
    session.flush()


def receive(
    session: Session,
    staff: SignedInStaff,
    given: ReceiptInput,
    cycles: Mapping[str, Cycle],
    at: datetime,
) -> None:
    """Take a declaration in."""
    due = given.due
    _household(session, staff, due.household_id, at)
    if session.get(DeclarationReceipt, given.receipt_id) is not None:
        return
    _need_due(session, due, cycles)
    if due.month > japan_day(at):
        raise ValidationError(month=rules.NOT_YET_MONTH)
    _refuse_received(session, due)
    paper = _paper(session, staff, given, at)
    session.add(
        DeclarationReceipt(
            id=given.receipt_id,
            paper_id=paper.id,
            linked_by=staff.staff_id,
            linked_at=at,
            **_columns(staff, due),
        )
    )
    session.flush()


def strike(
    session: Session, staff: SignedInStaff, receipt_id: UUID, reason: str, at: datetime
) -> None:
    """Strike a wrong link."""
    receipt = session.get(DeclarationReceipt, receipt_id, populate_existing=True)
    if receipt is None:
        raise NotPermittedError(rules.NOT_BEFORE_YOU)
    _household(session, staff, receipt.household_id, at)
    reason = _words(reason, "reason")
    if not reason:
        raise ValidationError(reason=rules.NO_REASON)
    if receipt.struck_at is not None:
        raise ConflictError(rules.STRUCK_ALREADY)
    receipt.struck_by, receipt.struck_at = staff.staff_id, at
    owner = {"office_id": receipt.office_id, "household_id": receipt.household_id}
    session.add(DeclarationStrikeText(receipt_id=receipt_id, reason=reason, **owner))
    session.flush()


def explain(
    session: Session,
    staff: SignedInStaff,
    given: MissingInput,
    cycles: Mapping[str, Cycle],
    at: datetime,
) -> None:
    """Note why a declaration has not come."""
    _household(session, staff, given.due.household_id, at)
    if session.get(DeclarationMissing, given.missing_id) is not None:
        return
    words = _words(given.words, "words")
    _need_due(session, given.due, cycles)
    if given.reason is MissingReason.OTHER and not words:
        raise ValidationError(words=rules.NEEDS_WORDS)
    _refuse_received(session, given.due)
    columns = _columns(staff, given.due)
    session.add(
        DeclarationMissing(
            id=given.missing_id,
            reason=given.reason,
            noted_by=staff.staff_id,
            noted_at=at,
            **columns,
        )
    )
    session.flush()
    if words:
        owner = {"office_id": staff.office_id, "household_id": given.due.household_id}
        session.add(DeclarationMissingText(missing_id=given.missing_id, words=words, **owner))
        session.flush()
    if given.reason is MissingReason.NOT_REACHED:
        safety_checks_here.ask(session, staff, given.due.household_id, given.missing_id, at)


def note_reminder(
    session: Session,
    staff: SignedInStaff,
    batch_id: UUID,
    due: Due,
    at: datetime,
) -> None:
    """Note a letter, even if the cycle was changed or the declaration came meanwhile."""
    _household(session, staff, due.household_id, at)
    if due.month.day != 1 or not session.scalar(select(exists().where(*_of(due)))):
        raise NotPermittedError(rules.NO_CYCLE)
    last = session.scalar(
        select(func.max(DeclarationReminder.number)).where(*_of_month(DeclarationReminder, due))
    )
    session.add(
        DeclarationReminder(
            id=new_id(),
            number=1 + (last or 0),
            batch_id=batch_id,
            printed_by=staff.staff_id,
            printed_at=at,
            **_columns(staff, due),
        )
    )
    session.flush()


def _paper(
    session: Session, staff: SignedInStaff, given: ReceiptInput, at: datetime
) -> PaperRecord:
    """The paper that brings a declaration: taken in now, or taken in before and only linked."""
    due, kind = given.due, PAPER_KIND[given.due.kind]
    if not given.is_linked:
        brought = PaperInput(
            paper_id=given.paper_id,
            household_id=due.household_id,
            kind=kind,
            sheets=1,
            person_id=due.person_id,
        )
        papering_here.receive(session, staff, brought, at, is_known_kind=True)
    paper = session.get(PaperRecord, given.paper_id)
    if (
        paper is None
        or paper.household_id != due.household_id
        or paper.kind not in BROUGHT_BY[due.kind]
        or paper.person_id not in {None, due.person_id}
    ):
        raise NotPermittedError(rules.OTHER_PAPER)
    return paper


def _household(session: Session, staff: SignedInStaff, household_id: UUID, at: datetime) -> None:
    """Refuse a household that is not the person's duty nor open before him."""
    household = session.get(Household, household_id)
    if household is None or household.office_id != staff.office_id:
        raise NotPermittedError(rules.NOT_BEFORE_YOU)
    if not is_before(session, staff, household, at):
        raise NotPermittedError(rules.NOT_BEFORE_YOU)


def _check_duty(
    session: Session, given: DutyInput, cycles: Mapping[str, Cycle], today: date, reason: str
) -> None:
    cycle = cycles.get(given.cycle)
    if cycle is None or cycle.kind is not given.kind:
        raise ValidationError(cycle=rules.UNKNOWN_CYCLE)
    belongs = (Member.household_id == given.household_id) & (Member.person_id == given.person_id)
    if not session.scalar(select(exists().where(belongs))):
        raise ValidationError(person_id=rules.NOT_A_MEMBER)
    if given.valid_from.day != 1:
        raise ValidationError(valid_from=rules.NOT_FIRST)
    if rules.months_between(today, given.valid_from) > rules.MOST_AHEAD:
        raise ValidationError(valid_from=rules.TOO_FAR)
    if not reason:
        raise ValidationError(reason=rules.NO_REASON)


def _need_due(session: Session, due: Due, cycles: Mapping[str, Cycle]) -> None:
    rows = session.scalars(select(DeclarationDuty).where(*_of(due)))
    if due.month.day != 1 or not any(_falls_in(row, due.month, cycles) for row in rows):
        raise ConflictError(rules.NO_DUTY)


def _falls_in(row: DeclarationDuty, month: date, cycles: Mapping[str, Cycle]) -> bool:
    cycle = cycles.get(row.cycle)
    duty = Duty(
        duty_id=row.id,
        household_id=row.household_id,
        person_id=row.person_id,
        kind=row.kind,
        cycle=row.cycle,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
    return cycle is not None and duty.falls_in(month, cycle.months)


def _refuse_received(session: Session, due: Due) -> None:
    of_month = _of_month(DeclarationReceipt, due)
    received = exists().where(*of_month, DeclarationReceipt.struck_at.is_(None))
    if session.scalar(select(received)):
        raise ConflictError(rules.RECEIVED_ALREADY)


def _of(given: Due | DutyInput) -> tuple[ColumnElement[bool], ...]:
    return (
        DeclarationDuty.household_id == given.household_id,
        DeclarationDuty.person_id == given.person_id,
        DeclarationDuty.kind == given.kind,
    )


def _of_month(table: Any, due: Due) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 - a mapped class
    return (
        table.household_id == due.household_id,
        table.person_id == due.person_id,
        table.kind == due.kind,
        table.month == due.month,
    )


def _columns(staff: SignedInStaff, due: Due) -> dict[str, Any]:
    return {
        "office_id": staff.office_id,
        "household_id": due.household_id,
        "person_id": due.person_id,
        "kind": due.kind,
        "month": due.month,
    }


def _words(text: str, field: str) -> str:
    text = text.strip()
    if len(text) > rules.MOST_WORDS:
        raise ValidationError(**{field: rules.TOO_LONG})
    return text

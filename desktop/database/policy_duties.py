"""The one door through which duties of a policy come to be and results are noted (方針の取組と結果).

PostgreSQL does both by itself (`security/sql/47_policy_duties.sql`); the training office does the same in the unit of
work.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Text, cast, func, select
from sqlalchemy.orm import Session

from desktop.domain import policy_duties as rules
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_duties import DutyKind, DutyLine, ResultInput
from desktop.domain.roles import Permission
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.policy_duties import PolicyDuty, PolicyResult, PolicyResultText
from desktop.models.support_policies import SupportPolicyRecord


def note(session: Session, staff: SignedInStaff, given: ResultInput, at: datetime) -> None:
    """Note what became of a duty; the same result again changes nothing.

    Raises ValidationError per field, ConflictError where the duty is no longer in force, NotPermittedError.
    """
    if session.get_bind().dialect.name != "postgresql":
        _note_here(session, staff, given, at)
        return
    said = (
        cast(given.outcome.value, Text),
        cast(given.happened_on, Date),
        cast(given.text, Text),
    )
    session.flush()
    noted = func.app.note_policy_result(given.result_id, given.duty_id, *said)
    session.scalars(select(noted)).one()
    session.expire_all()  # what the server changed is read again


def renew_here(
    session: Session, policy: SupportPolicyRecord, lines: tuple[DutyLine, ...], on: date
) -> None:
    """Put the lines of a policy approved on a day in the place of those before (SQLite; PostgreSQL does it itself)."""
    in_force = select(PolicyDuty).where(
        PolicyDuty.household_id == policy.household_id, PolicyDuty.ended_on.is_(None)
    )
    settled = dict[tuple[UUID, DutyKind, date | None], date | None]()
    for duty in session.scalars(in_force):
        duty.ended_on = on
        settled[duty.line_id, duty.kind, duty.by_on] = duty.settled_on
    session.add_all(
        PolicyDuty(
            id=new_id(),
            office_id=policy.office_id,
            household_id=policy.household_id,
            policy_id=policy.id,
            line_id=line.line_id,
            issue_id=line.issue_id,
            kind=line.kind,
            about=line.about,
            person_id=line.person_id,
            actor=line.actor,
            by_on=line.by_on,
            began_on=on,
            settled_on=settled.get((line.line_id, line.kind, line.by_on)),
        )
        for line in lines
    )
    session.flush()


def _note_here(session: Session, staff: SignedInStaff, given: ResultInput, at: datetime) -> None:
    duty = _at_hand(session, staff, given.duty_id, at)
    stored = session.get(PolicyResult, given.result_id)
    if stored is not None:
        if (stored.duty_id, stored.noted_by) != (duty.id, staff.staff_id):
            raise NotPermittedError(rules.NO_DUTY)
        return
    if duty.ended_on is not None or duty.kind is DutyKind.ISSUE:
        raise ConflictError(rules.NOT_IN_FORCE)
    text = given.text.strip()
    if given.happened_on > japan_day(at):
        raise ValidationError(happened_on=rules.DAY_TO_COME)
    if not text:
        raise ValidationError(text=rules.NO_WORDS)
    if len(text) > rules.MOST_WORDS:
        raise ValidationError(text=rules.TOO_LONG)
    owner = {"office_id": duty.office_id, "household_id": duty.household_id}
    session.add(
        PolicyResult(
            id=given.result_id,
            duty_id=duty.id,
            outcome=given.outcome,
            happened_on=given.happened_on,
            noted_by=staff.staff_id,
            noted_at=at,
            **owner,
        )
    )
    session.flush()
    session.add(PolicyResultText(result_id=given.result_id, text=text, **owner))
    duty.settled_on = given.happened_on
    session.flush()


def _at_hand(session: Session, staff: SignedInStaff, duty_id: UUID, at: datetime) -> PolicyDuty:
    """The duty, in a file that the person has open."""
    if not staff.may(Permission.WRITE_RECORDS):
        raise NotPermittedError(rules.NO_PERMISSION)
    opened = (
        select(Ticket.id)
        .join(TicketHousehold, TicketHousehold.ticket_id == Ticket.id)
        .where(
            Ticket.staff_id == staff.staff_id,
            Ticket.valid_until > at,
            TicketHousehold.household_id == PolicyDuty.household_id,
        )
    )
    found = session.scalars(
        select(PolicyDuty).where(
            PolicyDuty.id == duty_id, PolicyDuty.office_id == staff.office_id, opened.exists()
        )
    ).one_or_none()
    if found is None:
        raise NotPermittedError(rules.NO_DUTY)
    return found

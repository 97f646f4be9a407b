"""Transfers where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.database.paper_access import is_before
from desktop.domain import transfers as rules
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import fiscal_year
from desktop.domain.roles import Permission
from desktop.domain.transfers import (
    ENDED,
    PRINTABLE,
    TRANSFER_MOVES,
    WRITABLE,
    TransferConsent,
    TransferInput,
    TransferMove,
    TransferMoveInput,
    TransferState,
)
from desktop.models.households import Household
from desktop.models.transfers import (
    PrintedTransfer,
    TransferBook,
    TransferEnclosure,
    TransferRecord,
    TransferStepRecord,
    TransferStepText,
    TransferText,
)

if TYPE_CHECKING:
    from desktop.database.transferring import KnownCodes

_DECISIONS = frozenset({TransferMove.RETURN, TransferMove.APPROVE})


def save(
    session: Session, staff: SignedInStaff, given: TransferInput, known: KnownCodes, at: datetime
) -> int:
    """Draft a transfer or change it while it waits or was returned."""
    _household(session, staff, given.household_id, at)
    words = _notes(given)
    stored = session.get(TransferRecord, given.transfer_id, populate_existing=True)
    if stored is not None and _is_same(session, staff, stored, given, words):
        return stored.version
    _check(given, known, japan_day(at))
    if stored is None and given.version == 0:
        transfer = _drafted(session, staff, given, at)
    else:
        transfer = _changed(session, staff, given, at)
    _put_parts(session, transfer, given, words)
    return transfer.version


def move(session: Session, staff: SignedInStaff, given: TransferMoveInput, at: datetime) -> int:
    """Move a transfer on as the table of moves allows."""
    transfer = _at_hand(session, staff, given.transfer_id, given.version, at)
    most = rules.MOST_WHO if given.move is TransferMove.ACKNOWLEDGE else rules.MOST_WORDS
    words = _words(given.words, "words", most)
    rule = TRANSFER_MOVES[given.move]
    if transfer.state not in rule.from_states:
        raise ConflictError(rules.NO_MOVE)
    _judge(session, staff, transfer, given, words, japan_day(at))
    if given.move is TransferMove.APPROVE:
        year = fiscal_year(japan_day(at))
        number = _next_number(session, transfer.office_id, year)
        transfer.fiscal_year, transfer.number = year, number
    if given.move is TransferMove.SEND:
        transfer.sent_on = given.on
    if given.move is TransferMove.ACKNOWLEDGE:
        transfer.acknowledged_on = given.on
    transfer.state, transfer.state_at = rule.to_state, at
    transfer.version += 1
    stated = given.on if given.move in {TransferMove.SEND, TransferMove.ACKNOWLEDGE} else None
    _put_step(session, staff, transfer, at, stated_on=stated, words=words)
    return transfer.version


def confirm(
    session: Session, staff: SignedInStaff, transfer_id: UUID, version: int, at: datetime
) -> int:
    """Note that address and envelope of a shielded household's letter were compared."""
    transfer = _at_hand(session, staff, transfer_id, version, at)
    if not session.get_one(Household, transfer.household_id).is_shielded:
        raise ConflictError(rules.NOT_SHIELDED)
    if transfer.state is not TransferState.APPROVED or transfer.confirmed_at is not None:
        raise ConflictError(rules.NO_MOVE)
    transfer.confirmed_by, transfer.confirmed_at = staff.staff_id, at
    transfer.version += 1
    session.flush()
    return transfer.version


def note_printed(
    session: Session, staff: SignedInStaff, batch_id: UUID, transfer_id: UUID, at: datetime
) -> None:
    """Note that a letter went to paper."""
    transfer = session.get(TransferRecord, transfer_id, populate_existing=True)
    if transfer is None:
        raise NotPermittedError(rules.NOT_BEFORE_YOU)
    household = _household(session, staff, transfer.household_id, at)
    if transfer.state not in PRINTABLE:
        raise ConflictError(rules.NOT_TO_PRINT)
    if household.is_shielded and transfer.confirmed_at is None:
        raise ConflictError(rules.CONFIRM_FIRST)
    session.add(
        PrintedTransfer(
            batch_id=batch_id,
            transfer_id=transfer_id,
            office_id=transfer.office_id,
            household_id=transfer.household_id,
        )
    )
    session.flush()


def _household(
    session: Session, staff: SignedInStaff, household_id: UUID, at: datetime
) -> Household:
    household = session.get(Household, household_id)
    if household is None or household.office_id != staff.office_id:
        raise NotPermittedError(rules.NOT_BEFORE_YOU)
    if not is_before(session, staff, household, at):
        raise NotPermittedError(rules.NOT_BEFORE_YOU)
    return household


def _at_hand(
    session: Session, staff: SignedInStaff, transfer_id: UUID, version: int, at: datetime
) -> TransferRecord:
    transfer = session.get(TransferRecord, transfer_id, populate_existing=True)
    if transfer is None or transfer.office_id != staff.office_id:
        raise NotPermittedError(rules.NO_TRANSFER)
    household = session.get_one(Household, transfer.household_id)
    if not is_before(session, staff, household, at):
        raise NotPermittedError(rules.NO_TRANSFER)
    if transfer.version != version:
        raise ConflictError(rules.MOVED_ON)
    return transfer


def _is_same(
    session: Session,
    staff: SignedInStaff,
    stored: TransferRecord,
    given: TransferInput,
    words: tuple[str, str, str],
) -> bool:
    """Whether the same person has just stored the very same draft: a retry after a lost connection."""
    text = session.get(TransferText, stored.id)
    return (
        (stored.saved_by, stored.version, stored.state)
        == (staff.staff_id, given.version + 1, TransferState.DRAFTED)
        and (stored.household_id, stored.moved_on, stored.destination)
        == (given.household_id, given.moved_on, given.destination)
        and (stored.consent, stored.consent_on) == (given.consent, given.consent_on)
        and _enclosed(session, stored.id) == set(given.enclosures)
        and text is not None
        and (text.needs, text.dangers, text.agreed) == words
    )


def _check(given: TransferInput, known: KnownCodes, today: date) -> None:
    if given.moved_on > today + timedelta(days=rules.MOST_AHEAD):
        raise ValidationError(moved_on=rules.TOO_FAR)
    if given.destination not in known.offices:
        raise ValidationError(destination=rules.UNKNOWN_OFFICE)
    is_given = given.consent is TransferConsent.GIVEN
    if is_given and given.consent_on is None:
        raise ValidationError(consent_on=rules.NO_CONSENT_DAY)
    if given.consent_on is not None and (given.consent_on > today or not is_given):
        raise ValidationError(consent_on=rules.CONSENT_DAY_ODD)
    if not set(given.enclosures) <= set(known.enclosures):
        raise ValidationError(enclosures=rules.UNKNOWN_ENCLOSURE)


def _drafted(
    session: Session, staff: SignedInStaff, given: TransferInput, at: datetime
) -> TransferRecord:
    t = TransferRecord
    is_open = select(t.id).where(t.household_id == given.household_id, t.state.not_in(ENDED))
    if session.scalar(is_open) is not None:
        raise ConflictError(rules.ONE_AT_A_TIME)
    transfer = TransferRecord(
        id=given.transfer_id,
        office_id=staff.office_id,
        household_id=given.household_id,
        version=1,
        moved_on=given.moved_on,
        destination=given.destination,
        consent=given.consent,
        consent_on=given.consent_on,
        state=TransferState.DRAFTED,
        state_at=at,
        drafted_by=staff.staff_id,
        saved_by=staff.staff_id,
        saved_at=at,
    )
    session.add(transfer)
    session.flush()
    _put_step(session, staff, transfer, at)
    return transfer


def _changed(
    session: Session, staff: SignedInStaff, given: TransferInput, at: datetime
) -> TransferRecord:
    transfer = _at_hand(session, staff, given.transfer_id, given.version, at)
    if transfer.household_id != given.household_id or transfer.state not in WRITABLE:
        raise ConflictError(rules.NO_MOVE)
    was_returned = transfer.state is TransferState.RETURNED
    transfer.version += 1
    transfer.moved_on, transfer.destination = given.moved_on, given.destination
    transfer.consent, transfer.consent_on = given.consent, given.consent_on
    transfer.saved_by, transfer.saved_at = staff.staff_id, at
    if was_returned:
        transfer.state, transfer.state_at = TransferState.DRAFTED, at
        _put_step(session, staff, transfer, at)
    session.flush()
    return transfer


def _put_parts(
    session: Session, transfer: TransferRecord, given: TransferInput, words: tuple[str, str, str]
) -> None:
    owner = {"office_id": transfer.office_id, "household_id": transfer.household_id}
    text = session.get(TransferText, transfer.id)
    if text is None:
        text = TransferText(transfer_id=transfer.id, **owner)
        session.add(text)
    text.needs, text.dangers, text.agreed = words
    wanted, enclosed = set(given.enclosures), _enclosed(session, transfer.id)
    e = TransferEnclosure
    session.execute(delete(e).where(e.transfer_id == transfer.id, e.code.in_(enclosed - wanted)))
    for code in sorted(wanted - enclosed):
        session.add(TransferEnclosure(transfer_id=transfer.id, code=code, **owner))
    session.flush()


def _judge(
    session: Session,
    staff: SignedInStaff,
    transfer: TransferRecord,
    given: TransferMoveInput,
    words: str,
    today: date,
) -> None:
    """Who may make a move, and what its day and words must be."""
    household = session.get_one(Household, transfer.household_id)
    if given.move in _DECISIONS:
        _judge_decider(staff, transfer, household)
    else:
        needed = (
            Permission.WRITE_RECORDS
            if given.move is TransferMove.WITHDRAW
            else Permission.RECEIVE_PAPERS
        )
        if not staff.may(needed):
            raise NotPermittedError(rules.NOT_ALLOWED)
    if given.move is TransferMove.SEND:
        if household.is_shielded and transfer.confirmed_at is None:
            raise ConflictError(rules.CONFIRM_FIRST)
        if given.on is None or not japan_day(transfer.state_at) <= given.on <= today:
            raise ValidationError(on=rules.SENT_DAY)
    if given.move is TransferMove.ACKNOWLEDGE and (
        given.on is None or transfer.sent_on is None or not transfer.sent_on <= given.on <= today
    ):
        raise ValidationError(on=rules.ACKNOWLEDGED_DAY)
    if not words and TRANSFER_MOVES[given.move].needs_words:
        is_who = given.move is TransferMove.ACKNOWLEDGE
        raise ValidationError(words=rules.NO_WHO if is_who else rules.NO_REASON)


def _judge_decider(staff: SignedInStaff, transfer: TransferRecord, household: Household) -> None:
    if not staff.may(Permission.DECIDE_APPROVALS) or not staff.positions_in(household.district_id):
        raise NotPermittedError(rules.NOT_YOUR_DECISION)
    if staff.staff_id in {transfer.drafted_by, transfer.saved_by}:
        raise NotPermittedError(rules.SECOND_PERSON)


def _put_step(
    session: Session,
    staff: SignedInStaff,
    transfer: TransferRecord,
    at: datetime,
    *,
    stated_on: date | None = None,
    words: str = "",
) -> None:
    s = TransferStepRecord
    last = session.scalar(select(func.max(s.number)).where(s.transfer_id == transfer.id)) or 0
    owner = {"office_id": transfer.office_id, "household_id": transfer.household_id}
    key = {"transfer_id": transfer.id, "number": last + 1}
    session.add(
        TransferStepRecord(
            **key, **owner, state=transfer.state, by_id=staff.staff_id, at=at, stated_on=stated_on
        )
    )
    session.flush()
    if words:
        session.add(TransferStepText(**key, **owner, words=words))
        session.flush()


def _next_number(session: Session, office_id: UUID, year: int) -> int:
    book = session.get(TransferBook, (office_id, year), populate_existing=True)
    if book is None:
        book = TransferBook(office_id=office_id, fiscal_year=year, last_number=0)
        session.add(book)
    book.last_number += 1
    session.flush()
    return book.last_number


def _enclosed(session: Session, transfer_id: UUID) -> set[str]:
    e = TransferEnclosure
    return set(session.scalars(select(e.code).where(e.transfer_id == transfer_id)))


def _notes(given: TransferInput) -> tuple[str, str, str]:
    notes = given.notes
    return (
        _words(notes.needs, "needs", rules.MOST_WORDS),
        _words(notes.dangers, "dangers", rules.MOST_WORDS),
        _words(notes.agreed, "agreed", rules.MOST_WORDS),
    )


def _words(text: str, field: str, most: int) -> str:
    text = text.strip()
    if len(text) > most:
        raise ValidationError(**{field: rules.TOO_LONG})
    return text

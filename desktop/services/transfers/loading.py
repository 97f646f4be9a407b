"""Transfers as screens show them: facts of the office's list, words and steps of an opened file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.transfers import (
    ENDED,
    OWN_OFFICE,
    TransferChoices,
    TransferInFile,
    TransferLine,
    TransferNotes,
    TransfersOfFile,
    TransferState,
    TransferStep,
    TransferTerms,
    WelfareOffice,
    office_of_address,
)
from desktop.models.households import Household
from desktop.models.ledger import AddressPeriod
from desktop.models.office import Staff
from desktop.models.records import PrintBatch
from desktop.models.transfers import (
    PrintedTransfer,
    TransferEnclosure,
    TransferRecord,
    TransferStepRecord,
    TransferStepText,
    TransferText,
)
from desktop.services.households.identity import shielded_names
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers

_t = TransferRecord


def terms(session: Session, office_id: UUID, today: date) -> TransferTerms:
    """How long each step may take, as the office has it."""
    limits = lookup.thresholds(session, office_id, today)
    return TransferTerms(
        decide_days=limits.transfer_decide_days,
        send_days=limits.transfer_send_days,
        acknowledge_days=limits.transfer_acknowledge_days,
    )


def step_since(transfer: TransferRecord) -> date:
    """The day from which the present step's term runs: a letter's is the day it was sent."""
    if transfer.state is TransferState.SENT and transfer.sent_on is not None:
        return transfer.sent_on
    return japan_day(transfer.state_at)


def lines(
    session: Session, staff: SignedInStaff, today: date, *, with_ended: bool
) -> tuple[TransferLine, ...]:
    """Transfers of the person's duty, those that wait longest first. Where a shielded household went is not listed."""
    condition = _before(staff)
    if not with_ended:
        condition &= _t.state.not_in(ENDED)
    found = _lines(session, staff, today, _found().where(condition))
    return tuple(
        sorted(
            found, key=lambda t: (not t.is_open, t.due_on or date.max, t.moved_on, t.case_number)
        )
    )


def of_household(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> TransfersOfFile:
    """Every transfer of an opened file, the newest first."""
    of_file = (_t.household_id == household_id) & (_t.office_id == staff.office_id)
    newest = _found().where(of_file).order_by(_t.saved_at.desc(), _t.id.desc())
    rows = session.execute(newest).all()
    listed = _lines(session, staff, today, newest, opened=True)
    household = session.get_one(Household, household_id)
    steps, notes = _steps(session, household_id), _notes(session, household_id)
    enclosures, prints = _enclosures(session, household_id), _prints(session, household_id)
    writers = _names(session, {row[0].saved_by for row in rows})
    decides = staff.may(Permission.DECIDE_APPROVALS) and bool(
        staff.positions_in(household.district_id)
    )
    transfers = tuple(
        TransferInFile(
            line=line,
            destination=row[0].destination,
            consent=row[0].consent,
            consent_on=row[0].consent_on,
            enclosures=tuple(enclosures[row[0].id]),
            notes=notes.get(row[0].id, TransferNotes()),
            steps=tuple(steps[row[0].id]),
            written_by=writers.get(row[0].saved_by, ""),
            may_decide=decides and staff.staff_id not in {row[0].drafted_by, row[0].saved_by},
            printed_on=prints.get(row[0].id),
        )
        for row, line in zip(rows, listed, strict=True)
    )
    return TransfersOfFile(
        transfers=transfers, choices=choices(session, staff.office_id, household_id, today)
    )


def choices(session: Session, office_id: UUID, household_id: UUID, today: date) -> TransferChoices:
    """What the form offers, with the office in whose area the household lives now. A person chooses."""
    known = tuple(lookup.welfare_offices(session, office_id, today).values())
    offices = tuple(office for office in known if office.code != OWN_OFFICE)
    a = AddressPeriod
    latest = select(a.address).where(a.household_id == household_id).order_by(a.valid_from.desc())
    proposed = office_of_address(session.scalar(latest.limit(1)) or "", known)
    return TransferChoices(
        offices=offices,
        enclosures=lookup.labels(session, office_id, Master.TRANSFER_ENCLOSURES, today),
        proposed=proposed.code if proposed is not None and proposed.code != OWN_OFFICE else "",
    )


def office_on(session: Session, office_id: UUID, code: str, day: date) -> WelfareOffice:
    """The other office as the table had it on a day; its code alone where it is not in force any more."""
    return lookup.welfare_offices(session, office_id, day).get(
        code, WelfareOffice(code=code, name=code)
    )


def _before(staff: SignedInStaff) -> ColumnElement[bool]:
    """Transfers of households that are the person's duty."""
    office = _t.office_id == staff.office_id
    if staff.is_office_wide:
        return office
    return office & (
        Household.district_id.in_(staff.duty_district_ids)
        | Household.id.in_(staff.care_household_ids)
    )


def _found() -> Select[*tuple[Any, ...]]:
    return select(_t, Household).join(Household, Household.id == _t.household_id)


def _lines(
    session: Session,
    staff: SignedInStaff,
    today: date,
    found: Select[*tuple[Any, ...]],
    *,
    opened: bool = False,
) -> list[TransferLine]:
    rows: Sequence[Any] = session.execute(found).all()
    limits = terms(session, staff.office_id, today)
    shielded = {h.id: h.district_id for _, h in rows if h.is_shielded}
    names = shielded_names(session, staff, shielded, today)
    main = main_caseworkers(session, today, {h.district_id for _, h in rows})
    offices = lookup.welfare_offices(session, staff.office_id, today)
    lines = []
    for transfer, household in rows:
        since = step_since(transfer)
        office = offices.get(transfer.destination)
        name = office.name if office else transfer.destination
        lines.append(
            TransferLine(
                transfer_id=transfer.id,
                household_id=household.id,
                case_number=household.case_number,
                head_name=names.get(household.id, (household.head_name,))[0],
                is_shielded=household.is_shielded,
                caseworker=main.get(household.district_id, ("", None))[0],
                destination="" if household.is_shielded and not opened else name,
                moved_on=transfer.moved_on,
                state=transfer.state,
                state_since=since,
                fiscal_year=transfer.fiscal_year,
                number=transfer.number,
                sent_on=transfer.sent_on,
                acknowledged_on=transfer.acknowledged_on,
                is_confirmed=transfer.confirmed_at is not None,
                version=transfer.version,
                due_on=limits.due_on(transfer.state, since),
            )
        )
    return lines


def _steps(session: Session, household_id: UUID) -> dict[UUID, list[TransferStep]]:
    s, text = TransferStepRecord, TransferStepText
    rows = session.execute(
        select(s, Staff.name, text.words)
        .join(Staff, Staff.id == s.by_id)
        .outerjoin(text, (text.transfer_id == s.transfer_id) & (text.number == s.number))
        .where(s.household_id == household_id)
        .order_by(s.transfer_id, s.number)
    )
    found = defaultdict[UUID, list[TransferStep]](list)
    for step, by, words in rows:
        found[step.transfer_id].append(
            TransferStep(
                number=step.number,
                state=step.state,
                by=by,
                at=japan_day(step.at),
                on=step.stated_on,
                words=words or "",
            )
        )
    return found


def _notes(session: Session, household_id: UUID) -> dict[UUID, TransferNotes]:
    texts = session.scalars(select(TransferText).where(TransferText.household_id == household_id))
    return {
        text.transfer_id: TransferNotes(needs=text.needs, dangers=text.dangers, agreed=text.agreed)
        for text in texts
    }


def _enclosures(session: Session, household_id: UUID) -> dict[UUID, list[str]]:
    e = TransferEnclosure
    found = defaultdict[UUID, list[str]](list)
    for transfer_id, code in session.execute(
        select(e.transfer_id, e.code).where(e.household_id == household_id).order_by(e.code)
    ):
        found[transfer_id].append(code)
    return found


def _prints(session: Session, household_id: UUID) -> dict[UUID, date]:
    """The day each letter last went to paper."""
    p = PrintedTransfer
    rows = session.execute(
        select(p.transfer_id, func.max(PrintBatch.printed_at))
        .join(PrintBatch, PrintBatch.id == p.batch_id)
        .where(p.household_id == household_id)
        .group_by(p.transfer_id)
    )
    return {transfer_id: japan_day(at) for transfer_id, at in rows}


def _names(session: Session, staff_ids: set[UUID]) -> dict[UUID, str]:
    rows = session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff_ids)))
    return {staff_id: name for staff_id, name in rows}  # noqa: C416 - rows are not pairs to the type checker

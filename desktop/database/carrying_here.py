"""Papers that leave the office where the database has no rules of its own (SQLite, the training office)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.database import pack_checks_here as packing
from desktop.database.paper_access import is_before
from desktop.domain import carry_outs as rules
from desktop.domain.carry_outs import (
    CARRY_OUT_MOVES,
    WITH_HOUSEHOLDS,
    CarryOutApproval,
    CarryOutInput,
    CarryOutMove,
    CarryOutMoveInput,
    CarryOutState,
    CarryRules,
    approval_of,
    carry_label,
)
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.papers import fiscal_year
from desktop.domain.roles import Permission
from desktop.models.carry_outs import (
    CarryOutBook,
    CarryOutItem,
    CarryOutKind,
    CarryOutPass,
    CarryOutPurpose,
    CarryOutRecord,
    CarryOutStepRecord,
    IncidentRecord,
)
from desktop.models.households import Household
from desktop.models.office import Assignment, Staff

if TYPE_CHECKING:
    from desktop.database.carrying import CarryTables

_M = CarryOutMove
_BACK = frozenset({_M.BRING, _M.CONFIRM, _M.FIND})


def make(
    session: Session, staff: SignedInStaff, given: CarryOutInput, tables: CarryTables, at: datetime
) -> int:
    """Make a trip and give it its number."""
    if not staff.may(Permission.WRITE_RECORDS):
        raise NotPermittedError(rules.NOT_ALLOWED)
    stored = session.get(CarryOutRecord, given.carry_out_id)
    if stored is not None:
        if stored.staff_id != staff.staff_id:
            raise NotPermittedError(rules.NO_CARRY_OUT)
        return stored.version
    area = words_of(given.area, "area", rules.MOST_AREA)
    protection = words_of(given.protection, "protection", rules.MOST_WORDS)
    if not area:
        raise ValidationError(area=rules.NO_AREA)
    _check(session, staff, given, tables, at)
    packing.check(session, given, tables.packs, at)
    _judge_block(session, staff, tables.rules, at)
    kinds = sorted(set(given.kinds))
    year = fiscal_year(japan_day(at))
    office = staff.office_id
    session.add(
        CarryOutRecord(
            id=given.carry_out_id,
            office_id=office,
            version=1,
            fiscal_year=year,
            number=_next_number(session, office, year),
            staff_id=staff.staff_id,
            reason=given.reason,
            leaving_at=given.leaving_at,
            area=area,
            households=len(given.items),
            sheets=given.sheets,
            protection=protection,
            is_masked=given.is_masked,
            goes_home=given.goes_home,
            approval=approval_of(
                tables.rules, (tables.media[kind] for kind in kinds), goes_home=given.goes_home
            ),
            state=CarryOutState.MADE,
            made_at=at,
            destroyed=False,
        )
    )
    session.flush()
    key = {"carry_out_id": given.carry_out_id, "office_id": office}
    for kind in kinds:
        medium = tables.media[kind]
        session.add(CarryOutKind(code=kind, label=medium.label, medium=medium.medium, **key))
    _put_items(session, given, office)
    packing.put(session, given, office)
    put_step(session, staff, given.carry_out_id, CarryOutState.MADE, "", at)
    return 1


def move(
    session: Session,
    staff: SignedInStaff,
    given: CarryOutMoveInput,
    office: CarryRules,
    at: datetime,
) -> int:
    """Move a trip on as the table of moves allows. What has households leaves with its sheet only."""
    trip = at_hand(session, staff, given.carry_out_id, given.version)
    if given.move is _M.LEAVE and trip.households:
        raise ConflictError(rules.PRINT_TO_LEAVE)
    return move_on(session, staff, trip, given, office, at)


def leave(
    session: Session,
    staff: SignedInStaff,
    carry_out_id: UUID,
    version: int,
    batch_id: UUID,
    office: CarryRules,
    *,
    at: datetime,
) -> int:
    """The sheet came out, and the papers leave with it."""
    trip = at_hand(session, staff, carry_out_id, version)
    packing.refuse_sheet(session, carry_out_id)
    trip.batch_id = batch_id
    given = CarryOutMoveInput(carry_out_id=carry_out_id, version=version, move=_M.LEAVE)
    return move_on(session, staff, trip, given, office, at)


def let_pass(
    session: Session, staff: SignedInStaff, pass_id: UUID, carrier: UUID, reason: str, at: datetime
) -> None:
    """A supervisor lets somebody take papers out today although others are not back."""
    words = words_of(reason, "words", rules.MOST_WORDS)
    if carrier == staff.staff_id:
        raise NotPermittedError(rules.NOT_OWN_BLOCK)
    person = session.get(Staff, carrier)
    if (
        person is None
        or person.office_id != staff.office_id
        or not leads(session, staff, carrier, japan_day(at))
    ):
        raise NotPermittedError(rules.NOT_A_SUPERVISOR)
    if not words:
        raise ValidationError(words=rules.NO_WORDS)
    if session.get(CarryOutPass, pass_id) is None:
        session.add(
            CarryOutPass(
                id=pass_id,
                office_id=staff.office_id,
                staff_id=carrier,
                by_id=staff.staff_id,
                at=at,
                valid_on=japan_day(at),
                reason=words,
            )
        )
        session.flush()


def leads(session: Session, staff: SignedInStaff, carrier: UUID, today: date) -> bool:
    """Whether the person is somebody's supervisor: of a district the other looks after, of whoever has none, or a head."""
    if carrier == staff.staff_id or not staff.may(Permission.DECIDE_APPROVALS):
        return False
    if staff.roles & rules.HEADS:
        return True
    a = Assignment
    now = session.execute(
        select(a.district_id, a.kind).where(
            a.staff_id == carrier,
            a.valid_from <= today,
            or_(a.valid_to.is_(None), a.valid_to >= today),
        )
    ).all()
    looks_after = {district for district, kind in now if kind is not AssignmentKind.SUPERVISOR}
    return not now or bool(looks_after & staff.supervised_district_ids)


def blocking(
    session: Session, staff_id: UUID, office: CarryRules, at: datetime
) -> CarryOutRecord | None:
    """The trip whose papers are not back for so long that the person takes nothing new out; None where nothing blocks."""
    c, today = CarryOutRecord, japan_day(at)
    out = session.scalars(
        select(c)
        .where(c.staff_id == staff_id, c.state == CarryOutState.OUT)
        .order_by(c.left_at, c.id)
    )
    late = [trip for trip in out if trip.left_at and office.blocks(trip.left_at, today)]
    is_let = select(CarryOutPass.id).where(
        CarryOutPass.staff_id == staff_id, CarryOutPass.valid_on == today
    )
    return late[0] if late and session.scalar(is_let.limit(1)) is None else None


def _judge_block(session: Session, staff: SignedInStaff, office: CarryRules, at: datetime) -> None:
    trip = blocking(session, staff.staff_id, office, at)
    if trip is not None and trip.left_at is not None:
        label = carry_label(trip.fiscal_year, trip.number)
        raise ConflictError(rules.blocked(label, japan_day(trip.left_at)))


def _check(
    session: Session, staff: SignedInStaff, given: CarryOutInput, tables: CarryTables, at: datetime
) -> None:
    """What cannot be made, in the words of the field."""
    today = japan_day(at)
    if not today <= japan_day(given.leaving_at) <= today + timedelta(days=rules.MOST_AHEAD):
        raise ValidationError(leaving_at=rules.BAD_DAY)
    if not given.kinds or not set(given.kinds) <= set(tables.media):
        raise ValidationError(kinds=rules.NO_KIND)
    if not all(tables.media[kind].is_allowed for kind in given.kinds):
        raise ValidationError(kinds=rules.FORBIDDEN_KIND)
    if not 1 <= given.sheets <= rules.MOST_SHEETS:
        raise ValidationError(sheets=rules.BAD_SHEETS)
    _check_items(session, staff, given, tables, at)


def _check_items(
    session: Session, staff: SignedInStaff, given: CarryOutInput, tables: CarryTables, at: datetime
) -> None:
    if given.reason in WITH_HOUSEHOLDS and not given.items:
        raise ValidationError(items=rules.NO_HOUSEHOLDS)
    if len(given.items) > tables.rules.most_households:
        raise ValidationError(items=rules.too_many(tables.rules.most_households))
    if len({item.household_id for item in given.items}) < len(given.items):
        raise ValidationError(items=rules.TWICE)
    for item in given.items:
        household = session.get(Household, item.household_id)
        if household is None or household.office_id != staff.office_id:
            raise NotPermittedError(rules.NOT_BEFORE_YOU)
        if not is_before(session, staff, household, at):
            raise NotPermittedError(rules.NOT_BEFORE_YOU)
        if not set(item.purposes) <= set(tables.purposes):
            raise ValidationError(items=rules.UNKNOWN_PURPOSE)


def _put_items(session: Session, given: CarryOutInput, office_id: UUID) -> None:
    for place, item in enumerate(given.items, start=1):
        key = {
            "carry_out_id": given.carry_out_id,
            "household_id": item.household_id,
            "office_id": office_id,
        }
        session.add(CarryOutItem(place=place, with_place=item.with_place, **key))
        session.add_all(CarryOutPurpose(code=code, **key) for code in sorted(set(item.purposes)))
    session.flush()


def at_hand(
    session: Session, staff: SignedInStaff, carry_out_id: UUID, version: int
) -> CarryOutRecord:
    """The trip of the office as it was shown. Raises ConflictError where it moved on."""
    trip = session.get(CarryOutRecord, carry_out_id, populate_existing=True)
    if trip is None or trip.office_id != staff.office_id:
        raise NotPermittedError(rules.NO_CARRY_OUT)
    if trip.version != version:
        raise ConflictError(rules.MOVED_ON)
    return trip


def move_on(
    session: Session,
    staff: SignedInStaff,
    trip: CarryOutRecord,
    given: CarryOutMoveInput,
    office: CarryRules,
    at: datetime,
) -> int:
    """Move a trip at hand on as the table of moves allows."""
    words = words_of(given.words, "words", rules.MOST_WORDS)
    rule = CARRY_OUT_MOVES[given.move]
    if trip.state not in rule.from_states:
        raise ConflictError(rules.NO_MOVE)
    _judge(session, staff, trip, given.move, office, today=japan_day(at))
    _judge_facts(trip, given, words)
    if given.move is _M.CONFIRM and not given.destroyed:
        packing.refuse_kept(session, trip.id)
    if given.move is _M.FIND and not _is_reported(session, trip.id):
        raise ConflictError(rules.REPORT_FIRST)
    if given.move is _M.LEAVE:
        _judge_block(session, staff, office, at)
    if given.move is _M.APPROVE:
        trip.approved_by, trip.approved_at = staff.staff_id, at
    if given.move is _M.LEAVE:
        trip.left_at = at
    if given.move in _BACK:
        trip.back_at = trip.back_at or at
        trip.destroyed, trip.sheets_back = given.destroyed, given.sheets
    if given.move is _M.CONFIRM:
        trip.closed_by, trip.closed_at = staff.staff_id, at
    trip.state = rule.to_state
    trip.version += 1
    session.flush()
    put_step(session, staff, trip.id, rule.to_state, words, at)
    return trip.version


def _judge(
    session: Session,
    staff: SignedInStaff,
    trip: CarryOutRecord,
    what: CarryOutMove,
    office: CarryRules,
    *,
    today: date,
) -> None:
    """Who may make a move."""
    is_own = trip.staff_id == staff.staff_id
    if what is _M.APPROVE:
        if is_own:
            raise NotPermittedError(rules.NOT_ONESELF)
        if trip.approval is CarryOutApproval.HEAD and not staff.roles & rules.HEADS:
            raise NotPermittedError(rules.HEADS_DECIDE)
        if not leads(session, staff, trip.staff_id, today):
            raise NotPermittedError(rules.NOT_YOUR_DECISION)
    elif what is _M.CONFIRM:
        if is_own and office.second_person:
            raise NotPermittedError(rules.SECOND_PERSON)
    elif not is_own and (
        what in {_M.LEAVE, _M.BRING} or not leads(session, staff, trip.staff_id, today)
    ):
        raise NotPermittedError(rules.OWN_SHEET)


def _judge_facts(trip: CarryOutRecord, given: CarryOutMoveInput, words: str) -> None:
    """What is said on the way out and back: approvals that are missing, sheets that were counted."""
    needs_word = trip.approval is not CarryOutApproval.NONE
    if given.move is _M.LEAVE and needs_word and trip.state is CarryOutState.MADE:
        raise ConflictError(rules.NOT_APPROVED)
    if not words and CARRY_OUT_MOVES[given.move].needs_words:
        raise ValidationError(words=rules.NO_WORDS)
    if given.move in _BACK:
        if given.sheets is None or not 0 <= given.sheets <= rules.MOST_SHEETS:
            raise ValidationError(sheets=rules.BAD_SHEETS)
        if given.sheets != trip.sheets and not words:
            raise ValidationError(words=rules.COUNT_DIFFERS)


def _is_reported(session: Session, carry_out_id: UUID) -> bool:
    reported = select(IncidentRecord.id).where(IncidentRecord.carry_out_id == carry_out_id)
    return session.scalar(reported.limit(1)) is not None


def put_step(
    session: Session,
    staff: SignedInStaff,
    carry_out_id: UUID,
    state: CarryOutState,
    words: str,
    at: datetime,
    *,
    was_back_at: datetime | None = None,
) -> None:
    """Write down the next step; `was_back_at` is the return time that a correction replaced."""
    s = CarryOutStepRecord
    last = session.scalar(select(func.max(s.number)).where(s.carry_out_id == carry_out_id)) or 0
    session.add(
        CarryOutStepRecord(
            carry_out_id=carry_out_id,
            number=last + 1,
            office_id=staff.office_id,
            state=state,
            by_id=staff.staff_id,
            at=at,
            words=words,
            was_back_at=was_back_at,
        )
    )
    session.flush()


def _next_number(session: Session, office_id: UUID, year: int) -> int:
    book = session.get(CarryOutBook, (office_id, year), populate_existing=True)
    if book is None:
        book = CarryOutBook(office_id=office_id, fiscal_year=year, last_number=0)
        session.add(book)
    book.last_number += 1
    session.flush()
    return book.last_number


def words_of(text: str, field: str, most: int) -> str:
    """The words without outer white space. Raises ValidationError where they are too many."""
    text = text.strip()
    if len(text) > most:
        raise ValidationError(**{field: rules.TOO_LONG})
    return text

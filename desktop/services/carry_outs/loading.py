"""Trips and incidents as screens and papers show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from desktop.database.carrying_here import blocking, leads
from desktop.domain.carry_out_forms import said_at, town_and_room
from desktop.domain.carry_outs import (
    ENDED,
    HEADS,
    CarryCandidate,
    CarryChoices,
    CarryOutApproval,
    CarryOutLine,
    CarryOutState,
    CarryRules,
    blocked,
    carry_label,
)
from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.households import HouseholdState
from desktop.domain.leaks import INCIDENT_TEXTS, Incident, IncidentInput
from desktop.domain.office import SignedInStaff
from desktop.domain.reading_packs import READING_PACK, PackFacts
from desktop.domain.roles import Permission
from desktop.models.carry_outs import (
    CarryOutKind,
    CarryOutRecord,
    CarryOutStepRecord,
    IncidentRecord,
    ReadingPackRecord,
)
from desktop.models.households import Household
from desktop.models.ledger import AddressPeriod
from desktop.models.office import District, Staff
from desktop.services.carry_outs import tables
from desktop.services.households.identity import shielded_names
from desktop.services.periods import holds_on

_c, _i = CarryOutRecord, IncidentRecord
_Approver, _Closer, _Saver = aliased(Staff), aliased(Staff), aliased(Staff)
_VISITED = (HouseholdState.APPLYING, HouseholdState.RECEIVING, HouseholdState.SUSPENDED)


def open_lines(session: Session, staff: SignedInStaff, now: datetime) -> tuple[CarryOutLine, ...]:
    """Trips that still wait for somebody, a loss until it is reported too; those that are out longest first."""
    unreported = (_c.state == CarryOutState.LOST) & _i.id.is_(None)
    if not staff.may(Permission.SEE_SUPERVISION):
        unreported &= _c.staff_id == staff.staff_id
    found = lines(session, staff, now, _c.state.not_in(ENDED) | unreported)
    return tuple(sorted(found, key=lambda t: (not t.is_late, t.left_at or t.leaving_at, t.number)))


def lines_between(
    session: Session, staff: SignedInStaff, now: datetime, since: date, until: date
) -> tuple[CarryOutLine, ...]:
    """The register of a period by the day of leaving, both days inclusive."""
    first = datetime.combine(since, time(), tzinfo=JAPAN)
    after = datetime.combine(until + timedelta(days=1), time(), tzinfo=JAPAN)
    return lines(session, staff, now, (_c.leaving_at >= first) & (_c.leaving_at < after))


def lines(
    session: Session, staff: SignedInStaff, now: datetime, condition: ColumnElement[bool]
) -> tuple[CarryOutLine, ...]:
    """Trips of the office by number."""
    rows = session.execute(
        select(_c, Staff.name, _Approver.name, _Closer.name, _i.id, ReadingPackRecord)
        .join(Staff, Staff.id == _c.staff_id)
        .outerjoin(_Approver, _Approver.id == _c.approved_by)
        .outerjoin(_Closer, _Closer.id == _c.closed_by)
        .outerjoin(_i, _i.carry_out_id == _c.id)
        .outerjoin(ReadingPackRecord, ReadingPackRecord.carry_out_id == _c.id)
        .where(_c.office_id == staff.office_id, condition)
        .order_by(_c.fiscal_year, _c.number)
    ).all()
    today = japan_day(now)
    rules = tables.rules_on(session, staff.office_id, today)
    ids = [row[0].id for row in rows]
    kinds, remarks = _kinds(session, ids), _remarks(session, ids)
    led = {
        carrier: leads(session, staff, carrier, today)
        for carrier in {row[0].staff_id for row in rows if row[0].state is CarryOutState.MADE}
    }
    return tuple(
        _line(staff, (now, rules), row, kinds[row[0].id], remarks[row[0].id], led) for row in rows
    )


def choices(session: Session, staff: SignedInStaff, now: datetime) -> CarryChoices:
    """What a new trip is made from, and what blocks the person today."""
    today = japan_day(now)
    rules = tables.rules_on(session, staff.office_id, today)
    trip = blocking(session, staff.staff_id, rules, now)
    names = session.scalars(
        select(District.name).where(District.id.in_(staff.district_ids)).order_by(District.code)
    )
    media = tables.media(session, staff.office_id, today)
    pack = media.get(READING_PACK)
    has_packs = pack is not None and pack.is_allowed
    return CarryChoices(
        media=tuple(media.values()),
        packs=tables.pack_rules_on(session, staff.office_id, today) if has_packs else None,
        purposes=tables.purposes(session, staff.office_id, today),
        rules=rules,
        area="・".join(names),
        blocked=blocked(carry_label(trip.fiscal_year, trip.number), japan_day(trip.left_at))
        if trip is not None and trip.left_at is not None
        else "",
    )


def candidates(
    session: Session, staff: SignedInStaff, today: date, household_ids: Collection[UUID] = ()
) -> tuple[CarryCandidate, ...]:
    """Households of the own districts and care that can be visited, by case number; or these, as far as they are seen."""
    mine = (
        Household.id.in_(household_ids)
        if household_ids
        else or_(
            Household.district_id.in_(staff.own_district_ids),
            Household.id.in_(staff.care_household_ids),
        )
        & Household.state.in_(_VISITED)
    )
    rows = session.execute(
        select(Household, District.name)
        .join(District, District.id == Household.district_id)
        .where(mine, Household.office_id == staff.office_id)
        .order_by(Household.case_number)
    ).all()
    shielded = {h.id: h.district_id for h, _ in rows if h.is_shielded}
    names = shielded_names(session, staff, shielded, today)

    def own(household: Household) -> tuple[str, str]:
        return household.head_name, household.head_kana

    places = places_of(session, {h.id for h, _ in rows if not h.is_shielded}, today)
    return tuple(
        CarryCandidate(
            household_id=household.id,
            case_number=household.case_number,
            head_name=names.get(household.id, own(household))[0],
            head_kana=names.get(household.id, own(household))[1],
            district=district,
            town=places.get(household.id, ""),
            is_shielded=household.is_shielded,
        )
        for household, district in rows
    )


def places_of(session: Session, household_ids: Collection[UUID], today: date) -> dict[UUID, str]:
    """Town and room of where these households live on a day."""
    a = AddressPeriod
    rows = session.execute(
        select(a.household_id, a.address)
        .where(a.household_id.in_(household_ids), holds_on(a, today))
        .order_by(a.valid_from)
    )
    return {household_id: town_and_room(address) for household_id, address in rows}


def incidents(session: Session, staff: SignedInStaff) -> tuple[Incident, ...]:
    """The incidents that the person sees, those that wait for a report first."""
    rows = session.execute(
        select(_i, _c.fiscal_year, _c.number, Staff.name, _Saver.name)
        .join(Staff, Staff.id == _i.reported_by)
        .join(_Saver, _Saver.id == _i.saved_by)
        .outerjoin(_c, _c.id == _i.carry_out_id)
        .where(_i.office_id == staff.office_id, _before(staff))
    )
    found = [_incident(row) for row in rows]
    return tuple(sorted(found, key=_next_due))


def _before(staff: SignedInStaff) -> ColumnElement[bool]:
    """A supervisor sees the incidents of the office, others those they reported."""
    if staff.may(Permission.SEE_SUPERVISION):
        return true()
    return _i.reported_by == staff.staff_id


def _next_due(incident: Incident) -> tuple[bool, float]:
    waits = incident.waits_for
    if waits is None:
        return True, -incident.given.found_at.timestamp()
    return False, waits[1].toordinal()


def _incident(row: Any) -> Incident:  # noqa: ANN401 - a row of the query
    record, year, number, reporter, saver = row
    return Incident(
        given=IncidentInput(
            incident_id=record.id,
            carry_out_id=record.carry_out_id,
            version=record.version,
            found_at=record.found_at,
            persons=record.persons,
            is_malicious=record.is_malicious,
            is_reportable=record.is_reportable,
            quick_reported_on=record.quick_reported_on,
            full_reported_on=record.full_reported_on,
            **{name: getattr(record, name) for name, _ in INCIDENT_TEXTS},
        ),
        carry_label=carry_label(year, number) if number else "",
        quick_due_on=record.quick_due_on,
        full_due_on=record.full_due_on,
        reported_at=record.reported_at,
        reported_by=reporter,
        saved_at=record.saved_at,
        saved_by=saver,
    )


def _line(
    staff: SignedInStaff,
    clock: tuple[datetime, CarryRules],
    row: Any,  # noqa: ANN401 - a row of `lines`
    kinds: list[tuple[str, str]],
    remarks: list[str],
    led: dict[UUID, bool],
) -> CarryOutLine:
    trip, name, approver, closer, incident_id, pack = row
    now, rules = clock
    is_out = trip.state is CarryOutState.OUT
    by_head = trip.approval is CarryOutApproval.HEAD
    return CarryOutLine(
        carry_out_id=trip.id,
        version=trip.version,
        fiscal_year=trip.fiscal_year,
        number=trip.number,
        staff_id=trip.staff_id,
        staff=name,
        reason=trip.reason,
        leaving_at=trip.leaving_at,
        area=trip.area,
        households=trip.households,
        kinds=tuple(label for label, _ in kinds),
        media=tuple(dict.fromkeys(medium for _, medium in kinds)),
        sheets=trip.sheets,
        protection=trip.protection,
        is_masked=trip.is_masked,
        goes_home=trip.goes_home,
        approval=trip.approval,
        state=trip.state,
        approved_by=approver or "",
        approved_at=trip.approved_at,
        left_at=trip.left_at,
        back_at=trip.back_at,
        destroyed=trip.destroyed,
        sheets_back=trip.sheets_back,
        closed_by=closer or "",
        closed_at=trip.closed_at,
        remark="　".join(remarks),
        is_late=is_out and trip.left_at is not None and rules.is_late(trip.left_at, now),
        is_own=trip.staff_id == staff.staff_id,
        may_approve=trip.approval is not CarryOutApproval.NONE
        and led.get(trip.staff_id, False)
        and (not by_head or bool(staff.roles & HEADS)),
        incident_id=incident_id,
        pack=None if pack is None else _pack(pack),
    )


def _pack(record: ReadingPackRecord) -> PackFacts:
    return PackFacts(
        expires_at=record.expires_at, sha256=record.sha256 or "", made_at=record.made_at
    )


def _kinds(session: Session, ids: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    k = CarryOutKind
    found = defaultdict[UUID, list[tuple[str, str]]](list)
    for carry_out_id, label, medium in session.execute(
        select(k.carry_out_id, k.label, k.medium)
        .where(k.carry_out_id.in_(ids))
        .order_by(k.carry_out_id, k.code)
    ):
        found[carry_out_id].append((label, medium))
    return found


def _remarks(session: Session, ids: list[UUID]) -> dict[UUID, list[str]]:
    """The words of each trip's steps in their order; a corrected return time with what stood there before."""
    s = CarryOutStepRecord
    found = defaultdict[UUID, list[str]](list)
    for carry_out_id, words, was_back_at in session.execute(
        select(s.carry_out_id, s.words, s.was_back_at)
        .where(s.carry_out_id.in_(ids), func.length(s.words) > 0)
        .order_by(s.carry_out_id, s.number)
    ):
        before = f"（返却時刻を訂正。訂正前 {said_at(was_back_at)}）" if was_back_at else ""
        found[carry_out_id].append(f"{words}{before}")
    return found

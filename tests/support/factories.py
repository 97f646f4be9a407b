"""Test data with obviously fictitious names. Each factory adds, flushes and gives back the mapped row.

Everything left out is made up: `make_household(session)` alone makes an office, a district and a head.
The day of the tests is `TODAY`; pass `CLOCK` wherever a clock is asked for.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.approvals import ApprovalState, StepKind, StepState
from desktop.domain.clock import JAPAN, FixedClock
from desktop.domain.households import HouseholdState, HouseholdType, Relation, Sex
from desktop.domain.ids import new_id
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.records import (
    ContactMethod,
    EntryOrigin,
    EntryState,
    Place,
    SegmentKind,
    measure_body,
)
from desktop.domain.roles import Role
from desktop.models.approvals import Approval, ApprovalStep
from desktop.models.base import Base
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import DistrictPeriod, HouseholdStatePeriod, HouseholdTypePeriod
from desktop.models.office import Assignment, District, Office, Staff, StaffRole
from desktop.models.records import (
    Contact,
    EntryRecord,
    PromiseRow,
    PromiseText,
)
from desktop.services.duty import reach_of
from tests.support.entry_versions import Said, write_version

#: Tuesday, 1 October 2024 (令和6年10月1日), nine in the morning in Japan.
CLOCK = FixedClock(datetime(2024, 10, 1, 0, 0, tzinfo=UTC))
TODAY = CLOCK.today()
LONG_AGO = date(2020, 4, 1)

Row = TypeVar("Row", bound=Base)


def add(session: Session, row: Row) -> Row:
    """Add and flush at once: tables have no relationships, so the order of inserts is the order of calls."""
    session.add(row)
    session.flush()
    return row


def days_ago(days: int) -> date:
    """The day that lies so many days before TODAY."""
    return TODAY - timedelta(days=days)


def at(day: date, hour: int = 9) -> datetime:
    """An instant on a day, by the office's clock."""
    return datetime.combine(day, time(hour), tzinfo=JAPAN)


def make_office(session: Session, **changes: Any) -> Office:
    """An office (福祉事務所)."""
    values = {"id": new_id(), "code": f"T{_tail()}", "name": "架空市福祉事務所", **changes}
    return add(session, Office(**values))


def make_district(session: Session, office: Office | None = None, **changes: Any) -> District:
    """A district of the office."""
    code = f"D{_tail()}"
    values = {"office_id": (office or _office(session)).id, "code": code, "name": f"架空{code}地区"}
    return add(session, District(**values | changes))


def make_staff(
    session: Session,
    *roles: Role,
    office: Office | None = None,
    district: District | None = None,
    supervises: District | None = None,
    since: date = LONG_AGO,
    **changes: Any,
) -> Staff:
    """A member of staff with roles (caseworker if none are given), main in `district`, supervising `supervises`."""
    office_id = (office or _office(session)).id
    login = f"test-{_tail()}"
    values = {
        "office_id": office_id,
        "login": login,
        "name": f"試験 職員{login[-4:]}",
        "kana": "シケン ショクイン",
    }
    staff = add(session, Staff(**{**values, "active_from": since, **changes}))
    for role in roles or (Role.CASEWORKER,):
        add(session, StaffRole(office_id=office_id, staff_id=staff.id, role=role, valid_from=since))
    if district:
        assign(session, staff, district, since=since)
    if supervises:
        assign(session, staff, supervises, AssignmentKind.SUPERVISOR, since=since)
    return staff


def assign(
    session: Session,
    staff: Staff,
    district: District,
    kind: AssignmentKind = AssignmentKind.MAIN,
    *,
    since: date = LONG_AGO,
    until: date | None = None,
) -> Assignment:
    """Give a district to somebody."""
    row = Assignment(
        office_id=staff.office_id,
        district_id=district.id,
        staff_id=staff.id,
        kind=kind,
        valid_from=since,
        valid_to=until,
    )
    return add(session, row)


def signed_in(session: Session, staff: Staff) -> SignedInStaff:
    """The person as the services get it after sign-in."""
    roles = frozenset(session.scalars(select(StaffRole.role).where(StaffRole.staff_id == staff.id)))
    reach = reach_of(session, staff.id, roles, TODAY)
    return SignedInStaff(
        staff_id=staff.id,
        office_id=staff.office_id,
        office_name="架空市福祉事務所",
        name=staff.name,
        login=staff.login,
        roles=roles,
        district_ids=reach.district_ids,
        supervised_district_ids=reach.supervised_district_ids,
        team_district_ids=reach.team_district_ids,
        care_household_ids=reach.care_household_ids,
        is_training=True,
    )


def make_person(session: Session, office: Office | None = None, **changes: Any) -> Person:
    """A human being (個人)."""
    values = {
        "office_id": (office or _office(session)).id,
        "person_number": f"P{_tail()}",
        "name": "試験 太郎",
        "kana": "シケン タロウ",
        "birth_date": date(1950, 1, 2),
        "sex": Sex.MALE,
    }
    return add(session, Person(**values | changes))


def make_household(
    session: Session,
    *,
    district: District | None = None,
    head: Person | None = None,
    since: date = LONG_AGO,
    **changes: Any,
) -> Household:
    """A receiving household with its head as the only member and its dated state, type and district."""
    district = district or _district(session)
    office_id = district.office_id
    head = head or make_person(session, session.get_one(Office, office_id))
    number = f"T{_tail()}"
    values = {
        "office_id": office_id,
        "case_number": number,
        "district_id": district.id,
        "state": HouseholdState.RECEIVING,
        "household_type": HouseholdType.ELDERLY,
        "head_name": head.name,
        "head_kana": head.kana,
        "sort_key": f"{head.kana} {number}",
    }
    household = add(session, Household(**values | changes))
    key = {"office_id": office_id, "household_id": household.id, "valid_from": since}
    add(session, Member(**key, person_id=head.id, relation=Relation.HEAD, is_head=True))
    add(session, HouseholdStatePeriod(**key, state=household.state))
    add(session, DistrictPeriod(**key, district_id=district.id))
    if household.household_type is not None:
        add(session, HouseholdTypePeriod(**key, household_type=household.household_type))
    return household


def make_entry(
    session: Session,
    household: Household | None = None,
    author: Staff | None = None,
    *,
    event_on: date = TODAY,
    text: str = "居室で世帯主と面接した。体調と服薬を本人から聞いた。",
    method: ContactMethod = ContactMethod.VISIT,
    place: Place = Place.HOME,
    result_code: str = "11",
    is_home_visit: bool = True,
    is_absence: bool = False,
    **changes: Any,
) -> EntryRecord:
    """A draft of a home visit on `event_on`, recorded the same day, with its contact, version, subject and facts."""
    household = household or make_household(session)
    author = author or _staff(session, household.office_id)
    key = {"office_id": household.office_id, "household_id": household.id}
    contact = Contact(
        **key,
        happened_on=event_on,
        method=method,
        place=place,
        result_code=result_code,
        is_home_visit=is_home_visit,
        is_absence=is_absence,
    )
    add(session, contact)
    body = measure_body(text)
    values = {
        **key,
        "contact_id": contact.id,
        "kind": "home_visit",
        "event_on": event_on,
        "recorded_at": at(event_on, 17),
        "saved_at": at(event_on, 17),
        "author_id": author.id,
        "origin": EntryOrigin.OFFICE,
        "state": EntryState.DRAFT,
        "version": 1,
        "body_length": body.length,
        "body_digest": body.digest,
        "body_sketch": body.sketch,
        "body_is_set_phrase": body.is_set_phrase,
    }
    entry = add(session, EntryRecord(**values | changes))
    parts = ((SegmentKind.SUBJECT, "定期訪問"), (SegmentKind.FACTS, text))
    entry.content_hash = write_version(session, entry, Said(parts=parts))
    session.flush()
    return entry


def make_approval(
    session: Session,
    entry: EntryRecord | None = None,
    *,
    submitted_at: datetime | None = None,
    state: ApprovalState = ApprovalState.WAITING,
    route: tuple[Role, ...] = (Role.SUPERVISOR,),
    decided_by: Staff | None = None,
    **changes: Any,
) -> Approval:
    """A submission of an entry that waits for the first position of `route`; the entry becomes submitted.

    With `state` APPROVED every step is stamped by `decided_by` and the entry is approved.
    """
    entry = entry or make_entry(session)
    submitted_at = submitted_at or CLOCK.now()
    waits = state in {ApprovalState.WAITING, ApprovalState.HELD}
    values = {
        "office_id": entry.office_id,
        "household_id": entry.household_id,
        "subject_kind": "entry",
        "subject_id": entry.id,
        "round": 1,
        "root_version": entry.version,
        "content_hash": entry.content_hash,
        "state": state,
        "position": route[0] if waits else None,
        "author_id": entry.author_id,
        "submitted_by": entry.author_id,
        "submitted_at": submitted_at,
        "decided_at": None if waits else submitted_at,
    }
    approval = add(session, Approval(**values | changes))
    _write_steps(session, approval, route, decided_by)
    _mark_entry(session, entry, approval)
    return approval


def make_promise(
    session: Session,
    entry: EntryRecord,
    *,
    what: str = "通院の領収書を出す",
    who: str = "世帯主",
    **changes: Any,
) -> PromiseRow:
    """A promise made in an entry, with its words."""
    key = {"office_id": entry.office_id, "household_id": entry.household_id}
    promise = add(session, PromiseRow(**key, entry_id=entry.id, **changes))
    add(session, PromiseText(**key, promise_id=promise.id, who=who, what=what))
    return promise


def _write_steps(
    session: Session, approval: Approval, route: tuple[Role, ...], decided_by: Staff | None
) -> None:
    approved = approval.state is ApprovalState.APPROVED
    for number, position in enumerate(route, start=1):
        step = ApprovalStep(
            approval_id=approval.id,
            number=number,
            office_id=approval.office_id,
            household_id=approval.household_id,
            position=position,
            kind=StepKind.APPROVE,
            state=StepState.APPROVED if approved else StepState.OPEN,
            decided_by=decided_by.id if approved and decided_by else None,
            decided_at=approval.decided_at if approved else None,
        )
        add(session, step)


def _mark_entry(session: Session, entry: EntryRecord, approval: Approval) -> None:
    states = {
        ApprovalState.APPROVED: EntryState.APPROVED,
        ApprovalState.RETURNED: EntryState.RETURNED,
    }
    entry.state = states.get(approval.state, EntryState.SUBMITTED)
    if approval.state is ApprovalState.APPROVED:
        entry.approved_version, entry.approved_at = entry.version, approval.decided_at
    session.flush()


def _office(session: Session) -> Office:
    return session.scalars(select(Office).order_by(Office.id).limit(1)).first() or make_office(
        session
    )


def _district(session: Session) -> District:
    found = session.scalars(select(District).order_by(District.id).limit(1)).first()
    return found or make_district(session)


def _staff(session: Session, office_id: UUID) -> Staff:
    office = session.get_one(Office, office_id)
    found = session.scalars(
        select(Staff).where(Staff.office_id == office_id).order_by(Staff.id).limit(1)
    ).first()
    return found or make_staff(session, office=office)


def _tail() -> str:
    return new_id().hex[-10:]

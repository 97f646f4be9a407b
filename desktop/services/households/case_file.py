"""A household's file as of a day, put together from its dated facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.era import format_date
from desktop.domain.households import (
    CaseFile,
    DatedFact,
    HeldBack,
    HouseholdType,
    Member,
    ResidenceKind,
    SafetyMark,
)
from desktop.domain.labels import HOUSEHOLD_STATE, HOUSEHOLD_TYPE, RESIDENCE
from desktop.domain.office import Period, SignedInStaff
from desktop.domain.visit_grades import visit_words
from desktop.models import households as rows
from desktop.models import ledger
from desktop.models.disposal import Hold
from desktop.models.office import District
from desktop.models.records import Contact, EntryRecord
from desktop.models.visit_grades import VisitGradeRecord
from desktop.services.households.grades import grade_of, is_decided
from desktop.services.households.identity import identities
from desktop.services.masters import lookup


def load_case_file(
    session: Session,
    staff: SignedInStaff,
    household_id: UUID,
    as_of: date,
    *,
    today: date,
    without_duty: bool,
) -> CaseFile:
    """Read the file; the caller holds a ticket for it."""
    identity = identities(session, staff, [household_id], today, opened=True)[household_id]
    members = _members(session, household_id)
    periods = _household_periods(session, household_id)
    stays, jobs = _person_periods(session, [m.person_id for m, _ in members])
    others = _other_cases(session, household_id, [m.person_id for m, _ in members])
    all_members = tuple(_member(m, p, as_of, stays, jobs, others) for m, p in members)
    address = _holding(periods[ledger.AddressPeriod], as_of)
    household_type = _holding(periods[ledger.HouseholdTypePeriod], as_of)
    grade = grade_of(session, household_id, as_of) or ""
    known = lookup.visit_grades(session, staff.office_id, as_of)
    takeover = session.scalars(
        select(ledger.TakeOver).where(ledger.TakeOver.household_id == household_id)
    ).one_or_none()
    last_met, absences = _meetings(session, household_id, as_of)
    return CaseFile(
        identity=identity,
        as_of=as_of,
        members=tuple(m for m in all_members if m.period.covers(as_of)),
        former_members=tuple(
            m for m in all_members if m.period.valid_to and m.period.valid_to < as_of
        ),
        facts=tuple(
            sorted(
                [
                    *_facts(session, periods, members, stays, jobs, as_of),
                    *_decided_grades(session, household_id, as_of),
                ],
                key=lambda fact: fact.period.valid_from,
                reverse=True,
            )
        ),
        marks=_marks(session, household_id),
        household_type=household_type.household_type if household_type else None,
        address=address.address if address else "",
        postal_code=address.postal_code if address else "",
        started_on=_started_on(periods[ledger.HouseholdStatePeriod], as_of),
        visit_grade=grade,
        visit_grade_words=visit_words(grade, known[grade].visits_per_year or None)
        if grade in known
        else grade,
        last_met_on=last_met or (takeover.last_met_on if takeover else None),
        last_entry_on=_last_entry_on(session, household_id, as_of),
        absences_in_series=absences,
        takeover_note=_takeover_note(takeover),
        opened_without_duty=without_duty,
        holds=_holds(session, household_id, as_of),
    )


_DAY = timedelta(days=1)
_HOUSEHOLD_TABLES: tuple[Any, ...] = (
    ledger.HouseholdStatePeriod,
    ledger.HouseholdTypePeriod,
    ledger.DistrictPeriod,
    ledger.AddressPeriod,
    ledger.VisitGradePeriod,
)


def _household_periods(session: Session, household_id: UUID) -> dict[Any, list[Any]]:
    return {
        table: list(
            session.scalars(
                select(table).where(table.household_id == household_id).order_by(table.valid_from)
            )
        )
        for table in _HOUSEHOLD_TABLES
    }


def _person_periods(session: Session, person_ids: list[UUID]) -> tuple[list[Any], list[Any]]:
    stays = select(ledger.ResidencePeriod).where(ledger.ResidencePeriod.person_id.in_(person_ids))
    jobs = select(ledger.WorkPeriod).where(ledger.WorkPeriod.person_id.in_(person_ids))
    return list(session.scalars(stays)), list(session.scalars(jobs))


def _holds(session: Session, household_id: UUID, as_of: date) -> tuple[HeldBack, ...]:
    found = session.execute(
        select(Hold.kind, Hold.valid_from)
        .where(
            Hold.household_id == household_id,
            Hold.valid_from <= as_of,
            or_(Hold.valid_to.is_(None), Hold.valid_to >= as_of),
        )
        .order_by(Hold.valid_from, Hold.id)
    )
    return tuple(HeldBack(kind=kind, since=since) for kind, since in found)


def _members(session: Session, household_id: UUID) -> list[tuple[rows.Member, rows.Person]]:
    found = session.execute(
        select(rows.Member, rows.Person)
        .join(rows.Person, rows.Person.id == rows.Member.person_id)
        .where(rows.Member.household_id == household_id)
        .order_by(rows.Member.is_head.desc(), rows.Member.valid_from, rows.Person.birth_date)
    )
    return [(member, person) for member, person in found]


def _other_cases(
    session: Session, household_id: UUID, person_ids: list[UUID]
) -> dict[UUID, list[str]]:
    """Case numbers of the same persons' other cases (closed and re-opened)."""
    found: dict[UUID, list[str]] = {}
    for person_id, number in session.execute(
        select(rows.Member.person_id, rows.Household.case_number)
        .join(rows.Household, rows.Household.id == rows.Member.household_id)
        .where(rows.Member.person_id.in_(person_ids), rows.Member.household_id != household_id)
        .distinct()
    ):
        found.setdefault(person_id, []).append(number)
    return found


def _member(
    member: rows.Member,
    person: rows.Person,
    as_of: date,
    stays: list[ledger.ResidencePeriod],
    jobs: list[ledger.WorkPeriod],
    others: dict[UUID, list[str]],
) -> Member:
    stay = _holding((s for s in stays if s.person_id == person.id), as_of)
    work = _holding((j for j in jobs if j.person_id == person.id), as_of)
    return Member(
        member_id=member.id,
        person_id=person.id,
        person_number=person.person_number,
        name=person.name,
        kana=person.kana,
        birth_date=person.birth_date,
        sex=person.sex,
        relation=member.relation,
        is_head=member.is_head,
        period=_period(member),
        died_on=person.died_on,
        residence=stay.kind if stay else ResidenceKind.HOME,
        residence_place=stay.place if stay else "",
        work=work.employer if work else "",
        other_cases=tuple(sorted(others.get(person.id, ()))),
    )


def _facts(
    session: Session,
    periods: dict[Any, list[Any]],
    members: list[tuple[rows.Member, rows.Person]],
    stays: list[ledger.ResidencePeriod],
    jobs: list[ledger.WorkPeriod],
    as_of: date,
) -> Iterable[DatedFact]:
    names = {person.id: person.name for _, person in members}
    districts = _district_names(session, {p.district_id for p in periods[ledger.DistrictPeriod]})
    labelled = [
        *(
            (p, "保護の状態", HOUSEHOLD_STATE[p.state])
            for p in periods[ledger.HouseholdStatePeriod]
        ),
        *(
            (p, "世帯類型", HOUSEHOLD_TYPE[HouseholdType(p.household_type)])
            for p in periods[ledger.HouseholdTypePeriod]
        ),
        *((p, "住所", p.address) for p in periods[ledger.AddressPeriod]),
        *((p, "地区", districts.get(p.district_id, "")) for p in periods[ledger.DistrictPeriod]),
        *((p, "訪問格付", p.grade) for p in periods[ledger.VisitGradePeriod]),
        *((p, RESIDENCE[p.kind], f"{names[p.person_id]}　{p.place}") for p in stays),
        *((p, "就労", f"{names[p.person_id]}　{p.employer}") for p in jobs),
    ]
    known = (row for row in labelled if row[0].valid_from <= as_of)
    for period, label, value in sorted(known, key=lambda row: row[0].valid_from, reverse=True):
        yield DatedFact(label=label, value=value, period=_period(period))


def _decided_grades(session: Session, household_id: UUID, as_of: date) -> Iterable[DatedFact]:
    """Each decision of the office on the visit grade, until the next one begins."""
    g = VisitGradeRecord
    rows = session.execute(
        select(g.grade, g.effective_from)
        .where(g.household_id == household_id, is_decided(as_of), g.effective_from <= as_of)
        .order_by(g.effective_from, g.approved_at, g.id)
    ).all()
    ends = [*(row.effective_from - _DAY for row in rows[1:]), None]
    for (grade, since), until in zip(rows, ends, strict=False):
        if until is None or since <= until:
            period = Period(valid_from=since, valid_to=until)
            yield DatedFact(label="訪問格付（決裁）", value=grade, period=period)


def _district_names(session: Session, district_ids: set[UUID]) -> dict[UUID, str]:
    if not district_ids:
        return {}
    rows = session.execute(
        select(District.id, District.code, District.name).where(District.id.in_(district_ids))
    )
    return {district_id: f"{code} {name}" for district_id, code, name in rows}


def _marks(session: Session, household_id: UUID) -> tuple[SafetyMark, ...]:
    found = session.scalars(
        select(rows.SafetyMark)
        .where(rows.SafetyMark.household_id == household_id)
        .order_by(rows.SafetyMark.valid_from.desc())
    )
    return tuple(SafetyMark(kind=mark.kind, period=_period(mark)) for mark in found)


def _started_on(states: list[ledger.HouseholdStatePeriod], as_of: date) -> date | None:
    """The first day of the current protection: the first period of the case that is not an application."""
    started = [
        s.valid_from
        for s in states
        if s.state.value in {"receiving", "suspended"} and s.valid_from <= as_of
    ]
    return min(started, default=None)


def _meetings(session: Session, household_id: UUID, as_of: date) -> tuple[date | None, int]:
    """Day of the last real home visit, and the absences since then.

    Contacts count that a valid entry points at. Both are read whole: joined, a long file is read once for each contact.
    """
    contacts = session.execute(
        select(Contact.id, Contact.happened_on, Contact.is_home_visit, Contact.is_absence).where(
            Contact.household_id == household_id,
            Contact.happened_on <= as_of,
            or_(Contact.is_home_visit, Contact.is_absence),
        )
    ).all()
    valid = set(
        session.scalars(
            select(EntryRecord.contact_id).where(
                EntryRecord.household_id == household_id, EntryRecord.is_annulled.is_(False)
            )
        )
    )
    counting = [c for c in contacts if c.id in valid]
    last = max((c.happened_on for c in counting if c.is_home_visit), default=None)
    absences = sum(c.is_absence and (last is None or c.happened_on > last) for c in counting)
    return last, absences


def _last_entry_on(session: Session, household_id: UUID, as_of: date) -> date | None:
    return session.scalar(
        select(EntryRecord.event_on)
        .where(EntryRecord.household_id == household_id, EntryRecord.event_on <= as_of)
        .order_by(EntryRecord.event_on.desc())
        .limit(1)
    )


def _takeover_note(takeover: ledger.TakeOver | None) -> str:
    if takeover is None:
        return ""
    return f"{format_date(takeover.taken_over_on)}に台帳から引き継ぎました。それ以前の経過は引継日から数えています。"


def _holding(periods: Iterable[Any], day: date) -> Any:  # noqa: ANN401 - rows of several tables
    return next((p for p in periods if _period(p).covers(day)), None)


def _period(row: Any) -> Period:  # noqa: ANN401
    return Period(valid_from=row.valid_from, valid_to=row.valid_to)

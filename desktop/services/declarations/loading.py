"""The board of declarations as the screen shows it: facts only, a row for each person and kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.dates import age_on
from desktop.domain.declarations import (
    BROUGHT_BY,
    Board,
    BoardOwner,
    BoardRow,
    Cycle,
    DeclarationKind,
    Due,
    WaitingPaper,
    proposal_for,
)
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.models.declarations import DeclarationReceipt
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import WorkPeriod
from desktop.models.office import District
from desktop.models.papers import PaperRecord
from desktop.services.declarations.cells import Happened, happened
from desktop.services.households.identity import shielded_names
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on

#: Whose declarations are kept in view.
STATES = (HouseholdState.RECEIVING, HouseholdState.SUSPENDED)
#: So many papers taken in before are offered.
_MOST_WAITING = 5
VACANT = "担当者のいない地区"


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongs:
    """A person's place in a household of the board."""

    household_id: UUID
    case_number: str
    head_name: str
    person_id: UUID
    name: str
    birth_date: date | None
    is_head: bool
    until: date | None


def owners(session: Session, staff: SignedInStaff, today: date) -> tuple[BoardOwner, ...]:
    """The caseworkers whose boards the person may see: the own districts first, then by district code."""
    condition = District.office_id == staff.office_id
    if not staff.is_office_wide:
        condition &= District.id.in_(staff.duty_district_ids)
    districts = session.scalars(select(District.id).where(condition).order_by(District.code)).all()
    main = main_caseworkers(session, today, districts)
    found: dict[UUID | None, tuple[str, list[UUID]]] = {}
    for district_id in sorted(districts, key=lambda d: d not in staff.district_ids):
        name, staff_id = main.get(district_id, (VACANT, None))
        found.setdefault(staff_id, (name, []))[1].append(district_id)
    return tuple(
        BoardOwner(staff_id=staff_id, name=name, district_ids=tuple(ids))
        for staff_id, (name, ids) in found.items()
    )


def board(
    session: Session,
    staff: SignedInStaff,
    district_ids: Collection[UUID],
    months: Sequence[date],
    cycles: dict[str, Cycle],
    today: date,
) -> Board:
    """The rows of some districts that are the person's duty."""
    near = frozenset(district_ids)
    if not staff.is_office_wide:
        near &= staff.duty_district_ids
    where = (
        (Household.office_id == staff.office_id)
        & Household.district_id.in_(near)
        & Household.state.in_(STATES)
    )
    known = happened(session, where, months[0], cycles, today)
    members = people(session, staff, where, today, since=months[0])
    working = set(
        session.scalars(
            select(WorkPeriod.person_id)
            .join(Member, Member.person_id == WorkPeriod.person_id)
            .join(Household, Household.id == Member.household_id)
            .where(where, holds_on(WorkPeriod, today))
        )
    )
    rows = (row for person in members for row in _rows(person, known, months, working))
    return Board(months=tuple(months), rows=tuple(rows), cycles=tuple(cycles.values()))


def waiting_papers(session: Session, due: Due) -> tuple[WaitingPaper, ...]:
    """Papers of the household that may be this declaration and are linked to none, the newest first."""
    p, r = PaperRecord, DeclarationReceipt
    linked = exists().where(r.paper_id == p.id, r.struck_at.is_(None))
    rows = session.execute(
        select(p.id, p.fiscal_year, p.number, p.received_at, Person.name)
        .outerjoin(Person, Person.id == p.person_id)
        .where(
            p.household_id == due.household_id,
            p.kind.in_(BROUGHT_BY[due.kind]),
            or_(p.person_id.is_(None), p.person_id == due.person_id),
            ~linked,
        )
        .order_by(p.received_at.desc(), p.number.desc())
    )
    return tuple(
        WaitingPaper(
            paper_id=paper_id,
            fiscal_year=year,
            number=number,
            received_on=japan_day(at),
            person=name or "",
        )
        for paper_id, year, number, at, name in rows.fetchmany(_MOST_WAITING)
        if japan_day(at) >= due.month
    )


def people(
    session: Session, staff: SignedInStaff, where: ColumnElement[bool], today: date, *, since: date
) -> list[Belongs]:
    """Who belongs to these households or did since a day, by household, the head first."""
    rows: Sequence[Any] = session.execute(
        select(
            *(Household.id, Household.case_number, Household.head_name, Household.is_shielded),
            *(Household.district_id, Person.id, Person.name, Person.birth_date, Person.died_on),
            *(Member.is_head, Member.valid_to),
        )
        .join(Member, Member.household_id == Household.id)
        .join(Person, Person.id == Member.person_id)
        .where(
            where,
            Member.valid_from <= today,
            or_(Member.valid_to.is_(None), Member.valid_to >= since),
        )
        .order_by(
            Household.sort_key, Household.id, Member.is_head.desc(), Person.birth_date, Person.id
        )
    ).all()
    shielded = {row[0]: row[4] for row in rows if row[3]}
    names = shielded_names(session, staff, shielded, today)
    return [
        Belongs(
            household_id=household_id,
            case_number=number,
            head_name=names.get(household_id, (head,))[0],
            person_id=person_id,
            name=name,
            birth_date=born,
            is_head=is_head,
            until=min((day for day in (died, left) if day), default=None),
        )
        for household_id, number, head, _, _, person_id, name, born, died, is_head, left in rows
    ]


def _rows(
    person: Belongs, known: Happened, months: Sequence[date], working: set[UUID]
) -> Iterator[BoardRow]:
    for kind in DeclarationKind:
        whose = (person.household_id, person.person_id, kind)
        cells = known.cells(whose, months, person.until)
        duty = known.duty_on(whose, known.today)
        cycle = known.cycles.get(duty.cycle) if duty else None
        proposal = None
        if duty is None and (person.until is None or person.until >= known.today):
            age = age_on(person.birth_date, known.today) if person.birth_date else None
            works = person.person_id in working
            proposal = proposal_for(kind, age, works=works, is_head=person.is_head)
        if duty is None and proposal is None and not any(cells):
            continue
        yield BoardRow(
            household_id=person.household_id,
            case_number=person.case_number,
            head_name=person.head_name,
            person_id=person.person_id,
            person=person.name,
            kind=kind,
            cycle=duty.cycle if duty else "",
            cycle_label=cycle.label if cycle else (duty.cycle if duty else ""),
            cells=cells,
            proposal=proposal,
        )

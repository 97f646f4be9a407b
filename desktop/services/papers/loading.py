"""Papers as screens show them: facts of the pool, words and steps of an opened file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.clock import japan_day
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import PaperInFile, PaperLine, PaperPool, PaperStep
from desktop.models.households import Household, Person
from desktop.models.office import Staff
from desktop.models.papers import PaperRecord, PaperStepRecord, PaperStepText, PaperText
from desktop.services.households.identity import shielded_names
from desktop.services.masters import lookup
from desktop.services.papers.linking import drafts, links_of

_Receiver = aliased(Staff)
_Owner = aliased(Staff)


def pool(session: Session, staff: SignedInStaff, today: date, most: int) -> PaperPool:
    """Unsettled papers before the person, the oldest first."""
    condition = _before(staff) & PaperRecord.settled_at.is_(None)
    counted = select(func.count()).select_from(PaperRecord).join(Household).where(condition)
    oldest = _found().where(condition).order_by(PaperRecord.received_at, PaperRecord.number)
    lines = _lines(session, staff, today, oldest.limit(most))
    return PaperPool(lines=lines, total=session.scalar(counted) or 0)


def numbered(
    session: Session, staff: SignedInStaff, year: int, number: int, today: date
) -> PaperLine | None:
    """The paper of this number, settled or not, if it is before the person."""
    condition = _before(staff) & (PaperRecord.fiscal_year == year) & (PaperRecord.number == number)
    return next(iter(_lines(session, staff, today, _found().where(condition))), None)


def of_household(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> tuple[PaperInFile, ...]:
    """Every paper of an opened file, newest first."""
    newest = (
        _found()
        .where(PaperRecord.household_id == household_id, PaperRecord.office_id == staff.office_id)
        .order_by(PaperRecord.received_at.desc(), PaperRecord.number.desc())
    )
    lines = _lines(session, staff, today, newest, opened=True)
    steps = _steps(session, household_id)
    links = links_of(session, staff, household_id, today)
    words = {
        text.paper_id: text
        for text in session.scalars(select(PaperText).where(PaperText.household_id == household_id))
    }
    return tuple(
        PaperInFile(
            line=line,
            from_whom=words[line.paper_id].from_whom,
            note=words[line.paper_id].note,
            steps=tuple(steps[line.paper_id]),
            links=links.get(line.paper_id, ()),
        )
        for line in lines
    )


def _before(staff: SignedInStaff) -> ColumnElement[bool]:
    """Papers of households that are the person's duty, and those the person took in or owns."""
    own = or_(PaperRecord.owner_id == staff.staff_id, PaperRecord.received_by == staff.staff_id)
    office = PaperRecord.office_id == staff.office_id
    if staff.is_office_wide:
        return office
    near = Household.district_id.in_(staff.duty_district_ids) | Household.id.in_(
        staff.care_household_ids
    )
    return office & (near | own)


def _found() -> Select[*tuple[Any, ...]]:
    return (
        select(PaperRecord, Household, Person.name, _Receiver.name, _Owner.name)
        .join(Household, Household.id == PaperRecord.household_id)
        .outerjoin(Person, Person.id == PaperRecord.person_id)
        .join(_Receiver, _Receiver.id == PaperRecord.received_by)
        .outerjoin(_Owner, _Owner.id == PaperRecord.owner_id)
    )


def _lines(
    session: Session,
    staff: SignedInStaff,
    today: date,
    found: Select[*tuple[Any, ...]],
    *,
    opened: bool = False,
) -> tuple[PaperLine, ...]:
    rows: Sequence[Any] = session.execute(found).all()
    kinds = lookup.labels(session, staff.office_id, Master.PAPER_KINDS, today)
    limit = lookup.thresholds(session, staff.office_id, today).r10_days
    shielded = {h.id: h.district_id for _, h, *_ in rows if h.is_shielded}
    names = shielded_names(session, staff, shielded, today)
    tasks = drafts(session, [paper.id for paper, *_ in rows])
    lines = []
    for paper, household, person, receiver, owner in rows:
        near = opened or staff.has_duty_for(household.id, household.district_id)
        lines.append(
            PaperLine(
                paper_id=paper.id,
                fiscal_year=paper.fiscal_year,
                number=paper.number,
                household_id=household.id,
                case_number=household.case_number,
                head_name=names.get(household.id, (household.head_name,))[0],
                kind=paper.kind,
                kind_label=kinds.get(paper.kind, paper.kind),
                person=person or "" if near else "",
                sheets=paper.sheets,
                state=paper.state,
                received_at=paper.received_at,
                received_by=receiver,
                owner_id=paper.owner_id,
                owner=owner or "",
                age=(age := (today - japan_day(paper.received_at)).days),
                is_late=paper.settled_at is None and age > limit,
                draft=tasks.get(paper.id),
            )
        )
    return tuple(lines)


def _steps(session: Session, household_id: UUID) -> dict[UUID, list[PaperStep]]:
    step, text = PaperStepRecord, PaperStepText
    found = (
        select(step, Staff.name, text.reason)
        .join(Staff, Staff.id == step.by_id)
        .outerjoin(text, (text.paper_id == step.paper_id) & (text.number == step.number))
        .where(step.household_id == household_id)
        .order_by(step.paper_id, step.number)
    )
    steps = defaultdict[UUID, list[PaperStep]](list)
    for row, by, reason in session.execute(found):
        steps[row.paper_id].append(
            PaperStep(number=row.number, state=row.state, by=by, at=row.at, reason=reason or "")
        )
    return steps

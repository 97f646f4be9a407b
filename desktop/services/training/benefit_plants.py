"""Households that left protection at work: nobody told the first of the grant (B01), the second applied for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.work_estimates_grants import IndependenceGrant
from desktop.domain.work_estimates_kept import as_json
from desktop.models.households import Household, Member
from desktop.models.ledger import HouseholdStatePeriod, WorkPeriod
from desktop.models.office import Assignment, Staff
from desktop.models.work_estimates import BenefitCaseRecord, BenefitCaseText
from desktop.services.masters.lookup_employment import work_tables
from desktop.services.periods import holds_on
from desktop.services.training.plants import Plant, PlantList
from desktop.services.work_estimates.estimating import estimate

RULE = "B01"
_EARLIEST, _LATEST = 365, 15
_DAY = timedelta(days=1)
_MORNING = time(9, 30)
_NOTE = "就労による収入が続き、保護が終わったため。"
_EMPLOYER = "研修ホームセンター"


def plant_benefits(
    session: Session, office_id: UUID, today: date, new_id: Callable[[], UUID], found: PlantList
) -> Counter[str]:
    """Plant the rule and its near miss where somebody left within its limits; the rows made, by table."""
    rows: Counter[str] = Counter()
    h, s, m = Household, HouseholdStatePeriod, Member
    closed = session.execute(
        select(h.id, h.case_number, h.district_id, m.person_id, s.valid_from)
        .join(s, s.household_id == h.id)
        .join(m, m.household_id == h.id)
        .where(
            h.office_id == office_id,
            h.state == HouseholdState.CLOSED,
            s.state == HouseholdState.CLOSED,
            s.valid_to.is_(None),
            s.valid_from >= today - timedelta(days=_EARLIEST),
            s.valid_from <= today - timedelta(days=_LATEST),
            m.is_head,
        )
        .order_by(s.valid_from.desc(), h.case_number, m.valid_from)
    ).all()
    seen: set[UUID] = set()
    for home, case_number, district_id, person_id, since in closed:
        if home in seen:
            continue
        place = len(seen)
        seen.add(home)
        if place <= 1 and not _works(session, home, since - _DAY):
            _give_work(session, office_id, person_id, since, new_id())
            rows["work_period"] += 1
        if not _works(session, home, since - _DAY):
            continue
        plant = Plant(rule=RULE, days=(today - since).days, is_near=place == 1)
        found.household(plant, case_number, since, "就労中に保護が終わった世帯")
        if plant.is_near:
            _apply(session, (office_id, home, person_id), since, district_id, new_id())
            rows.update(("benefit_case", "benefit_case_text"))
    return rows


def _works(session: Session, home: UUID, last_day: date) -> bool:
    """Whether somebody of the household was at work on the last day of protection."""
    m, w = Member, WorkPeriod
    found = (
        select(w.id)
        .join(m, m.person_id == w.person_id)
        .where(m.household_id == home, holds_on(m, last_day), holds_on(w, last_day))
    )
    return session.scalar(found.limit(1)) is not None


def _give_work(session: Session, office_id: UUID, person_id: UUID, since: date, key: UUID) -> None:
    """The head took a job three months before the end."""
    session.add(
        WorkPeriod(
            id=key,
            office_id=office_id,
            person_id=person_id,
            employer=_EMPLOYER,
            valid_from=months_later(since, -3),
            valid_to=None,
        )
    )
    session.flush()


def _apply(
    session: Session, whose: tuple[UUID, UUID, UUID], since: date, district_id: UUID, key: UUID
) -> None:
    """The household applied on the day after its protection ended."""
    office_id, home, person_id = whose
    given = IndependenceGrant(
        on=since - _DAY,
        job_began=months_later(since, -3),
        is_single=True,
        recognised=(0, 0, 0, 82_000, 96_000, 104_000),
        lasts=True,
    )
    shown = estimate(given, work_tables(session, office_id, given.on))
    author = (
        session.scalars(
            select(Assignment.staff_id)
            .where(Assignment.district_id == district_id, holds_on(Assignment, since))
            .order_by(Assignment.kind, Assignment.staff_id)
        ).first()
        or session.scalars(select(Staff.id).order_by(Staff.login)).first()
    )
    session.add(
        BenefitCaseRecord(
            id=key,
            office_id=office_id,
            household_id=home,
            person_id=person_id,
            kind=shown.kind,
            asked_on=since,
            about_on=given.on,
            months=None,
            made_by=author,
            made_at=datetime.combine(since, _MORNING, tzinfo=JAPAN),
        )
    )
    session.flush()
    session.add(
        BenefitCaseText(
            case_id=key,
            office_id=office_id,
            household_id=home,
            estimate=as_json(shown),
            note=_NOTE,
        )
    )
    session.flush()

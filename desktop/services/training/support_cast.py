"""Whom the stories of support towards work tell of: people whose group was decided, and what every story needs to write of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypedDict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Role
from desktop.models.assessments import AssessmentRecord
from desktop.models.base import Base
from desktop.models.households import Household
from desktop.models.office import StaffRole
from desktop.models.support_groups import SupportGroupDecision
from desktop.services.periods import holds_on
from desktop.services.support_groups.standing import holds_decided
from desktop.services.training.plants import Plant, PlantList

_FRIDAY = 4


class Owner(TypedDict):
    """Whose a row is."""

    office_id: UUID
    household_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Supported:
    """Somebody with a decided group: the first assessment that led there, since when, and who looks after the household."""

    household_id: UUID
    case_number: str
    person_id: UUID
    assessment_id: UUID
    since: date
    caseworker_id: UUID
    supervisor_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One office's telling: its people by the rule that proposed their group, the employment supporter, and the rows so far."""

    session: Session
    office_id: UUID
    today: date
    new_id: Callable[[], UUID]
    found: PlantList
    cast: Mapping[str, Supported]
    supporter_id: UUID
    rows: Counter[str] = field(default_factory=Counter)

    def add(self, *rows: Base) -> None:
        """Store rows, one after another, and count them."""
        for row in rows:
            self.session.add(row)
            self.session.flush()
            self.rows[row.__tablename__] += 1

    def day(self, ago: int) -> date:
        """So many days ago, or the Friday before a weekend."""
        day = self.today - timedelta(days=ago)
        return day - timedelta(days=max(day.weekday() - _FRIDAY, 0))

    def owner(self, who: Supported) -> Owner:
        """Office and household of somebody's rows."""
        return Owner(office_id=self.office_id, household_id=who.household_id)

    def signed_in(self, staff_id: UUID) -> SignedInStaff:
        """Whoever writes, as the use cases know him."""
        return SignedInStaff(
            staff_id=staff_id,
            office_id=self.office_id,
            office_name="",
            name="",
            login="",
            roles=frozenset(),
        )

    def by(self, who: Supported, role: str) -> UUID:
        """The supporter, or the caseworker of somebody's household."""
        return self.supporter_id if role == "supporter" else who.caseworker_id

    def plant(
        self, rule: str, who: Supported, since: date, detail: str, *, is_near: bool = False
    ) -> None:
        """Note a problem of somebody's household that the radar finds, or a near miss."""
        plant = Plant(rule=rule, days=(self.today - since).days, is_near=is_near)
        self.found.household(plant, who.case_number, since, detail)


def instant(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of a day in Japan."""
    return datetime.combine(day, time(hour, minute), tzinfo=JAPAN)


def supported(session: Session, office_id: UUID, today: date) -> Mapping[str, Supported]:
    """Rule of the proposal → who has a decided group by it. The first decision says since when."""
    d, a, h = SupportGroupDecision, AssessmentRecord, Household
    rows = session.execute(
        select(
            *(a.rule, h.id, h.case_number, d.person_id, a.id),
            *(d.effective_from, a.author_id, d.decided_by),
        )
        .join(a, a.id == d.assessment_id)
        .join(h, h.id == d.household_id)
        .where(d.office_id == office_id, holds_decided(today))
        .order_by(d.effective_from, d.decided_at, d.id)
    )
    found: dict[str, Supported] = {}
    for rule, home, number, person_id, assessment_id, since, caseworker, supervisor in rows:
        found.setdefault(
            rule,
            Supported(
                household_id=home,
                case_number=number,
                person_id=person_id,
                assessment_id=assessment_id,
                since=since,
                caseworker_id=caseworker,
                supervisor_id=supervisor,
            ),
        )
    return found


def supporter(session: Session, office_id: UUID, today: date) -> UUID | None:
    """The office's employment supporter."""
    r = StaffRole
    return session.scalars(
        select(r.staff_id)
        .where(r.office_id == office_id, r.role == Role.EMPLOYMENT_SUPPORTER, holds_on(r, today))
        .order_by(r.staff_id)
    ).first()

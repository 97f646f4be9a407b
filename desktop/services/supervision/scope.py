"""What a rule may look at, and how its findings are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.clock import JAPAN
from desktop.domain.era import format_date
from desktop.domain.households import HouseholdState
from desktop.domain.records import EntryOrigin, EntryState
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.thresholds import Thresholds
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.records import EntryRecord
from desktop.services.periods import holds_on

#: The columns of a household that `Scope.finding` needs; every rule selects them first.
HOUSEHOLD = (Household.id, Household.case_number, Household.head_name, Household.district_id)


class Rule(Protocol):
    """One rule of the radar. It reads facts, never text, and nobody it watches can switch it off."""

    @property
    def info(self) -> RuleInfo:
        """What the rule is, for the screen."""

    def find(self, session: Session, scope: Scope) -> Iterable[Finding]:
        """Everything the rule has to ask about on the scope's day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The districts somebody supervises on a day (None: the whole office), with the limits in force.

    `caseworkers` maps a district to the name of its main caseworker and to his id.
    """

    office_id: UUID
    district_ids: frozenset[UUID] | None
    today: date
    limits: Thresholds
    caseworkers: Mapping[UUID, tuple[str, UUID | None]]

    @property
    def households(self) -> ColumnElement[bool]:
        """The households in reach."""
        own_office = Household.office_id == self.office_id
        return (
            own_office
            if self.district_ids is None
            else own_office & self.covers(Household.district_id)
        )

    @property
    def active(self) -> ColumnElement[bool]:
        """Those of them that receive protection now (受給中)."""
        return self.households & (Household.state == HouseholdState.RECEIVING)

    def covers(self, district_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
        """The column names a district in reach."""
        return (
            district_id.is_not(None)
            if self.district_ids is None
            else district_id.in_(self.district_ids)
        )

    def supervises(self, district_id: UUID) -> bool:
        """Whether a district is in reach."""
        return self.district_ids is None or district_id in self.district_ids

    def days_ago(self, days: int) -> date:
        """The day so many days before the scope's."""
        return self.today - timedelta(days=days)

    def before(self, days: int) -> datetime:
        """The instant before which more than `days` days have passed by the office's calendar."""
        return datetime.combine(self.days_ago(days), time(), tzinfo=JAPAN)

    def since(self, day: date) -> int:
        """Days passed since a day."""
        return (self.today - day).days

    def finding(
        self,
        info: RuleInfo,
        household: Iterable[Any],
        reason: str,
        *,
        since: date | None,
        days: int,
        entry_id: UUID | None = None,
        staff_id: UUID | None = None,
        policy_id: UUID | None = None,
    ) -> Finding:
        """A finding about a household, given its HOUSEHOLD columns; the caseworker is today's unless one is named."""
        household_id, case_number, head_name, district_id = household
        name, main_id = self.caseworkers.get(district_id, ("", None))
        return Finding(
            rule=info.rule,
            severity=info.severity,
            household_id=household_id,
            staff_id=staff_id or main_id,
            case_number=case_number,
            head_name=head_name,
            caseworker=name,
            reason=reason,
            since=since,
            days=days,
            entry_id=entry_id,
            policy_id=policy_id,
        )


def written_here() -> ColumnElement[bool]:
    """Entries handed in by the office's own staff and not annulled; a draft may still change."""
    return (
        (EntryRecord.origin == EntryOrigin.OFFICE)
        & EntryRecord.is_annulled.is_(False)
        & (EntryRecord.state != EntryState.DRAFT)
    )


def in_words(day: date) -> str:
    """A day as reasons name it."""
    return format_date(day)


def period_began(scope: Scope) -> ColumnElement[date]:
    """The first day of a household's present period of protection."""
    return (
        select(func.max(HouseholdStatePeriod.valid_from))
        .where(
            HouseholdStatePeriod.household_id == Household.id,
            HouseholdStatePeriod.state == HouseholdState.RECEIVING,
            holds_on(HouseholdStatePeriod, scope.today),
        )
        .correlate(Household)
        .scalar_subquery()
    )

"""The rule about times of visits that cannot be, or that ask for a word (section 5.2, V15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.calendar import BusinessCalendar
from desktop.domain.records import ContactMethod, EntryOrigin
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.office import StaffAbsence
from desktop.models.records import Contact, ContactStaff, EntryRecord
from desktop.services.masters import lookup
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words
from desktop.services.supervision.visits import stated

_HOUR = 60


class ImpossibleTimes:
    """V15: visits of one person that overlap or leave no time for the way, or that lie outside working time.

    The way is known by district only: within one, nothing but an overlap is asked about.
    """

    info = RuleInfo(
        rule="V15",
        name="時刻を確かめたい訪問",
        severity=2,
        basis="しきい値 V15 の期間の訪問で、同じ職員の別の世帯への訪問と重なるか、別の地区への訪問との間が、しきい値 V15 の分数より短いもの。"
        "閉庁日、勤務時間外、職員の休みの日の訪問も含みます（移動の時間は地区が同じかどうかだけで見ます）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question an entry, whoever went; the later one of two is asked about."""
        calendar = lookup.business_calendar(session, scope.office_id, scope.today)
        told = set[UUID]()
        for *household, entry_id, day, start, end, before, is_away in session.execute(
            _odd_times(scope, calendar)
        ):
            if entry_id in told:
                continue
            told.add(entry_id)
            reasons = list[str]()
            if before is not None and start is not None:
                gap = start - before
                reasons.append(
                    "前の訪問と時刻が重なっています"
                    if gap < 0
                    else f"別の地区の訪問から{gap}分しかありません"
                )
            if not calendar.is_open(day):
                reasons.append("閉庁日です")
            if is_away:
                reasons.append("職員の休みの期間です")
            if self._is_late(start, end, scope):
                reasons.append("勤務時間の外です")
            yield scope.finding(
                self.info,
                household,
                f"{in_words(day)}の訪問は、{'、'.join(reasons)}。事情はありますか。",
                since=day,
                days=scope.since(day),
                entry_id=entry_id,
            )

    def _is_late(self, start: int | None, end: int | None, scope: Scope) -> bool:
        first, last = scope.limits.v15_from_hour * _HOUR, scope.limits.v15_to_hour * _HOUR
        return start is not None and (start < first or (end or start) > last)


def _odd_times(scope: Scope, calendar: BusinessCalendar) -> Select[*tuple[Any, ...]]:
    """Visits with the end of the same person's visit before, where that is too near; and those at odd times."""
    limits = scope.limits
    span = [scope.days_ago(n) for n in range(limits.v15_days + 1)]
    closed = [day for day in span if not calendar.is_open(day)]
    end = func.coalesce(Contact.ended_at, Contact.started_at)
    visits = (
        select(
            Household.id.label("household_id"),
            EntryRecord.id.label("entry_id"),
            Contact.happened_on.label("day"),
            Contact.started_at.label("start"),
            Contact.ended_at.label("end"),
            _of_visit_before(end).label("before"),
            _of_visit_before(Household.id).label("other"),
            _of_visit_before(Household.district_id).label("district"),
            _is_away().label("is_away"),
        )
        .join(Contact, Contact.household_id == Household.id)
        .join(EntryRecord, stated(scope))
        .join(ContactStaff, ContactStaff.contact_id == Contact.id)
        .where(
            scope.households,
            EntryRecord.origin == EntryOrigin.OFFICE,
            Contact.method == ContactMethod.VISIT,
            Contact.happened_on >= scope.days_ago(limits.v15_days),
        )
        .subquery()
    )
    c = visits.c
    gap = c.start - c.before
    elsewhere = (c.district != Household.district_id) & (gap < limits.v15_gap_minutes)
    too_near = and_(c.other != c.household_id, or_(gap < 0, elsewhere))
    first, last = limits.v15_from_hour * _HOUR, limits.v15_to_hour * _HOUR
    odd = or_(c.start < first, func.coalesce(c.end, c.start) > last)
    before = case((too_near, c.before), else_=None)
    return (
        select(*HOUSEHOLD, c.entry_id, c.day, c.start, c.end, before, c.is_away)
        .join(visits, c.household_id == Household.id)
        .where(or_(too_near, odd, c.is_away, c.day.in_(closed)))
        .order_by(c.day, c.start, c.entry_id)
    )


def _of_visit_before(value: ColumnElement[Any] | Any) -> ColumnElement[Any]:  # noqa: ANN401
    """A value of the same person's visit before it on the same day."""
    return func.lag(value).over(
        partition_by=(ContactStaff.staff_id, Contact.happened_on),
        order_by=(Contact.started_at, Contact.id),
    )


def _is_away() -> ColumnElement[bool]:
    """Whoever went was on a longer leave that day."""
    return (
        exists()
        .where(
            StaffAbsence.staff_id == ContactStaff.staff_id,
            StaffAbsence.valid_from <= Contact.happened_on,
            or_(StaffAbsence.valid_to.is_(None), StaffAbsence.valid_to >= Contact.happened_on),
        )
        .correlate(ContactStaff, Contact)
    )

"""Rules about papers that leave the office: what is not back, incidents whose legal days are near or over, visits without a sheet.

They look at facts only. Basis: visits-records-approval 2.9; 個人情報の保護に関する法律26条・68条, 同法施行規則8条.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from desktop.domain.carry_outs import CarryOutState, carry_label
from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.office import AssignmentKind
from desktop.domain.records import ContactMethod
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.carry_outs import CarryOutItem, CarryOutRecord, IncidentRecord
from desktop.models.households import Household
from desktop.models.office import Assignment, Staff
from desktop.models.records import Contact, ContactStaff, EntryRecord
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words
from desktop.services.supervision.visits import stated

_c, _i = CarryOutRecord, IncidentRecord


class UnreturnedPapers:
    """K01: papers left the office on an earlier day and nobody saw them come back."""

    info = RuleInfo(
        rule="K01",
        name="返却されていない持出し",
        severity=3,
        basis="持ち出した日のうちに返却も廃棄も記録されていない個人情報の持出し",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a trip."""
        rows = session.execute(
            select(_c, Staff.name)
            .join(Staff, Staff.id == _c.staff_id)
            .where(_c.office_id == scope.office_id, _c.state == CarryOutState.OUT, carriers(scope))
            .order_by(_c.left_at, _c.id)
        )
        for trip, name in rows:
            left_on = japan_day(trip.left_at or trip.leaving_at)
            if left_on < scope.today:
                label = carry_label(trip.fiscal_year, trip.number)
                yield _about(
                    self.info,
                    trip.staff_id,
                    name,
                    f"{label}（{in_words(left_on)}持出し、{trip.sheets:,}枚）が戻っていません。書類はどこにありますか。",
                    since=left_on,
                    days=scope.since(left_on),
                )


class IncidentDue:
    """K02: a report of an incident is due soon, or was due, and was not made."""

    info = RuleInfo(
        rule="K02",
        name="期限の近い漏えい等の報告",
        severity=3,
        basis="発覚の日から、しきい値（漏えい等の速報・確報）の日数が近いか過ぎていて、報告した日が記録されていない事案",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question an incident."""
        rows = session.execute(
            select(_i, Staff.name)
            .join(Staff, Staff.id == _i.reported_by)
            .where(
                _i.office_id == scope.office_id,
                _i.is_reportable,
                _i.full_reported_on.is_(None),
            )
            .order_by(_i.found_at, _i.id)
        )
        for incident, name in rows:
            found_on = japan_day(incident.found_at)
            report, due, told_from = _next_report(scope, incident, found_on)
            if scope.today < told_from:
                continue
            left = (due - scope.today).days
            when = f"を{-left}日過ぎています" if left < 0 else f"まであと{left}日です"
            yield _about(
                self.info,
                incident.reported_by,
                name,
                f"{in_words(found_on)}に分かった漏えい等の事案の{report}の期限（{in_words(due)}）{when}。だれが報告しますか。",
                since=found_on,
                days=scope.since(found_on),
            )


class VisitWithoutSheet:
    """K03: a visit whose papers were not taken through the register, where the office asks for it (2.6: no entry that day)."""

    info = RuleInfo(
        rule="K03",
        name="持出しの記録がない訪問",
        severity=1,
        basis="しきい値 K03 の日数のうちに訪問の記録があり、その日その職員がその世帯の携行票を持ち出した記録がないもの"
        "（0日なら尋ねません。書類を持たずに訪ねる事務所もあるため、初めは0です）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a visit and visitor; the day is that of the record, the trip's that of leaving."""
        days = scope.limits.k03_days
        if not days:
            return
        taken = self._taken(session, scope, scope.days_ago(days))
        rows = session.execute(
            select(
                *HOUSEHOLD, Contact.happened_on, EntryRecord.id, ContactStaff.staff_id, Staff.name
            )
            .select_from(Contact)
            .join(Household, Household.id == Contact.household_id)
            .join(EntryRecord, stated(scope))
            .join(ContactStaff, ContactStaff.contact_id == Contact.id)
            .join(Staff, Staff.id == ContactStaff.staff_id)
            .where(
                scope.households,
                Contact.method == ContactMethod.VISIT,
                Contact.happened_on >= scope.days_ago(days),
            )
            .order_by(Contact.happened_on, Household.case_number, Staff.name)
        )
        for *household, day, entry_id, staff_id, name in rows:
            if (staff_id, household[0], day) not in taken:
                yield scope.finding(
                    self.info,
                    household,
                    f"{in_words(day)}の訪問（{name}）に、携行票の持出しの記録がありません。書類は持って行きましたか。",
                    since=day,
                    days=scope.since(day),
                    entry_id=entry_id,
                    staff_id=staff_id,
                )

    def _taken(self, session: Session, scope: Scope, since: date) -> set[tuple[UUID, UUID, date]]:
        """Who took which household's sheet out on which day."""
        first = datetime.combine(since, time(), tzinfo=JAPAN)
        rows = session.execute(
            select(_c.staff_id, CarryOutItem.household_id, _c.left_at)
            .join(CarryOutItem, CarryOutItem.carry_out_id == _c.id)
            .where(_c.office_id == scope.office_id, _c.left_at >= first)
        )
        return {
            (staff_id, household_id, japan_day(left_at))
            for staff_id, household_id, left_at in rows
            if left_at is not None
        }


def _next_report(scope: Scope, incident: IncidentRecord, found_on: date) -> tuple[str, date, date]:
    """Which report is next, its day, and from when on it is asked about."""
    limits = scope.limits
    if incident.quick_reported_on is None:
        told_from = found_on + timedelta(days=limits.incident_quick_from_days)
        return "速報", incident.quick_due_on, min(told_from, incident.quick_due_on)
    near = timedelta(days=limits.incident_near_days)
    return "確報", incident.full_due_on, incident.full_due_on - near


def carriers(scope: Scope) -> ColumnElement[bool]:
    """Staff whose trips are looked at: those of the districts in reach, and those who look after none."""
    if scope.district_ids is None:
        return true()
    a = Assignment
    now = select(a.staff_id).where(holds_on(a, scope.today))
    here = now.where(a.kind != AssignmentKind.SUPERVISOR, scope.covers(a.district_id))
    return or_(_c.staff_id.in_(here), _c.staff_id.not_in(now))


def _about(
    info: RuleInfo, staff_id: UUID, name: str, reason: str, *, since: date, days: int
) -> Finding:
    return Finding(
        rule=info.rule,
        severity=info.severity,
        household_id=None,
        staff_id=staff_id,
        case_number="",
        head_name="",
        caseworker=name,
        reason=reason,
        since=since,
        days=days,
    )

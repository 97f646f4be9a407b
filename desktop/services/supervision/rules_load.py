"""Rules about load (section 5.2, O): too many households, too many unread submissions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.approvals import ApprovalState
from desktop.domain.clock import japan_day
from desktop.domain.households import HouseholdState
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import Role
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.approvals import Approval
from desktop.models.households import Household
from desktop.models.office import Assignment, Staff
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import Scope


class TooManyHouseholds:
    """O01: a caseworker with more than 80 households (社会福祉法16条; 65 in counties), alarm above 100.

    Suspended households count, as they are still the caseworker's.
    """

    info = RuleInfo(
        rule="O01",
        name="担当世帯数の超過",
        severity=2,
        basis="主担当の世帯数が、しきい値 O01 の上限を超える担当者（停止中を含む）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Add up the districts of each caseworker in reach."""
        load = defaultdict[UUID, int](int)
        names = dict[UUID, str]()
        for district_id, count in self._counts(session, scope).items():
            name, staff_id = scope.caseworkers.get(district_id, ("", None))
            if staff_id is not None:
                load[staff_id] += count
                names[staff_id] = name
        in_reach = {s for d, (_, s) in scope.caseworkers.items() if scope.supervises(d)}
        for staff_id, count in load.items():
            if staff_id in in_reach and count > scope.limits.o01_households:
                reason = self._reason(scope, count)
                yield _about_staff(self.info, staff_id, names[staff_id], reason)

    def _counts(self, session: Session, scope: Scope) -> dict[UUID, int]:
        found = (
            select(Household.district_id, func.count())
            .where(
                Household.office_id == scope.office_id,
                Household.state.in_((HouseholdState.RECEIVING, HouseholdState.SUSPENDED)),
            )
            .group_by(Household.district_id)
        )
        return dict(session.execute(found).all())

    def _reason(self, scope: Scope, count: int) -> str:
        alarm = scope.limits.o01_alarm_households
        limit = scope.limits.o01_households
        if count > alarm:
            return f"担当世帯数が{count}世帯です（上限{limit}、警告{alarm}を超えています）。担当替えの検討は進んでいますか。"
        return f"担当世帯数が{count}世帯です（上限{limit}）。担当の見直しは必要ですか。"


class UnreadSubmissions:
    """O04: a supervisor with more than 20 submissions that have waited unread for more than 14 days."""

    info = RuleInfo(
        rule="O04",
        name="査察指導員の未読の滞り",
        severity=2,
        basis="しきい値 O04 の日数を超えて決裁を待つ案件が、O04 の件数を超える査察指導員",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Count what waits in the districts of each supervisor in reach."""
        waiting = self._waiting(session, scope)
        found = (
            select(Staff.id, Staff.name, Assignment.district_id)
            .join(Assignment, Assignment.staff_id == Staff.id)
            .where(
                Assignment.office_id == scope.office_id,
                Assignment.kind == AssignmentKind.SUPERVISOR,
                holds_on(Assignment, scope.today),
                scope.covers(Assignment.district_id),
            )
            .distinct()
        )
        desks = defaultdict[tuple[UUID, str], list[tuple[int, datetime]]](list)
        for staff_id, name, district_id in session.execute(found):
            if district_id in waiting:
                desks[staff_id, name].append(waiting[district_id])
        for (staff_id, name), queue in desks.items():
            count = sum(number for number, _ in queue)
            if count > scope.limits.o04_items:
                oldest = japan_day(min(instant for _, instant in queue))
                reason = (
                    f"{scope.limits.o04_days}日を超えて決裁を待っている案件が{count}件あります。"
                    "代わりに読む人は要りますか。"
                )
                yield _about_staff(
                    self.info, staff_id, name, reason, since=oldest, days=scope.since(oldest)
                )

    def _waiting(self, session: Session, scope: Scope) -> dict[UUID, tuple[int, datetime]]:
        """District → how many submissions wait too long for their supervisor, and since when."""
        found = (
            select(Household.district_id, func.count(), func.min(Approval.submitted_at))
            .join(Household, Household.id == Approval.household_id)
            .where(
                Approval.office_id == scope.office_id,
                Approval.state == ApprovalState.WAITING,
                Approval.position == Role.SUPERVISOR,
                Approval.submitted_at < scope.before(scope.limits.o04_days),
            )
            .group_by(Household.district_id)
        )
        return {district: (count, oldest) for district, count, oldest in session.execute(found)}


def _about_staff(
    info: RuleInfo,
    staff_id: UUID,
    name: str,
    reason: str,
    *,
    since: date | None = None,
    days: int = 0,
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

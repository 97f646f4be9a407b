"""The rule about benefits of those who leave protection by work (employment-support 3.4, B01).

Why protection ended is not held here: the rule asks from what is, that somebody of the household was at work on its last day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.work_estimates import EstimateKind
from desktop.models.households import Household, Member
from desktop.models.ledger import HouseholdStatePeriod, WorkPeriod
from desktop.models.work_estimates import BenefitCaseRecord
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words


class GrantNotOffered:
    """B01: protection ended while somebody was at work, and nobody asked for 就労自立給付金 or took that back."""

    info = RuleInfo(
        rule="B01",
        name="給付金の案内が未実施",
        severity=1,
        basis="世帯員が就労中に保護が終わり、しきい値 B01 の日数を超えて、就労自立給付金の申請（申請しないときは取下げ）が記録されていない世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Each household once; it is no longer asked about after the office's second limit."""
        asked: set[UUID] = set()
        for *household, since, member_to, work_to in session.execute(_worked(scope)):
            last_day = since - timedelta(days=1)
            if household[0] in asked or not (
                _lasts(member_to, last_day) and _lasts(work_to, last_day)
            ):
                continue
            asked.add(household[0])
            days = scope.since(since)
            yield scope.finding(
                self.info,
                household,
                f"世帯員が就労中に保護が終わりました（{in_words(since)}から{days}日）が、就労自立給付金の申請が記録されていません。案内しましたか。",
                since=since,
                days=days,
            )


def _worked(scope: Scope) -> Select[*tuple[Any, ...]]:
    """Households closed within the limits without an application, with each job of their members begun before that."""
    s, m, w, c = HouseholdStatePeriod, Member, WorkPeriod, BenefitCaseRecord
    applied = exists().where(c.household_id == Household.id, c.kind == EstimateKind.INDEPENDENCE)
    return (
        select(*HOUSEHOLD, s.valid_from, m.valid_to, w.valid_to)
        .select_from(Household)
        .join(s, and_(s.household_id == Household.id, s.state == HouseholdState.CLOSED))
        .join(m, and_(m.household_id == Household.id, m.valid_from < s.valid_from))
        .join(w, and_(w.person_id == m.person_id, w.valid_from < s.valid_from))
        .where(
            scope.households,
            Household.state == HouseholdState.CLOSED,
            s.valid_to.is_(None),
            s.valid_from < scope.days_ago(scope.limits.b01_days),
            s.valid_from >= scope.days_ago(scope.limits.b01_most_days),
            ~applied.correlate(Household),
        )
        .order_by(Household.case_number, w.valid_from)
    )


def _lasts(until: date | None, day: date) -> bool:
    """Whether what ends so was still there on a day."""
    return until is None or until >= day

"""Rules about individual support plans (個別支援計画): a review that was not held, and a decided group that has no plan.

They ask the office, not the person: neither changes a group, an amount or a step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from desktop.database.support_plans_standing import is_in_force
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.support_plans import PLANNED_GROUPS
from desktop.models.households import Household, Member
from desktop.models.support_groups import SupportGroupDecision
from desktop.models.support_plans import SupportPlanEnd, SupportPlanRecord, SupportPlanReview
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words
from desktop.services.support_groups.standing import holds_decided


class PlanReviewOverdue:
    """E22: the day of a plan's review has passed and nothing was noted, or its period is over and it goes on."""

    info = RuleInfo(
        rule="E22",
        name="見直しの日を過ぎた個別支援計画",
        severity=2,
        basis="有効な個別支援計画で、見直しの日（見直しをした計画は、そこで決めた次の日）か期間の終わりから、"
        "しきい値 E22 の日数を過ぎて、見直しも終了も記録されていないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One finding a plan, from the earlier of the two days."""
        p = SupportPlanRecord
        rows = session.execute(
            select(*HOUSEHOLD, p.root_id, p.review_on, p.ends_on, p.approved_at)
            .select_from(Household)
            .join(p, and_(p.household_id == Household.id, is_in_force()))
            .where(scope.active)
        ).all()
        newest = _newest_reviews(session, [row.root_id for row in rows])
        for *household, root_id, review_on, ends_on, approved_at in rows:
            noted_at, next_on = newest.get(root_id, (None, None))
            is_newer = noted_at is not None and noted_at >= approved_at
            since = min(next_on if is_newer else review_on, ends_on)
            days = scope.since(since)
            if days <= scope.limits.e22_days:
                continue
            yield scope.finding(
                self.info,
                household,
                f"個別支援計画の見直しの日（{in_words(since)}）から{days}日たちますが、見直しが記録されていません。"
                "本人とはいつ話しますか。",
                since=since,
                days=days,
            )


class GroupWithoutPlan:
    """E23: somebody whose decided group gets support (G1, G2) has had no plan in force for a while."""

    info = RuleInfo(
        rule="E23",
        name="支援する区分で計画のない人",
        severity=2,
        basis="決まった支援区分がG1・G2の世帯員で、区分が決まってから（計画が終了した人は終了から）、"
        "しきい値 E23 の日数を過ぎて有効な個別支援計画がないもの。提案だけの区分と情報不足（GX）は数えない",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One finding a household, about whoever waits longest."""
        d, p = SupportGroupDecision, SupportPlanRecord
        planned = {
            (household_id, person_id)
            for household_id, person_id in session.execute(
                select(p.household_id, p.person_id)
                .join(Household, Household.id == p.household_id)
                .where(scope.active, is_in_force())
            )
        }
        rows = session.execute(
            select(*HOUSEHOLD, d.person_id, d.group, d.effective_from)
            .select_from(Household)
            .join(d, d.household_id == Household.id)
            .join(
                Member,
                and_(
                    Member.household_id == d.household_id,
                    Member.person_id == d.person_id,
                    holds_on(Member, scope.today),
                ),
            )
            .where(scope.active, holds_decided(scope.today))
            .order_by(Household.id, d.person_id, d.effective_from, d.decided_at, d.id)
        ).all()
        ended = _last_ends(session, {row.person_id for row in rows})
        waiting: dict[UUID, tuple[list[Any], date]] = {}
        for (household_id, person_id), (household, since) in _since(rows).items():
            if (household_id, person_id) in planned:
                continue
            day = max(since, ended.get(person_id, since))
            if household_id not in waiting or day < waiting[household_id][1]:
                waiting[household_id] = household, day
        for household, day in waiting.values():
            days = scope.since(day)
            if days <= scope.limits.e23_days:
                continue
            yield scope.finding(
                self.info,
                household,
                f"支援する区分が決まって（{in_words(day)}）から{days}日たちますが、有効な個別支援計画がありません。"
                "本人の希望は聞けていますか。",
                since=day,
                days=days,
            )


def _since(rows: Any) -> Mapping[tuple[UUID, UUID], tuple[list[Any], date]]:  # noqa: ANN401 - rows of the query
    """Household and person → from when the group in force, and those before it without a break, ask for a plan."""
    found: dict[tuple[UUID, UUID], tuple[list[Any], date]] = {}
    for *household, person_id, group, effective_from in rows:
        key = (household[0], person_id)
        if group not in PLANNED_GROUPS:
            found.pop(key, None)
        elif key not in found:
            found[key] = household, effective_from
    return found


def _newest_reviews(session: Session, root_ids: list[UUID]) -> Mapping[UUID, tuple[Any, Any]]:
    """Plan → when its newest review was noted, and the next day that was named there."""
    r = SupportPlanReview
    rows = session.execute(
        select(r.root_id, r.noted_at, r.next_review_on)
        .where(r.root_id.in_(root_ids), r.next_review_on.is_not(None))
        .order_by(r.noted_at, r.id)
    )
    return {root_id: (noted_at, next_on) for root_id, noted_at, next_on in rows}


def _last_ends(session: Session, person_ids: set[UUID]) -> Mapping[UUID, date]:
    """Person → the day on which a plan ended last."""
    p, e = SupportPlanRecord, SupportPlanEnd
    rows = session.execute(
        select(p.person_id, func.max(e.ended_on))
        .join(e, e.root_id == p.id)
        .where(p.person_id.in_(person_ids))
        .group_by(p.person_id)
    )
    return {person_id: day for person_id, day in rows}  # noqa: C416 - rows are not pairs to the type checker

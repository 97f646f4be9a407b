"""Rules about who looks after what (section 5.2): handovers and vacant posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.records import EntryState
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.ledger import DistrictPeriod, TakeOver
from desktop.models.records import EntryRecord
from desktop.services.periods import holds_on
from desktop.services.supervision.duties import districts_alone, tenures
from desktop.services.supervision.scope import HOUSEHOLD, Scope

#: The entry kind that a change of caseworker asks for.
HANDOVER = "handover"


class MissingHandover:
    """R12: no handover entry 30 days after a household got another caseworker.

    The change is the first day of the present caseworker, or of the household in his district. An entry of the
    30 days before counts, as the one who leaves may write it. What changed before the take-over is not asked.
    """

    info = RuleInfo(
        rule="R12",
        name="引継ぎ記録のない世帯",
        severity=2,
        basis="担当の交代から、しきい値 R12 の日数を超えて「担当引継」の記録がない受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Find the day of each household's change, then ask for the entry."""
        changed = list(self._changed(session, scope))
        written = self._written(session, scope) if changed else {}
        for household, day in changed:
            earliest = day - timedelta(days=scope.limits.r12_days)
            if written.get(household[0], date.min) < earliest:
                days = scope.since(day)
                reason = f"担当の交代から{days}日たちますが、引継ぎの記録がありません。引き継いだ内容は分かっていますか。"
                yield scope.finding(self.info, household, reason, since=day, days=days)

    def _changed(self, session: Session, scope: Scope) -> Iterator[tuple[tuple[Any, ...], date]]:
        """Households whose caseworker changed longer ago than the limit, with the day."""
        present = tenures(session, scope)
        for *household, came, came_from_elsewhere, taken_over in session.execute(
            _moves(scope, [d for d, tenure in present.items() if tenure.follows_another])
        ):
            tenure = present.get(household[3])
            if tenure is None:
                continue
            day = max(tenure.since, came)
            is_change = came_from_elsewhere if came >= tenure.since else tenure.follows_another
            known = taken_over is None or taken_over <= day
            if is_change and known and scope.since(day) > scope.limits.r12_days:
                yield tuple(household), day

    def _written(self, session: Session, scope: Scope) -> dict[UUID, date]:
        """Household → day of its last handover entry."""
        found = (
            select(EntryRecord.household_id, func.max(EntryRecord.event_on))
            .join(Household, Household.id == EntryRecord.household_id)
            .where(
                scope.households,
                EntryRecord.kind == HANDOVER,
                EntryRecord.state != EntryState.DRAFT,
                EntryRecord.is_annulled.is_(False),
                EntryRecord.event_on <= scope.today,
            )
            .group_by(EntryRecord.household_id)
        )
        return dict(session.execute(found).all())


class NobodyInCharge:
    """R16: the post of the household's caseworker is vacant, or he is away, for more than 7 days and nobody stands in."""

    info = RuleInfo(
        rule="R16",
        name="担当者がいない世帯",
        severity=2,
        basis="担当の欠員、または代わりのない不在が、しきい値 R16 の日数を超えている受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Find the districts without anybody first, then their households."""
        alone = districts_alone(session, scope)
        found = (
            select(*HOUSEHOLD, func.max(DistrictPeriod.valid_from), TakeOver.taken_over_on)
            .join(DistrictPeriod, DistrictPeriod.household_id == Household.id)
            .outerjoin(TakeOver, TakeOver.household_id == Household.id)
            .where(
                scope.active,
                Household.district_id.in_(alone),
                DistrictPeriod.valid_from <= scope.today,
            )
            .group_by(*HOUSEHOLD, TakeOver.taken_over_on)
        )
        for household_id, number, name, district_id, came, taken_over in (
            session.execute(found) if alone else ()
        ):
            household = (household_id, number, name, district_id)
            gap = alone[district_id]
            since = max(day for day in (gap.since, came, taken_over) if day is not None)
            days = scope.since(since)
            if days > scope.limits.r16_days:
                counted = "、引継ぎ日から数えて" if since == taken_over else "、"
                reason = f"{gap.sentence}{counted}{days}日たっています。代わりに見る人は決まっていますか。"
                yield scope.finding(self.info, household, reason, since=since, days=days)


def _moves(scope: Scope, handed_on: list[UUID]) -> Select[*tuple[Any, ...]]:
    """Households of districts handed on or that came from another one, with the day they came and the take-over."""
    earlier = aliased(DistrictPeriod)
    elsewhere = exists().where(
        earlier.household_id == Household.id,
        earlier.district_id != Household.district_id,
        earlier.valid_from < DistrictPeriod.valid_from,
    )
    return (
        select(*HOUSEHOLD, DistrictPeriod.valid_from, elsewhere, TakeOver.taken_over_on)
        .join(
            DistrictPeriod,
            and_(
                DistrictPeriod.household_id == Household.id,
                DistrictPeriod.district_id == Household.district_id,
                holds_on(DistrictPeriod, scope.today),
            ),
        )
        .outerjoin(TakeOver, TakeOver.household_id == Household.id)
        .where(scope.active, or_(Household.district_id.in_(handed_on), elsewhere))
    )

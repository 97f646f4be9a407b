"""Rules about support policies (section 5.2, P): missing, old, due, copied, incomplete, lying about.

Only households that receive protection are asked about. The policy in force is the one approved last since the
household was last closed; where there is none, what the former system's ledger knew of one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.support_policies import PolicyState
from desktop.models.households import Household
from desktop.models.ledger import TakeOver
from desktop.models.support_policies import SupportPolicyRecord, SupportPolicyVersion
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words, period_began
from desktop.services.support_policies.standing import closed_since_take_over, is_in_force

_FEWEST_DAYS_A_MONTH = 28


class MissingPolicy:
    """P01: no approved policy 90 days after protection began, or after the take-over where that came later."""

    info = RuleInfo(
        rule="P01",
        name="援助方針のない世帯",
        severity=3,
        basis="保護の開始（台帳を引き継いだ世帯は引継ぎ日）から、しきい値 P01 の日数を超えて決裁された援助方針がない受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Count the days of each household that neither we nor the ledger know a policy of."""
        found = _standing(scope).where(SupportPolicyRecord.id.is_(None), ~_in_ledger())
        for row in map(_Standing.of, session.execute(found)):
            since = max((day for day in (row.began, row.taken_over) if day), default=None)
            if since is None:
                reason = (
                    "決裁された援助方針がなく、開始日も分かりません。方針はどうなっていますか。"
                )
                yield scope.finding(self.info, row.household, reason, since=None, days=0)
            elif (days := scope.since(since)) > scope.limits.p01_days:
                start = "引継ぎ日" if since != row.began else "保護の開始"
                reason = f"{start}から{days}日たちますが、決裁された援助方針がありません。策定はどこまで進んでいますか。"
                yield scope.finding(self.info, row.household, reason, since=since, days=days)


class OldPolicy:
    """P02: the last approval is more than twelve months ago.

    Where the ledger names only the day of review, that day tells.
    """

    info = RuleInfo(
        rule="P02",
        name="見直しの過ぎた援助方針",
        severity=3,
        basis="最後の決裁から、しきい値 P02 の月数を超えて援助方針が見直されていない受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Reckon in months, as the day of review was reckoned."""
        long_ago = scope.before(scope.limits.p02_months * _FEWEST_DAYS_A_MONTH)
        found = _standing(scope).where(_by_ledger() | (SupportPolicyRecord.approved_at < long_ago))
        for row in map(_Standing.of, session.execute(found)):
            since = row.approved_on or row.due_on
            if since is not None and _is_old(row, scope):
                days = scope.since(since)
                what = "決裁" if row.approved_on else "見直期日"
                reason = (
                    f"援助方針の{what}（{in_words(since)}）から{days}日たっています。"
                    "見直しはどこまで進んでいますか。"
                )
                yield scope.finding(
                    self.info,
                    row.household,
                    reason,
                    since=since,
                    days=days,
                    policy_id=row.policy_id,
                )


class PolicyDue:
    """P03: the day of review comes within 60 days, or has passed while the year of P02 has not."""

    info = RuleInfo(
        rule="P03",
        name="見直しの近い援助方針",
        severity=1,
        basis="見直期日が、しきい値 P03 の日数以内に来る受給中の世帯（早めの知らせ）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """What P02 has to say is not said twice."""
        until = scope.today + timedelta(days=scope.limits.p03_days)
        found = _standing(scope).where(_by_ledger() | (SupportPolicyRecord.review_due_on <= until))
        for row in map(_Standing.of, session.execute(found)):
            due = row.due(scope.limits.policy_review_months)
            if due is None or due > until or _is_old(row, scope):
                continue
            left = -scope.since(due)
            when = f"まで{left}日です" if left >= 0 else f"を{-left}日過ぎています"
            reason = f"援助方針の見直期日（{in_words(due)}）{when}。準備は始まっていますか。"
            yield scope.finding(
                self.info, row.household, reason, since=None, days=0, policy_id=row.policy_id
            )


class CopiedPolicy:
    """P05: the policy in force says the same, to 95 %, as the one before it.

    Sketches that differ in at most one bit for each percent allowed, as rule R06 compares bodies.
    """

    info = RuleInfo(
        rule="P05",
        name="前回と同じ文面の援助方針",
        severity=2,
        basis="前の援助方針と、しきい値 P05 の割合以上で文面が一致する現行の援助方針",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Compare each policy in force with the one that it follows."""
        p, before = SupportPolicyRecord, aliased(SupportPolicyRecord)
        found = (
            select(*HOUSEHOLD, p.id, p.approved_at, p.body_sketch, before.body_sketch)
            .select_from(Household)
            .join(p, and_(p.household_id == Household.id, is_in_force()))
            .join(before, before.id == p.follows)
            .where(scope.active)
        )
        allowed = 100 - scope.limits.p05_percent
        for *household, policy_id, approved_at, sketch, earlier in session.execute(found):
            if (sketch ^ earlier).bit_count() > allowed:
                continue
            day = _approved_on(approved_at)
            yield scope.finding(
                self.info,
                household,
                f"{in_words(day)}に決裁された援助方針が、前の方針とほぼ同じ文面です。この1年の変化が書かれていますか。",
                since=day,
                days=scope.since(day),
                policy_id=policy_id,
            )


class PolicyWithGaps:
    """P06: the policy in force has an issue without an action that says who, what and by when."""

    info = RuleInfo(
        rule="P06",
        name="取組のない課題がある援助方針",
        severity=2,
        basis="取組または期日のない課題がある現行の援助方針",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """The gaps were counted when the policy was handed in."""
        p = SupportPolicyRecord
        found = (
            select(*HOUSEHOLD, p.id, p.approved_at, p.gaps)
            .select_from(Household)
            .join(p, and_(p.household_id == Household.id, is_in_force()))
            .where(scope.active, p.gaps > 0)
        )
        for *household, policy_id, approved_at, gaps in session.execute(found):
            day = _approved_on(approved_at)
            yield scope.finding(
                self.info,
                household,
                f"現行の援助方針に、取組または期日のない課題が{gaps}件あります。だれが何をいつまでにするか決まっていますか。",
                since=day,
                days=scope.since(day),
                policy_id=policy_id,
            )


class UnapprovedPolicy:
    """P12: a policy that was begun more than 14 days ago and is not approved: a draft, handed in, or returned.

    Days run from its first version, which no later save and no taking back moves.
    """

    info = RuleInfo(
        rule="P12",
        name="決裁の終わらない援助方針",
        severity=2,
        basis="起案（最初の保存）から、しきい値 P12 の日数を超えて決裁されていない援助方針",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Look at open policies only."""
        p, first = SupportPolicyRecord, SupportPolicyVersion
        found = (
            select(*HOUSEHOLD, p.id, p.state, p.author_id, first.saved_at)
            .join(p, p.household_id == Household.id)
            .join(first, and_(first.policy_id == p.id, first.version == 1))
            .where(
                scope.active,
                p.state != PolicyState.APPROVED,
                first.saved_at < scope.before(scope.limits.p12_days),
            )
        )
        where = {
            PolicyState.DRAFT: "まだ提出されていません",
            PolicyState.SUBMITTED: "決裁が終わっていません",
            PolicyState.RETURNED: "差し戻されたままです",
        }
        for *household, policy_id, state, author_id, saved_at in session.execute(found):
            day = japan_day(saved_at)
            days = scope.since(day)
            yield scope.finding(
                self.info,
                household,
                f"援助方針が起案から{days}日たちますが、{where[state]}。",
                since=day,
                days=days,
                staff_id=author_id,
                policy_id=policy_id,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What is known of a household's policy in force, else what the ledger knew; None where nothing is."""

    household: tuple[Any, ...]
    policy_id: UUID | None
    approved_on: date | None
    due_on: date | None
    began: date | None
    taken_over: date | None

    @classmethod
    def of(cls, row: Any) -> _Standing:  # noqa: ANN401 - a row of `_standing`
        *household, policy_id, approved_at, due_on, began, taken_over, ledger_on, ledger_due = row
        return cls(
            household=tuple(household),
            policy_id=policy_id,
            approved_on=_approved_on(approved_at) if policy_id else ledger_on,
            due_on=due_on if policy_id else ledger_due,
            began=began,
            taken_over=taken_over,
        )

    def due(self, months: int) -> date | None:
        """The day of review; reckoned where only the approval is known."""
        if self.due_on is None and self.approved_on is not None:
            return months_later(self.approved_on, months)
        return self.due_on


def _standing(scope: Scope) -> Select[*tuple[Any, ...]]:
    p, t = SupportPolicyRecord, TakeOver
    return (
        select(
            *HOUSEHOLD,
            *(p.id, p.approved_at, p.review_due_on, period_began(scope)),
            *(t.taken_over_on, t.policy_approved_on, t.policy_due_on),
        )
        .select_from(Household)
        .outerjoin(p, and_(p.household_id == Household.id, is_in_force()))
        .outerjoin(t, and_(t.household_id == Household.id, ~closed_since_take_over()))
        .where(scope.active)
    )


def _in_ledger() -> ColumnElement[bool]:
    return or_(TakeOver.policy_approved_on.is_not(None), TakeOver.policy_due_on.is_not(None))


def _by_ledger() -> ColumnElement[bool]:
    """Only the ledger knows of a policy."""
    return SupportPolicyRecord.id.is_(None) & _in_ledger()


def _is_old(row: _Standing, scope: Scope) -> bool:
    last = months_later(row.approved_on, scope.limits.p02_months) if row.approved_on else row.due_on
    return last is not None and last < scope.today


def _approved_on(at: datetime | None) -> date:
    if at is None:
        raise ValueError("an approved policy has the instant of its approval")
    return japan_day(at)

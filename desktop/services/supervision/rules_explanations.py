"""The rule about explaining a support policy to the person (section 5.2, P09; 局長通知第12-4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import cast

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.support_policies import PolicyExplanation, SupportPolicyRecord
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words
from desktop.services.support_policies.standing import is_in_force


class UnexplainedPolicy:
    """P09: no explanation, and no reason why none is possible, 30 days after the approval of the policy in force."""

    info = RuleInfo(
        rule="P09",
        name="本人に説明していない援助方針",
        severity=2,
        basis="決裁から、しきい値 P09 の日数を超えて、本人への説明も説明できない事情も記録されていない現行の援助方針",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Any explanation counts, also one that the person disagreed with."""
        p, told = SupportPolicyRecord, PolicyExplanation
        found = (
            select(*HOUSEHOLD, p.id, p.approved_at)
            .select_from(Household)
            .join(p, and_(p.household_id == Household.id, is_in_force()))
            .where(
                scope.active,
                p.approved_at < scope.before(scope.limits.p09_days),
                ~exists().where(told.policy_id == p.id).correlate(p),
            )
        )
        for *household, policy_id, approved_at in session.execute(found):
            day = japan_day(cast("datetime", approved_at))  # an earlier one than the limit
            days = scope.since(day)
            yield scope.finding(
                self.info,
                household,
                f"援助方針の決裁（{in_words(day)}）から{days}日たちますが、本人への説明が記録されていません。説明はいつ行いますか。",
                since=day,
                days=days,
                policy_id=policy_id,
            )

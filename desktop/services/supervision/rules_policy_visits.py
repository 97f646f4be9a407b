"""Rule P08 about support policies: the visits that one plans do not fit the household's visit grade."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.support_policies import SupportPolicyRecord, SupportPolicyVersion
from desktop.services.households.grades import present_grade
from desktop.services.masters import lookup
from desktop.services.supervision.rules_policies import approved_day
from desktop.services.supervision.scope import HOUSEHOLD, Scope
from desktop.services.support_policies.standing import is_in_force


class PolicyVisits:
    """P08: the policy in force plans with another grade than the household's, or with other visits than the grade's.

    What a policy does not say is not compared: those of before grade and visits were asked say neither.
    """

    info = RuleInfo(
        rule="P08",
        name="訪問格付の合わない援助方針",
        severity=2,
        basis="現行の援助方針の訪問格付・年間訪問回数が、世帯の今の格付・格付表の回数と違う受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """The grade first: where it differs its visits do too."""
        p, v = SupportPolicyRecord, SupportPolicyVersion
        grades = lookup.visit_grades(session, scope.office_id, scope.today)
        found = (
            select(
                *HOUSEHOLD,
                p.id,
                p.approved_at,
                v.grade,
                v.visits_per_year,
                present_grade(scope.today),
            )
            .select_from(Household)
            .join(p, and_(p.household_id == Household.id, is_in_force()))
            .join(v, and_(v.policy_id == p.id, v.version == p.approved_version))
            .where(scope.active, v.grade.is_not(None))
        )
        for *household, policy_id, approved_at, grade, visits, present in session.execute(found):
            wanted = grades[grade].visits_per_year if grade in grades else 0
            if grade != (present or grade):
                what = f"訪問格付は「{grade}」ですが、世帯の今の格付は「{present}」です"
            elif wanted and visits is not None and visits != wanted:
                what = f"年間訪問回数は{visits}回ですが、格付「{grade}」の目安は{wanted}回です"
            else:
                continue
            day = approved_day(approved_at)
            yield scope.finding(
                self.info,
                household,
                f"現行の援助方針の{what}。どちらに合わせますか。",
                since=day,
                days=scope.since(day),
                policy_id=policy_id,
            )

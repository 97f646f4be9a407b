"""Rules about what the policy in force asks for (section 5.2, P07, P10, P11): of whom, by when, and with what result.

They read the duties, which have no words. Only households that receive protection are asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.dates import age_on
from desktop.domain.policy_duties import DutyField, DutyKind
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household, Member, Person
from desktop.models.policy_duties import PolicyDuty
from desktop.services.periods import duty_stands, holds_on
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words


class WorkAskedOfTheOld:
    """P07, the half that age tells: an action towards work (就労) for somebody of 65 or more.

    An issue of the household as a whole counts where every member is that old. The other half of the rule (somebody
    able to work without such an action) needs the legal finding on work ability, which the program does not hold yet.
    """

    info = RuleInfo(
        rule="P07",
        name="高齢の方に就労の取組がある援助方針",
        severity=2,
        basis="しきい値 P07 の年齢以上の方（世帯全体の課題では全員がその年齢以上の世帯）に就労の取組がある現行の援助方針。"
        "稼働能力のある方に就労の取組がない場合の点検は、稼働能力の判定が登録されてから行います",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Look at the few actions about work."""
        d = PolicyDuty
        asked = _standing(scope, d.policy_id, d.began_on, d.person_id).where(
            d.kind == DutyKind.ACTION, d.about == DutyField.WORK
        )
        rows = session.execute(asked.order_by(d.id)).all()
        ages = _ages(session, asked.with_only_columns(Household.id), scope.today)
        told = set[UUID]()
        for *household, policy_id, began_on, person_id in rows:
            members = ages.get(household[0], {})
            concerned = [members[person_id]] if person_id in members else [*members.values()]
            is_old = bool(concerned) and min(concerned) >= scope.limits.p07_from_age
            if not is_old or household[0] in told:
                continue
            told.add(household[0])
            who = f"{concerned[0]}歳の方" if person_id in members else "高齢の方だけの世帯"
            yield scope.finding(
                self.info,
                household,
                f"現行の援助方針では、{who}に就労の取組があります。本人の希望と体調に合っていますか。",
                since=began_on,
                days=scope.since(began_on),
                policy_id=policy_id,
            )


class GoalWithoutResult:
    """P10: the day of a short-term goal (短期目標) of the policy in force has passed, and no result was noted."""

    info = RuleInfo(
        rule="P10",
        name="結果のない短期目標",
        severity=2,
        basis="期日から、しきい値 P10 の日数を超えて結果が記録されていない、現行の援助方針の短期目標",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One finding for a household, from the earliest of its goals."""
        d = PolicyDuty
        late = _standing(scope, d.policy_id, d.by_on).where(
            d.kind == DutyKind.SHORT_GOAL,
            d.settled_on.is_(None),
            d.by_on < scope.today - timedelta(days=scope.limits.p10_days),
        )
        found = defaultdict[UUID, list[Any]](list)
        for row in session.execute(late.order_by(d.by_on, d.id)):
            found[row[0]].append(row)
        for rows in found.values():
            *household, policy_id, by_on = rows[0]
            more = f"（ほかに{len(rows) - 1}件）" if len(rows) > 1 else ""
            yield scope.finding(
                self.info,
                household,
                f"短期目標の期日（{in_words(by_on)}）を過ぎましたが、結果が記録されていません{more}。どうなりましたか。",
                since=by_on,
                days=scope.since(by_on),
                policy_id=policy_id,
            )


class LeavingSchoolUnnamed:
    """P11: a member of 15 to 18 years for whom the policy in force has no issue about school or work.

    An issue about school of the household as a whole counts for everybody in it.
    """

    info = RuleInfo(
        rule="P11",
        name="進路の課題のない援助方針",
        severity=2,
        basis="しきい値 P11 の年齢の世帯員について、就学・養育（または就労）の課題がない現行の援助方針",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Years of birth first, then the age on the day."""
        limits, today, d, born = scope.limits, scope.today, PolicyDuty, Person.birth_date
        young = (
            _standing(scope, d.policy_id, d.began_on, born)
            .join(Member, Member.household_id == Household.id)
            .join(Person, Person.id == Member.person_id)
            .where(
                d.kind == DutyKind.ISSUE,
                holds_on(Member, today),
                Person.died_on.is_(None),
                born >= date(today.year - limits.p11_to_age - 1, 1, 1),
                born <= date(today.year - limits.p11_from_age, 12, 31),
                ~_speaks_of_school(),
            )
            .order_by(born, Person.id)
        )
        told = set[UUID]()
        for *household, policy_id, began_on, birth in session.execute(young):
            age = age_on(birth, today)
            if not limits.p11_from_age <= age <= limits.p11_to_age or household[0] in told:
                continue
            told.add(household[0])
            yield scope.finding(
                self.info,
                household,
                f"{age}歳の世帯員について、現行の援助方針に進路や就学の課題がありません。検討しましたか。",
                since=began_on,
                days=scope.since(began_on),
                policy_id=policy_id,
            )


def _standing(scope: Scope, *columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - columns of a duty
    """Rows of duties that stand, of the scope's households, with the HOUSEHOLD columns first."""
    return (
        select(*HOUSEHOLD, *columns)
        .select_from(Household)
        .join(PolicyDuty, PolicyDuty.household_id == Household.id)
        .where(scope.active, duty_stands())
    )


def _speaks_of_school() -> ColumnElement[bool]:
    """The policy has an issue about school or work of the person, or one about school of the whole household."""
    issue = aliased(PolicyDuty)
    own = (issue.person_id == Person.id) & issue.about.is_not(None)
    everybodys = issue.person_id.is_(None) & (issue.about == DutyField.SCHOOLING)
    return (
        exists()
        .where(
            issue.policy_id == PolicyDuty.policy_id,
            issue.kind == DutyKind.ISSUE,
            or_(own, everybodys),
        )
        .correlate(PolicyDuty, Person)
    )


def _ages(
    session: Session, households: Select[tuple[UUID]], today: date
) -> Mapping[UUID, Mapping[UUID, int]]:
    """Household → member → full years, of those whose day of birth is known."""
    found = defaultdict[UUID, dict[UUID, int]](dict)
    rows = session.execute(
        select(Member.household_id, Person.id, Person.birth_date)
        .join(Person, Person.id == Member.person_id)
        .where(
            Member.household_id.in_(households),
            holds_on(Member, today),
            Person.died_on.is_(None),
        )
    )
    for household_id, person_id, birth in rows:
        if birth is not None:
            found[household_id][person_id] = age_on(birth, today)
    return found

"""Rules about visit plans (section 5.2: V02, V03, V04, V10, V18). They ask; they judge nobody.

V03 and V04 look at approved and submitted plans alike: what waits for a decision may still be put right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.visit_marks import VisitMark, VisitOutcome, due_end, outcomes
from desktop.domain.visit_plan_periods import first_of_year, last_of, months_of
from desktop.domain.visit_plans import PLAN_STATE, PlanKind, PlanState
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.office import District
from desktop.models.visit_plans import PlanExceptionRecord, PlannedVisitRecord, VisitPlanRecord
from desktop.services.households.grades import present_grade
from desktop.services.masters import lookup
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words
from desktop.services.visit_plans.board import approved_standing
from desktop.services.visit_plans.by_household import by_household
from desktop.services.visit_plans.floors import under_floor
from desktop.services.visit_plans.standing import visits_made

_p, _v = VisitPlanRecord, PlannedVisitRecord
_HANDED_IN = (PlanState.SUBMITTED, PlanState.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """The yearly plan of a district in reach."""

    plan_id: UUID
    district_id: UUID
    state: PlanState


class MissingPlan:
    """V02: a district whose yearly plan is missing or not approved after the office's last day."""

    info = RuleInfo(
        rule="V02",
        name="承認されていない年間訪問計画",
        severity=3,
        basis="年間訪問計画がないか、4月1日からしきい値 V02 の日数を過ぎて承認されていない地区（局長通知 第12-1）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a district that has households under protection."""
        first_on = first_of_year(scope.today)
        due_on = first_on + timedelta(days=scope.limits.v02_days)
        if scope.today <= due_on:
            return
        plans = {plan.district_id: plan for plan in _plans(session, scope, first_on)}
        districts = session.execute(
            select(District.id, District.code, District.name)
            .join(Household, Household.district_id == District.id)
            .where(scope.active)
            .group_by(District.id, District.code, District.name)
            .order_by(District.code)
        )
        for district_id, code, name in districts:
            plan = plans.get(district_id)
            if plan is not None and plan.state is PlanState.APPROVED:
                continue
            said = "ありません" if plan is None else f"「{PLAN_STATE[plan.state]}」のままです"
            reason = (
                f"{name}（{code}）の今年度の年間訪問計画が{said}。"
                f"{in_words(due_on)}までに承認する計画です。いつできますか。"
            )
            yield _of_district(self.info, scope, district_id, reason, due_on)


class UnderFloor:
    """V03: a household for which the plan of the year has fewer visits than the law asks, and no exception."""

    info = RuleInfo(
        rule="V03",
        name="法定の訪問回数に足りない訪問計画",
        severity=3,
        basis="提出・承認された年間訪問計画で、訪問回数が法定の下限に足りず例外の区分もない受給中の世帯（局長通知 第12-1）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a household: moved in, or discharged since the plan was made."""
        first_on = first_of_year(scope.today)
        for plan in _plans(session, scope, first_on):
            if plan.state not in _HANDED_IN:
                continue
            short = under_floor(session, plan.plan_id, scope.today)
            found = select(*HOUSEHOLD).where(scope.households, Household.id.in_(short))
            for household in session.execute(found.order_by(Household.case_number)):
                yield scope.finding(
                    self.info,
                    household,
                    "今年度の訪問計画が法定の訪問回数に足りません。訪問を足しますか、例外にあたりますか。",
                    since=first_on,
                    days=scope.since(first_on),
                )


class OtherThanGrade:
    """V04: a household for which fewer visits are planned than its grade asks, with no reason given."""

    info = RuleInfo(
        rule="V04",
        name="格付より少ない訪問計画",
        severity=2,
        basis="提出・承認された年間訪問計画で、1年を通して受給中の世帯の訪問回数が格付の回数より少なく、例外の区分もないもの（課長問答 12の1）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Visits of the plan beside the grade's; years begun later are left to the floor."""
        first_on = first_of_year(scope.today)
        grades = lookup.visit_grades(session, scope.office_id, scope.today)
        planned = (
            select(func.count())
            .where(
                _v.plan_id == _p.id,
                _v.household_id == Household.id,
                _v.to_version.is_(None),
                _v.month.is_not(None),
            )
            .correlate(_p, Household)
            .scalar_subquery()
        )
        rows = session.execute(
            select(*HOUSEHOLD, planned, present_grade(scope.today))
            .join(_p, and_(_p.district_id == Household.district_id, *_of_year(first_on)))
            .where(
                scope.active,
                _p.state.in_(_HANDED_IN),
                _began_before(first_on),
                Household.id.not_in(_excepted(first_on)),
            )
            .order_by(Household.case_number)
        )
        for *household, count, code in rows:
            grade = grades.get(code or "")
            if grade is not None and count < grade.visits_per_year:
                yield scope.finding(
                    self.info,
                    household,
                    f"今年度の訪問計画は{count}回ですが、格付「{code}」の回数は{grade.visits_per_year}回です。"
                    "少なくする理由がありますか。",
                    since=first_on,
                    days=scope.since(first_on),
                )


class PlannedAndGone:
    """V10: a planned month is over, and the visit was neither made nor moved nor cancelled."""

    info = RuleInfo(
        rule="V10",
        name="実施も理由もない計画の訪問",
        severity=2,
        basis="承認された年間訪問計画の訪問で、期限の月の終わりからしきい値 V10 の日数を過ぎて、実施も変更の記録もないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a household: for the oldest of its visits, with how many there are."""
        late: dict[UUID, list[VisitOutcome]] = {}
        every = (o for found in _by_district(session, scope).values() for o in found)
        for outcome in every:
            if outcome.is_overdue and _end(outcome) < scope.days_ago(scope.limits.v10_days):
                late.setdefault(outcome.household_id, []).append(outcome)
        found = select(*HOUSEHOLD).where(scope.households, Household.id.in_(late))
        for household in session.execute(found.order_by(Household.case_number)):
            of_household = sorted(late[household[0]], key=lambda o: o.month)
            since = _end(of_household[0])
            months = "・".join(f"{o.month.month}月" for o in of_household)
            absent = any(o.mark is VisitMark.ABSENT for o in of_household)
            tried = "不在のまま、" if absent else ""
            yield scope.finding(
                self.info,
                household,
                f"{months}に計画した訪問が{tried}実施されず、変更の記録もありません。いつ訪問しますか。",
                since=since,
                days=scope.since(since),
            )


class LowCompletion:
    """V18: a district in which too few of the planned visits were made, some months running."""

    info = RuleInfo(
        rule="V18",
        name="訪問の実施率が低い地区",
        severity=2,
        basis="計画した訪問の実施率が、しきい値 V18 の割合を続けて下回った地区（終わった月だけ、取りやめは除く）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a district, about its last months that are over."""
        months = _past_months(scope)
        if len(months) < scope.limits.v18_months:
            return
        names = by_household(session, select(District.id, District.name))
        for district_id, found in _by_district(session, scope).items():
            rates = [_rate(found, month) for month in months]
            if any(rate is None or rate >= scope.limits.v18_percent for rate in rates):
                continue
            said = "、".join(
                f"{month.month}月{rate}％" for month, rate in zip(months, rates, strict=True)
            )
            reason = (
                f"{names[district_id]}の訪問の実施率が続けて低くなっています（{said}）。"
                "何が訪問を妨げていますか。"
            )
            yield _of_district(self.info, scope, district_id, reason, months[0])


def _of_year(first_on: date) -> tuple[ColumnElement[bool], ...]:
    return (_p.kind == PlanKind.YEAR, _p.first_on == first_on)


def _plans(session: Session, scope: Scope, first_on: date) -> list[_Plan]:
    rows = session.execute(
        select(_p.id, _p.district_id, _p.state)
        .where(_p.office_id == scope.office_id, *_of_year(first_on), scope.covers(_p.district_id))
        .order_by(_p.district_id)
    )
    return [
        _Plan(plan_id=plan_id, district_id=district_id, state=state)
        for plan_id, district_id, state in rows
    ]


def _excepted(first_on: date) -> Select[UUID]:
    """Households for which the year's plan gives an exception."""
    e = PlanExceptionRecord
    return (
        select(e.household_id)
        .join(_p, _p.id == e.plan_id)
        .where(e.to_version.is_(None), *_of_year(first_on))
    )


def _began_before(first_on: date) -> ColumnElement[bool]:
    """The household is under protection through the whole year."""
    s = HouseholdStatePeriod
    return exists().where(
        s.household_id == Household.id,
        s.state == HouseholdState.RECEIVING,
        s.valid_from <= first_on,
        s.valid_to.is_(None),
    )


def _by_district(session: Session, scope: Scope) -> dict[UUID, list[VisitOutcome]]:
    """District → what became of the visits of its approved yearly plan. Read once for all rules."""
    first_on = first_of_year(scope.today)
    known: dict[object, dict[UUID, list[VisitOutcome]]] = session.info.setdefault(
        "visit_outcomes", {}
    )
    key = (scope.office_id, scope.district_ids, scope.today)
    if key not in known:
        approved = {
            plan.plan_id: plan.district_id
            for plan in _plans(session, scope, first_on)
            if plan.state is PlanState.APPROVED
        }
        stands = approved_standing(session, list(approved))
        made = visits_made(session, scope.households, first_on, scope.today)
        district_of = {
            s.visit.household_id: approved[plan_id]
            for plan_id, each in stands.items()
            for s in each
        }
        found: dict[UUID, list[VisitOutcome]] = {}
        every = [s for each in stands.values() for s in each]
        for outcome in outcomes(every, made, scope.today):
            district_id = district_of.get(outcome.household_id)
            if district_id is not None:
                found.setdefault(district_id, []).append(outcome)
        known[key] = found
    return known[key]


def _end(outcome: VisitOutcome) -> date:
    """The last day on which the visit was in time."""
    return due_end(outcome.standing.visit) if outcome.standing else outcome.month


def _past_months(scope: Scope) -> tuple[date, ...]:
    """The last months of this fiscal year that are over, as many as the office looks at."""
    months = [
        month
        for month in months_of(PlanKind.YEAR, first_of_year(scope.today))
        if last_of(PlanKind.MONTH, month) < scope.today
    ]
    return tuple(months[-scope.limits.v18_months :])


def _rate(found: Iterable[VisitOutcome], month: date) -> int | None:
    """Planned visits of the month that were made, in percent; None where none was planned."""
    marks = Counter(outcome.mark for outcome in found if outcome.month == month)
    planned = marks[VisitMark.PLANNED] + marks[VisitMark.ABSENT] + marks[VisitMark.DONE]
    return 100 * marks[VisitMark.DONE] // planned if planned else None


def _of_district(
    info: RuleInfo, scope: Scope, district_id: UUID, reason: str, since: date
) -> Finding:
    caseworker, staff_id = scope.caseworkers.get(district_id, ("", None))
    return Finding(
        rule=info.rule,
        severity=info.severity,
        household_id=None,
        staff_id=staff_id,
        case_number="",
        head_name="",
        caseworker=caseworker,
        reason=reason,
        since=since,
        days=scope.since(since),
    )

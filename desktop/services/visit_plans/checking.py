"""Whether a plan keeps its rules, looked at once more after the planner: nothing here is shared with its search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from desktop.planning.halves import HalfDay, WeekHalf
from desktop.planning.plans import PlannedPeriod, PlannedVisit
from desktop.planning.problem import PlanningProblem, Visit
from desktop.planning.weights import PERCENT


def broken_rules(problem: PlanningProblem, period: PlannedPeriod) -> tuple[str, ...]:
    """One sentence for each rule that a planned visit breaks; of a sound plan none."""
    visits = {visit.code: visit for visit in problem.visits}
    return (
        *_lost(problem, period),
        *(said for planned in period.planned for said in _placed(problem, visits, planned)),
        *_too_long(problem, visits, period),
        *_too_near(problem, visits, period),
    )


def _lost(problem: PlanningProblem, period: PlannedPeriod) -> Iterator[str]:
    told = [p.visit for p in period.planned] + [u.visit for u in period.unplanned]
    if sorted(told) != sorted(visit.code for visit in problem.visits):
        yield "計画した訪問と計画できない訪問を合わせても、すべての訪問になりません。"


def _placed(
    problem: PlanningProblem, visits: dict[str, Visit], planned: PlannedVisit
) -> Iterator[str]:
    visit, at = visits[planned.visit], planned.at
    household = next(h for h in problem.households if h.number == visit.household)
    if not any(slot.at == at for slot in problem.slots):
        yield f"{visit.code}：{at.words}は訪問できる半日ではありません。"
    free = {partner.code: partner.free for partner in problem.partners}
    if any(at not in free[code] for code in visit.partners):
        yield f"{visit.code}：{at.words}は同行者の都合が付きません。"
    if visit.pin is not None:
        if visit.pin != at:
            yield f"{visit.code}：約束または固定した半日から動いています。"
        return
    if not visit.earliest <= at.day <= visit.latest:
        yield f"{visit.code}：{at.words}は訪問できる期間の外です。"
    if WeekHalf(weekday=at.day.weekday(), half=at.half) in household.closed:
        yield f"{visit.code}：{at.words}は世帯の都合が悪い半日です。"


def _too_long(
    problem: PlanningProblem, visits: dict[str, Visit], period: PlannedPeriod
) -> Iterator[str]:
    """The ways from the office along the route and back, in whole minutes each, and all talks fit into the half-day."""
    places = {h.number: h.place for h in problem.households}
    routes = defaultdict[HalfDay, list[PlannedVisit]](list)
    for planned in sorted(period.planned, key=lambda p: (p.at, p.order)):
        routes[planned.at].append(planned)
    minutes = {slot.at: slot.minutes for slot in problem.slots}
    for at, route in routes.items():
        stops = [0, *(places[visits[p.visit].household] for p in route), 0]
        way = sum(problem.travel.minutes(one, other) for one, other in pairwise(stops))
        talks = sum(visits[p.visit].minutes for p in route)
        if way + talks > minutes.get(at, 0):
            yield f"{at.words}：移動と面接が半日に収まりません。"


def _too_near(
    problem: PlanningProblem, visits: dict[str, Visit], period: PlannedPeriod
) -> Iterator[str]:
    """One visit a day, and regular visits not closer than the office's share of their period."""
    of_household = defaultdict[str, list[PlannedVisit]](list)
    for planned in sorted(period.planned, key=lambda p: p.at):
        of_household[visits[planned.visit].household].append(planned)
    for number, route in of_household.items():
        days = [p.at.day for p in route]
        if len(days) != len(set(days)):
            yield f"{number}：同じ日に2回訪問します。"
        spaced = [p for p in route if visits[p.visit].spaced and visits[p.visit].pin is None]
        for one, other in pairwise(spaced):
            period_days = min(visits[one.visit].period_days, visits[other.visit].period_days)
            least = max(1, period_days * problem.weights.shortest_percent // PERCENT)
            if (other.at.day - one.at.day).days < least:
                yield f"{number}：訪問の間隔が{least}日より短くなっています。"

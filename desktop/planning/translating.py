"""The caseworker's problem in the engine's rows: a visit is a node, a half-day is a day with one route.

Visits that no half-day is open to are not handed over: they are unplanned from the start.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from desktop.planning.engine_problem import EngineProblem
from desktop.planning.pricing import FAR, LONGEST_GAP, Pricing
from desktop.planning.travel import whole_minutes

#: Promises and locks are kept before all; nobody leaves a statutory visit out for anything but them, whatever it weighs.
PINNED_DROP = 1_000_000_000
STATUTORY_FIRST = 99_700_000
#: How far two visits are apart for the search if their due dates lie a day apart, in hundredths of a minute.
_DAY_APART = 20
#: Visits whose windows never meet are no neighbours.
_NEVER_TOGETHER = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The engine's problem and which visit each node stands for (node 0 is the office)."""

    problem: EngineProblem
    visit_of: list[int]

    def routes(self, plan: list[list[int]]) -> list[list[int]]:
        """Return the engine's routes as visits per slot."""
        return [[self.visit_of[node] for node in route] for route in plan]

    def plan(self, routes: list[list[int]]) -> list[list[int]]:
        """Return visits per slot as the engine's routes."""
        node_of = {visit: node for node, visit in enumerate(self.visit_of) if node}
        return [[node_of[visit] for visit in route] for route in routes]


def translate(pricing: Pricing) -> Translation:
    """Return the engine's form of a priced problem."""
    visits = [visit for visit, options in enumerate(pricing.options) if options.slots]
    visit_of = [-1, *visits]
    node_of = {visit: node for node, visit in enumerate(visits, start=1)}
    places = [0, *(pricing.place[visit] for visit in visits)]
    dist, travel = _ways(pricing, places)
    before, after, gap_first, gaps = _chains(pricing, visits, node_of)
    slots = len(pricing.problem.slots)
    options = [pricing.options[visit] for visit in visits]
    firsts = [0, 0]
    for found in options:
        firsts.append(firsts[-1] + len(found.slots))
    problem = EngineProblem(
        customers=len(visits),
        days=slots,
        vehicles=1,
        dist=dist,
        near=_near(pricing, visits, places),
        demand=array("i", [0] * len(places)),
        service=array("i", [0, *(pricing.minutes[visit] for visit in visits)]),
        travel=travel,
        capacity=array("i", [FAR] * slots),
        longest=array("i", pricing.capacity),
        option_first=array("i", firsts),
        option_price=array("i", [price for found in options for price in found.prices]),
        day_first=array("i", range(firsts[-1] + 1)),
        option_day=array("i", [slot for found in options for slot in found.slots]),
        drop=array("i", [0, *(_drop(pricing, visit) for visit in visits)]),
        before=before,
        after=after,
        gap_first=gap_first,
        gap_price=gaps,
        ordinal=array("i", pricing.ordinal),
        bin=array("i", pricing.bin),
        bin_price=array("i", pricing.bin_price),
    )
    return Translation(problem=problem, visit_of=visit_of)


def _drop(pricing: Pricing, number: int) -> int:
    visit = pricing.problem.visits[number]
    if visit.pin is not None:
        return PINNED_DROP
    price = pricing.weights.drop_price(visit.points, statutory=visit.statutory)
    return STATUTORY_FIRST + price if visit.statutory else price


def _ways(pricing: Pricing, places: list[int]) -> tuple[array[int], array[int]]:
    """Prices and whole minutes of the ways between all nodes."""
    table, weight = pricing.problem.travel, pricing.weights.travel
    dist, travel = array("i"), array("i")
    rows: dict[int, tuple[array[int], array[int]]] = {}
    for place in places:
        if place not in rows:
            row = table.price[place * table.size : (place + 1) * table.size]
            prices = [row[other] for other in places]
            weighed = array("i", [price * weight for price in prices])
            rows[place] = weighed, array("i", map(whole_minutes, prices))
        dist.extend(rows[place][0])
        travel.extend(rows[place][1])
    return dist, travel


def _near(pricing: Pricing, visits: list[int], places: list[int]) -> array[int]:
    """Per node all nodes, those first that could well share a half-day: near by and due at about the same time."""
    table = pricing.problem.travel
    all_visits = pricing.problem.visits
    first = [pricing.options[visit].slots[0] for visit in visits]
    last = [pricing.options[visit].slots[-1] for visit in visits]
    due = [all_visits[visit].due.toordinal() * _DAY_APART for visit in visits]
    nodes = range(1, len(places))
    near = array("i", [0] * len(visits))
    for number in range(len(visits)):
        row = table.price[places[number + 1] * table.size : (places[number + 1] + 1) * table.size]
        begin, end, mine = first[number], last[number], due[number]
        apart = [
            row[place] + abs(other_due - mine)
            if other_first <= end and begin <= other_last
            else _NEVER_TOGETHER + abs(other_due - mine)
            for place, other_due, other_first, other_last in zip(
                places[1:], due, first, last, strict=True
            )
        ]
        apart[number] = -1
        near.extend(sorted(nodes, key=[0, *apart].__getitem__))
    return near


def _chains(
    pricing: Pricing, visits: list[int], node_of: dict[int, int]
) -> tuple[array[int], array[int], array[int], array[int]]:
    """The order of a household's visits and the price tables of the days between them (one table per period)."""
    empty = [0] * (len(visits) + 1)
    before, after = array("i", empty), array("i", empty)
    gap_first = array("i", [-1] * len(empty))
    gaps = array("i")
    starts: dict[int, int] = {}
    for visit in visits:
        other = node_of.get(pricing.before[visit], 0)
        if not other:
            continue
        node = node_of[visit]
        before[node], after[other] = other, node
        period = pricing.pair_period(pricing.before[visit], visit)
        if period not in starts:
            starts[period] = len(gaps)
            gaps.extend(_gap_table(pricing, period))
        gap_first[node] = starts[period]
    return before, after, gap_first, gaps


def _gap_table(pricing: Pricing, period: int) -> list[int]:
    if period == 0:
        return [FAR] + [0] * LONGEST_GAP
    return pricing.gap_table(period)

"""The cost of a plan and the best plan of a tiny problem, by counting; shares no code with the search."""

from __future__ import annotations

from functools import cache
from itertools import permutations, product

from desktop.planning.engine_problem import FAR, EngineProblem

FORBIDDEN = FAR * FAR


def plain_cost(problem: EngineProblem, routes: list[list[int]]) -> int:
    """What the plan costs by the problem's own words. ValueError where a rule is broken."""
    days: dict[int, list[int]] = {node: [] for node in range(1, problem.customers + 1)}
    total = 0
    for index, route in enumerate(routes):
        day = index // problem.vehicles
        total += _route_cost(problem, day, tuple(route))
        for node in route:
            days[node].append(day)
    total += sum(_node_cost(problem, node, tuple(days[node])) for node in days)
    total += _time_cost(problem, {node: days[node][0] for node in days if days[node]})
    if total >= FORBIDDEN:
        raise ValueError("the plan breaks a rule")
    return total


def cheapest_cost(problem: EngineProblem) -> int:
    """The cost of the best plan, by trying every choice of options and every order."""

    @cache
    def best_day(day: int, nodes: frozenset[int], vehicles: int) -> int:
        if not nodes:
            return 0
        if vehicles == 1:
            return min(_route_cost(problem, day, order) for order in permutations(sorted(nodes)))
        members = sorted(nodes)
        return min(
            best_day(day, frozenset(part), 1) + best_day(day, nodes - frozenset(part), vehicles - 1)
            for part in _parts(members)
        )

    cheapest = FORBIDDEN
    choices = [
        [(), *(_days_of(problem, k) for k in _options(problem, node))]
        for node in range(1, problem.customers + 1)
    ]
    for chosen in product(*choices):
        plan = dict(enumerate(chosen, 1))
        total = sum(_node_cost(problem, node, days) for node, days in plan.items())
        total += _time_cost(problem, {node: days[0] for node, days in plan.items() if days})
        for day in range(problem.days):
            if total < cheapest:
                here = frozenset(node for node, days in plan.items() if day in days)
                total += best_day(day, here, problem.vehicles)
        cheapest = min(cheapest, total)
    return cheapest


def _parts(members: list[int]) -> list[list[int]]:
    return [
        [node for k, node in enumerate(members) if number >> k & 1]
        for number in range(1 << len(members))
    ]


def _options(problem: EngineProblem, node: int) -> range:
    return range(problem.option_first[node], problem.option_first[node + 1])


def _days_of(problem: EngineProblem, option: int) -> tuple[int, ...]:
    return tuple(problem.option_day[problem.day_first[option] : problem.day_first[option + 1]])


def _route_cost(problem: EngineProblem, day: int, route: tuple[int, ...]) -> int:
    legs = list(zip((0, *route), (*route, 0), strict=True))
    size = problem.customers + 1
    duration = sum(problem.travel[a * size + b] for a, b in legs)
    duration += sum(problem.service[node] for node in route)
    limit = problem.longest[day]
    load = sum(problem.demand[node] for node in route)
    if load > problem.capacity[day] or (limit and route and duration > limit):
        return FORBIDDEN
    return sum(problem.dist[a * size + b] for a, b in legs)


def _node_cost(problem: EngineProblem, node: int, days: tuple[int, ...]) -> int:
    if not days:
        return problem.drop[node]
    return min(
        (problem.option_price[k] for k in _options(problem, node) if _days_of(problem, k) == days),
        default=FORBIDDEN,
    )


def _time_cost(problem: EngineProblem, day_of: dict[int, int]) -> int:
    """Gaps between neighbours in time, and the levelling of the bins (of one-day nodes)."""
    total = 0
    for node, day in day_of.items():
        earlier = problem.before[node]
        if earlier in day_of:
            gap = problem.ordinal[day] - problem.ordinal[day_of[earlier]]
            price = problem.gap_price[problem.gap_first[node] + gap] if gap > 0 else FAR
            total += FORBIDDEN if price >= FAR else price
    for number, price in enumerate(problem.bin_price):
        load = sum(
            problem.service[node] for node, day in day_of.items() if problem.bin[day] == number
        )
        total += price * load * load >> 16
    return total

"""Plans as lists, outside the search's rows: which options they mean, and what of an older plan still holds."""

from __future__ import annotations

from desktop.planning.engine_problem import FAR, EngineProblem, Plan


def options_in(problem: EngineProblem, plan: Plan) -> list[int]:
    """Per node the cheapest option with exactly the days that the plan visits it on; -1 where there is none."""
    days: list[list[int]] = [[] for _ in range(problem.customers + 1)]
    for route, nodes in enumerate(plan):
        for node in nodes:
            days[node].append(route // problem.vehicles)
    return [-1, *(_option(problem, node, days[node]) for node in range(1, problem.customers + 1))]


def left_out(problem: EngineProblem, plan: Plan) -> tuple[int, ...]:
    """The nodes that are in no route."""
    inside = {node for nodes in plan for node in nodes}
    return tuple(node for node in range(1, problem.customers + 1) if node not in inside)


def still_holding(problem: EngineProblem, plan: Plan) -> Plan:
    """The plan without the nodes whose days, loads, durations or gaps no longer hold. ValueError for a broken plan."""
    routes = problem.days * problem.vehicles
    if len(plan) != routes:
        raise ValueError(f"A plan of {len(plan)} routes does not fit a problem of {routes}.")
    if any(not 1 <= node <= problem.customers for nodes in plan for node in nodes):
        raise ValueError("The plan names a node that the problem does not have.")
    while True:
        options = options_in(problem, plan)
        lost = {node for nodes in plan for node in nodes if options[node] < 0}
        lost |= _overfull(problem, plan)
        lost |= _too_close(problem, options)
        if not lost:
            return plan
        plan = [[node for node in nodes if node not in lost] for nodes in plan]


def _option(problem: EngineProblem, node: int, days: list[int]) -> int:
    found = -1
    days = sorted(days)
    for option in range(problem.option_first[node], problem.option_first[node + 1]):
        own = problem.option_day[problem.day_first[option] : problem.day_first[option + 1]].tolist()
        if own == days and (
            found < 0 or problem.option_price[option] < problem.option_price[found]
        ):
            found = option
    return found


def _overfull(problem: EngineProblem, plan: Plan) -> set[int]:
    """From each route over its limits the node that is cheapest to leave out."""
    lost = set()
    for route, nodes in enumerate(plan):
        day = route // problem.vehicles
        load = sum(problem.demand[node] for node in nodes)
        limit = problem.longest[day]
        over = limit > 0 and _duration(problem, nodes) > limit
        if nodes and (load > problem.capacity[day] or over):
            lost.add(min(nodes, key=lambda node: (problem.drop[node], node)))
    return lost


def _duration(problem: EngineProblem, nodes: list[int]) -> int:
    size = problem.customers + 1
    legs = zip([0, *nodes], [*nodes, 0], strict=True)
    travel = sum(problem.travel[here * size + there] for here, there in legs)
    return travel + sum(problem.service[node] for node in nodes)


def _too_close(problem: EngineProblem, options: list[int]) -> set[int]:
    """The later node of each pair whose gap is forbidden."""
    lost = set()
    for node in range(1, problem.customers + 1):
        earlier = problem.before[node]
        if earlier and options[node] >= 0 and options[earlier] >= 0:
            first = problem.gap_first[node]
            days = [problem.option_day[problem.day_first[options[k]]] for k in (earlier, node)]
            gap = problem.ordinal[days[1]] - problem.ordinal[days[0]]
            if gap <= 0 or (first >= 0 and problem.gap_price[first + min(gap, 366)] >= FAR):
                lost.add(node)
    return lost

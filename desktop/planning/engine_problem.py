"""What the planner's search works on and what it gives back: rows of whole numbers, and the checks at its door.

The search (`engine.py`) knows nothing of households or days off. An adapter writes its problem into these rows; the
caseworker's plan (訪問計画) and the public periodic-routing files are two such adapters over the same search.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass

#: A price nobody pays: what costs this much or more is forbidden. Compiled, prices are 32-bit numbers.
FAR = 1_000_000_000
#: The price table of a pair of visits has one price for each gap of 0 to 366 calendar days.
GAP_DAYS = 367

#: For each route (day by day, and within a day vehicle by vehicle) its nodes in driving order, without the office.
Plan = list[list[int]]
#: Told (iterations done, iterations in all) between two slices of work; answering False stops the search.
Report = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineProblem:
    """What the search works on: integer rows only.

    Nodes are 1..customers, 0 is the office (depot). Days are 0..days - 1; each day has `vehicles` equal routes.
    For the caseworker a node is one visit, a day is one half-day slot and there is one vehicle. In the public
    benchmark a node is a customer with several days in each option.
    """

    customers: int
    days: int
    vehicles: int
    #: (customers + 1)² costs between nodes, row by row.
    dist: array[int]
    #: customers + 1 rows of `customers` nodes, nearest first; row 0 is unused.
    near: array[int]
    #: Per node: load; 0 if unused.
    demand: array[int]
    #: Per node: duration of the visit, counted with travel against `longest`.
    service: array[int]
    #: (customers + 1)² durations between nodes; may be the same object as `dist`.
    travel: array[int]
    #: Per day: greatest load of one route.
    capacity: array[int]
    #: Per day: greatest duration of one route, 0 = no limit.
    longest: array[int]
    #: customers + 2 entries: the options of node i are option_first[i] : option_first[i + 1].
    option_first: array[int]
    #: Per option: its fixed price (away from the due date, a disliked half-day, moved from the baseline, …).
    option_price: array[int]
    #: options + 1 entries: the days of option k are option_day[day_first[k] : day_first[k + 1]], ascending.
    day_first: array[int]
    option_day: array[int]
    #: Per node: price of leaving it out, all its visits together.
    drop: array[int]
    #: Per node: the node of the same household whose visit comes right before, 0 = none (only one-day options).
    before: array[int]
    #: The inverse of `before`.
    after: array[int]
    #: Per node: where the price table of the pair (before[i], i) starts in gap_price, -1 = none.
    gap_first: array[int]
    #: Tables of 367 prices by the gap in calendar days; FAR is forbidden, and so is every gap of 0 or less.
    gap_price: array[int]
    #: Per day: its calendar day as a number.
    ordinal: array[int]
    #: Per day: the bin (month) it belongs to, for the levelling price.
    bin: array[int]
    #: Per bin: p so that levelling costs p · load² >> 16, load = service in the bin; 0 = none.
    bin_price: array[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The best plan that was found: whole cost, routes in driving order, nodes in no route, iterations done."""

    cost: int
    routes: Plan
    left_out: tuple[int, ...]
    iterations: int


def check_problem(problem: EngineProblem) -> None:
    """Raise ValueError with a sentence where the rows do not fit together or sums could pass 32 bits."""
    if problem.customers < 1 or problem.days < 1 or problem.vehicles < 1:
        raise ValueError("A problem needs at least one customer, one day and one vehicle.")
    _check_lengths(problem)
    _check_options(problem)
    _check_pairs(problem)
    _check_sizes(problem)


def _check_lengths(problem: EngineProblem) -> None:
    nodes, days = problem.customers + 1, problem.days
    options = len(problem.option_price)
    wanted = {
        "dist": nodes * nodes,
        "travel": nodes * nodes,
        "near": nodes * problem.customers,
        **dict.fromkeys(("demand", "service", "drop", "before", "after", "gap_first"), nodes),
        **dict.fromkeys(("capacity", "longest", "ordinal", "bin"), days),
        "option_first": nodes + 1,
        "day_first": options + 1,
    }
    for name, length in wanted.items():
        if len(getattr(problem, name)) != length:
            raise ValueError(f"Row {name} has {len(getattr(problem, name))} entries, not {length}.")
    if problem.option_first[nodes] != options or problem.day_first[options] != len(
        problem.option_day
    ):
        raise ValueError("The last entries of option_first and day_first do not close their rows.")
    everybody = set(range(1, nodes))
    for node in everybody:
        start = node * problem.customers
        if set(problem.near[start : start + problem.customers]) != everybody:
            raise ValueError(f"Row {node} of near does not name every node once.")


def _check_options(problem: EngineProblem) -> None:
    for node in range(1, problem.customers + 1):
        if problem.option_first[node] > problem.option_first[node + 1]:
            raise ValueError(f"The options of node {node} run backwards.")
    if _single_days(problem) and _within(problem.option_day, problem.days):
        return
    for option in range(len(problem.option_price)):
        days = problem.option_day[
            problem.day_first[option] : problem.day_first[option + 1]
        ].tolist()
        if not days or days != sorted(set(days)) or days[0] < 0 or days[-1] >= problem.days:
            raise ValueError(f"The days of option {option} are not ascending days of the problem.")


def _within(numbers: array[int], below: int) -> bool:
    return not numbers or (min(numbers) >= 0 and max(numbers) < below)


def _single_days(problem: EngineProblem) -> bool:
    """Whether every option has one day, as all have in a caseworker's problem: there is much less to look at then."""
    return problem.day_first == array("i", range(len(problem.option_price) + 1))


def _check_pairs(problem: EngineProblem) -> None:
    for node in range(1, problem.customers + 1):
        earlier = problem.before[node]
        if not 0 <= earlier <= problem.customers or (earlier and problem.after[earlier] != node):
            raise ValueError(f"before and after of node {node} do not agree.")
        later = problem.after[node]
        if not 0 <= later <= problem.customers or (later and problem.before[later] != node):
            raise ValueError(f"before and after of node {node} do not agree.")
        first = problem.gap_first[node]
        if first >= 0 and first + GAP_DAYS > len(problem.gap_price):
            raise ValueError(f"The price table of the gap before node {node} is not complete.")
        if (earlier or later) and most_days(problem, node) > 1:
            raise ValueError(f"Node {node} has several days and a neighbour in time.")


def _check_sizes(problem: EngineProblem) -> None:
    """No sum of the inner loop may pass 32 bits: compiled, it would turn round without a word."""
    nodes = problem.customers + 1
    service = sum(problem.service)
    highest: dict[str, int] = {}
    for name in (
        "dist",
        "travel",
        "demand",
        "service",
        "option_price",
        "gap_price",
        "drop",
        "longest",
        "bin_price",
    ):
        row = getattr(problem, name)
        highest[name] = max(row, default=0)
        if min(row, default=0) < 0 or highest[name] > FAR:
            raise ValueError(f"Row {name} has entries below 0 or above {FAR}.")
    if max(highest["dist"], highest["travel"]) * (nodes + 1) + service >= FAR:
        raise ValueError(
            "Distances are too great for a route through all nodes; choose a larger unit."
        )
    if sum(problem.demand) >= FAR or max(problem.capacity) > FAR or min(problem.capacity) < 0:
        raise ValueError(f"Loads or capacities pass {FAR}; choose a larger unit.")
    if highest["option_price"] * 2 >= FAR:
        raise ValueError("An option's price is so high that it looks forbidden.")
    _check_bins(problem)


def _check_bins(problem: EngineProblem) -> None:
    bins = len(problem.bin_price)
    if any(not 0 <= number < max(bins, 1) for number in problem.bin):
        raise ValueError("A day belongs to a bin that has no price.")
    nodes = range(1, problem.customers + 1)
    if _single_days(problem):
        whole = sum(problem.service)
    else:
        whole = sum(problem.service[node] * most_days(problem, node) for node in nodes)
    if bins and (max(problem.bin_price) * whole * whole) >> 16 >= FAR // 2:
        raise ValueError("The levelling price of a full bin is so high that it looks forbidden.")


def most_days(problem: EngineProblem, node: int) -> int:
    """The number of days of the node's longest option; 0 where it has none."""
    options = range(problem.option_first[node], problem.option_first[node + 1])
    return max((problem.day_first[k + 1] - problem.day_first[k] for k in options), default=0)

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, annotation_typing=False
"""The rows of numbers that the search works on, and its random numbers. See `engine.py` for the whole.

Every row is an `array` of 32-bit numbers of fixed length: Cython reads and writes it as C would, and nothing is
allocated once the search runs.
"""

from __future__ import annotations

from desktop.planning.engine_problem import EngineProblem, check_problem, most_days
from desktop.planning.engine_tables import ints, ints_of, logarithms

#: Four numbers a node and route: version of the route, cheapest cost, its place, unused (keeps the row aligned).
MEMO = 4


class Rows:
    """The problem, the present plan, the best plan and the undo log, as rows of numbers."""

    def __init__(self, problem: EngineProblem, seed: int) -> None:
        check_problem(problem)
        self._take_over(problem)
        self._make_rows()
        self.log_table = ints_of(logarithms())
        self.seed_words(seed)

    def _take_over(self, problem: EngineProblem) -> None:
        self.customers = problem.customers
        self.nodes = problem.customers + 1
        self.days = problem.days
        self.vehicles = problem.vehicles
        self.routes = problem.days * problem.vehicles
        self.width = problem.customers + 4
        self.dist = ints_of(problem.dist)
        self.travel = ints_of(problem.travel)
        self.own_travel = problem.travel is not problem.dist and problem.travel != problem.dist
        self.near = ints_of(problem.near)
        self.demand = ints_of(problem.demand)
        self.service = ints_of(problem.service)
        self.capacity = ints_of(problem.capacity)
        self.longest = ints_of(problem.longest)
        self.option_first = ints_of(problem.option_first)
        self.option_price = ints_of(problem.option_price)
        self.day_first = ints_of(problem.day_first)
        self.option_day = ints_of(problem.option_day)
        self.drop = ints_of(problem.drop)
        self.before = ints_of(problem.before)
        self.after = ints_of(problem.after)
        self.gap_first = ints_of(problem.gap_first)
        self.gap_price = ints_of(problem.gap_price)
        self.ordinal = ints_of(problem.ordinal)
        self.bin_of = ints_of(problem.bin)
        self.bin_price = ints_of(problem.bin_price)
        self.bins = len(problem.bin_price)
        self.has_gaps = any(problem.before)
        self.has_bins = any(problem.bin_price)
        frequency = [most_days(problem, node) for node in range(1, self.nodes)]
        self.most = max(1, *frequency)
        # The room a node takes: its load in a vehicle, in a half-day the time that it needs alone, ways and all.
        by_load = any(problem.demand)
        self.bulk = ints(self.nodes)
        for node in range(1, self.nodes):
            ways = problem.travel[node] + problem.travel[node * self.nodes]
            room = problem.demand[node] if by_load else problem.service[node] + ways
            self.bulk[node] = room * frequency[node - 1]
        self._find_reach(problem)

    def _find_reach(self, problem: EngineProblem) -> None:
        """For each node, the days that any of its options needs."""
        self.reach_first = ints(self.nodes + 1)
        reach: list[int] = []
        for node in range(1, self.nodes):
            options = range(problem.option_first[node], problem.option_first[node + 1])
            days = {
                problem.option_day[at]
                for option in options
                for at in range(problem.day_first[option], problem.day_first[option + 1])
            }
            self.reach_first[node] = len(reach)
            reach.extend(sorted(days))
        self.reach_first[self.nodes] = len(reach)
        self.reach_day = ints_of(reach)

    def _make_rows(self) -> None:
        places = self.routes * self.width
        self.cost = 0
        self.best_cost = 1 << 60
        self.clock = 1
        self.stamp = 0
        self.visits = 0
        self.used = 0
        self.absent_count = 0
        self.touched = 0
        self.moved = 0
        self.day_of = ints(self.routes)
        for route in range(self.routes):
            self.day_of[route] = route // self.vehicles
        self.sequence = ints(places)
        self.leg = ints(places)
        self.size = ints(self.routes)
        self.load = ints(self.routes)
        self.duration = ints(self.routes)
        self.version = ints(self.routes, 1)
        self.option_of = ints(self.nodes, -1)
        self.route_of = ints(self.nodes * self.most, -1)
        self.bin_load = ints(self.bins)
        self.absent = ints(self.nodes)
        self.memo = ints(self.nodes * self.routes * MEMO)
        self.best_sequence = ints(places)
        self.best_size = ints(self.routes)
        # The undo log: routes and nodes as they were before the step first touched them.
        self.old_route = ints(self.routes)
        self.old_sequence = ints(places)
        self.old_leg = ints(places)
        self.old_size = ints(self.routes)
        self.old_load = ints(self.routes)
        self.old_duration = ints(self.routes)
        self.old_version = ints(self.routes)
        self.route_stamp = ints(self.routes)
        self.old_node = ints(self.nodes)
        self.old_option = ints(self.nodes)
        self.old_route_of = ints(self.nodes * self.most)
        self.node_stamp = ints(self.nodes)
        self.old_absent = ints(self.nodes)
        self.old_bin_load = ints(self.bins)
        self.old_cost = 0
        self.old_absent_count = 0
        self.old_visits = 0
        self.old_used = 0

    # ---- chance ------------------------------------------------------------------------------------------------------

    def seed_words(self, seed: int) -> None:
        """Begin the random numbers anew."""
        self.word_a = 123456789
        self.word_b = 362436069
        self.word_c = 521288629
        self.word_d = 88675123 ^ (seed * 2654435761 & 0xFFFFFFFF)

    def draw(self, below: int) -> int:
        """0..below - 1 by Marsaglia's xorshift128 on 32-bit words."""
        mask = 0xFFFFFFFF  # a typed local: the bare literal would be a Python object
        mixed = self.word_a ^ ((self.word_a << 11) & mask)
        self.word_a = self.word_b
        self.word_b = self.word_c
        self.word_c = self.word_d
        self.word_d = self.word_d ^ (self.word_d >> 19) ^ mixed ^ (mixed >> 8)
        return (self.word_d >> 1) * below >> 31

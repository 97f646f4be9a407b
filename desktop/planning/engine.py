# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, annotation_typing=False
"""The planner's search: one engine for the year, the month, re-planning, and the public benchmark of periodic routing.

*What it does.* From an empty plan every visit is put where it is cheapest; then, many thousand times a second, some
visits are taken out and put back elsewhere, and a dearer plan is kept with a probability that falls like the
temperature of a cooling metal (annealing). With enough iterations there are several such starts; afterwards children
of two good plans: the mother's plan, in which one neighbourhood takes the father's days, cooled again from a tenth of
the temperature.

*Why own code.* No library that can be shipped models this problem: days as options with prices, prices for the time
between two visits to a household, levelled months, visits that may be left out by rank. OR-Tools, PyVRP and CP-SAT
were tried on it: they left visits out or needed minutes; VROOM has no time between visits. It is also the only way to
the same plan on every machine: a budget of iterations instead of a clock, own random numbers, whole numbers.

*Two forms.* `engine_rows`, `engine_state`, `engine_moves` and this file are plain Python and run as they are, for
reading and debugging. Compiled by Cython with the C types of the `.pxd` files beside them (`setup.py`) they run about
a hundred times faster and make the same plan; that form is what is shipped.
"""

from __future__ import annotations

from array import array

from desktop.planning.engine_moves import Moves
from desktop.planning.engine_plans import left_out, options_in, still_holding
from desktop.planning.engine_problem import FAR, EngineProblem, Plan, Report, Result
from desktop.planning.engine_tables import HEATS, Pace, cooling, ints_of, shares

try:
    import cython
except ImportError:
    from desktop.planning import without_cython as cython

#: Whether this is the compiled form.
IS_COMPILED: bool = bool(cython.compiled)
#: Starts: as many as give each at least 2000 iterations a customer from two fifths of all; measured, see `starts_for`.
MOST_STARTS = 12
PER_CUSTOMER = 2000
#: Children for 12 starts; they share the other three fifths.
CHILDREN = 40
#: The best plans kept as parents.
POOL = 6
NOTHING_YET = 1 << 60
#: Temperatures in hundredths of a per cent of the usual change (`heat_unit`): the first of a start on bare distances
#: and on prices (whose valleys are deeper), the first of a child or a re-planning, the last of all.
HOT_WAYS = 3500
HOT_PRICES = 30000
WARM = 350
COLD = 100
#: Changes of routes after which their versions begin anew.
MOST_CHANGES = 1_000_000_000


class Search(Moves):
    """A search on one problem. The same problem, seed and iterations give the same plan."""

    def __init__(self, problem: EngineProblem, seed: int) -> None:
        super().__init__(problem, seed)
        self.problem = problem
        self.seed = seed
        self.pace = Pace()
        self.pool: list[tuple[int, Plan]] = []
        self.report: Report | None = None
        self.done = 0
        self.total = 0
        self.stopped = False
        self.unit = heat_unit(problem)
        self.hot = HOT_PRICES if is_priced(problem) else HOT_WAYS
        self.empty_plan: Plan = [[] for _ in range(self.routes)]

    def solve(
        self, iterations: int, start: Plan | None = None, report: Report | None = None
    ) -> Result:
        """Search for `iterations` steps; from `start` one short cool run, so that little of it moves.

        `report(done, of)` is called between slices of about 30 ms; False stops, and the best so far is returned.
        Raises ValueError where `start` is not a plan of this problem; what of it no longer holds is planned anew.
        """
        if iterations < 1:
            raise ValueError("A search needs at least one iteration.")
        self.seed_words(self.seed)
        self.pool = []
        self.report = report
        self.done = 0
        self.total = iterations
        self.stopped = False
        if start is not None:
            self.restore(still_holding(self.problem, start))
            self.anneal(iterations, WARM)
        else:
            self.explore(iterations)
        cost, routes = self.pool[0]
        return Result(
            cost=cost, routes=routes, left_out=left_out(self.problem, routes), iterations=self.done
        )

    def explore(self, iterations: int) -> None:
        """Independent starts, then children of two good plans; one long start where there is no time for more."""
        starts = starts_for(iterations, self.customers)
        children = CHILDREN * starts // MOST_STARTS if starts > 1 else 0
        for_starts = iterations * 2 // 5 if children else iterations
        for share in shares(for_starts, starts):
            self.restore(self.empty_plan)
            self.anneal(share, self.hot)
        for share in shares(iterations - for_starts, children):
            if not self.stopped:
                self.cross(self.parent(), self.parent())
                self.anneal(share, WARM)

    def parent(self) -> Plan:
        """One of the pool, the better ones more often."""
        return self.pool[min(self.draw(len(self.pool)), self.draw(len(self.pool)))][1]

    def anneal(self, iterations: int, hot: int) -> None:
        """Cool the present plan down from `hot` to COLD in slices, and take the best one met into the pool."""
        if self.stopped:
            return
        heats = ints_of(
            cooling(max(self.unit * hot // 10000, 1), max(self.unit * COLD // 10000, 1))
        )
        done = 0
        while done < iterations and not self.stopped:
            count = self.pace.next_count(iterations - done)
            self.advance(heats, done, count, iterations)
            self.pace.measured(count)
            done += count
            self.done += count
            if self.report is not None and not self.report(self.done, self.total):
                self.stopped = True
        if all(self.best_cost != cost for cost, _ in self.pool):
            self.pool = sorted([*self.pool, (self.best_cost, self.best_plan())])[:POOL]

    def advance(self, heats: array[int], done: int, count: int, total: int) -> None:
        """`count` iterations after the first `done` of `total`, without the interpreter's lock."""
        if self.clock > MOST_CHANGES:
            self.forget()
        steps = HEATS
        view = heats
        with cython.nogil:
            for k in range(done, done + count):
                self.step(view[k * steps // total], k == 0)

    def forget(self) -> None:
        """Begin versions and stamps anew before they pass 32 bits; no decision depends on them."""
        for slot in range(len(self.memo)):
            self.memo[slot] = 0
        for route in range(self.routes):
            self.version[route] = route + 1
            self.route_stamp[route] = 0
            self.ruined[route] = 0
        for node in range(self.nodes):
            self.node_stamp[node] = 0
        self.clock = self.routes + 1
        self.stamp = 0

    def best_plan(self) -> Plan:
        """The best plan since the last restore, as lists."""
        plan = []
        for route in range(self.routes):
            start = route * self.width
            plan.append(
                [self.best_sequence[start + q] for q in range(1, self.best_size[route] + 1)]
            )
        return plan

    def restore(self, plan: Plan) -> None:
        """Rebuild all rows from a plan; who is in no route is absent."""
        self.clear()
        self.begin()
        options = options_in(self.problem, plan)
        for node in range(1, self.nodes):
            if options[node] >= 0:
                self.place(node, options[node])
            else:
                self.leave_out(node)
        for route in range(self.routes):
            day = self.day_of[route]
            for node in plan[route]:
                self.insert(node, self.nth_on(node, day), route, self.size[route] + 1)

    def clear(self) -> None:
        """Empty every route, as if nobody had been asked for."""
        self.cost = 0
        self.best_cost = NOTHING_YET
        self.absent_count = 0
        self.visits = 0
        self.used = 0
        for route in range(self.routes):
            self.size[route] = 0
            self.load[route] = 0
            self.duration[route] = 0
            self.clock += 1
            self.version[route] = self.clock
            for q in range(2):
                self.sequence[route * self.width + q] = 0
                self.leg[route * self.width + q] = 0
        for node in range(self.nodes):
            self.option_of[node] = -1
            self.forced[node] = -1
            for k in range(self.most):
                self.route_of[node * self.most + k] = -1
        for number in range(self.bins):
            self.bin_load[number] = 0

    def cross(self, mother: Plan, father: Plan) -> None:
        """The mother's plan, but in one random neighbourhood the nodes take the father's days."""
        self.restore(mother)
        wished = options_in(self.problem, father)
        centre = 1 + self.draw(self.customers)
        count = self.customers // 5 + self.draw(max(1, self.customers // 3))
        self.begin()
        for q in range(count):
            node = self.near[centre * self.customers + q]
            option = wished[node]
            if option >= 0 and self.option_of[node] >= 0 and self.option_of[node] != option:
                self.remove(node)
                self.leave_out(node)
                self.forced[node] = option


def starts_for(iterations: int, customers: int) -> int:
    """How many independent starts a budget is good for: few iterations a customer want one long cooling."""
    return max(1, min(MOST_STARTS, iterations * 2 // 5 // (PER_CUSTOMER * customers)))


def is_priced(problem: EngineProblem) -> bool:
    """Whether options, gaps or leaving out have prices, or the problem is one of distances alone."""
    return any(problem.option_price) or any(problem.before) or min(problem.drop[1:]) < FAR


def heat_unit(problem: EngineProblem) -> int:
    """The size of a usual change of cost: the mean way from the office, or where all is near the mean price."""
    ways = sum(problem.dist[1 : problem.customers + 1]) // problem.customers
    prices = sum(problem.option_price) // max(1, len(problem.option_price))
    return max(ways, prices if ways == 0 else 0, 1)

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, annotation_typing=False
"""The search's state: who is in which route, what it costs, and how a step is taken back.

One source, two forms: as it stands it is plain Python; with `engine_state.pxd` beside it Cython compiles it, and it
takes the same decisions bit for bit. What keeps that so, here and in `engine_moves.py`: whole numbers only, no clock,
every chance from `draw`, every list a flat row of 32-bit numbers, nothing allocated and no negative index inside a
step. `tests/planning/test_engine_twins.py` compares the two forms.

Words: a *route* serves one day; route r belongs to day r // vehicles. Row r of `sequence` begins and ends with the
office (0); `leg[q]` is the cost from sequence[q - 1] to sequence[q]. An *option* is a choice of days of a node; a
placed node has one, and `route_of[node * most + k]` is its route on the option's k-th day.
"""

from __future__ import annotations

from desktop.planning.engine_rows import Rows

#: What costs this much or more is forbidden (`engine_problem.FAR`, here as a C number).
FAR = 1_000_000_000


class State(Rows):
    """The present plan, its price and the log from which a step is taken back."""

    # ---- prices ------------------------------------------------------------------------------------------------------

    def find_place(self, node: int, route: int, slot: int) -> None:
        """Find the cheapest place of the node in the route and write it into its slot of the memo.

        A route gets a new version with every change, and its old one back with an undo: while the slot's version is
        the route's own the answer holds, and mostly it does.
        """
        best = FAR
        place = 1
        start = route * self.width
        row = node * self.nodes
        slack = 0
        if self.own_travel:
            slack = self.slack_for(node, route)
        coming = self.dist[row]
        for q in range(1, self.size[route] + 2):
            going = self.dist[row + self.sequence[start + q]]
            change = coming + going - self.leg[start + q]
            if change < best and (
                not self.own_travel
                or self.longer(node, self.sequence[start + q - 1], self.sequence[start + q])
                <= slack
            ):
                best = change
                place = q
            coming = going
        self.memo[slot] = self.version[route]
        self.memo[slot + 1] = best
        self.memo[slot + 2] = place

    def slack_for(self, node: int, route: int) -> int:
        """How much travel the route can take up with this node before its day's limit is passed."""
        limit = self.longest[self.day_of[route]]
        if limit == 0:
            return FAR
        return limit - self.duration[route] - self.service[node]

    def longer(self, node: int, previous: int, following: int) -> int:
        """Travel that a detour over the node adds between two nodes."""
        row = previous * self.nodes
        return (
            self.travel[row + node]
            + self.travel[node * self.nodes + following]
            - self.travel[row + following]
        )

    def gap_cost(self, node: int, day: int) -> int:
        """Price of the time between the node on this day and its placed neighbours in time; FAR if forbidden."""
        total = 0
        other = self.before[node]
        if other > 0 and self.option_of[other] >= 0:
            total = self.gap_between(node, self.ordinal[day] - self.ordinal[self.day_now(other)])
        other = self.after[node]
        if other > 0 and self.option_of[other] >= 0:
            total += self.gap_between(other, self.ordinal[self.day_now(other)] - self.ordinal[day])
        return total

    def gap_between(self, later: int, gap: int) -> int:
        """Price of a gap in days before the later one of a pair."""
        if gap <= 0:
            return FAR
        first = self.gap_first[later]
        if first < 0:
            return 0
        return self.gap_price[first + min(gap, 366)]

    def day_now(self, node: int) -> int:
        """The day of a placed node that has one."""
        return self.option_day[self.day_first[self.option_of[node]]]

    def bin_change(self, day: int, service: int) -> int:
        """What the levelling price of the day's bin changes by when its load does."""
        number = self.bin_of[day]
        price = self.bin_price[number]
        load = self.bin_load[number]
        after = load + service
        return (price * after * after >> 16) - (price * load * load >> 16)

    # ---- changes -----------------------------------------------------------------------------------------------------

    def place(self, node: int, option: int) -> None:
        """Give a node an option; `insert` then puts it into a route of each day."""
        self.keep_node(node)
        self.option_of[node] = option
        self.cost += self.option_price[option]
        if self.has_gaps:
            self.cost += self.gap_cost(node, self.day_now(node))

    def remove(self, node: int) -> None:
        """Take a node out of every route it is in."""
        self.keep_node(node)
        option = self.option_of[node]
        for k in range(self.day_first[option + 1] - self.day_first[option]):
            self.take_out(node, k)
        self.cost -= self.option_price[option]
        if self.has_gaps:
            self.cost -= self.gap_cost(node, self.day_now(node))
        self.option_of[node] = -1

    def take_out(self, node: int, nth: int) -> None:
        """Take a node out of its route of its option's nth day; option and price stay."""
        self.keep_node(node)
        route = self.route_of[node * self.most + nth]
        self.keep_route(route)
        at = route * self.width + 1
        last = route * self.width + self.size[route]
        while self.sequence[at] != node:
            at += 1
        previous = self.sequence[at - 1]
        following = self.sequence[at + 1]
        joined = self.dist[previous * self.nodes + following]
        change = joined - self.leg[at] - self.leg[at + 1]
        travel = change
        if self.own_travel:
            travel = -self.longer(node, previous, following)
        for q in range(at, last + 1):
            self.sequence[q] = self.sequence[q + 1]
            self.leg[q] = self.leg[q + 1]
        self.leg[at] = joined
        if self.has_bins:
            self.rebin(self.day_of[route], -self.service[node])
        self.size[route] -= 1
        self.visits -= 1
        if self.size[route] == 0:
            self.used -= 1
        self.changed(route, change, travel - self.service[node], -self.demand[node])
        self.route_of[node * self.most + nth] = -1

    def insert(self, node: int, nth: int, route: int, place: int) -> None:
        """Put a node into a route at a place, for its option's nth day."""
        self.keep_node(node)
        self.keep_route(route)
        at = route * self.width + place
        q = route * self.width + self.size[route] + 1
        previous = self.sequence[at - 1]
        following = self.sequence[at]
        change = -self.leg[at]
        while q >= at:
            self.sequence[q + 1] = self.sequence[q]
            self.leg[q + 1] = self.leg[q]
            q -= 1
        self.sequence[at] = node
        self.leg[at] = self.dist[previous * self.nodes + node]
        self.leg[at + 1] = self.dist[node * self.nodes + following]
        change += self.leg[at] + self.leg[at + 1]
        travel = change
        if self.own_travel:
            travel = self.longer(node, previous, following)
        if self.has_bins:
            self.rebin(self.day_of[route], self.service[node])
        if self.size[route] == 0:
            self.used += 1
        self.size[route] += 1
        self.visits += 1
        self.changed(route, change, travel + self.service[node], self.demand[node])
        self.route_of[node * self.most + nth] = route

    def rebin(self, day: int, service: int) -> None:
        """Move the load of the day's bin and the levelling price with it."""
        self.cost += self.bin_change(day, service)
        self.bin_load[self.bin_of[day]] += service

    def changed(self, route: int, cost: int, duration: int, load: int) -> None:
        """Account for a change of a route."""
        self.cost += cost
        self.duration[route] += duration
        self.load[route] += load
        self.clock += 1
        self.version[route] = self.clock

    def leave_out(self, node: int) -> None:
        """Put a node that is in no route on the list of the absent ones and pay for it."""
        self.absent[self.absent_count] = node
        self.absent_count += 1
        self.cost += self.drop[node]

    # ---- undo --------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a step: from here on everything can be taken back."""
        self.stamp += 1
        self.touched = 0
        self.moved = 0
        self.old_cost = self.cost
        self.old_visits = self.visits
        self.old_used = self.used
        self.old_absent_count = self.absent_count
        for k in range(self.absent_count):
            self.old_absent[k] = self.absent[k]
        if self.has_bins:
            for k in range(self.bins):
                self.old_bin_load[k] = self.bin_load[k]

    def keep_route(self, route: int) -> None:
        """Remember a route as it was before this step first touched it."""
        if self.route_stamp[route] == self.stamp:
            return
        self.route_stamp[route] = self.stamp
        k = self.touched
        self.touched += 1
        self.old_route[k] = route
        self.old_size[k] = self.size[route]
        self.old_load[k] = self.load[route]
        self.old_duration[k] = self.duration[route]
        self.old_version[k] = self.version[route]
        to = k * self.width
        at = route * self.width
        for q in range(self.size[route] + 2):
            self.old_sequence[to + q] = self.sequence[at + q]
            self.old_leg[to + q] = self.leg[at + q]

    def keep_node(self, node: int) -> None:
        """Remember a node's option and routes as they were before this step."""
        if self.node_stamp[node] == self.stamp:
            return
        self.node_stamp[node] = self.stamp
        k = self.moved
        self.moved += 1
        self.old_node[k] = node
        self.old_option[k] = self.option_of[node]
        for q in range(self.most):
            self.old_route_of[k * self.most + q] = self.route_of[node * self.most + q]

    def undo(self) -> None:
        """Take the step back."""
        for k in range(self.touched):
            route = self.old_route[k]
            at = k * self.width
            to = route * self.width
            self.size[route] = self.old_size[k]
            self.load[route] = self.old_load[k]
            self.duration[route] = self.old_duration[k]
            self.version[route] = self.old_version[k]
            for q in range(self.size[route] + 2):
                self.sequence[to + q] = self.old_sequence[at + q]
                self.leg[to + q] = self.old_leg[at + q]
        for k in range(self.moved):
            node = self.old_node[k]
            self.option_of[node] = self.old_option[k]
            for q in range(self.most):
                self.route_of[node * self.most + q] = self.old_route_of[k * self.most + q]
        self.cost = self.old_cost
        self.visits = self.old_visits
        self.used = self.old_used
        self.absent_count = self.old_absent_count
        for k in range(self.absent_count):
            self.absent[k] = self.old_absent[k]
        if self.has_bins:
            for k in range(self.bins):
                self.bin_load[k] = self.old_bin_load[k]

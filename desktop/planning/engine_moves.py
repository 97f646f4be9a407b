# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False, annotation_typing=False
"""The search's moves: take visits out (ruin), put them back elsewhere (recreate), keep the result or take it back.

After Christiaens and Vanden Berghe's "slack induction by string removals", widened here to options of days, prices of
time between visits and nodes that may be left out. See `engine_state.py` for the words and the rules of the source.
"""

from __future__ import annotations

from desktop.planning.engine_problem import EngineProblem
from desktop.planning.engine_state import State
from desktop.planning.engine_tables import ints

FAR = 1_000_000_000
MEMO = 4
#: Chances of 1024: one day alone is routed anew; a day is closed to all who can avoid it; a good place is overlooked;
#: room is made for somebody who was left out; one is put in though leaving it out is cheaper; who is dearest to leave
#: out is put back first.
ONE_DAY = 300
CLOSED_DAY = 60
BLINK = 16
MAKE_ROOM = 256
STUBBORN = 128
DEAREST_FIRST = 256
#: From this price on leaving out is no choice but a failure: while such a node tries again, the dearest always go first.
FIRM = 50_000_000
#: Up to which of 100 the order of putting back is: big first, far first, near first, few options first; then shuffled.
BIG_FIRST = 30
FAR_FIRST = 50
NEAR_FIRST = 60
FEW_FIRST = 75
#: Visits taken out of one route at most, and about as many in one step as four strings of ten.
LONGEST_STRING = 10
RUINED = 40
#: Absent nodes tried in one step at most.
TRIED_AT_ONCE = 12


class Moves(State):
    """One step of the search after the other."""

    def __init__(self, problem: EngineProblem, seed: int) -> None:
        super().__init__(problem, seed)
        self.out_count = 0
        self.called = -1
        self.firm_called = False
        self.out = ints(self.nodes * 2)
        self.key = ints(self.nodes * 2)
        self.string = ints(self.nodes)
        self.forced = ints(self.nodes, -1)
        self.ruined = ints(self.routes)
        self.day_cost = ints(self.days)
        self.day_route = ints(self.days)
        self.day_place = ints(self.days)
        drops = problem.drop[1:].tolist()
        self.graded = min(drops) != max(drops)
        self.reroutes = self.vehicles > 1 or self.most > 1

    def step(self, heat: int, fresh: bool) -> None:
        """One iteration. A fresh one only fills up what a new start left out, and keeps it whatever it costs."""
        day = -1
        self.begin()
        self.out_count = 0
        self.called = -1
        self.firm_called = False
        if not fresh:
            if self.reroutes and self.days > 1 and self.draw(1024) < ONE_DAY:
                day = self.draw(self.days)
            self.ruin(day)
        if day < 0:
            self.call_absent(fresh)
        self.order(fresh)
        if self.recreate(day) and (
            fresh or self.cost < self.old_cost + (heat * self.log_table[self.draw(4096)] >> 16)
        ):
            if self.cost < self.best_cost:
                self.keep_best()
        else:
            self.undo()

    def keep_best(self) -> None:
        """Copy the present plan as the best one."""
        self.best_cost = self.cost
        for route in range(self.routes):
            self.best_size[route] = self.size[route]
            start = route * self.width
            for q in range(start, start + self.size[route] + 2):
                self.best_sequence[q] = self.sequence[q]

    def call_absent(self, everybody: bool) -> None:
        """Let absent nodes try again: all of them, or first the one room was made for and a few drawn at random."""
        count = self.absent_count
        if not everybody and count > TRIED_AT_ONCE:
            count = TRIED_AT_ONCE
        for _ in range(count):
            k = self.called
            if k < 0:
                k = self.draw(self.absent_count)
            self.called = -1
            node = self.absent[k]
            self.absent_count -= 1
            self.absent[k] = self.absent[self.absent_count]
            self.cost -= self.drop[node]
            if self.drop[node] >= FIRM:
                self.firm_called = True
            self.out[self.out_count] = node
            self.out_count += 1

    # ---- ruin --------------------------------------------------------------------------------------------------------

    def ruin(self, day: int) -> None:
        """Take strings of visits out of routes around a random node; each route at most once."""
        most = 1
        if self.used > 0:
            most = min(max(1, self.visits // self.used), LONGEST_STRING)
        left = 1 + self.draw(max(1, RUINED // (1 + most) - 1))
        centre = 1 + self.draw(self.customers)
        if day < 0 and self.absent_count > 0 and self.draw(1024) < MAKE_ROOM:
            self.called = self.pick_absent()
            centre = self.absent[self.called]
            self.make_room(centre)
        for k in range(centre * self.customers, (centre + 1) * self.customers):
            if left == 0:
                break
            node = self.near[k]
            route = self.route_to_ruin(node, day)
            if route < 0:
                continue
            self.ruin_string(node, route, 1 + self.draw(min(self.size[route], most)), day)
            left -= 1

    def pick_absent(self) -> int:
        """Which of the absent ones room is made for: of two drawn, the one that is dearer to leave out."""
        one = self.draw(self.absent_count)
        other = self.draw(self.absent_count)
        if self.drop[self.absent[other]] > self.drop[self.absent[one]]:
            return other
        return one

    def make_room(self, node: int) -> None:
        """Take strings out of routes on the days of one of the node's options, and its neighbours in time that are too near."""
        options = self.option_first[node + 1] - self.option_first[node]
        if options == 0:
            return
        option = self.option_first[node] + self.draw(options)
        if self.has_gaps:
            self.part(node, self.ordinal[self.option_day[self.day_first[option]]])
        for k in range(self.day_first[option], self.day_first[option + 1]):
            route = self.option_day[k] * self.vehicles + self.draw(self.vehicles)
            if self.size[route] > 0 and self.ruined[route] != self.stamp:
                middle = self.sequence[route * self.width + 1 + self.draw(self.size[route])]
                length = 1 + self.draw(min(self.size[route], LONGEST_STRING))
                self.ruin_string(middle, route, length, -1)

    def part(self, node: int, ordinal: int) -> None:
        """Take out the node's placed neighbours in time that forbid it this calendar day."""
        other = self.before[node]
        if (
            other > 0
            and self.option_of[other] >= 0
            and self.gap_between(node, ordinal - self.ordinal[self.day_now(other)]) >= FAR
        ):
            self.take_away(other)
        other = self.after[node]
        if (
            other > 0
            and self.option_of[other] >= 0
            and self.gap_between(other, self.ordinal[self.day_now(other)] - ordinal) >= FAR
        ):
            self.take_away(other)

    def take_away(self, node: int) -> None:
        """Take a node out of all its routes, to be put back in this step."""
        self.remove(node)
        self.out[self.out_count] = node
        self.out_count += 1

    def route_to_ruin(self, node: int, day: int) -> int:
        """A random route of the node not yet ruined, on `day` if one is given; -1 if there is none."""
        found = -1
        seen = 0
        if self.option_of[node] < 0:
            return found
        for k in range(node * self.most, (node + 1) * self.most):
            route = self.route_of[k]
            if (
                route >= 0
                and self.ruined[route] != self.stamp
                and (day < 0 or self.day_of[route] == day)
            ):
                seen += 1
                if self.draw(seen) == 0:
                    found = route
        return found

    def ruin_string(self, node: int, route: int, length: int, day: int) -> None:
        """Take `length` visits in a row, the node's among them, out of the route (of all routes when no day is given)."""
        start = route * self.width
        at = 1
        while self.sequence[start + at] != node:
            at += 1
        low = max(1, at - length + 1)
        high = min(at, self.size[route] - length + 1)
        low += self.draw(high - low + 1)
        for q in range(length):
            self.string[q] = self.sequence[start + low + q]
        for q in range(length):
            node = self.string[q]
            if day < 0:
                self.take_away(node)
            else:
                self.take_out(node, self.nth_of(node, route))
                self.out[self.out_count] = node
                self.out_count += 1
        self.ruined[route] = self.stamp

    def nth_of(self, node: int, route: int) -> int:
        """Which of its option's days takes the node to this route."""
        k = 0
        while self.route_of[node * self.most + k] != route:
            k += 1
        return k

    # ---- recreate ----------------------------------------------------------------------------------------------------

    def order(self, fresh: bool) -> None:
        """Shuffle who is out, then sort by a rule drawn at random; at times who is dearest to leave out goes first."""
        k = self.out_count - 1
        while k > 0:
            other = self.draw(k + 1)
            node = self.out[k]
            self.out[k] = self.out[other]
            self.out[other] = node
            k -= 1
        rule = self.draw(100)
        if rule < FEW_FIRST:
            for k in range(self.out_count):
                self.key[k] = self.key_of(self.out[k], rule)
            self.sort()
        if self.graded and (fresh or self.firm_called or self.draw(1024) < DEAREST_FIRST):
            for k in range(self.out_count):
                self.key[k] = -self.drop[self.out[k]]
            self.sort()

    def key_of(self, node: int, rule: int) -> int:
        """What to sort by: the big first, the far first, the near first, those with few options first."""
        if rule < BIG_FIRST:
            return -self.bulk[node]
        if rule < FAR_FIRST:
            return -self.dist[node]
        if rule < NEAR_FIRST:
            return self.dist[node]
        return self.option_first[node + 1] - self.option_first[node]

    def sort(self) -> None:
        """Sort `out` by `key`, smallest first; equals keep their order."""
        for k in range(1, self.out_count):
            node = self.out[k]
            key = self.key[k]
            q = k
            while q > 0 and self.key[q - 1] > key:
                self.key[q] = self.key[q - 1]
                self.out[q] = self.out[q - 1]
                q -= 1
            self.key[q] = key
            self.out[q] = node

    def recreate(self, day: int) -> bool:
        """Put each one back where it is cheapest; with a day given only there, and False if one does not fit."""
        closed = -1
        if day < 0 and self.draw(1024) < CLOSED_DAY:
            closed = self.draw(self.days)
        for k in range(self.out_count):
            node = self.out[k]
            if day >= 0:
                self.cheapest_route(node, day)
                if self.day_cost[day] >= FAR:
                    return False
                self.insert(node, self.nth_on(node, day), self.day_route[day], self.day_place[day])
                continue
            for q in range(self.reach_first[node], self.reach_first[node + 1]):
                self.cheapest_route(node, self.reach_day[q])
            option = self.cheapest_option(node, closed, self.forced[node])
            if option < 0:
                option = self.cheapest_option(node, -1, -1)
            self.forced[node] = -1
            if option < 0:
                self.leave_out(node)
                continue
            self.place(node, option)
            first = self.day_first[option]
            for q in range(self.day_first[option + 1] - first):
                day_there = self.option_day[first + q]
                self.insert(node, q, self.day_route[day_there], self.day_place[day_there])
        return True

    def nth_on(self, node: int, day: int) -> int:
        """Which of its option's days this day is."""
        first = self.day_first[self.option_of[node]]
        k = 0
        while self.option_day[first + k] != day:
            k += 1
        return k

    def cheapest_option(self, node: int, closed: int, forced: int) -> int:
        """The node's cheapest option, -1 if none is possible or leaving the node out is cheaper.

        Now and then the price of leaving out is overlooked: two nodes may be worth a way that neither is alone.
        """
        chosen = -1
        cheapest = self.drop[node]
        if cheapest < FAR and self.draw(1024) < STUBBORN:
            cheapest = FAR
        for option in range(self.option_first[node], self.option_first[node + 1]):
            if forced >= 0 and option != forced:
                continue
            total = self.cost_of_option(option, closed)
            if total >= cheapest or total >= FAR:
                continue
            if self.has_gaps:
                total += self.gap_cost(node, self.option_day[self.day_first[option]])
            if self.has_bins:
                for k in range(self.day_first[option], self.day_first[option + 1]):
                    total += self.bin_change(self.option_day[k], self.service[node])
            if total < cheapest and total < FAR:
                cheapest = total
                chosen = option
        return chosen

    def cost_of_option(self, option: int, closed: int) -> int:
        """Price and cheapest places of an option, FAR if one of its days is closed or has no place."""
        total = self.option_price[option]
        for k in range(self.day_first[option], self.day_first[option + 1]):
            day = self.option_day[k]
            if day == closed or self.day_cost[day] >= FAR:
                return FAR
            total += self.day_cost[day]
        return total

    def cheapest_route(self, node: int, day: int) -> None:
        """Note the cheapest place on this day, FAR if the node fits into no route; now and then one is overlooked."""
        best = FAR
        empty_seen = False
        room = self.capacity[day] - self.demand[node]
        limit = self.longest[day]
        for route in range(day * self.vehicles, (day + 1) * self.vehicles):
            if self.load[route] > room:
                continue
            if self.size[route] == 0:
                if empty_seen:
                    continue
                empty_seen = True
            slot = (node * self.routes + route) * MEMO
            if self.memo[slot] != self.version[route]:
                self.find_place(node, route, slot)
            cost = self.memo[slot + 1]
            if cost >= best:
                continue
            if (
                limit > 0
                and not self.own_travel
                and self.duration[route] + self.service[node] + cost > limit
            ):
                continue
            if self.draw(1024) >= BLINK:
                best = cost
                self.day_route[day] = route
                self.day_place[day] = self.memo[slot + 2]
        self.day_cost[day] = best

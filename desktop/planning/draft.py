"""A plan that is being worked on: routes per half-day, and what putting a visit somewhere would cost.

The search itself runs in the engine; this is for what comes before and after it: repairs, cost tables, counter-questions. Numbers stand for
visits and slots as in `pricing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop.planning.costs import CostTable, cost_table
from desktop.planning.pricing import FAR, Pricing, level_cost
from desktop.planning.problem import Placement

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Insertion:
    """Where in a route a visit would go, what the way costs more, how many minutes the half-day gets fuller."""

    position: int
    travel: int
    minutes: int


class Draft:
    """Routes of visits per slot, kept together with the minutes used and the load per bin."""

    def __init__(self, pricing: Pricing, routes: Sequence[Sequence[int]] | None = None) -> None:
        self.pricing = pricing
        count = len(pricing.problem.slots)
        self.routes: list[list[int]] = [[] for _ in range(count)]
        self.slot = [NOWHERE] * len(pricing.problem.visits)
        self.used = [0] * count
        self.load = [0] * len(pricing.bin_price)
        self._size, self._way = pricing.problem.travel.size, pricing.way_price
        self._minutes = pricing.way_minutes
        for slot, route in enumerate(routes or ()):
            for visit in route:
                self.add(visit, slot, len(self.routes[slot]))

    def copy(self) -> Draft:
        """Return a draft of its own with the same routes."""
        other = Draft(self.pricing)
        other.take_over(self)
        return other

    def take_over(self, other: Draft) -> None:
        """Become what the other draft of the same problem is."""
        self.routes = [list(route) for route in other.routes]
        self.slot = list(other.slot)
        self.used = list(other.used)
        self.load = list(other.load)

    def insertion(self, visit: int, slot: int) -> Insertion | None:
        """Return the cheapest place in the slot's route at which the visit still fits, or None."""
        room = self.pricing.capacity[slot] - self.used[slot] - self.pricing.minutes[visit]
        if room < 0:
            return None
        places, size = self.pricing.place, self._size
        way, minutes = self._way, self._minutes
        here = places[visit]
        best: Insertion | None = None
        best_price = FAR
        last = 0
        for position, other in enumerate((*self.routes[slot], NOWHERE)):
            there = 0 if other == NOWHERE else places[other]
            coming, going, direct = last * size + here, here * size + there, last * size + there
            price = way[coming] + way[going] - way[direct]
            if price < best_price:
                more = minutes[coming] + minutes[going] - minutes[direct]
                if more <= room:
                    best_price = price
                    best = Insertion(position, price, more + self.pricing.minutes[visit])
            last = there
        return best

    def gaps(self, visit: int, slot: int) -> int:
        """Return the price of the gaps to the household's visits before and after, where those are planned; FAR if forbidden."""
        pricing, price = self.pricing, 0
        ordinal = pricing.ordinal
        before, after = pricing.before[visit], pricing.after[visit]
        if before >= 0 and self.slot[before] >= 0:
            price += pricing.gap(before, visit, ordinal[slot] - ordinal[self.slot[before]])
        if after >= 0 and self.slot[after] >= 0:
            price += pricing.gap(visit, after, ordinal[self.slot[after]] - ordinal[slot])
        return min(price, FAR)

    def twice(self, visit: int, slot: int) -> bool:
        """Whether another visit of the household lies on the same day."""
        pricing = self.pricing
        day, home = pricing.ordinal[slot], pricing.home[visit]
        for near in (slot - 1, slot, slot + 1):
            if 0 <= near < len(self.routes) and pricing.ordinal[near] == day:
                for other in self.routes[near]:
                    if other != visit and pricing.home[other] is home:
                        return True
        return False

    def levelling(self, visit: int, slot: int) -> int:
        """Return what the visit's minutes add to the levelling price of the slot's bin."""
        number = self.pricing.bin[slot]
        price, load = self.pricing.bin_price[number], self.load[number]
        return level_cost(price, load + self.pricing.minutes[visit]) - level_cost(price, load)

    def price(self, visit: int, slot: int, fixed: int) -> tuple[int, Insertion] | None:
        """Return the whole price of putting the visit into a slot open to it, and where; None if it does not go."""
        gaps = self.gaps(visit, slot)
        if gaps >= FAR:
            return None
        insertion = self.insertion(visit, slot)
        if insertion is None or self.twice(visit, slot):
            return None
        return fixed + gaps + insertion.travel + self.levelling(visit, slot), insertion

    def cheapest(self, visit: int, slots: Iterable[int] | None = None) -> tuple[int, int] | None:
        """Return price and slot of the cheapest way to plan the visit (among the slots given), the earliest of equal ones."""
        options = self.pricing.options[visit]
        allowed = None if slots is None else set(slots)
        best: tuple[int, int] | None = None
        for slot, fixed in zip(options.slots, options.prices, strict=True):
            if allowed is not None and slot not in allowed:
                continue
            found = self.price(visit, slot, fixed)
            if found is not None and (best is None or found[0] < best[0]):
                best = found[0], slot
        return best

    def put(self, visit: int, slot: int) -> bool:
        """Plan the visit at the cheapest place of the slot; False if it does not go."""
        found = self.price(visit, slot, 0)
        if found is None:
            return False
        self.add(visit, slot, found[1].position)
        return True

    def add(self, visit: int, slot: int, position: int) -> None:
        """Write the visit into the route, without asking whether it may lie there."""
        self.routes[slot].insert(position, visit)
        self.slot[visit] = slot
        self.load[self.pricing.bin[slot]] += self.pricing.minutes[visit]
        self.used[slot] = self._length(slot)

    def remove(self, visit: int) -> tuple[int, int]:
        """Take the visit out; return its slot and position, so that `add` can put it back."""
        slot = self.slot[visit]
        position = self.routes[slot].index(visit)
        del self.routes[slot][position]
        self.slot[visit] = NOWHERE
        self.load[self.pricing.bin[slot]] -= self.pricing.minutes[visit]
        self.used[slot] = self._length(slot)
        return slot, position

    def table(self, visit: int, slot: int, insertion: Insertion) -> CostTable:
        """Return the cost table of putting the visit, which is not planned now, into the slot."""
        return cost_table(
            self.pricing.terms(visit, slot),
            travel=insertion.travel,
            gaps=self.gaps(visit, slot),
            level=self.levelling(visit, slot),
        )

    def travel_of(self, visit: int, slot: int, position: int) -> int:
        """Return the way that a visit at this position of the route adds (it need not stand there now)."""
        route, places = self.routes[slot], self.pricing.place
        last = places[route[position - 1]] if position else 0
        there = places[route[position]] if position < len(route) else 0
        here, size, way = places[visit], self._size, self._way
        return way[last * size + here] + way[here * size + there] - way[last * size + there]

    def total(self) -> int:
        """Return the whole price of the plan, unplanned visits apart."""
        pricing = self.pricing
        price = sum(map(level_cost, pricing.bin_price, self.load))
        for slot, route in enumerate(self.routes):
            price += self._ways(slot, self._way)
            price += sum(pricing.price(visit, slot) for visit in route)
        for visit, after in enumerate(pricing.after):
            if after >= 0 and self.slot[visit] >= 0 and self.slot[after] >= 0:
                days = pricing.ordinal[self.slot[after]] - pricing.ordinal[self.slot[visit]]
                price += pricing.gap(visit, after, days)
        return price

    def travel_minutes(self) -> int:
        """Return the minutes on the way in all half-days."""
        return sum(self._ways(slot, self._minutes) for slot in range(len(self.routes)))

    def unplanned(self) -> list[int]:
        """Return the visits that lie nowhere, in their order."""
        return [visit for visit, slot in enumerate(self.slot) if slot == NOWHERE]

    def placements(self) -> tuple[Placement, ...]:
        """Return where the visits lie, in order of time and route."""
        problem = self.pricing.problem
        return tuple(
            Placement(visit=problem.visits[visit].code, at=slot.at, order=order)
            for slot, route in zip(problem.slots, self.routes, strict=True)
            for order, visit in enumerate(route, start=1)
        )

    def _length(self, slot: int) -> int:
        minutes = sum(self.pricing.minutes[visit] for visit in self.routes[slot])
        return minutes + self._ways(slot, self._minutes)

    def _ways(self, slot: int, ways: Sequence[int]) -> int:
        route = self.routes[slot]
        if not route:
            return 0
        places = [0, *(self.pricing.place[visit] for visit in route), 0]
        return sum(ways[here * self._size + there] for here, there in pairwise(places))

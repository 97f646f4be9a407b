"""The best plan of a tiny problem by trying everything: every visit in every slot or left out, every order of every route."""

from __future__ import annotations

from itertools import permutations

from desktop.planning.draft import Draft
from desktop.planning.pricing import FAR, Pricing
from desktop.planning.problem import PlanningProblem
from desktop.planning.translating import PINNED_DROP, STATUTORY_FIRST


def drop_prices(problem: PlanningProblem) -> list[int]:
    """What leaving each visit out costs."""
    return [
        PINNED_DROP
        if visit.pin
        else STATUTORY_FIRST + problem.weights.drop_statutory
        if visit.statutory
        else problem.weights.drop_price(visit.points)
        for visit in problem.visits
    ]


def best_cost(problem: PlanningProblem, known: int) -> int:
    """The least price of any plan, left-out visits included; `known` is that of one plan, dearer ones are not followed."""
    return _Everything(problem, known).best


class _Everything:
    def __init__(self, problem: PlanningProblem, known: int) -> None:
        self.pricing = Pricing(problem)
        self.drops = drop_prices(problem)
        self.best = known
        self.slots = [-1] * len(problem.visits)
        self._choose(0, 0)

    def _choose(self, visit: int, least: int) -> None:
        """`least` is what the choices so far cost whatever follows: nothing has a price below 0."""
        if least >= self.best:
            return
        if visit == len(self.slots):
            dropped = sum(
                price for price, slot in zip(self.drops, self.slots, strict=True) if slot < 0
            )
            self.best = min(self.best, dropped + self._cheapest_orders())
            return
        options = self.pricing.options[visit]
        for slot, price in zip(options.slots, options.prices, strict=True):
            self.slots[visit] = slot
            self._choose(visit + 1, least + price)
        self.slots[visit] = -1
        self._choose(visit + 1, least + self.drops[visit])

    def _cheapest_orders(self) -> int:
        """The price of this choice with the best order in every slot; FAR if something is forbidden."""
        loads = [0] * len(self.pricing.capacity)
        for visit, slot in enumerate(self.slots):
            if slot >= 0:
                loads[slot] += self.pricing.minutes[visit]
        if any(load > most for load, most in zip(loads, self.pricing.capacity, strict=True)):
            return FAR
        routes = []
        for slot, minutes in enumerate(self.pricing.capacity):
            members = [visit for visit, chosen in enumerate(self.slots) if chosen == slot]
            orders = []
            for order in permutations(members):
                draft = Draft(self.pricing)
                for visit in order:
                    draft.add(visit, slot, len(draft.routes[slot]))
                if draft.used[slot] <= minutes:
                    ways = sum(
                        draft.pricing.problem.travel.between(a, b)
                        for a, b in zip(
                            [0, *(self.pricing.place[v] for v in order)],
                            [*(self.pricing.place[v] for v in order), 0],
                            strict=True,
                        )
                    )
                    orders.append((ways, order))
            if not orders:
                return FAR
            routes.append(min(orders)[1])
        draft = Draft(self.pricing, routes)
        if any(
            draft.gaps(visit, slot) >= FAR or draft.twice(visit, slot)
            for visit, slot in enumerate(draft.slot)
            if slot >= 0
        ):
            return FAR
        return draft.total()

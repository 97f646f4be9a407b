"""What each visit costs in each half-day that is open to it, apart from the way: the fixed prices of a problem, counted once.

Visits and slots are numbers here (their places in the problem). Prices are integers in hundredths of a minute.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from desktop.planning.halves import HalfDay, WeekHalf, monday_of
from desktop.planning.problem import Household, Levelling, PlanningProblem, Visit
from desktop.planning.reasons import Reason
from desktop.planning.travel import whole_minutes
from desktop.planning.weights import PERCENT, Weights

#: A gap that is forbidden.
FAR = 1_000_000_000
#: The shift of the levelling price: price × load² ÷ 65,536, the engine's own form.
LEVEL_SHIFT = 16
LONGEST_GAP = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The prices of one visit in one half-day that do not depend on the other visits."""

    due: int = 0
    spacing: int = 0
    half_day: int = 0
    points: int = 0
    moved: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.due + self.spacing + self.half_day + self.points + self.moved


@dataclass(slots=True)
class VisitOptions:
    """The slots open to one visit (numbers, ascending), their fixed prices, and how many half-days each hard reason took out."""

    slots: list[int] = field(default_factory=list)
    prices: list[int] = field(default_factory=list)
    closed: Counter[Reason] = field(default_factory=Counter)


def gap_price(weights: Weights, period: int, gap: int) -> int:
    """Return the price of so many days between two spaced visits of one household; FAR if forbidden."""
    if gap < shortest_gap(weights, period):
        return FAR
    return soft_gap_price(weights, period, gap)


def soft_gap_price(weights: Weights, period: int, gap: int) -> int:
    """Return the price of the gap alone, without the shortest one allowed."""
    off = gap - period
    price = weights.spacing * off * off // (period * period)
    share, below = gap * PERCENT, period * weights.bad_below_percent
    bad = share < below or share > period * weights.bad_above_percent
    return min(price + (weights.bad_spacing if bad else 0), FAR - 1)


def shortest_gap(weights: Weights, period: int) -> int:
    """Return the fewest days between two visits of one household: a share of the period, at least one day."""
    return max(1, period * weights.shortest_percent // PERCENT)


class Pricing:
    """The fixed prices of a problem."""

    def __init__(self, problem: PlanningProblem) -> None:
        self.problem = problem
        self.weights = problem.weights
        self.households = {household.number: household for household in problem.households}
        self.home = [self.households[visit.household] for visit in problem.visits]
        self.place = [household.place for household in self.home]
        self.way_minutes = [whole_minutes(price) for price in problem.travel.price]
        self.way_price = [price * self.weights.travel for price in problem.travel.price]
        self.minutes = [visit.minutes for visit in problem.visits]
        self.day = [slot.at.day for slot in problem.slots]
        self.ordinal = [day.toordinal() for day in self.day]
        self.week = [monday_of(day).toordinal() for day in self.day]
        self.capacity = [slot.minutes for slot in problem.slots]
        self.slot_at = {slot.at: number for number, slot in enumerate(problem.slots)}
        self.baseline = {placement.visit: placement for placement in problem.baseline}
        self.before, self.after = self._chains()
        self.bin, self.bin_price = self._levelling()
        self._of_week = [
            WeekHalf(weekday=slot.at.day.weekday(), half=slot.at.half) for slot in problem.slots
        ]
        self._blocked = self._blocked_days()
        self._partners = {partner.code: partner.free for partner in problem.partners}
        self._alone = [
            2 * problem.travel.minutes(0, place) + visit.minutes
            for place, visit in zip(self.place, problem.visits, strict=True)
        ]
        self._half_prices: dict[str, list[int]] = {}
        self._gap_tables: dict[int, list[int]] = {}
        self.options = [self._options(number) for number in range(len(problem.visits))]
        self.firm = [visit.statutory or visit.pin is not None for visit in problem.visits]

    def price(self, visit: int, slot: int) -> int:
        """Return the fixed price of the visit in the slot."""
        return self.terms(visit, slot).total

    def terms(self, number: int, slot: int) -> Terms:
        """Return the fixed price by its terms."""
        visit = self.problem.visits[number]
        weights, ordinal = self.weights, self.ordinal[slot]
        return Terms(
            due=_due_price(weights, visit, ordinal),
            spacing=self._outer_gaps(number, ordinal),
            half_day=self._half_day(self.home[number])[slot] + self._avoided(visit, slot),
            points=_points_price(weights, visit, ordinal),
            moved=self._moved(visit, slot),
        )

    def gap(self, first: int, second: int, days: int) -> int:
        """Return the price of the days between two visits of one household that follow each other; FAR if forbidden."""
        period = self.pair_period(first, second)
        if period == 0:
            return FAR if days <= 0 else 0
        if 0 <= days <= LONGEST_GAP:
            return self.gap_table(period)[days]
        return gap_price(self.weights, period, days)

    def gap_table(self, period: int) -> list[int]:
        """Return the prices of 0 to 366 days between two visits that keep the period; the same list at every call."""
        table = self._gap_tables.get(period)
        if table is None:
            days = range(LONGEST_GAP + 1)
            table = self._gap_tables[period] = [
                gap_price(self.weights, period, gap) for gap in days
            ]
        return table

    def pair_period(self, first: int, second: int) -> int:
        """Return the period that two visits following each other keep; 0 if one of them is not spaced."""
        one, other = self.problem.visits[first], self.problem.visits[second]
        if not one.spaced or not other.spaced:
            return 0
        return min(one.period_days, other.period_days)

    def closing(self, number: int, slot: int) -> Reason | None:
        """Return the first hard reason that closes the slot to the visit whatever else is planned, if there is one."""
        return next(self.closings(number, slot), None)

    def closings(self, number: int, slot: int) -> Iterator[Reason]:
        """Give every hard reason that closes the slot to the visit whatever else is planned."""
        visit, home = self.problem.visits[number], self.home[number]
        at = self.problem.slots[slot].at
        if visit.pin is not None:
            if visit.pin != at:
                yield Reason.PINNED
        else:
            if not visit.earliest <= at.day <= visit.latest:
                yield Reason.WINDOW
            if self._of_week[slot] in home.closed:
                yield Reason.HOUSEHOLD
        if visit.partners and any(at not in self._partners[code] for code in visit.partners):
            yield Reason.PARTNER
        if self._alone[number] > self.capacity[slot]:
            yield Reason.TOO_LONG

    def blocked_between(self, earliest: date, latest: date) -> Counter[Reason]:
        """Count the half-days between two days that working time took out, by reason."""
        return Counter(
            {
                reason: bisect_right(days, latest.toordinal())
                - bisect_left(days, earliest.toordinal())
                for reason, days in self._blocked.items()
            }
        )

    def _blocked_days(self) -> dict[Reason, list[int]]:
        days: dict[Reason, list[int]] = {}
        for blocked in self.problem.blocked:
            days.setdefault(blocked.reason, []).append(blocked.at.day.toordinal())
        for found in days.values():
            found.sort()
        return days

    def _options(self, number: int) -> VisitOptions:
        visit = self.problem.visits[number]
        found = VisitOptions()
        for slot in self._slots_within(visit):
            reason = self.closing(number, slot)
            if reason is None:
                found.slots.append(slot)
                found.prices.append(self.price(number, slot))
            else:
                found.closed[reason] += 1
        return found

    def _slots_within(self, visit: Visit) -> range:
        if visit.pin is not None:
            slot = self.slot_at.get(visit.pin)
            return range(0) if slot is None else range(slot, slot + 1)
        first = bisect_left(self.ordinal, visit.earliest.toordinal())
        return range(first, bisect_right(self.ordinal, visit.latest.toordinal()))

    def _half_day(self, home: Household) -> list[int]:
        """Per slot what the household's habits cost there: disliked half-days, and how often nobody is met."""
        known = self._half_prices.get(home.number)
        if known is None:
            rates = {rate.half: PERCENT - rate.percent for rate in home.hit_rates}
            by_week = {
                half: (self.weights.disliked if half in home.disliked else 0)
                + (self.weights.liked if home.liked and half not in home.liked else 0)
                + self.weights.missed * rates.get(half.half, 0)
                for half in set(self._of_week)
            }
            known = self._half_prices[home.number] = [by_week[half] for half in self._of_week]
        return known

    def _avoided(self, visit: Visit, slot: int) -> int:
        return self.weights.disliked if visit.avoid is self._of_week[slot].half else 0

    def _moved(self, visit: Visit, slot: int) -> int:
        placed = self.baseline.get(visit.code)
        if placed is None or placed.at == self.problem.slots[slot].at:
            return 0
        weights = self.weights
        near = (placed.at.day - self.problem.today).days <= weights.near_days
        price = weights.moved_near if near else weights.moved_far
        if monday_of(placed.at.day).toordinal() == self.week[slot]:
            return price * weights.same_week_percent // PERCENT
        return price

    def _outer_gaps(self, number: int, ordinal: int) -> int:
        """The distance to the last real visit before and the next planned one after this problem, for the outermost visits."""
        visit = self.problem.visits[number]
        if not visit.spaced or not visit.period_days:
            return 0
        price = 0
        for other, beside, sign in (
            (visit.last_visit, self.before[number], 1),
            (visit.next_visit, self.after[number], -1),
        ):
            if other is not None and (beside < 0 or not self.problem.visits[beside].spaced):
                gap = max(0, min(sign * (ordinal - other.toordinal()), LONGEST_GAP))
                price += soft_gap_price(self.weights, visit.period_days, gap)
        return price

    def _chains(self) -> tuple[list[int], list[int]]:
        """Per visit the one before and after it of the same household (-1: none), in order of where they stand or are due."""
        visits = self.problem.visits
        rows: dict[str, list[int]] = {}
        for number, visit in enumerate(visits):
            rows.setdefault(visit.household, []).append(number)
        before, after = [-1] * len(visits), [-1] * len(visits)
        for numbers in rows.values():
            numbers.sort(key=lambda number: (self._stands(visits[number]), visits[number].due))
            for first, second in pairwise(numbers):
                before[second], after[first] = first, second
        return before, after

    def _stands(self, visit: Visit) -> date:
        placed = self.baseline.get(visit.code)
        at: HalfDay | None = visit.pin or (placed.at if placed else None)
        return at.day if at else max(visit.earliest, min(visit.due, visit.latest))

    def _levelling(self) -> tuple[list[int], list[int]]:
        """Per slot its bin (month or week), per bin the price that is multiplied by load² ÷ 65,536."""
        by_month = self.problem.levelling is Levelling.MONTH
        keys = [(day.year, day.month) if by_month else (monday_of(day),) for day in self.day]
        numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        bins = [numbers[key] for key in keys]
        capacity = [0] * len(numbers)
        for slot, number in enumerate(bins):
            capacity[number] += self.capacity[slot]
        most, whole = max(capacity, default=0), sum(self.minutes)
        return bins, [_level_price(self.weights, minutes, most, whole) for minutes in capacity]


def level_cost(price: int, load: int) -> int:
    """Return the levelling price of a bin with so many minutes of visits."""
    return price * load * load >> LEVEL_SHIFT


def _level_price(weights: Weights, capacity: int, fullest: int, whole: int) -> int:
    """The price of a bin; no plan can then cost more than a quarter of FAR in it.

    A bin with less time than the fullest one, as the rest of a month, costs as much less when it is filled: a minute in it costs the same.
    """
    if not capacity or not whole:
        return 0
    most = (FAR // 4 << LEVEL_SHIFT) // (whole * whole)
    return min((weights.level << LEVEL_SHIFT) // (capacity * fullest), most, FAR)


def _due_price(weights: Weights, visit: Visit, ordinal: int) -> int:
    span = visit.period_days or max(1, (visit.latest - visit.earliest).days)
    price = weights.due * abs(ordinal - visit.due.toordinal()) // span
    within = min(
        max(visit.due, visit.earliest), visit.latest
    )  # long overdue counts from the first day that is left
    return price + weights.due_day * abs(ordinal - within.toordinal())


def _points_price(weights: Weights, visit: Visit, ordinal: int) -> int:
    """The price rises with every day of the window, so many points come early."""
    passed = max(0, ordinal - visit.earliest.toordinal())
    span = max(1, (visit.latest - visit.earliest).days)
    return weights.early_per_point * visit.points * passed // span

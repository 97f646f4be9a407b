"""Which household is in which state and district, and which carries a planted problem."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field
from random import Random

from desktop.domain.households import HouseholdState
from desktop.services.training.plants import (
    ACKNOWLEDGED,
    DECLARATION_RULES,
    DESK,
    INQUIRY_RULES,
    POLICY_RULES,
    VISIT_RULES,
    Plant,
)

_MAX_SPECIAL, _LEAST_SPECIAL, _SPECIAL_EVERY = 12, 2, 40
_PER_DISTRICT = 76
FULL_DISTRICT = 80
_OVERFULL = (84, 103, 88, 85, 91)
_REOPENED_EVERY, _CLOSED_EVERY, _APPLYING_EVERY, _SUSPENDED_EVERY = 50, 25, 61, 97
_SHIELDED_EVERY = 83
_MOST_PLANTS, _PLANT_EVERY = 40, 80
UNREAD_LIMIT = 20
#: Of six kinds of unread entries the third is a home visit.
_KINDS_UNREAD, _UNREAD_VISIT = 6, 2
#: Rule → days that a plant reaches back at least, spread, and the days of its near miss.
_REACH = {
    "R02": (15, 25, 14),
    "R03": (1, 20, 0),
    "R04": (8, 22, 7),
    "R05": (10, 200, 90),
    "R12": (31, 30, 30),
}
#: The same for the rules about policies; of P02 days beyond the year, of P03 days until the review.
#: An entry that was returned once is answered for up to five days later, so P04 keeps its distance.
_POLICY_REACH = {
    "P01": (91, 60, 90),
    "P02": (5, 90, 0),
    "P03": (3, 45, 61),
    "P04": (66, 50, 60),
    "P05": (0, 1, 0),
    "P06": (0, 1, 0),
    "P08": (0, 1, 0),
    "P09": (31, 60, 30),
    "P10": (0, 1, 0),
    "P12": (15, 30, 14),
}
_PAPER_REACH = (15, 40, 14)
#: Days since the move; since the letter was approved or drafted; since it was sent.
_TRANSFER_REACH = {"R14": (15, 25, 14), "T01": (8, 12, 3), "T02": (15, 20, 14)}
_COPIES_WITHIN, _COPIES_NEAR = 55, 63


@dataclass(slots=True)
class Allotment:
    """States and districts by household number, and the plants of each."""

    households: int
    special_size: int
    ordinary: int
    district: list[int]
    quotas: list[int]
    plants: dict[int, list[Plant]] = field(default_factory=lambda: defaultdict(list))


def state_of(number: int) -> HouseholdState:
    """The state of the n-th household."""
    if number % _CLOSED_EVERY == 7:
        return HouseholdState.CLOSED
    if number % _APPLYING_EVERY == 5:
        return HouseholdState.APPLYING
    if number % _SUSPENDED_EVERY == 11:
        return HouseholdState.SUSPENDED
    return HouseholdState.RECEIVING


def is_reopened(number: int) -> bool:
    """Whether the n-th household is the second case of the head before it."""
    return number % _REOPENED_EVERY == 8 and state_of(number) is HouseholdState.RECEIVING


def is_shielded(number: int) -> bool:
    """Whether the n-th household is under 支援措置, if nothing is planted in it."""
    return number % _SHIELDED_EVERY == 17


def is_dead(number: int) -> bool:
    """Whether the n-th household was closed because its head died."""
    return number % _REOPENED_EVERY == 32


def allot(households: int, seed: int) -> Allotment:
    """Deal all households to districts. The first ordinary districts are overfull or exactly full, if there are enough."""
    chance = Random(f"{seed}/allotment")
    special = min(max(households // _SPECIAL_EVERY, _LEAST_SPECIAL), _MAX_SPECIAL)
    rest = households - 3 * special
    ordinary = max(1, math.ceil(rest / _PER_DISTRICT))
    quotas = _quotas(rest, ordinary)
    found = Allotment(households, special, ordinary, [0] * households, quotas)
    plain = [n for n in range(households) if _is_plain(n)]
    chance.shuffle(plain)
    for place in range(3 * special):
        found.district[plain[place]] = ordinary + place // special
    reserved = sum(quotas) if len(quotas) < ordinary else 0
    full, free = plain[3 * special : 3 * special + reserved], plain[3 * special + reserved :]
    for index, quota in enumerate(quotas):
        for number in full[:quota]:
            found.district[number] = index
        del full[:quota]
    others = [n for n in range(households) if not _is_plain(n)]
    open_districts = range(len(quotas), ordinary)
    for place, number in enumerate([*free, *others]):
        found.district[number] = open_districts[place % len(open_districts)]
    return found


def _is_plain(number: int) -> bool:
    return state_of(number) is HouseholdState.RECEIVING and not is_reopened(number)


def _quotas(rest: int, ordinary: int) -> list[int]:
    """Sizes of the overfull districts and of one that is exactly full."""
    if ordinary < 3:
        return []
    overfull = max(1, ordinary // 15)
    sizes = [_OVERFULL[n % len(_OVERFULL)] for n in range(overfull)]
    return [*sizes, FULL_DISTRICT] if rest > sum(sizes) + FULL_DISTRICT else []


def _leaves_visits(plant: Plant) -> bool:
    """Whether a plant of another rule has nothing to do with the case's visits."""
    if plant.rule == "O04":
        return plant.variant % _KINDS_UNREAD != _UNREAD_VISIT
    return plant.rule in (POLICY_RULES - {"P01", "P04"}) | DECLARATION_RULES


class Planter:
    """Spreads the plants over receiving households of ordinary districts."""

    def __init__(self, allotment: Allotment, seed: int) -> None:
        self._allotment = allotment
        self._seed, self._chance = seed, Random(f"{seed}/plants")
        count = min(max(allotment.households // _PLANT_EVERY, 2), _MOST_PLANTS)
        self._counts = {False: count, True: max(count // 2, 1)}
        self._free = self._candidates()
        self._used: list[int] = []
        self.unread: dict[int, int] = defaultdict(int)

    def plant(self, settled: frozenset[int]) -> None:
        """Plant all household rules; `settled` are districts whose caseworker has been there for long."""
        for variant, is_near in self._each():
            days = 0 if is_near else 1 + variant * 9 % 60
            self._add(self._take(settled, keep=True), Plant("R01", days, variant, is_near))
        for variant, is_near in self._each():
            number = self._take(settled)
            least, spread, near = _REACH["R12"]
            self._add(
                number,
                Plant("R12", near if is_near else least + variant * 7 % spread, variant, is_near),
            )
        for rule in ("R02", "R03", "R04", "R05"):
            least, spread, near = _REACH[rule]
            for variant, is_near in self._each():
                days = near if is_near else least + variant * 7 % spread
                self._add(self._take(), Plant(rule, days, variant, is_near))
        for variant, is_near in self._each():
            self._copies(variant, is_near=is_near)

    def desks(self) -> None:
        """Give each ordinary district a fresh draft and a returned entry."""
        left = {district: [1, 2] for district in range(self._allotment.ordinary)}
        for number in self._candidates():
            open_ones = left[self._allotment.district[number]]
            if open_ones and not self._allotment.plants.get(number):
                variant = open_ones.pop()
                self._add(number, Plant(DESK, 1 if variant == 1 else 5, variant))

    def policies(self) -> None:
        """Plant the rules about policies, each in a household of its own, where nothing else is planted if possible.

        P01 with an even variant lies in a household that is new; nothing else may be told of it.
        """
        chance, plants = Random(f"{self._seed}/policy-plants"), self._allotment.plants
        numbers = [
            n
            for n in range(self._allotment.households)
            if self._is_candidate(n) and not is_shielded(n)
        ]
        chance.shuffle(numbers)
        numbers.sort(key=lambda n: bool(plants.get(n)))
        for rule, (least, spread, near) in _POLICY_REACH.items():
            for variant, is_near in self._each():
                is_new = rule == "P01" and (is_near or variant % 2 == 0)
                if not numbers or (is_new and plants.get(numbers[0])):
                    continue
                days = near if is_near else least + variant * 7 % spread
                shown = 0 if is_new else variant
                self._add(numbers.pop(0), Plant(rule, days, shown, is_near))

    def declarations(self) -> None:
        """Plant the rules about declarations, each in a settled household of its own, if possible where nothing else is."""
        chance, plants = Random(f"{self._seed}/declaration-plants"), self._allotment.plants
        numbers = [
            n
            for n in range(self._allotment.households)
            if self._is_candidate(n)
            and not is_shielded(n)
            and not any(plant.rule == "P01" for plant in plants.get(n, ()))
        ]
        chance.shuffle(numbers)
        numbers.sort(key=lambda n: bool(plants.get(n)))
        for rule in sorted(DECLARATION_RULES):
            for variant, is_near in self._each():
                if numbers:
                    self._add(numbers.pop(0), Plant(rule, 0, variant, is_near))

    def papers(self) -> dict[int, list[Plant]]:
        """Papers that lie (R10), each in a household of its own; apart from all other plants."""
        chance = Random(f"{self._seed}/paper-plants")
        numbers = [n for n in range(self._allotment.households) if self._is_candidate(n)]
        chance.shuffle(numbers)
        least, spread, near = _PAPER_REACH
        return {
            number: [
                Plant("R10", near if is_near else least + variant * 7 % spread, variant, is_near)
            ]
            for number, (variant, is_near) in zip(numbers, self._each(), strict=False)
        }

    def transfers(self) -> dict[int, list[Plant]]:
        """Households that moved into another office's area (R14, T01, T02), and some whose letter was acknowledged.

        Each in a household that has been there for years, apart from all other plants.
        """
        chance = Random(f"{self._seed}/transfer-plants")
        numbers = [
            n
            for n, plants in sorted(self._allotment.plants.items())
            if self._is_candidate(n) and not any(plant.rule in {"P01", "R12"} for plant in plants)
        ]
        chance.shuffle(numbers)
        wanted = [
            Plant(rule, near if is_near else least + variant * 7 % spread, variant, is_near)
            for rule, (least, spread, near) in _TRANSFER_REACH.items()
            for variant, is_near in self._each()
        ]
        done = [Plant(ACKNOWLEDGED, 9, variant) for variant in range(self._counts[True])]
        return {number: [plant] for number, plant in zip(numbers, [*wanted, *done], strict=False)}

    def inquiries(self) -> dict[int, list[Plant]]:
        """Plant the rules about inquiries, each in a household of its own; apart from all other plants."""
        chance = Random(f"{self._seed}/inquiry-plants")
        numbers = [n for n in range(self._allotment.households) if self._is_candidate(n)]
        chance.shuffle(numbers)
        wanted = [
            Plant(rule, variant * 7 % 30, variant, is_near)
            for variant, is_near in self._each()
            for rule in sorted(INQUIRY_RULES)
        ]
        return {number: [plant] for number, plant in zip(numbers, wanted, strict=False)}

    def visits(self, taken: Container[int]) -> None:
        """Plant the rules about visits, where no other plant tells of an entry or of the beginning of a case."""
        chance, plants = Random(f"{self._seed}/visit-plants"), self._allotment.plants
        numbers = [
            n
            for n in range(self._allotment.households)
            if self._is_candidate(n)
            and n not in taken
            and not is_shielded(n)
            and all(_leaves_visits(plant) for plant in plants.get(n, ()))
        ]
        chance.shuffle(numbers)
        numbers.sort(key=lambda n: bool(plants.get(n)))
        for variant, is_near in self._each():
            for rule in sorted(VISIT_RULES, reverse=True):
                if numbers:
                    self._add(numbers.pop(0), Plant(rule, 0, variant, is_near))

    def unread_in(self, districts: frozenset[int], count: int) -> None:
        """Plant so many more old unread submissions (O04) in a supervisor's districts."""
        numbers = [n for n in self._candidates() if self._allotment.district[n] in districts]
        silent = {
            n
            for n, plants in self._allotment.plants.items()
            if any(p.rule == "R01" for p in plants)
        }
        numbers = [n for n in numbers if n not in silent]
        for place in range(count if numbers else 0):
            number = numbers[place % len(numbers)]
            self._allotment.plants[number].append(Plant("O04", 15 + place % 12, place))

    def _copies(self, variant: int, *, is_near: bool) -> None:
        one = self._take()
        district = self._allotment.district[one]
        other = self._take(frozenset({district}), without=one)
        far = _COPIES_NEAR if is_near else 5 + variant * 3 % 40
        pair = variant * 2 + is_near
        self._add(one, Plant("R06", 4 + variant % (_COPIES_WITHIN - 10), variant, is_near, pair))
        self._add(other, Plant("R06", far, variant, is_near, pair))

    def _each(self) -> list[tuple[int, bool]]:
        return [(n, near) for near in (False, True) for n in range(self._counts[near])]

    def _take(
        self, districts: frozenset[int] | None = None, *, keep: bool = False, without: int = -1
    ) -> int:
        """A household not used yet, or one used before when all are; `keep` takes it out for good."""
        allot = self._allotment.district
        for pool in (self._free, self._used):
            for number in pool:
                if number != without and (districts is None or allot[number] in districts):
                    pool.remove(number)
                    if not keep:
                        self._used.append(number)
                    return number
        return self._take(None, without=without)

    def _add(self, number: int, plant: Plant) -> None:
        self._allotment.plants[number].append(plant)

    def _candidates(self) -> list[int]:
        found = [n for n in range(self._allotment.households) if self._is_candidate(n)]
        self._chance.shuffle(found)
        return found

    def _is_candidate(self, number: int) -> bool:
        allotment = self._allotment
        return _is_plain(number) and allotment.district[number] < allotment.ordinary

"""Checks an exported plan against its problem; shares no code with the planner, it reads the documented JSON alone.

`desktop/planning/README.md` lists what must hold; each finding begins with the number of the rule there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import jpholiday

Row = dict[str, Any]
Key = tuple[str, str]


def check(text: str, *, no_visits_on: Iterable[date] = ()) -> list[str]:
    """Return everything that is wrong with the document; nothing if the plan is legal."""
    return list(_Checker(json.loads(text)).findings(set(no_visits_on)))


def check_office(texts: Iterable[str]) -> list[str]:
    """Return who is booked by two caseworkers for one half-day, or goes along while visiting himself."""
    booked: dict[tuple[str, str, str], set[str]] = {}
    for text in texts:
        document = json.loads(text)
        needs = {
            visit["code"]: visit.get("partners", []) for visit in document["problem"]["visits"]
        }
        own = [document["problem"]["staff"]] if document["problem"].get("staff") else []
        for planned in document["plan"].get("planned", []):
            for partner in [*needs[planned["visit"]], *own]:
                booked.setdefault((partner, *_key(planned["at"])), set()).add(
                    document["problem"]["caseworker"]
                )
    return [
        f"3 booked twice: {what} by {sorted(who)}" for what, who in booked.items() if len(who) > 1
    ]


def days_without_visits(first: date, last: date) -> set[date]:
    """Weekends, holidays, turn of the year, the last two open days up to the 5th, the last open day of each month."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    closed = {day for day in days if day.weekday() > 4 or jpholiday.is_holiday(day)}
    closed |= {
        day for day in days if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    }
    for year, month in {(day.year, day.month) for day in days}:
        working = [d for d in days if (d.year, d.month) == (year, month) and d not in closed]
        closed |= set([day for day in working if day.day < 6][-2:]) | set(working[-1:])
    return closed


def _key(at: Row) -> Key:
    return at["day"], at["half"]


class _Checker:
    def __init__(self, document: Row) -> None:
        problem, self.plan = document["problem"], document["plan"]
        self.homes: dict[str, Row] = {home["number"]: home for home in problem["households"]}
        self.visits: dict[str, Row] = {visit["code"]: visit for visit in problem["visits"]}
        self.minutes = {_key(slot["at"]): slot["minutes"] for slot in problem["slots"]}
        self.blocked = {_key(taken["at"]) for taken in problem.get("blocked", [])}
        self.free = {
            partner["code"]: {_key(at) for at in partner["free"]}
            for partner in problem.get("partners", [])
        }
        self.size: int = problem["travel"]["size"]
        self.ways: list[int] = [(price + 50) // 100 for price in problem["travel"]["price"]]
        self.shortest: int = problem.get("weights", {}).get("shortest_percent", 25)
        self.baseline: dict[str, str] = {
            row["visit"]: row["at"]["day"] for row in problem.get("baseline", [])
        }
        self.planned = self.plan.get("planned", [])
        self.unplanned = self.plan.get("unplanned", [])
        self.at = {planned["visit"]: _key(planned["at"]) for planned in self.planned}
        self.routes: dict[Key, list[str]] = {}
        for planned in sorted(self.planned, key=lambda row: row["order"]):
            self.routes.setdefault(_key(planned["at"]), []).append(planned["visit"])

    def findings(self, no_visits_on: set[date]) -> Iterator[str]:
        yield from self._complete()
        for code, at in self.at.items():
            yield from (f"2 {code} at {at}: {why}" for why in self._wrong_day(code, at))
            if date.fromisoformat(at[0]) in no_visits_on:
                yield f"3 {code} lies on a day without visits: {at}"
        for at, route in self.routes.items():
            if self._length(route) > self.minutes.get(at, 0):
                yield f"4 {at} is too full: {self._length(route)} of {self.minutes.get(at)}"
        yield from self._distances()
        yield from self._statutory_first()
        ways = sum(self._ways(route) for route in self.routes.values())
        if ways != self.plan["travel_minutes"]:
            yield f"4 the ways take {ways} minutes, not {self.plan['travel_minutes']}"

    def _complete(self) -> Iterator[str]:
        named = Counter([row["visit"] for row in [*self.planned, *self.unplanned]])
        for code in {*named, *self.visits}:
            if named[code] != 1 or code not in self.visits:
                yield f"1 {code} stands {named[code]} times in the plan"
        for at, route in self.routes.items():
            orders = [row["order"] for row in self.planned if _key(row["at"]) == at]
            if sorted(orders) != list(range(1, len(route) + 1)):
                yield f"1 the order of {at} is not 1 to {len(route)}"

    def _wrong_day(self, code: str, at: Key) -> Iterator[str]:
        """What speaks against the visit in the half-day, other visits apart."""
        visit = self.visits[code]
        pin = visit.get("appointment") or visit.get("locked")
        if at not in self.minutes:
            yield "not a half-day of the caseworker"
        if at in self.blocked:
            yield "a half-day taken out of the working time"
        if pin:
            if _key(pin) != at:
                yield f"pinned to {_key(pin)}"
        else:
            if not visit["earliest"] <= at[0] <= visit["latest"]:
                yield f"outside {visit['earliest']} to {visit['latest']}"
            of_week = {"weekday": date.fromisoformat(at[0]).weekday(), "half": at[1]}
            if of_week in self.homes[visit["household"]].get("closed", []):
                yield "impossible for the household"
        yield from (
            f"{partner} is not free"
            for partner in visit.get("partners", [])
            if at not in self.free[partner]
        )

    def _place(self, code: str) -> int:
        return int(self.homes[self.visits[code]["household"]]["place"])

    def _ways(self, route: list[str]) -> int:
        places = [0, *map(self._place, route), 0]
        return sum(self.ways[a * self.size + b] for a, b in pairwise(places)) if route else 0

    def _length(self, route: list[str]) -> int:
        talks: int = sum(self.visits[code]["minutes"] for code in route)
        return self._ways(route) + talks

    def _chains(self) -> dict[str, list[str]]:
        """Per household its visits in order of pin, baseline or due date."""
        chains: dict[str, list[str]] = {}
        for code, visit in self.visits.items():
            chains.setdefault(visit["household"], []).append(code)
        for codes in chains.values():
            codes.sort(key=lambda code: (self._stands(code), self.visits[code]["due"]))
        return chains

    def _stands(self, code: str) -> str:
        visit = self.visits[code]
        pin = visit.get("appointment") or visit.get("locked")
        if pin:
            return str(pin["day"])
        within: str = max(visit["earliest"], min(visit["due"], visit["latest"]))
        return self.baseline.get(code, within)

    def _distances(self) -> Iterator[str]:
        for number, codes in self._chains().items():
            days = Counter(self.at[code][0] for code in codes if code in self.at)
            yield from (f"5 {number} twice on {day}" for day, count in days.items() if count > 1)
            for first, second in pairwise(codes):
                if first in self.at and second in self.at:
                    gap = self._gap(self.at[first][0], self.at[second][0])
                    if gap < self._least(first, second):
                        yield f"5 {first} and {second} are {gap} days apart"

    def _gap(self, first: str, second: str) -> int:
        return (date.fromisoformat(second) - date.fromisoformat(first)).days

    def _least(self, first: str, second: str) -> int:
        pair = self.visits[first], self.visits[second]
        if not all(visit.get("spaced") for visit in pair):
            return 1
        period: int = min(visit["period_days"] for visit in pair)
        return max(1, period * self.shortest // 100)

    def _statutory_first(self) -> Iterator[str]:
        chains = self._chains()
        for row in self.unplanned:
            visit = self.visits[row["visit"]]
            if not visit.get("statutory"):
                continue
            for at in self.minutes:
                if self._optional_in(at) and self._could_go(
                    row["visit"], at, chains[visit["household"]]
                ):
                    yield f"6 {row['visit']} is unplanned and could have {at} without optional visits"

    def _optional(self, code: str) -> bool:
        visit = self.visits[code]
        return not (visit.get("statutory") or visit.get("appointment") or visit.get("locked"))

    def _optional_in(self, at: Key) -> bool:
        return any(self._optional(code) for code in self.routes.get(at, []))

    def _could_go(self, code: str, at: Key, chain: list[str]) -> bool:
        if any(self._wrong_day(code, at)):
            return False
        staying = {other: at for other, at in self.at.items() if not self._optional(other)}
        place = chain.index(code)
        for other in chain:
            if other not in staying or other == code:
                continue
            if staying[other][0] == at[0]:
                return False
            before = chain.index(other) < place
            if abs(chain.index(other) - place) == 1:
                gap = self._gap(staying[other][0], at[0]) * (1 if before else -1)
                if gap < self._least(other, code):
                    return False
        route = [other for other in self.routes.get(at, []) if other in staying]
        return any(
            self._length([*route[:n], code, *route[n:]]) <= self.minutes[at]
            for n in range(len(route) + 1)
        )

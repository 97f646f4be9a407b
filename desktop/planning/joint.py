"""The whole office: caseworkers are planned group by group, each group round what is booked, then its double bookings are repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from desktop.planning.bookings import Booking, Clash, bookings_of, clashes, promised
from desktop.planning.budget import Effort
from desktop.planning.halves import HalfDay
from desktop.planning.planner import Sketch, sketch, sketch_from_baseline
from desktop.planning.plans import PlannedPeriod
from desktop.planning.problem import Blocked, Placement, PlanningProblem
from desktop.planning.reasons import Reason

#: Caseworkers that are planned without knowing of each other, side by side on as many cores as there are. The greater the
#: group, the more double bookings; a constant, so that the plans do not depend on the machine.
GROUP = 30

#: Finds plans for many problems, in the same order; any way of doing them side by side will do.
SketchAll = Callable[[Sequence[PlanningProblem]], Sequence[Sketch]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePlan:
    """The plans of all caseworkers in the order of the problems; `repaired` clashes were found and solved, none are left."""

    problems: tuple[PlanningProblem, ...]
    plans: tuple[PlannedPeriod, ...]
    repaired: tuple[Clash, ...]

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Double bookings; the checker's word, not the planner's: there must be none."""
        return clashes(
            (problem.caseworker, bookings_of(problem, period.baseline()))
            for problem, period in zip(self.problems, self.plans, strict=True)
        )


def plan_office(
    problems: Sequence[PlanningProblem],
    *,
    sketch_all: SketchAll | None = None,
    repair_iterations: int | None = None,
) -> OfficePlan:
    """Plan everybody so that no partner is booked twice. Caseworkers' codes must differ (ValueError)."""
    if len({problem.caseworker for problem in problems}) < len(problems):
        raise ValueError("two problems belong to the same caseworker")
    sketched = sketch_all or in_threads()
    changed = list(problems)
    plans: list[PlannedPeriod] = []
    repaired: list[Clash] = []
    booked = _Booked(problems)
    for start in range(0, len(changed), GROUP):
        numbers = range(start, min(start + GROUP, len(changed)))
        for number in numbers:
            changed[number] = _before_planning(changed[number], booked, number)
        found = dict(zip(numbers, sketched([changed[number] for number in numbers]), strict=True))
        for number in numbers:
            booked.note(number, found[number].draft.placements())
        while double := booked.clashes():
            repaired += double
            for number in _losers(changed, booked, double, numbers):
                changed[number] = _before_repair(changed[number], found[number], booked, number)
                found[number] = sketch_from_baseline(changed[number], iterations=repair_iterations)
                booked.note(number, found[number].draft.placements())
        plans += [found[number].told() for number in numbers]
    return OfficePlan(problems=tuple(changed), plans=tuple(plans), repaired=tuple(repaired))


def in_threads(
    workers: int = 2, effort: Effort = Effort.OFFICE, iterations: int | None = None
) -> SketchAll:
    """Return a way to plan problems side by side in threads: the compiled engine lets go of the interpreter while it searches."""

    def sketch_all(problems: Sequence[PlanningProblem]) -> list[Sketch]:
        with ThreadPoolExecutor(max_workers=workers) as pool:
            return list(
                pool.map(
                    lambda problem: sketch(problem, effort=effort, iterations=iterations), problems
                )
            )

    return sketch_all


class _Booked:
    """Who has booked whom for when: what is planned, and what is promised (fixed half-days) by those whose turn has not come."""

    def __init__(self, problems: Sequence[PlanningProblem]) -> None:
        self._problems = problems
        self.promised = [promised(problem) for problem in problems]
        self.tables = list(self.promised)
        self._planned: set[int] = set()
        self._fresh: set[int] = set()
        self._holders: dict[str, dict[HalfDay, set[int]]] = {}
        for number, table in enumerate(self.tables):
            self._hold(number, table)

    def note(self, number: int, placements: Iterable[Placement]) -> None:
        """A caseworker's plan was made."""
        for booking in self.tables[number]:
            self._holders[booking.partner][booking.at].discard(number)
        self.tables[number] = bookings_of(self._problems[number], placements)
        self._hold(number, self.tables[number])
        self._planned.add(number)
        self._fresh.add(number)

    def taken(self, partner: str, number: int) -> frozenset[HalfDay]:
        """The half-days for which somebody else has booked the partner."""
        holders = self._holders.get(partner, {})
        return frozenset(at for at, numbers in holders.items() if numbers - {number})

    def clashes(self) -> tuple[Clash, ...]:
        """The double bookings of plans that were noted since the last question."""
        double: dict[Booking, set[int]] = {}
        for number in self._fresh:
            for booking in self.tables[number]:
                holders = self._holders[booking.partner][booking.at] & self._planned
                if len(holders) > 1:
                    double[booking] = holders
        self._fresh.clear()
        return tuple(
            Clash(
                booking=booking,
                caseworkers=tuple(sorted(self._problems[holder].caseworker for holder in holders)),
            )
            for booking, holders in sorted(double.items())
        )

    def _hold(self, number: int, table: Iterable[Booking]) -> None:
        for booking in table:
            at = self._holders.setdefault(booking.partner, {})
            at.setdefault(booking.at, set()).add(number)


def _losers(
    problems: Sequence[PlanningProblem], booked: _Booked, found: Iterable[Clash], group: range
) -> list[int]:
    """Per clash one caseworker keeps the partner: pinned before statutory before the partner's own visits before fewest other half-days.

    The others plan again. Who was planned in a group before keeps it all the same: both have promised the half-day then.
    """
    numbers = {problem.caseworker: number for number, problem in enumerate(problems)}
    losers: set[int] = set()
    for clash in found:
        ranked = sorted(
            (numbers[name] for name in clash.caseworkers),
            key=lambda number: (
                number in group,
                _claim(problems[number], booked.tables[number], clash.booking),
            ),
        )
        losers.update(ranked[1:])
    return sorted(losers)


def _claim(
    problem: PlanningProblem, booked: dict[Booking, list[str]], booking: Booking
) -> tuple[bool, bool, bool, int, str]:
    visits = [visit for visit in problem.visits if visit.code in booked[booking]]
    days = min((visit.latest - visit.earliest).days for visit in visits)
    return (
        all(visit.pin is None for visit in visits),
        not any(visit.statutory for visit in visits),
        booking.partner != problem.staff,
        days,
        problem.caseworker,
    )


def _before_planning(own: PlanningProblem, booked: _Booked, number: int) -> PlanningProblem:
    """The problem round what the groups before have booked; its own promises stand and are left to the claims."""
    return _without_taken(own, booked, number, kept=frozenset(booked.promised[number]))


def _before_repair(
    own: PlanningProblem, found: Sketch, booked: _Booked, number: int
) -> PlanningProblem:
    """The loser's problem: nothing that somebody else has booked, and a plan to stay near to."""
    left = _without_taken(own, booked, number, kept=frozenset())
    return replace(left, baseline=found.draft.placements())


def _without_taken(
    own: PlanningProblem, booked: _Booked, number: int, kept: frozenset[Booking]
) -> PlanningProblem:
    """Partners who are needed are free only where nobody else has booked them; half-days in which one goes along oneself are gone."""

    def taken(partner: str) -> frozenset[HalfDay]:
        own_promises = {booking.at for booking in kept if booking.partner == partner}
        return booked.taken(partner, number) - own_promises

    wanted = {code for visit in own.visits for code in visit.partners}
    partners = tuple(
        replace(partner, free=partner.free - taken(partner.code))
        if partner.code in wanted
        else partner
        for partner in own.partners
    )
    gone = taken(own.staff) if own.staff else frozenset()
    blocked = [Blocked(at=slot.at, reason=Reason.BOOKED) for slot in own.slots if slot.at in gone]
    return replace(
        own,
        partners=partners,
        slots=tuple(slot for slot in own.slots if slot.at not in gone),
        blocked=tuple(sorted((*own.blocked, *blocked), key=lambda taken: taken.at)),
    )

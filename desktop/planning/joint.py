"""The whole office: caseworkers are planned one by one (side by side on several cores), then double bookings are repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from desktop.planning.bookings import Booking, Clash, bookings_of, clashes
from desktop.planning.budget import Effort
from desktop.planning.halves import HalfDay
from desktop.planning.planner import plan, plan_from_baseline
from desktop.planning.plans import PlannedPeriod
from desktop.planning.problem import Blocked, PlanningProblem
from desktop.planning.reasons import Reason

#: Plans many problems, in the same order; any way of doing them side by side will do.
PlanAll = Callable[[Sequence[PlanningProblem]], Sequence[PlannedPeriod]]


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
            (problem.caseworker, bookings_of(problem, period))
            for problem, period in zip(self.problems, self.plans, strict=True)
        )


def plan_office(
    problems: Sequence[PlanningProblem],
    *,
    plan_all: PlanAll | None = None,
    repair_iterations: int | None = None,
) -> OfficePlan:
    """Plan everybody and repair until no partner is booked twice. Caseworkers' codes must differ (ValueError)."""
    if len({problem.caseworker for problem in problems}) < len(problems):
        raise ValueError("two problems belong to the same caseworker")
    plans = list((plan_all or in_threads())(problems))
    changed = list(problems)
    repaired: list[Clash] = []
    booked = _Booked(changed, plans)
    while found := booked.clashes():
        repaired += found
        for number in _losers(changed, booked, found):
            changed[number] = _without_taken(changed[number], plans[number], booked, number)
            plans[number] = plan_from_baseline(changed[number], iterations=repair_iterations)
            booked.note(number, changed[number], plans[number])
    return OfficePlan(problems=tuple(changed), plans=tuple(plans), repaired=tuple(repaired))


def in_threads(
    workers: int = 2, effort: Effort = Effort.OFFICE, iterations: int | None = None
) -> PlanAll:
    """Return a way to plan problems side by side in threads: the compiled engine lets go of the interpreter while it searches."""

    def plan_all(problems: Sequence[PlanningProblem]) -> list[PlannedPeriod]:
        with ThreadPoolExecutor(max_workers=workers) as pool:
            return list(
                pool.map(
                    lambda problem: plan(problem, effort=effort, iterations=iterations), problems
                )
            )

    return plan_all


class _Booked:
    """Who has booked whom for when; kept up while plans are made anew, so that a repair in a city does not read every plan again."""

    def __init__(self, problems: Sequence[PlanningProblem], plans: Sequence[PlannedPeriod]) -> None:
        self._names = [problem.caseworker for problem in problems]
        self.tables = [bookings_of(one, made) for one, made in zip(problems, plans, strict=True)]
        self._holders: dict[str, dict[HalfDay, set[int]]] = {}
        for number, table in enumerate(self.tables):
            self._hold(number, table)

    def note(self, number: int, problem: PlanningProblem, period: PlannedPeriod) -> None:
        """A caseworker's plan was made anew."""
        for booking in self.tables[number]:
            self._holders[booking.partner][booking.at].discard(number)
        self.tables[number] = bookings_of(problem, period)
        self._hold(number, self.tables[number])

    def taken(self, partner: str, number: int) -> frozenset[HalfDay]:
        """The half-days for which somebody else has booked the partner."""
        holders = self._holders.get(partner, {})
        return frozenset(at for at, numbers in holders.items() if numbers - {number})

    def clashes(self) -> tuple[Clash, ...]:
        """The double bookings."""
        return clashes(zip(self._names, self.tables, strict=True))

    def _hold(self, number: int, table: Iterable[Booking]) -> None:
        for booking in table:
            at = self._holders.setdefault(booking.partner, {})
            at.setdefault(booking.at, set()).add(number)


def _losers(
    problems: Sequence[PlanningProblem], booked: _Booked, found: Iterable[Clash]
) -> list[int]:
    """Per clash one caseworker keeps the partner: pinned before statutory before the partner's own visits before fewest other half-days.

    The others plan again.
    """
    numbers = {problem.caseworker: number for number, problem in enumerate(problems)}
    losers: set[int] = set()
    for clash in found:
        ranked = sorted(
            (numbers[name] for name in clash.caseworkers),
            key=lambda number: _claim(problems[number], booked.tables[number], clash.booking),
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


def _without_taken(
    own: PlanningProblem, period: PlannedPeriod, booked: _Booked, number: int
) -> PlanningProblem:
    """The loser's problem: partners are free only where nobody else has booked them, half-days gone in which he goes along himself."""
    partners = tuple(
        replace(partner, free=frozenset(partner.free) - booked.taken(partner.code, number))
        for partner in own.partners
    )
    gone = booked.taken(own.staff, number) if own.staff else frozenset()
    blocked = [Blocked(at=s.at, reason=Reason.BOOKED) for s in own.slots if s.at in gone]
    return replace(
        own,
        partners=partners,
        slots=tuple(slot for slot in own.slots if slot.at not in gone),
        blocked=tuple(sorted((*own.blocked, *blocked), key=lambda taken: taken.at)),
        baseline=period.baseline(),
    )

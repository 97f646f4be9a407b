"""The whole office: caseworkers are planned one by one (side by side on several cores), then double bookings are repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from desktop.planning.bookings import Booking, Clash, bookings_of, clashes
from desktop.planning.budget import Effort
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
    while found := OfficePlan(problems=tuple(changed), plans=tuple(plans), repaired=()).clashes:
        repaired += found
        for number in _losers(changed, plans, found):
            changed[number] = _without_taken(changed, plans, number)
            plans[number] = plan_from_baseline(changed[number], iterations=repair_iterations)
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


def _losers(
    problems: Sequence[PlanningProblem], plans: Sequence[PlannedPeriod], found: Iterable[Clash]
) -> list[int]:
    """Per clash one caseworker keeps the partner: pinned before statutory before the partner's own visits before fewest other half-days.

    The others plan again.
    """
    numbers = {problem.caseworker: number for number, problem in enumerate(problems)}
    tables = [bookings_of(problem, period) for problem, period in zip(problems, plans, strict=True)]
    losers: set[int] = set()
    for clash in found:
        ranked = sorted(
            (numbers[name] for name in clash.caseworkers),
            key=lambda number: _claim(problems[number], tables[number], clash.booking),
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
    problems: Sequence[PlanningProblem], plans: Sequence[PlannedPeriod], number: int
) -> PlanningProblem:
    """The loser's problem: partners are free only where nobody else has booked them, half-days gone in which he goes along himself."""
    taken: set[Booking] = set()
    for other, (problem, period) in enumerate(zip(problems, plans, strict=True)):
        if other != number:
            taken.update(bookings_of(problem, period))
    own = problems[number]
    partners = tuple(
        replace(
            partner,
            free=frozenset(
                at for at in partner.free if Booking(partner=partner.code, at=at) not in taken
            ),
        )
        for partner in own.partners
    )
    gone = {booking.at for booking in taken if own.staff and booking.partner == own.staff}
    booked = [Blocked(at=s.at, reason=Reason.BOOKED) for s in own.slots if s.at in gone]
    return replace(
        own,
        partners=partners,
        slots=tuple(slot for slot in own.slots if slot.at not in gone),
        blocked=tuple(sorted((*own.blocked, *booked), key=lambda taken: taken.at)),
        baseline=plans[number].baseline(),
    )

"""The caseworker's planner against its gates: month, year, office, re-planning; every plan goes through the independent checker.

Run: python -m tests.benchmarks.bench_planner [--only month,year,over,office,replan,city] [--caseworkers 30] [--threads 2]. Beside
each short search stands a long one of the same problem (the quality it gives away), beside each time its gate. Seconds are seconds
of work of this process, which other programs on the machine hardly change; the office also shows the clock. Needs the compiled engine
(`bootstrap.py` builds it); interpreted it says so and stops.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from statistics import mean

from desktop.planning.budget import Effort, iterations_for
from desktop.planning.engine import IS_COMPILED
from desktop.planning.events import Absent, Event, LostHalfDays, Urgent
from desktop.planning.exchange import to_json
from desktop.planning.joint import in_threads, plan_office
from desktop.planning.monthly import month_problem
from desktop.planning.planner import plan
from desktop.planning.plans import Cause, PlannedPeriod
from desktop.planning.problem import Basis, PlanningProblem
from desktop.planning.replanning import Replanned, replan
from tests.planning.exhaustive import drop_prices
from tests.planning.visit_checker import check, check_office, days_without_visits
from tests.support.planning_problems import Setting, make_problem, office_problems

YEARS = (Setting(seed=0), Setting(seed=1, rural=True), Setting(seed=2, rural=True, households=105))
LONG_YEAR_SECONDS, LONG_MONTH_SECONDS = 20, 1
MONTH_GATE, YEAR_GATE, OFFICE_GATE, REPLAN_GATE = 0.1, 1.0, 30.0, 0.3
EVENTS = 20


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="month,year,over,office,replan")
    parser.add_argument("--caseworkers", type=int, default=30)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    if not IS_COMPILED:
        print(
            "the engine is not compiled here: run bootstrap.py first (interpreted it is 130 times slower)"
        )
        return
    parts: dict[str, Callable[[], None]] = {
        "year": _years,
        "month": _months,
        "over": _over_capacity,
        "replan": _replans,
        "office": lambda: _office(asked.caseworkers, asked.threads, Effort.OFFICE),
        "city": lambda: _office(asked.caseworkers, asked.threads, Effort.CITY),
    }
    for name, part in parts.items():
        if name in asked.only.split(","):
            part()


def _timed(
    problem: PlanningProblem, effort: Effort = Effort.YEAR, iterations: int | None = None
) -> tuple[float, PlannedPeriod]:
    started = time.process_time()
    made = plan(problem, effort=effort, iterations=iterations)
    return time.process_time() - started, made


def _iterations(problem: PlanningProblem, seconds: int) -> int:
    """The nominal iterations of so many seconds."""
    year = iterations_for(Effort.YEAR, len(problem.visits))
    return year * seconds * 1000 // Effort.YEAR.value


def _whole_cost(problem: PlanningProblem, made: PlannedPeriod) -> int:
    """Visits without any half-day cost every plan the same: they are left away."""
    left = {missed.visit for missed in made.unplanned if missed.cause is not Cause.NO_SLOT}
    return made.cost + sum(
        price
        for visit, price in zip(problem.visits, drop_prices(problem), strict=True)
        if visit.code in left
    )


def _checked(problem: PlanningProblem, made: PlannedPeriod) -> int:
    closed = days_without_visits(problem.first, problem.last)
    findings = check(to_json(problem, made), no_visits_on=closed)
    for finding in findings[:5]:
        print("   FOUND:", finding)
    return len(findings)


def _statutory(made: PlannedPeriod) -> int:
    return sum(missed.statutory for missed in made.unplanned)


def _without(made: PlannedPeriod) -> int:
    return sum(missed.cause is Cause.NO_SLOT for missed in made.unplanned)


def _years() -> None:
    above = []
    for setting in YEARS:
        problem = make_problem(setting)
        seconds, made = _timed(problem)
        long = _iterations(problem, LONG_YEAR_SECONDS)
        long_seconds, best = _timed(problem, iterations=long)
        ratio = _whole_cost(problem, made) / _whole_cost(problem, best) - 1
        above.append(ratio)
        print(
            f"year seed {setting.seed}: {len(problem.visits)} visits, {len(problem.slots)} half-days | "
            f"{seconds:.2f} s (gate {YEAR_GATE}), {made.iterations / seconds / 1000:.0f}k iterations/s | "
            f"cost {ratio:+.1%} over a run of {long_seconds:.0f} s | travel {made.travel_minutes} min | "
            f"unplanned {len(made.unplanned)} ({_statutory(made)} statutory, {_without(made)} without any half-day), long run {len(best.unplanned)} | "
            f"illegal {_checked(problem, made)}",
            flush=True,
        )
    print(f"year: mean {mean(above):+.1%} (gate 3 %)", flush=True)


def _months() -> None:
    times, above, illegal = [], [], 0
    for setting in YEARS[:2]:
        year = make_problem(setting)
        whole = plan(year)
        for first, last in _month_ends(year):
            problem = month_problem(year, whole, first, last)
            seconds, made = _timed(problem, Effort.MONTH)
            long = _iterations(problem, LONG_MONTH_SECONDS)
            best = plan(problem, iterations=long)
            times.append(seconds)
            above.append(_whole_cost(problem, made) / max(1, _whole_cost(problem, best)) - 1)
            illegal += _checked(problem, made)
    print(
        f"month: {len(times)} months | mean {mean(times) * 1000:.0f} ms, longest {max(times) * 1000:.0f} ms "
        f"(gate {MONTH_GATE * 1000:.0f}) | cost {mean(above):+.1%} over a run of {LONG_MONTH_SECONDS} s, worst {max(above):+.1%} | "
        f"illegal {illegal}",
        flush=True,
    )


def _month_ends(year: PlanningProblem) -> list[tuple[date, date]]:
    firsts = sorted({slot.at.day.replace(day=1) for slot in year.slots})
    ends = [first - timedelta(days=1) for first in firsts[1:]]
    return list(zip(firsts, [*ends, year.last], strict=True))


def _over_capacity() -> None:
    for households, half_days in ((130, 3), (120, 3), (130, 2)):
        problem = make_problem(seed=7, households=households, half_days=half_days)
        seconds, made = _timed(problem)
        left = [missed.points for missed in made.unplanned if not missed.statutory]
        points = {visit.code: visit.points for visit in problem.visits if not visit.statutory}
        kept = [points[row.visit] for row in made.planned if row.visit in points]
        print(
            f"over capacity, {households} households, {half_days} half-days a week: {seconds:.2f} s | "
            f"planned {len(made.planned)}, unplanned {len(made.unplanned)} ({_statutory(made)} statutory, {_without(made)} without any half-day) | "
            f"points left out {mean(left or [0]):.0f}, kept {mean(kept or [0]):.0f} | "
            f"illegal, or statutory unplanned beside an optional one: {_checked(problem, made)} (gate 0)",
            flush=True,
        )


def _office(caseworkers: int, threads: int, effort: Effort) -> None:
    problems = office_problems(caseworkers)
    started, worked = time.perf_counter(), time.process_time()
    office = plan_office(problems, sketch_all=in_threads(threads, effort))
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    print(
        f"office of {caseworkers} ({effort.name}): {seconds:.1f} s by the clock (gate {OFFICE_GATE:.0f} for 30), "
        f"{worked:.1f} s of work in {threads} threads, {worked / caseworkers:.2f} s each",
        flush=True,
    )
    texts = [to_json(p, made) for p, made in zip(office.problems, office.plans, strict=True)]
    illegal = sum(_checked(p, made) for p, made in zip(office.problems, office.plans, strict=True))
    print(
        f"  planned {sum(len(made.planned) for made in office.plans)}, "
        f"unplanned {sum(len(made.unplanned) for made in office.plans)} ({sum(map(_statutory, office.plans))} statutory, "
        f"{sum(map(_without, office.plans))} without any half-day) | "
        f"clashes repaired {len(office.repaired)}, left {len(check_office(texts))} (gate 0) | illegal {illegal}",
        flush=True,
    )


def _replans() -> None:
    standing = [(problem := make_problem(setting), plan(problem)) for setting in YEARS[:2]]
    for name, event in (("absence", _absence), ("urgent", _urgent), ("two half-days lost", _lost)):
        times, near, moved, illegal, dropped = [], [], [], 0, 0
        for number in range(EVENTS):
            problem, made = standing[number % len(standing)]
            chance = Random(f"event-{number}")
            happened, today = event(problem, made, chance)
            started = time.process_time()
            found: Replanned = replan(problem, made, happened, today=today)
            times.append(time.process_time() - started)
            near.append(len(found.near_moves))
            moved.append(sum(not move.forced for move in found.moves))
            dropped += sum(move.after is None for move in found.moves)
            illegal += len(check(to_json(found.problem, found.plan)))
        few = sum(count <= 2 for count in near) / len(near)
        print(
            f"replan, {name}: mean {mean(times) * 1000:.0f} ms, longest {max(times) * 1000:.0f} ms (gate {REPLAN_GATE * 1000:.0f}) | "
            f"others moved within 14 days: mean {mean(near):.1f}, most {max(near)}, at most two in {few:.0%} (gate 95 %) | "
            f"moved in all {mean(moved):.1f}, fell out {dropped} | illegal {illegal}",
            flush=True,
        )


def _absence(problem: PlanningProblem, made: PlannedPeriod, chance: Random) -> tuple[Event, date]:
    missed = chance.choice(made.planned[: len(made.planned) * 3 // 4])
    return Absent(visit=missed.visit, at=missed.at), missed.at.day


def _urgent(problem: PlanningProblem, made: PlannedPeriod, chance: Random) -> tuple[Event, date]:
    today = chance.choice(problem.slots[: len(problem.slots) * 3 // 4]).at.day
    like = chance.choice(problem.visits)
    visit = replace(
        like,
        code=f"{like.household}-臨",
        basis=Basis.APPLICATION,
        statutory=True,
        spaced=False,
        appointment=None,
        partners=(),
        due=today + timedelta(days=3),
        earliest=today,
        latest=today + timedelta(days=7),
    )
    return Urgent(visit=visit), today


def _lost(problem: PlanningProblem, made: PlannedPeriod, chance: Random) -> tuple[Event, date]:
    number = chance.randrange(len(problem.slots) * 3 // 4)
    lost = problem.slots[number : number + 2]
    return LostHalfDays(halves=frozenset(slot.at for slot in lost)), lost[0].at.day


if __name__ == "__main__":
    main()

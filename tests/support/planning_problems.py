"""Planning problems of invented caseworkers, from a seed: urban, rural, over capacity, hostile weeks (`domain/visit-planning.md` 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

import jpholiday

from desktop.domain.calendar import BusinessCalendar
from desktop.domain.visit_floors import Changes, CountingRule, PartYear, Stay
from desktop.domain.visit_grades import LivingPlace
from desktop.planning.demand import DemandRules, GradeRule, HouseholdNeed, demand
from desktop.planning.demand_fixing import Appointment, Companion, PurposeDue
from desktop.planning.halves import Half, HalfDay, WeekHalf, whole_day
from desktop.planning.problem import HitRate, Household, Partner, PlanningProblem, Visit
from desktop.planning.reasons import Reason
from desktop.planning.travel import Place, Point, TravelSettings, travel_table
from tests.support.planning_time import Absence, TimeRules, working_time

YEAR_FIRST, YEAR_LAST = date(2027, 4, 1), date(2028, 3, 31)
GRADES = {
    "A": GradeRule(code="A", visits_a_year=12, longest_months=1),
    "B": GradeRule(code="B", visits_a_year=6, longest_months=2),
    "C": GradeRule(code="C", visits_a_year=4, longest_months=3),
    "D3": GradeRule(code="D3", visits_a_year=3, longest_months=4),
    "D": GradeRule(code="D", visits_a_year=2, longest_months=6),
    "E": GradeRule(code="E", visits_a_year=1, longest_months=12),
}
SHARES = {"A": 8, "B": 22, "C": 30, "D3": 8, "D": 18, "E": 14}
RULES = DemandRules(
    floors={place: 2 if place is LivingPlace.HOME else 1 for place in LivingPlace},
    counting=CountingRule(part_year=PartYear.NEAREST, changes=Changes.BY_DAYS),
)
OFFICE = Point(latitude=35_700_000, longitude=139_700_000)
WEEK_HALVES = [WeekHalf(weekday=day, half=half) for day in range(5) for half in Half]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What kind of caseworker: by bicycle in a town or by car in the country, with how many households and half-days a week."""

    seed: int = 0
    households: int = 100
    half_days: int = 5
    rural: bool = False
    first: date = YEAR_FIRST
    last: date = YEAR_LAST
    fill_percent: int = 100
    caseworker: str = "CW-01"
    lost: frozenset[date] = field(default_factory=frozenset)
    supporters: tuple[Partner, ...] | None = None


def make_problem(setting: Setting | None = None, /, **changes: Any) -> PlanningProblem:
    """A whole caseworker; the same setting gives the same problem."""
    setting = replace(setting or Setting(), **changes)
    chance = _chance(f"planning-{setting.seed}")
    homes, points = _households(setting, chance)
    partners = supporters(setting) if setting.supporters is None else setting.supporters
    visits = [
        visit
        for household in homes
        for visit in demand(
            _need(household, setting, chance, partners), RULES, setting.first, setting.last
        )
    ]
    rules, absences = _time(setting, chance)
    time = working_time(setting.first, setting.last, rules, absences)
    return PlanningProblem(
        caseworker=setting.caseworker,
        first=setting.first,
        last=setting.last,
        today=setting.first,
        households=tuple(homes),
        visits=tuple(visits),
        slots=time.slots,
        blocked=time.blocked,
        travel=travel_table(
            Place(chome=OFFICE), [Place(chome=point) for point in points], travel_settings(setting)
        ),
        partners=partners,
    )


def _chance(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - chance with a seed on purpose


def travel_settings(setting: Setting) -> TravelSettings:
    """12 km/h by bicycle, 28 km/h by car."""
    return TravelSettings(metres_per_minute=467 if setting.rural else 200)


def calendar(first: date, last: date) -> BusinessCalendar:
    """National holidays and the turn of the year closed."""
    days = [first + timedelta(days=passed) for passed in range((last - first).days + 1)]
    return BusinessCalendar(
        closed=frozenset(
            day for day in days if jpholiday.is_holiday(day) or (day.month, day.day) in NEW_YEAR
        )
    )


NEW_YEAR = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


def supporters(setting: Setting, count: int = 2, seed: int = 0) -> tuple[Partner, ...]:
    """Employment supporters who are free on six half-days a week."""
    chance = _chance(f"supporters-{seed}")
    made = []
    for number in range(count):
        week = set(chance.sample(WEEK_HALVES, 6))
        days = (setting.last - setting.first).days + 1
        free = frozenset(
            at
            for passed in range(days)
            for at in whole_day(setting.first + timedelta(days=passed))
            if at.day.weekday() < 5 and WeekHalf(weekday=at.day.weekday(), half=at.half) in week
        )
        made.append(Partner(code=f"SP-{number + 1}", free=free))
    return tuple(made)


def _households(setting: Setting, chance: Random) -> tuple[list[Household], list[Point]]:
    """Homes around eight to twelve town centres, one in eight in a few facilities."""
    wide = 120_000 if setting.rural else 18_000
    near = 12_000 if setting.rural else 2_500
    centres = [_around(OFFICE, wide, chance) for _ in range(chance.randint(8, 12))]
    facilities = [_around(OFFICE, wide, chance) for _ in range(chance.randint(3, 4))]
    homes, points = [], []
    for number in range(setting.households):
        facility = chance.randrange(len(facilities)) + 1 if chance.random() < 0.12 else 0
        town = chance.randrange(len(centres)) + 1
        point = facilities[facility - 1] if facility else _around(centres[town - 1], near, chance)
        points.append(point)
        homes.append(
            Household(
                number=f"{number + 1:04d}",
                place=number + 1,
                town=100 + facility if facility else town,
                facility=facility,
                closed=_closed(chance),
                disliked=frozenset(chance.sample(WEEK_HALVES, chance.randint(0, 2))),
                hit_rates=(
                    HitRate(half=Half.MORNING, percent=chance.randint(50, 100)),
                    HitRate(half=Half.AFTERNOON, percent=chance.randint(50, 100)),
                ),
            )
        )
    return homes, points


def _around(centre: Point, wide: int, chance: Random) -> Point:
    return Point(
        latitude=centre.latitude + chance.randint(-wide, wide),
        longitude=centre.longitude + chance.randint(-wide, wide),
    )


def _closed(chance: Random) -> frozenset[WeekHalf]:
    days = chance.sample(range(5), chance.randint(1, 2)) if chance.random() < 0.3 else []
    mornings = chance.random() < 0.12
    return frozenset(
        half
        for half in WEEK_HALVES
        if half.weekday in days or (mornings and half.half is Half.MORNING)
    )


def _need(
    household: Household, setting: Setting, chance: Random, partners: Sequence[Partner]
) -> HouseholdNeed:
    grade = chance.choices(list(SHARES), weights=list(SHARES.values()))[0]
    if household.facility:
        grade = "E"
    period = 365 // GRADES[grade].visits_a_year
    last = setting.first - timedelta(days=chance.randint(1, period))
    joint = grade in {"A", "B"} and partners and chance.random() < 0.12
    season = setting.first + timedelta(days=chance.randint(30, 330))
    return HouseholdNeed(
        household=household.number,
        grade=GRADES[grade],
        minutes=chance.randint(4, 12) * 5,
        protected_from=setting.first - timedelta(days=800),
        successes=(last,),
        stays=(Stay(place=LivingPlace.FACILITY, since=date(2020, 1, 1)),)
        if household.facility
        else (),
        points=chance.randint(0, 100),
        companions=(Companion(partner=chance.choice(partners).code, every=2),) if joint else (),
        appointments=_appointments(setting, chance) if chance.random() < 0.08 else (),
        purposes=(
            PurposeDue(
                purpose="収入申告",
                earliest=season,
                latest=season + timedelta(days=chance.randint(15, 20)),
            ),
        )
        if chance.random() < 0.3
        else (),
    )


def _appointments(setting: Setting, chance: Random) -> tuple[Appointment, ...]:
    """A Wednesday that is nobody's payment or closing day and never a duty day."""
    day = setting.first + timedelta(
        days=chance.randint(20, max(21, (setting.last - setting.first).days - 20))
    )
    while day.weekday() != 2 or not 6 <= day.day <= 26 or jpholiday.is_holiday(day):
        day += timedelta(days=1)
    return (Appointment(at=HalfDay(day=day, half=Half.AFTERNOON)),)


def _time(setting: Setting, chance: Random) -> tuple[TimeRules, tuple[Absence, ...]]:
    """Half-days of a usual week, payment and closing days, a duty day every second week, one half-day in twenty lost."""
    open_days = calendar(setting.first, setting.last)
    days = [
        setting.first + timedelta(days=passed)
        for passed in range((setting.last - setting.first).days + 1)
    ]
    wednesday = WeekHalf(weekday=2, half=Half.AFTERNOON)
    others = [half for half in WEEK_HALVES if half != wednesday]
    week = frozenset([wednesday, *chance.sample(others, setting.half_days - 1)])
    duty_weekday = chance.choice([0, 1, 3, 4])
    payment, closing = _special_days(days, open_days)
    duty = frozenset(
        at
        for day in days
        if day.weekday() == duty_weekday and day.isocalendar().week % 2 == 0
        for at in whole_day(day)
    )
    leave = frozenset(
        at for day in days if day.weekday() != 2 for at in whole_day(day) if chance.random() < 0.05
    )
    lost = frozenset(at for day in setting.lost for at in whole_day(day))
    rules = TimeRules(
        calendar=open_days,
        visiting=week,
        fill_percent=setting.fill_percent,
        payment_days=payment,
        closing_days=closing,
    )
    return rules, (
        Absence(reason=Reason.LOST, halves=lost),
        Absence(reason=Reason.DUTY, halves=duty),
        Absence(reason=Reason.LEAVE, halves=leave),
    )


def _special_days(
    days: list[date], open_days: BusinessCalendar
) -> tuple[frozenset[date], frozenset[date]]:
    """The last two open days up to the 5th, and the last open day of each month."""
    payment: set[date] = set()
    closing: set[date] = set()
    for month in {(day.year, day.month) for day in days}:
        within = [day for day in days if (day.year, day.month) == month and open_days.is_open(day)]
        payment.update([day for day in within if day.day <= 5][-2:])
        closing.update(within[-1:])
    return frozenset(payment), frozenset(closing)


def with_joint_visits(problem: PlanningProblem, count: int, partner: str) -> PlanningProblem:
    """The same problem in which the first visits of so many households need the partner."""
    chosen: set[str] = set()
    visits: list[Visit] = []
    for visit in problem.visits:
        if visit.household not in chosen and len(chosen) < count and visit.pin is None:
            chosen.add(visit.household)
            visits.append(replace(visit, partners=(partner,)))
        else:
            visits.append(visit)
    return replace(problem, visits=tuple(visits))


def office_problems(caseworkers: int, **changes: Any) -> list[PlanningProblem]:
    """Caseworkers who share two supporters for every ten of them."""
    setting = replace(Setting(), **changes)
    shared = supporters(setting, count=max(2, caseworkers // 5), seed=setting.seed)
    chance = _chance(f"office-{setting.seed}")
    return [
        make_problem(
            setting,
            seed=setting.seed * 1000 + number,
            caseworker=f"CW-{number + 1:04d}",
            households=setting.households + chance.randint(-20, 15),
            rural=number % 3 == 2,
            supporters=shared,
        )
        for number in range(caseworkers)
    ]

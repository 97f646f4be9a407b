"""Invents one case after another: its state, dates, dated facts and the words for its records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from desktop.domain.households import (
    HouseholdState,
    HouseholdType,
    ResidenceKind,
    SafetyMarkKind,
)
from desktop.services.training.allotment import (
    Allotment,
    is_dead,
    is_reopened,
    is_shielded,
    state_of,
)
from desktop.services.training.cases import Case, Span, Stay
from desktop.services.training.days import OpenDays
from desktop.services.training.families import Family, FamilyMaker, Person, Place
from desktop.services.training.ids import IdMaker
from desktop.services.training.slots import fill_slots
from desktop.services.training.staffing import AWAY, CARRIED, VACANT, District
from desktop.services.training.towns import Towns

_FIRST_NUMBER = 1001
_MARKED_EVERY = 37
_OTHER_MARKS = (
    SafetyMarkKind.VISIT_IN_PAIRS,
    SafetyMarkKind.DOG,
    SafetyMarkKind.VIOLENCE,
    SafetyMarkKind.NO_PHONE,
    SafetyMarkKind.INFECTION,
)
_NEW_SHARE = 0.08
_YEAR = 365
_IN_INSTITUTION = {
    HouseholdType.ELDERLY: 0.13,
    HouseholdType.ILL: 0.16,
    HouseholdType.DISABLED: 0.18,
}
_WORKING = {HouseholdType.OTHER: 0.38, HouseholdType.MOTHER_CHILD: 0.6, HouseholdType.ILL: 0.05}
_GRADES = {
    HouseholdType.ELDERLY: (("B", 3), ("C", 42), ("D", 55)),
    HouseholdType.MOTHER_CHILD: (("A", 4), ("B", 36), ("C", 45), ("D", 15)),
    HouseholdType.DISABLED: (("A", 2), ("B", 10), ("C", 50), ("D", 38)),
    HouseholdType.ILL: (("A", 3), ("B", 17), ("C", 52), ("D", 28)),
    HouseholdType.OTHER: (("A", 8), ("B", 37), ("C", 42), ("D", 13)),
}
_FIRST_GRADE_DAYS = 270
#: Days since an application: two of three wait longer than the week in which somebody is to visit.
_APPLIED_DAYS = (10, 5, 12)
_IN_INSTITUTION_DAYS = 500
_DAY = timedelta(days=1)


class CaseMaker:
    """Makes the cases of an office, in any order; a re-opened case follows the closed one of the same head."""

    def __init__(
        self,
        *,
        ids: IdMaker,
        families: FamilyMaker,
        towns: Towns,
        teams: Sequence[Sequence[District]],
        days: OpenDays,
        allotment: Allotment,
        seed: int,
    ) -> None:
        self._ids, self._families, self._towns = ids, families, towns
        self._districts = {d.index: d for team in teams for d in team}
        self._team = {d.index: team for team in teams for d in team}
        self._days, self._today = days, days.today
        self._allotment, self._seed = allotment, seed
        #: The closed case before a re-opened one.
        self._before: Case | None = None

    def case(self, index: int) -> tuple[Case, Random]:
        """The n-th case, and the chance that goes on to write its records."""
        self._before = self.case(index - 1)[0] if is_reopened(index) else None
        self._ids.begin(index)
        chance = Random(f"{self._seed}/{index}")
        district = self._districts[self._allotment.district[index]]
        plants = self._allotment.plants.get(index, [])
        family = self._family(chance, index, district)
        case = Case(
            index=index,
            id=self._ids(),
            number=f"{_FIRST_NUMBER + index:07}",
            state=state_of(index),
            family=family,
            district=district,
            began=self._today,
            plants=plants,
            is_reopened=is_reopened(index),
        )
        self._dates(chance, case)
        self._facts(chance, case)
        fill_slots(chance, case, self._towns.places, self._today)
        return case, chance

    def _family(self, chance: Random, index: int, district: District) -> Family:
        in_institution = district.special == CARRIED
        family = self._families.family(chance, index, in_institution=in_institution)
        if self._before is not None:
            before = self._before.family
            return Family(before.type, [Place(p.person, p.relation) for p in before.places])
        return family

    def _dates(self, chance: Random, case: Case) -> None:
        today = self._today
        match case.state:
            case HouseholdState.CLOSED:
                latest = 4 * _YEAR if case.index % 50 == 7 else 3 * _YEAR
                least = 500 if case.index % 50 == 7 else 20
                case.ended = today - timedelta(days=chance.randint(least, latest))
                case.began = case.ended - timedelta(days=chance.randint(200, 12 * _YEAR))
                case.died = is_dead(case.index)
                if case.died:
                    case.family.head.died = case.ended
            case HouseholdState.APPLYING:
                chance.randint(3, 12)
                case.began = today - timedelta(days=_APPLIED_DAYS[case.index // 61 % 3])
            case HouseholdState.SUSPENDED:
                case.began = today - timedelta(days=chance.randint(_YEAR, 8 * _YEAR))
                case.changed = today - timedelta(days=chance.randint(20, 150))
            case _:
                case.began = self._start(chance, case)

    def _start(self, chance: Random, case: Case) -> date:
        lately = next((p.days for p in case.plants if p.rule == "P01" and not p.variant % 2), None)
        if lately is not None:
            return self._today - timedelta(days=lately)
        if self._before and self._before.ended:
            gap = (self._today - self._before.ended).days
            return self._before.ended + timedelta(days=chance.randint(60, gap - 300))
        is_settled = bool(case.plants) or case.district.special is not None
        if not is_settled and chance.random() < _NEW_SHARE:
            return self._today - timedelta(days=chance.randint(20, 360))
        longest = 22 if case.family.type is HouseholdType.ELDERLY else 11
        years = 3 + min(chance.random(), chance.random()) * (longest - 3)
        if not is_settled and chance.random() < 0.25:
            years = 1 + chance.random() * 2
        return self._today - timedelta(days=int(years * _YEAR))

    def _facts(self, chance: Random, case: Case) -> None:
        self._stays(chance, case)
        self._grades(chance, case)
        self._addresses(chance, case)
        self._works(chance, case)
        self._marks(chance, case)
        self._moves(chance, case)
        self._types(chance, case)

    def _stays(self, chance: Random, case: Case) -> None:
        kind = case.family.type
        carried = case.district.special == CARRIED
        alone = len(case.family.places) == 1
        if any(plant.rule == "V06" for plant in case.plants):
            since = max(case.began, self._today - timedelta(days=_IN_INSTITUTION_DAYS))
            case.stays.append(self._stay(chance, kind, since, None))
            return
        if carried or (
            alone
            and not case.plants
            and case.state is HouseholdState.RECEIVING
            and chance.random() < _IN_INSTITUTION.get(kind, 0.0)
        ):
            since = max(case.began, self._today - timedelta(days=chance.randint(120, 5 * _YEAR)))
            case.stays.append(self._stay(chance, kind, since, None))
        elif chance.random() < 0.12 and case.state is HouseholdState.RECEIVING and not case.plants:
            since = self._today - timedelta(days=chance.randint(100, 4 * _YEAR))
            until = since + timedelta(days=chance.randint(10, 80))
            if since > case.began:
                place = chance.choice(self._towns.places["hospitals"])
                case.stays.append(Stay(ResidenceKind.HOSPITAL, place, since, until))

    def _stay(self, chance: Random, kind: HouseholdType, since: date, until: date | None) -> Stay:
        if chance.random() < (0.6 if kind is HouseholdType.ELDERLY else 0.3):
            return Stay(
                ResidenceKind.FACILITY,
                chance.choice(self._towns.places["facilities"]),
                since,
                until,
            )
        return Stay(
            ResidenceKind.HOSPITAL, chance.choice(self._towns.places["hospitals"]), since, until
        )

    def _grades(self, chance: Random, case: Case) -> None:
        if case.state is HouseholdState.APPLYING:
            return
        grades, weights = zip(*_GRADES[case.family.type], strict=True)
        settled = str(chance.choices(grades, weights)[0])
        if case.plants and settled == "A":
            settled = "B"
        stay = case.stay
        first_until = case.began + timedelta(days=_FIRST_GRADE_DAYS)
        if first_until >= self._today:
            case.grades.append(Span("A", case.began))
            return
        case.grades.append(Span("A", case.began, first_until))
        since = first_until + _DAY
        if stay and stay.since > since:
            case.grades.append(Span(settled, since, stay.since - _DAY))
            since = stay.since
        elif chance.random() < 0.3:
            later = since + timedelta(
                days=int((self._today - since).days * (0.2 + chance.random() * 0.7))
            )
            if later > since:
                case.grades.append(Span("B" if settled == "C" else "C", since, later - _DAY))
                since = later
        case.grades.append(Span("E" if stay else settled, since, case.ended))

    def _addresses(self, chance: Random, case: Case) -> None:
        code, address = self._towns.address(chance)
        if case.began < self._today - timedelta(days=2 * _YEAR) and chance.random() < 0.18:
            moved = self._today - timedelta(days=chance.randint(60, 2 * _YEAR - 30))
            if case.ended is None or moved < case.ended:
                case.addresses.append((code, Span(address, case.began, moved - _DAY)))
                code, address = self._towns.address(chance)
                case.addresses.append((code, Span(address, moved)))
                return
        case.addresses.append((code, Span(address, case.began)))

    def _works(self, chance: Random, case: Case) -> None:
        if (
            chance.random() >= _WORKING.get(case.family.type, 0.0)
            or case.state is HouseholdState.APPLYING
        ):
            return
        last = case.ended or self._today
        since = max(case.began, last - timedelta(days=chance.randint(60, 3 * _YEAR)))
        span = Span(chance.choice(self._towns.places["employers"]), since, case.ended)
        case.works.append((case.family.head, span))

    def _marks(self, chance: Random, case: Case) -> None:
        since = max(case.began, self._today - timedelta(days=chance.randint(30, 900)))
        if is_shielded(case.index) and not case.plants:
            case.is_shielded = True
            case.marks.append((SafetyMarkKind.SHIELDED, Span("", since)))
        if case.index % _MARKED_EVERY == 3:
            case.marks.append((chance.choice(_OTHER_MARKS), Span("", since)))

    def _moves(self, chance: Random, case: Case) -> None:
        team = self._team[case.district.index]
        others = [d for d in team if d.special is None and d is not case.district]
        plant = next((p for p in case.plants if p.rule == "R12"), None)
        if plant is not None:
            elsewhere = others or [d for d in team if d.special == AWAY]
            case.moved = (chance.choice(elsewhere), self._today - timedelta(days=plant.days))
        elif case.district.special is None and others and chance.random() < 0.06:
            day = self._days.taken_over - timedelta(days=chance.randint(20, 2 * _YEAR))
            if day > case.began and (case.ended is None or day < case.ended):
                case.moved = (chance.choice(others), day)
        elif case.district.special == VACANT:
            return

    def _types(self, chance: Random, case: Case) -> None:
        turned = _birthday(case.family.head, 65)
        kind = case.family.type
        if kind is HouseholdType.ELDERLY and case.began < turned < self._today:
            earlier = chance.choice(
                (HouseholdType.OTHER, HouseholdType.ILL, HouseholdType.DISABLED)
            )
            if case.ended is None or turned < case.ended:
                case.earlier_type = (earlier, turned)
        elif kind is HouseholdType.OTHER and chance.random() < 0.1:
            day = case.began + timedelta(days=chance.randint(200, 500))
            if day < (case.ended or self._today) and not case.is_reopened:
                case.earlier_type = (HouseholdType.ILL, day)


def _birthday(person: Person, age: int) -> date:
    return person.born.replace(year=person.born.year + age, day=min(person.born.day, 28))

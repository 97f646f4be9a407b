"""Households and their people: types, ages, names, who lives with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from desktop.domain.households import HouseholdType, Relation, Sex
from desktop.services.training.ids import IdMaker
from desktop.services.training.names import Name, NameBook

#: Shares of the household types (被保護者調査 2025).
_TYPES = (
    (0.553, HouseholdType.ELDERLY),
    (0.589, HouseholdType.MOTHER_CHILD),
    (0.715, HouseholdType.DISABLED),
    (0.841, HouseholdType.ILL),
    (1.0, HouseholdType.OTHER),
)
_HEAD_AGES = {
    HouseholdType.ELDERLY: (65, 96),
    HouseholdType.MOTHER_CHILD: (21, 48),
    HouseholdType.DISABLED: (22, 64),
    HouseholdType.ILL: (35, 64),
    HouseholdType.OTHER: (24, 64),
}
_COUPLES = {
    HouseholdType.ELDERLY: 0.065,
    HouseholdType.DISABLED: 0.07,
    HouseholdType.ILL: 0.12,
    HouseholdType.OTHER: 0.16,
}
_WITH_CHILD = {HouseholdType.ILL: 0.05, HouseholdType.DISABLED: 0.04, HouseholdType.OTHER: 0.12}
_OTHER_RELATION = 0.05
_NAMESAKES = frozenset({13, 28})
_NAMESAKE_EVERY = 45
_MALE_SHARE = 0.52
#: Person numbers a household has to itself, and the distance between two.
_MOST_PEOPLE, _STEP = 16, 7
OLD_AGE = 65


@dataclass(slots=True)
class Person:
    """One invented human being."""

    id: str
    number: str
    name: Name
    born: date
    sex: Sex
    died: date | None = None

    def age(self, today: date) -> int:
        """Years of age."""
        return (
            today.year
            - self.born.year
            - ((today.month, today.day) < (self.born.month, self.born.day))
        )


@dataclass(slots=True)
class Place:
    """A person's place in a household."""

    person: Person
    relation: Relation
    #: Days for which the person belonged, None for as long as the case.
    left: date | None = None


@dataclass(slots=True)
class Family:
    """A household's type and its people, the head first."""

    type: HouseholdType
    places: list[Place] = field(default_factory=list)

    @property
    def head(self) -> Person:
        """The head of household (世帯主)."""
        return self.places[0].person

    def of(self, relation: Relation) -> Person | None:
        """The first member of a relation."""
        return next((p.person for p in self.places if p.relation is relation), None)


class FamilyMaker:
    """Makes families; every household has a range of person numbers (宛名番号) of its own."""

    def __init__(self, ids: IdMaker, names: NameBook, today: date) -> None:
        self._ids, self._names, self._today = ids, names, today
        self._persons = 0

    def family(self, chance: Random, number: int, *, in_institution: bool) -> Family:
        """The family of the n-th household."""
        self._persons = number * _MOST_PEOPLE
        kind = _type(chance, in_institution=in_institution)
        family = Family(kind, [Place(self._head(chance, kind, number), Relation.HEAD)])
        if not in_institution:
            family.places.extend(self._others(chance, family))
        return family

    def _head(self, chance: Random, kind: HouseholdType, number: int) -> Person:
        age = chance.randint(*_HEAD_AGES[kind])
        is_woman = kind is HouseholdType.MOTHER_CHILD or chance.random() > _MALE_SHARE
        if kind is HouseholdType.ELDERLY and number % _NAMESAKE_EVERY in _NAMESAKES:
            return self._person(chance, self._names.namesake(), age, is_woman=True)
        name = self._names.head(chance, is_woman=is_woman, age=age)
        return self._person(chance, name, age, is_woman=is_woman)

    def _others(self, chance: Random, family: Family) -> Iterator[Place]:
        kind, age = family.type, family.head.age(self._today)
        if kind is HouseholdType.MOTHER_CHILD:
            for _ in range(chance.choices((1, 2, 3), (60, 32, 8))[0]):
                yield self._relative(
                    chance, family, Relation.CHILD, chance.randint(0, min(17, age - 19))
                )
            return
        if chance.random() < _COUPLES[kind]:
            near = chance.randint(age - 6, age + 4)
            low, high = _HEAD_AGES[kind]
            yield self._relative(chance, family, Relation.SPOUSE, min(max(near, low), high + 4))
        if chance.random() < _WITH_CHILD.get(kind, 0.0):
            yield self._relative(
                chance, family, Relation.CHILD, chance.randint(0, max(min(17, age - 22), 0))
            )
        elif kind is not HouseholdType.ELDERLY and chance.random() < _OTHER_RELATION:
            if age < OLD_AGE - 10:
                yield self._relative(chance, family, Relation.PARENT, age + chance.randint(22, 32))
            else:
                yield self._relative(
                    chance, family, Relation.SIBLING, max(age - chance.randint(2, 9), 20)
                )

    def _relative(self, chance: Random, family: Family, relation: Relation, age: int) -> Place:
        is_woman = chance.random() > _MALE_SHARE
        if relation is Relation.SPOUSE:
            is_woman = family.head.sex is Sex.MALE
        name = self._names.relative(chance, family.head.name, is_woman=is_woman, age=age)
        return Place(self._person(chance, name, age, is_woman=is_woman), relation)

    def _person(self, chance: Random, name: Name, age: int, *, is_woman: bool) -> Person:
        self._persons += 1
        latest = _years_before(self._today, age)
        born = latest - timedelta(days=chance.randrange(1, 364))
        number = f"{1_000_000 + self._persons * _STEP:010}"
        return Person(self._ids(), number, name, born, Sex.FEMALE if is_woman else Sex.MALE)


def _type(chance: Random, *, in_institution: bool) -> HouseholdType:
    draw = chance.random()
    if in_institution:
        return chance.choices(
            (HouseholdType.ELDERLY, HouseholdType.ILL, HouseholdType.DISABLED), (5, 3, 2)
        )[0]
    return next(kind for limit, kind in _TYPES if draw < limit)


def _years_before(day: date, years: int) -> date:
    # 29 February has no counterpart in most years.
    return day.replace(year=day.year - years, day=min(day.day, 28))

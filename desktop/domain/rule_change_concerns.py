"""Which households a change of the rules concerns: a fixed catalogue of questions, whose values are checked here.

A file of a change names one of them and its values. What the question asks of the database stands in code
(`services/rule_changes/concerned.py`), so that a file that was brought in can ask for nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType

from desktop.domain.card_files import CardTable
from desktop.domain.era import format_date
from desktop.domain.households import HouseholdType, ResidenceKind
from desktop.domain.labels import HOUSEHOLD_TYPE

#: Grades of school, from the first year of 小学校 to the third of 高等学校.
GRADES = (
    *(f"小学{n}年" for n in range(1, 7)),
    *(f"中学{n}年" for n in range(1, 4)),
    *(f"高校{n}年" for n in range(1, 4)),
)
_MOST_MONTHS = 12
_MOST_AGE = 120
_YEARS = range(2000, 2101)
_STAYS = {ResidenceKind.HOSPITAL: "入院", ResidenceKind.FACILITY: "入所"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyone:
    """Every household that receives."""

    def told(self) -> str:
        """Whom it finds, in words."""
        return "保護を受けているすべての世帯"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfType:
    """Households of these types (世帯類型)."""

    types: tuple[HouseholdType, ...]

    def told(self) -> str:
        """Whom it finds, in words."""
        return f"世帯類型が{'・'.join(HOUSEHOLD_TYPE[each] for each in self.types)}の世帯"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """Households in which somebody turns `age` from `first` to `last`, both days counted."""

    age: int
    first: date
    last: date

    def told(self) -> str:
        """Whom it finds, in words."""
        return f"{format_date(self.first)}から{format_date(self.last)}までに{self.age}歳になる人のいる世帯"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """Households in which somebody is of an age from `lowest` to `highest` on a day."""

    lowest: int
    highest: int
    on: date

    def told(self) -> str:
        """Whom it finds, in words."""
        return f"{format_date(self.on)}に{self.lowest}歳から{self.highest}歳までの人のいる世帯"


@dataclass(frozen=True, slots=True, kw_only=True)
class InGrade:
    """Households with a child in a grade of school (1 to 12) in a school year, by its day of birth alone."""

    grade: int
    year: int

    @property
    def born(self) -> tuple[date, date]:
        """The first and the last day of birth: a child begins school in the April after it turned six by 1 April."""
        first = self.year - self.grade - 6
        return date(first, 4, 2), date(first + 1, 4, 1)

    def told(self) -> str:
        """Whom it finds, in words."""
        return f"{self.year}年度に{GRADES[self.grade - 1]}にあたる生年月日の人のいる世帯"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staying:
    """Households of whom somebody is in a hospital or a facility now."""

    kinds: tuple[ResidenceKind, ...]

    def told(self) -> str:
        """Whom it finds, in words."""
        return f"{'・'.join(_STAYS[each] for each in self.kinds)}している人のいる世帯"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning:
    """Households in which somebody has a job now, or had earned income in one of the last `months` months."""

    months: int

    def told(self) -> str:
        """Whom it finds, in words."""
        return f"働いている人、または過去{self.months}か月に就労収入のあった人のいる世帯"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSurveyed:
    """Households whose survey of taxed income (課税調査) of a year is not closed."""

    year: int

    def told(self) -> str:
        """Whom it finds, in words."""
        return f"{self.year}年の課税調査が終わっていない世帯"


Concern = Everyone | OfType | Turning | Aged | InGrade | Staying | Earning | NotSurveyed


def read_concern(table: CardTable) -> Concern:
    """The question that a file names. Raises CardError for one that is not in the catalogue and for wrong values."""
    reader = CATALOGUE.get(table.word("query"))
    if reader is None:
        raise table.fault("query", f"queryに書けるのは{'、'.join(CATALOGUE)}です。")
    concern = reader(table)
    table.no_others(frozenset({"query", *(each.name for each in fields(concern))}))
    return concern


def _everyone(_: CardTable) -> Concern:
    return Everyone()


def _of_type(values: CardTable) -> Concern:
    return OfType(types=values.codes("types", {each.value: each for each in HouseholdType}))


def _turning(values: CardTable) -> Concern:
    age = values.number("age", 1, _MOST_AGE)
    first, last = values.day("first"), values.day("last")
    if last < first:
        raise values.fault("last", "lastはfirstより前の日にできません。")
    return Turning(age=age, first=first, last=last)


def _aged(values: CardTable) -> Concern:
    lowest = values.number("lowest", 0, _MOST_AGE)
    highest = values.number("highest", lowest, _MOST_AGE)
    return Aged(lowest=lowest, highest=highest, on=values.day("on"))


def _in_grade(values: CardTable) -> Concern:
    grade = values.number("grade", 1, len(GRADES))
    return InGrade(grade=grade, year=values.number("year", _YEARS.start, _YEARS.stop - 1))


def _staying(values: CardTable) -> Concern:
    return Staying(kinds=values.codes("kinds", {each.value: each for each in _STAYS}))


def _earning(values: CardTable) -> Concern:
    return Earning(months=values.number("months", 1, _MOST_MONTHS))


def _not_surveyed(values: CardTable) -> Concern:
    return NotSurveyed(year=values.number("year", _YEARS.start, _YEARS.stop - 1))


#: Every question a file may name.
CATALOGUE: Mapping[str, Callable[[CardTable], Concern]] = MappingProxyType(
    {
        "everyone": _everyone,
        "household_type": _of_type,
        "turning": _turning,
        "aged": _aged,
        "grade": _in_grade,
        "staying": _staying,
        "earning": _earning,
        "not_surveyed": _not_surveyed,
    }
)

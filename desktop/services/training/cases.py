"""One household's case as the training office invents it, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.domain.households import HouseholdState, HouseholdType, ResidenceKind, SafetyMarkKind
from desktop.services.training.families import Family, Person
from desktop.services.training.plants import Plant
from desktop.services.training.staffing import District


@dataclass(frozen=True, slots=True)
class Span:
    """A value that held from a day to a day (None: still)."""

    value: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay of the head in a hospital or facility."""

    kind: ResidenceKind
    place: str
    since: date
    until: date | None = None


@dataclass(slots=True)
class Case:
    """A household (世帯) with its people, dated facts and the words that records of it use.

    `began` is the first day of protection, `ended` the last one of a closed case, `changed` the day from which
    the present state holds.
    """

    index: int
    id: str
    number: str
    state: HouseholdState
    family: Family
    district: District
    began: date
    ended: date | None = None
    changed: date | None = None
    is_shielded: bool = False
    is_reopened: bool = False
    died: bool = False
    moved: tuple[District, date] | None = None
    earlier_type: tuple[HouseholdType, date] | None = None
    grades: list[Span] = field(default_factory=list)
    addresses: list[tuple[str, Span]] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    works: list[tuple[Person, Span]] = field(default_factory=list)
    marks: list[tuple[SafetyMarkKind, Span]] = field(default_factory=list)
    slots: dict[str, str] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    plants: list[Plant] = field(default_factory=list)

    @property
    def known(self) -> frozenset[str]:
        """The slots that can be filled, and the tags that hold."""
        return self.tags.union(self.slots)

    @property
    def was_first(self) -> bool:
        """Whether it was taken over two weeks before the others, so that all of the last year is known of it."""
        has_child = any(p.person.born.year > self.began.year - 17 for p in self.family.places[1:])
        return any(p.rule == "V05" for p in self.plants) or (has_child and self.index % 2 == 0)

    @property
    def grade(self) -> str:
        """The visit grade in force."""
        return self.grades[-1].value if self.grades else ""

    @property
    def stay(self) -> Stay | None:
        """The stay that still lasts."""
        return next((stay for stay in self.stays if stay.until is None), None)

    def stay_on(self, day: date) -> Stay | None:
        """The stay on a day."""
        for stay in self.stays:
            if stay.since <= day and (stay.until is None or day <= stay.until):
                return stay
        return None

    def district_on(self, day: date) -> District:
        """The district on a day."""
        return self.moved[0] if self.moved and day < self.moved[1] else self.district

    def grade_on(self, day: date) -> str:
        """The visit grade on a day."""
        return next((span.value for span in reversed(self.grades) if span.since <= day), "C")

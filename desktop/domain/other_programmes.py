"""Other laws and programmes (他法他施策) that come before protection (法4条2項): what to check for whom.

A person's age only says what is worth checking. Whether anything is due to anybody is for people to find out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

#: An age of 0 in a row of the office's table: no lower or no upper limit.
NO_LIMIT = 0


class Chance(StrEnum):
    """What the age says of an item: of this age, of this age within a year, or that the age is not known."""

    NOW = "now"
    SOON = "soon"
    AGE_UNKNOWN = "age_unknown"
    ANY_AGE = "any_age"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherProgramme:
    """One item of the office's table; ages in full years, both included, `NO_LIMIT` for none."""

    code: str
    label: str
    from_age: int = NO_LIMIT
    to_age: int = NO_LIMIT
    note: str = ""

    def chance(self, age: int | None) -> Chance | None:
        """What the age says; None where the person is too young or too old for it."""
        if self.from_age == self.to_age == NO_LIMIT:
            return Chance.ANY_AGE
        if age is None:
            return Chance.AGE_UNKNOWN
        if self.to_age != NO_LIMIT and age > self.to_age:
            return None
        if age >= self.from_age:
            return Chance.NOW
        return Chance.SOON if age + 1 >= self.from_age else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCheck:
    """One line of the list: the item and why it stands there."""

    programme: OtherProgramme
    chance: Chance


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonToCheck:
    """A member with what is to be checked for him; `age` in full years, None where the day of birth is not known."""

    person_id: UUID
    name: str = field(repr=False)
    relation: str
    age: int | None = field(repr=False)
    items: tuple[ToCheck, ...]


def to_check(programmes: tuple[OtherProgramme, ...], age: int | None) -> tuple[ToCheck, ...]:
    """The items that fit a person of this age, in the order of the table."""
    found = ((programme, programme.chance(age)) for programme in programmes)
    return tuple(ToCheck(programme=p, chance=chance) for p, chance in found if chance is not None)

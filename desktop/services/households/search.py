"""What is typed into the filter, as a condition on households.

Every word must match the beginning of some stored word: name, kana, case number and, for those on duty,
members' names, address and birth date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, union_all
from sqlalchemy.orm import Session

from desktop.domain.era import parse_date
from desktop.domain.errors import ValidationError
from desktop.domain.households import HouseholdFilter
from desktop.domain.kana import fold, fold_address, prefix_range
from desktop.domain.office import SignedInStaff
from desktop.models.households import Household, HouseholdKey, PersonKey

#: A word with more keys than this is checked along the list, any other is where the search starts from.
NARROW = 4_000

_Finds = list[Select[UUID]]


def conditions(
    session: Session, given: HouseholdFilter, staff: SignedInStaff, today: date
) -> list[ColumnElement[bool]]:
    """The filter as conditions on `Household`; the office's own condition comes first."""
    found: list[ColumnElement[bool]] = [Household.office_id == staff.office_id]
    if given.district_ids:
        found.append(Household.district_id.in_(given.district_ids))
    if given.household_types:
        found.append(Household.household_type.in_(given.household_types))
    if given.states:
        found.append(Household.state.in_(given.states))
    words = [finds for typed in given.text.split() if (finds := _finds(typed, staff, today))]
    broad = _are_broad(session, words)
    return [
        *found,
        *(_checked(w) if b else _started_from(w) for w, b in zip(words, broad, strict=True)),
    ]


def _finds(typed: str, staff: SignedInStaff, today: date) -> _Finds:
    """Where a typed word is looked up; nowhere when nothing of it remains to look for."""
    word = fold(typed)
    if not word:
        return []
    private = {word, fold(fold_address(typed)), *_birth_words(typed, today)} - {""}
    return [_directory(staff.office_id, word), *(_on_duty(staff, w) for w in sorted(private))]


def _are_broad(session: Session, words: Sequence[_Finds]) -> Sequence[bool]:
    """Which words have many keys. Counting stops where that is known, so it costs the same in any office."""
    if not words:
        return ()
    counts = [
        select(func.count())
        .select_from(union_all(*finds).limit(NARROW + 1).subquery())
        .scalar_subquery()
        for finds in words
    ]
    return [count > NARROW for count in session.execute(select(*counts)).one()]


def _started_from(finds: _Finds) -> ColumnElement[bool]:
    """One set of households, which the database reads first."""
    return Household.id.in_(union_all(*finds))


def _checked(finds: _Finds) -> ColumnElement[bool]:
    """Sets joined by OR cannot be read first: the list is walked in its order, up to the end of the page."""
    return or_(*(Household.id.in_(find) for find in finds))


def _birth_words(typed: str, today: date) -> set[str]:
    """A typed date of birth as the stored word. Short numbers are case numbers, not dates."""
    if len(typed) < 6:  # noqa: PLR2004 - "S4.1.1" is the shortest full date
        return set()
    try:
        return {parse_date(typed, today=today).strftime("%Y%m%d")}
    except ValidationError:
        return set()


def _directory(office_id: UUID, word: str) -> Select[UUID]:
    low, high = prefix_range(word)
    return select(HouseholdKey.household_id).where(
        HouseholdKey.office_id == office_id, HouseholdKey.word >= low, HouseholdKey.word < high
    )


def _on_duty(staff: SignedInStaff, word: str) -> Select[UUID]:
    low, high = prefix_range(word)
    found = select(PersonKey.household_id).where(
        PersonKey.office_id == staff.office_id, PersonKey.word >= low, PersonKey.word < high
    )
    if staff.is_office_wide:
        return found
    mine: ColumnElement[bool] = Household.district_id.in_(staff.duty_district_ids)
    if staff.care_household_ids:
        mine |= Household.id.in_(staff.care_household_ids)
    return found.join(Household, Household.id == PersonKey.household_id).where(mine)

"""Problems of the rules about duties (P07, P11), planted where a household suits, and whom a policy must name."""

from __future__ import annotations

from datetime import date

from desktop.domain.households import HouseholdState, Relation
from desktop.services.training.cases import Case
from desktop.services.training.families import OLD_AGE, Person
from desktop.services.training.plants import POLICY_RULES

_SCHOOL_AGE = 6
_LEAVING_SCHOOL = range(15, 19)
_WORK_EVERY, _WORK_PLACE = 9, 4
_SCHOOL_EVERY, _SCHOOL_NOT = 4, 2


def school_leavers(case: Case, today: date) -> tuple[Person, ...]:
    """The children of 15 to 18 years whom rule P11 looks for."""
    return tuple(
        place.person
        for place in case.family.places
        if place.left is None
        and place.person.died is None
        and place.person.age(today) in _LEAVING_SCHOOL
    )


def asks_the_old(case: Case, today: date) -> bool:
    """P07: the policy of some households of old people has an action towards work."""
    return (
        _is_free(case)
        and case.index % _WORK_EVERY == _WORK_PLACE
        and "home" in case.known
        and all(place.person.age(today) >= OLD_AGE for place in case.family.places)
    )


def names_no_school_leaver(case: Case, today: date) -> bool:
    """P11: the policy of some households says nothing of the child that is about to leave school."""
    return (
        _is_free(case)
        and case.index % _SCHOOL_EVERY != _SCHOOL_NOT
        and bool(school_leavers(case, today))
    )


def _is_free(case: Case) -> bool:
    """Receiving, in a district with a caseworker, and nothing else planted about its policies."""
    return (
        case.state is HouseholdState.RECEIVING
        and case.district.special is None
        and not any(plant.rule in POLICY_RULES for plant in case.plants)
    )


def is_other_child(case: Case, person_id: str | None, today: date) -> bool:
    """A child, but not the one whom the texts name: the first of school age."""
    children = [p.person for p in case.family.places if p.relation is Relation.CHILD]
    named = next((child.id for child in children if child.age(today) >= _SCHOOL_AGE), None)
    return person_id in {child.id for child in children} - {named}

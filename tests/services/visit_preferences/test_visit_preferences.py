"""Preferences of a household on both databases: versions, who sets them, and the hit rate from its visits."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.errors import ConflictError, NotPermittedError, ReasonNeededError
from desktop.domain.records import ContactMethod
from desktop.domain.visit_preferences import Liking
from desktop.domain.working_time import Half
from desktop.models.households import Household, SafetyMark
from desktop.models.office import Staff
from desktop.models.records import Contact
from desktop.services.visit_preferences.loading import hit_rates_of, preferences
from tests.support.desk import small_office
from tests.support.factories import LONG_AGO, TODAY, add, days_ago, make_entry
from tests.support.visits import a_preference


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def shown(desk, office):
    return desk.preferences.of_household(office.household_id)


def test_at_first_nothing_is_said(office, caseworker):
    found = shown(caseworker, office)
    assert found.preference.version == 0
    assert found.preference.times == {}
    assert found.may_edit


def test_what_the_caseworker_says_holds(office, caseworker):
    given = a_preference(office.household_id)
    caseworker.preferences.set(given)
    caseworker.preferences.set(given)
    found = shown(caseworker, office).preference
    assert (found.version, found.times, found.needs_two) == (1, given.times, True)
    assert found.set_by == office.caseworker.name


def test_a_new_version_takes_the_place_of_the_one_shown(office, caseworker):
    caseworker.preferences.set(a_preference(office.household_id))
    supervisor = office.desk(office.supervisor)
    times = {(2, Half.PM): Liking.BAD}
    supervisor.preferences.set(a_preference(office.household_id, version=1, times=times))
    assert shown(caseworker, office).preference.times == times
    with pytest.raises(ConflictError, match="先に更新"):
        caseworker.preferences.set(a_preference(office.household_id, version=1))


def test_outside_the_own_districts_nobody_sets_anything(office):
    outsider = office.desk(office.outsider)
    with pytest.raises(ReasonNeededError):
        outsider.preferences.set(a_preference(office.household_id))
    head = office.desk(office.head)
    assert not shown(head, office).may_edit
    with pytest.raises(NotPermittedError):
        head.preferences.set(a_preference(office.household_id))


def test_a_safety_mark_asks_for_two_people(office, caseworker):
    with office.work() as session:
        mark = SafetyMark(
            office_id=office.caseworker.office_id,
            household_id=office.household_id,
            kind="visit_in_pairs",
            valid_from=LONG_AGO,
        )
        add(session, mark)
    assert shown(caseworker, office).is_marked_for_two


def test_the_hit_rate_counts_visits_that_stand_and_have_a_time(office, caseworker):
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        author = session.get_one(Staff, office.caseworker.staff_id)
        absent = {"is_home_visit": False, "is_absence": True}
        made: list[tuple[int | None, dict[str, Any], dict[str, Any]]] = [
            (9 * 60, {}, {"number": 1}),
            (10 * 60, absent, {"number": 2}),
            (14 * 60, {}, {"number": 3}),
            (15 * 60, {}, {"number": 4, "is_annulled": True}),
            (None, {}, {"number": 5}),
            (9 * 60, {}, {}),  # a draft that nobody handed in
            (
                9 * 60,
                {"method": ContactMethod.TELEPHONE_OUT, "is_home_visit": False},
                {"number": 6},
            ),
        ]
        for started_at, kind, entry in made:
            values: dict[str, Any] = {"event_on": days_ago(7), **kind, **entry}
            contact_id = make_entry(session, household, author, **values).contact_id
            session.get_one(Contact, contact_id).started_at = started_at
    rates = shown(caseworker, office).rates
    weekday = days_ago(7).weekday()
    assert [(r.weekday, r.half, r.met, r.tried) for r in rates] == [
        (None, Half.AM, 1, 2),
        (None, Half.PM, 1, 1),
        (weekday, Half.AM, 1, 2),
        (weekday, Half.PM, 1, 1),
    ]


def test_many_households_are_read_together(office, caseworker):
    caseworker.preferences.set(a_preference(office.household_id))
    with caseworker.work() as session:
        ids = list(session.scalars(select(Household.id)))
        assert set(preferences(session, ids)) == {office.household_id}
        assert hit_rates_of(session, ids, TODAY) == {}

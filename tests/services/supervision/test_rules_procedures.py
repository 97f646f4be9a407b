"""E05, E06, E13, E14 and E16 to E19: what was begun, made sure of, ended, and what the radar asks where it was not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id
from desktop.domain.procedures import ProcedureKind as Kind
from desktop.models.ledger import TakeOver
from desktop.models.procedures import ProcedureRecord
from desktop.services.supervision.rules_procedures import day_of_year
from tests.support.factories import CLOCK, TODAY, add, days_ago

NOW = CLOCK.now()


def procedure(watched, household, kind, begun, /, **changes):
    """A procedure that began so many days ago."""
    values = {"begun_on": days_ago(begun), **changes}
    if kind is Kind.TAX_SURVEY:
        values.setdefault("year", TODAY.year)
    return add(
        watched.session,
        ProcedureRecord(
            id=new_id(),
            office_id=watched.office.id,
            household_id=household.id,
            kind=kind,
            made_by=watched.caseworker.id,
            made_at=NOW,
            **values,
        ),
    )


def taken_over(watched, household, on):
    row = TakeOver(
        id=new_id(), office_id=watched.office.id, household_id=household.id, taken_over_on=on
    )
    add(watched.session, row)


def homes(found):
    return {finding.household_id for finding in found}


def test_e05_asks_once_the_day_is_over_until_the_survey_is_closed(watched):
    none, open_, closed, old, void = (watched.household() for _ in range(5))
    procedure(watched, open_, Kind.TAX_SURVEY, 100)
    procedure(watched, closed, Kind.TAX_SURVEY, 100, ended_on=days_ago(40))
    procedure(watched, old, Kind.TAX_SURVEY, 400, year=TODAY.year - 1, ended_on=days_ago(390))
    wrong = procedure(watched, void, Kind.TAX_SURVEY, 100, ended_on=days_ago(40))
    procedure(watched, void, Kind.TAX_SURVEY, 100, replaces_id=wrong.id, is_void=True)
    found = watched.found("E05")
    assert homes(found) == {none.id, open_.id, old.id, void.id}
    assert {f.since for f in found} == {date(TODAY.year, 8, 31)}
    (told,) = (f.reason for f in found if f.household_id == open_.id)
    assert "始めています" in told


def test_e05_asks_no_household_that_came_later_or_was_taken_over_later(watched):
    watched.household(since=date(TODAY.year, 6, 2))
    in_june = watched.household(since=date(TODAY.year, 6, 1))
    late, early = watched.household(), watched.household()
    taken_over(watched, late, date(TODAY.year, 9, 1))
    taken_over(watched, early, date(TODAY.year, 8, 31))
    assert homes(watched.found("E05")) == {in_june.id, early.id}


@pytest.mark.parametrize(
    ("written", "day"), [(831, (8, 31)), (230, (2, 28)), (0, (1, 1)), (1399, (12, 31))]
)
def test_a_written_day_is_a_day_of_the_year(written, day):
    assert day_of_year(2023, written) == date(2023, *day)


@pytest.mark.parametrize(("days", "count"), [(60, 0), (61, 1)])
def test_e06_asks_about_a_mismatch_that_nobody_decided(watched, days, count):
    procedure(watched, watched.household(), Kind.TAX_SURVEY, 90, ended_on=days_ago(days), yen=1)
    found = watched.found("E06")
    assert [f.days for f in found] == [days] * count


def test_e06_is_quiet_where_nothing_differs_or_it_was_decided(watched):
    none, decided = watched.household(), watched.household()
    procedure(watched, none, Kind.TAX_SURVEY, 90, ended_on=days_ago(80), yen=0)
    whole = {"ended_on": days_ago(80), "yen": 5, "confirmed_on": days_ago(2)}
    procedure(watched, decided, Kind.TAX_SURVEY, 90, **whole)
    assert watched.found("E06") == []


def test_e13_asks_where_kin_were_asked_without_a_look_or_against_it(watched):
    no_look, after, harm, fine, unasked = (watched.household() for _ in range(5))
    asked = {"ended_on": days_ago(5)}
    procedure(watched, no_look, Kind.KIN, 9, **asked)
    procedure(watched, after, Kind.KIN, 9, choice="k0", confirmed_on=days_ago(4), **asked)
    procedure(watched, harm, Kind.KIN, 9, choice="k1", confirmed_on=days_ago(6), **asked)
    procedure(watched, fine, Kind.KIN, 9, choice="k0", confirmed_on=days_ago(5), **asked)
    procedure(watched, unasked, Kind.KIN, 9, choice="k1", confirmed_on=days_ago(6))
    assert homes(watched.found("E13")) == {no_look.id, after.id, harm.id}


@pytest.mark.parametrize(
    ("days", "choice", "count"), [(14, "", 0), (15, "", 1), (30, "a1", 0), (31, "a1", 1)]
)
def test_e14_waits_longer_where_a_reason_was_noted(watched, days, choice, count):
    procedure(watched, watched.household(), Kind.APPLICATION, days, choice=choice)
    assert [f.days for f in watched.found("E14")] == [days] * count


def test_e14_asks_for_the_reason_of_a_late_notice_and_about_applications_nobody_recorded(watched):
    late, told, applying, recorded = (
        watched.household(state=state, since=days_ago(20))
        for state in (*[HouseholdState.RECEIVING] * 2, *[HouseholdState.APPLYING] * 2)
    )
    procedure(watched, late, Kind.APPLICATION, 40, confirmed_on=days_ago(25))
    procedure(watched, told, Kind.APPLICATION, 40, confirmed_on=days_ago(26))
    procedure(watched, recorded, Kind.APPLICATION, 20, choice="a1")
    found = watched.found("E14")
    assert homes(found) == {late.id, applying.id}
    assert "15日後" in next(f.reason for f in found if f.household_id == late.id)


def test_e16_counts_from_what_the_person_acknowledged(watched):
    limit = date(TODAY.year - 1, TODAY.month, TODAY.day)
    known, unknown, old, fresh = (watched.household() for _ in range(4))
    procedure(watched, known, Kind.DUTY, 10, confirmed_on=days_ago(10))
    procedure(watched, unknown, Kind.DUTY, 10)
    day = limit - timedelta(days=1)
    procedure(watched, old, Kind.DUTY, 0, begun_on=day, confirmed_on=day)
    procedure(watched, fresh, Kind.DUTY, 0, begun_on=limit, confirmed_on=limit)
    watched.household(since=days_ago(200))
    taken_over(watched, lately := watched.household(), days_ago(100))
    found = watched.found("E16")
    assert homes(found) == {unknown.id, old.id}
    assert lately.id not in homes(found)
    assert "確かめた記録がありません" in next(
        f.reason for f in found if f.household_id == unknown.id
    )


def test_e17_asks_about_everything_that_is_held(watched):
    held, returned = watched.household(), watched.household(state=HouseholdState.CLOSED)
    procedure(watched, held, Kind.KEPT, 0, choice="c1")
    procedure(watched, returned, Kind.KEPT, 9, choice="c3", ended_on=days_ago(8))
    gone = watched.household(state=HouseholdState.CLOSED)
    procedure(watched, gone, Kind.KEPT, 9, choice="c2")
    assert homes(watched.found("E17")) == {held.id, gone.id}


def test_e18_asks_for_a_meeting_and_a_word_on_the_persons_will(watched):
    cases: dict[str, dict[str, Any]] = {
        "no meeting": {"choice": "w1"},
        "no word": {"confirmed_on": days_ago(3)},
        "doubt": {"confirmed_on": days_ago(3), "choice": "w2"},
        "fine": {"confirmed_on": days_ago(3), "choice": "w1"},
    }
    known = {name: watched.household() for name in cases}
    for name, changes in cases.items():
        procedure(watched, known[name], Kind.WITHDRAWAL, 5, **changes)
    found = homes(watched.found("E18"))
    assert found == {home.id for name, home in known.items() if name != "fine"}


def test_e19_asks_for_evidence_of_intent_and_for_one_article(watched):
    cases: dict[str, tuple[int, dict[str, Any]]] = {
        "no intent": (1, {"choice": "r78"}),
        "mixed and decided": (5, {"choice": "rmix", "ended_on": days_ago(1)}),
        "unparted": (31, {}),
        "intent": (90, {"choice": "r78", "confirmed_on": days_ago(9)}),
        "63": (90, {"choice": "r63"}),
        "new": (30, {"choice": "rmix"}),
    }
    known = {name: watched.household() for name in cases}
    for name, (days, changes) in cases.items():
        procedure(watched, known[name], Kind.RETURN, days, **changes)
    found = homes(watched.found("E19"))
    assert found == {known[name].id for name in ("no intent", "mixed and decided", "unparted")}

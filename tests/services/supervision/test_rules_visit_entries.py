from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.households import Relation
from desktop.domain.office import AssignmentKind
from desktop.domain.records import ContactMethod, EntryState, Place
from desktop.models.households import Member
from desktop.models.office import StaffAbsence
from tests.services.supervision.visiting import absence, settled, visit
from tests.support.factories import (
    TODAY,
    add,
    assign,
    days_ago,
    make_district,
    make_entry,
    make_household,
    make_person,
    make_staff,
)


def open_day_ago(days):
    """Days since the last Tuesday at least so long ago: no holiday of the tests' year is one."""
    return days + (days_ago(days).weekday() - 1) % 7


@pytest.mark.parametrize(("days", "found"), [(7, []), (8, [8])])
def test_v13_asks_about_visits_that_stay_drafts(watched, days, found):
    household = settled(watched)
    make_entry(watched.session, household, watched.caseworker, event_on=days_ago(days))
    make_entry(
        watched.session,
        household,
        watched.caseworker,
        event_on=days_ago(30),
        method=ContactMethod.OFFICE,
        is_home_visit=False,
    )
    assert [f.days for f in watched.found("V13")] == found


def test_v14_asks_about_results_of_visits_that_were_none(watched):
    household = settled(watched)
    none = visit(watched, household, 20, place=Place.OFFICE, is_home_visit=False)
    visit(watched, household, 20)
    absence(watched, household, 10)
    visit(watched, household, 366, place=Place.OFFICE, is_home_visit=False)

    (finding,) = watched.found("V14")

    assert finding.entry_id == none.id
    assert "面接（世帯主）" in finding.reason


def test_v15_asks_about_visits_that_overlap(watched):
    here, there = settled(watched), settled(watched)
    days = open_day_ago(20)
    visit(watched, here, days, times=(600, 640))
    late = visit(watched, there, days, times=(630, 660))
    visit(watched, here, days, times=(660, 670))
    other = make_staff(watched.session, office=watched.office, district=watched.district)
    visit(watched, there, days, times=(630, 660), by=other)

    (finding,) = watched.found("V15")

    assert finding.entry_id == late.id
    assert "重なっています" in finding.reason


@pytest.mark.parametrize(("gap", "asked"), [(9, True), (10, False)])
def test_v15_asks_about_too_short_a_way_to_another_district(watched, gap, asked):
    far = make_district(watched.session, watched.office)
    assign(watched.session, watched.supervisor, far, AssignmentKind.SUPERVISOR)
    here = settled(watched)
    there = make_household(watched.session, district=far)
    days = open_day_ago(20)
    visit(watched, there, days, times=(600, 640))
    visit(watched, here, days, times=(640 + gap, 700))
    assert [f"{gap}分" in f.reason for f in watched.found("V15")] == ([True] if asked else [])


def test_v15_within_a_district_asks_about_nothing_but_an_overlap(watched):
    days = open_day_ago(20)
    for start in (600, 640):
        visit(watched, settled(watched), days, times=(start, start + 40))
    assert not watched.found("V15")


@pytest.mark.parametrize(
    ("times", "asked"),
    [((470, 500), True), ((480, 500), False), ((1060, 1080), False), ((1060, 1081), True)],
)
def test_v15_asks_about_visits_outside_working_time(watched, times, asked):
    visit(watched, settled(watched), open_day_ago(20), times=times)
    assert bool(watched.found("V15")) is asked


def test_v15_asks_about_closed_days_and_leave(watched):
    sunday = TODAY - timedelta(days=(TODAY.weekday() + 1) % 7 + 14)
    closed = visit(watched, settled(watched), (TODAY - sunday).days)
    days = open_day_ago(30)
    away = visit(watched, settled(watched), days)
    add(
        watched.session,
        StaffAbsence(
            office_id=watched.office.id,
            staff_id=watched.caseworker.id,
            substitute_id=None,
            valid_from=days_ago(days),
            valid_to=days_ago(days),
        ),
    )

    found = {f.entry_id: f.reason for f in watched.found("V15")}

    assert "閉庁日" in found[closed.id]
    assert "休みの期間" in found[away.id]


def test_v15_looks_back_three_months(watched):
    visit(watched, settled(watched), open_day_ago(93), times=(400, 410))
    assert not watched.found("V15")


def test_v16_asks_about_three_visits_at_the_door(watched):
    thrice, once_in, twice = (settled(watched) for _ in range(3))
    door: dict[str, Any] = {"place": Place.DOOR, "result_code": "13"}
    for household, days in ((thrice, 90), (thrice, 60), (thrice, 30), (twice, 60), (twice, 30)):
        visit(watched, household, days, **door)
    for days in (90, 60, 30):
        visit(watched, once_in, days, **door)
    visit(watched, once_in, 45)

    (finding,) = watched.found("V16")

    assert (finding.household_id, finding.days) == (thrice.id, 90)


def test_v22_asks_about_children_nobody_met(watched):
    unseen, seen, called, grown, newborn = (settled(watched) for _ in range(5))
    children = {
        household.id: child(watched, household, birth)
        for household, birth in (
            (unseen, date(TODAY.year - 10, 1, 1)),
            (seen, date(TODAY.year - 10, 1, 1)),
            (called, date(TODAY.year - 3, 1, 1)),
            (grown, TODAY.replace(year=TODAY.year - 18)),
            (newborn, days_ago(100)),
        )
    }
    visit(watched, unseen, 400, met=(children[unseen.id],))
    visit(watched, unseen, 30)
    visit(watched, seen, 300, met=(children[seen.id],))
    visit(
        watched,
        called,
        30,
        method=ContactMethod.TELEPHONE_OUT,
        place=Place.NONE,
        result_code="32",
        is_home_visit=False,
        met=(children[called.id],),
    )

    assert {f.household_id for f in watched.found("V22")} == {unseen.id, called.id}


def test_v22_takes_no_draft_for_a_meeting(watched):
    household = settled(watched)
    met = child(watched, household, date(TODAY.year - 10, 1, 1))
    entry = visit(watched, household, 30, met=(met,))
    assert not watched.found("V22")

    entry.state = EntryState.DRAFT
    entry.approved_version = entry.approved_at = None
    assert len(watched.found("V22")) == 1


def child(watched, household, birth):
    person = make_person(watched.session, watched.office, birth_date=birth)
    add(
        watched.session,
        Member(
            office_id=watched.office.id,
            household_id=household.id,
            person_id=person.id,
            relation=Relation.CHILD,
            is_head=False,
            valid_from=max(days_ago(900), birth),
        ),
    )
    return person.id

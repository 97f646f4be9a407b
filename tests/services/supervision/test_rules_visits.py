from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.households import HouseholdState
from desktop.domain.records import ContactMethod, EntryState, Place
from desktop.models.ledger import HouseholdStatePeriod, TakeOver
from tests.services.supervision.visiting import absence, graded, in_hospital, settled, visit
from tests.support.factories import days_ago, make_entry


def taken_over(watched, household, days, **known):
    row = TakeOver(
        office_id=watched.office.id,
        household_id=household.id,
        taken_over_on=days_ago(days),
        **known,
    )
    watched.session.add(row)


def test_v05_asks_for_two_real_visits_in_twelve_months(watched):
    short, enough = settled(watched), settled(watched)
    for days in (20, 20, 366):  # two entries of one day are one visit; the third lies before
        visit(watched, short, days)
    for days in (20, 364):
        visit(watched, enough, days)

    (finding,) = watched.found("V05")

    assert finding.household_id == short.id
    assert "訪問は1回" in finding.reason


def test_v05_counts_no_absence_no_call_and_no_talk_at_the_counter(watched):
    household = settled(watched)
    visit(watched, household, 20)
    absence(watched, household, 30)
    for method, code in ((ContactMethod.TELEPHONE_OUT, "32"), (ContactMethod.OFFICE, "31")):
        visit(
            watched,
            household,
            40,
            method=method,
            place=Place.NONE,
            result_code=code,
            is_home_visit=False,
        )
    assert ["訪問は1回" in f.reason for f in watched.found("V05")] == [True]


def test_v05_leaves_the_new_the_lately_taken_over_and_those_in_hospital(watched):
    settled(watched, days=300)
    taken_over(watched, settled(watched), 300)
    in_hospital(watched, settled(watched), days_ago(30))
    settled(watched, state=HouseholdState.CLOSED)
    assert not watched.found("V05")


def test_v06_asks_about_patients_nobody_saw_or_asked_about(watched):
    unseen, unasked, fine, lately = (settled(watched) for _ in range(4))
    for household in (unseen, unasked, fine):
        in_hospital(watched, household, days_ago(500))
    in_hospital(watched, lately, days_ago(100))
    there: dict[str, Any] = {"place": Place.HOSPITAL, "result_code": "14"}
    visit(watched, unasked, 100, **there)
    visit(watched, fine, 100, met=(None,), **there)

    found = {f.household_id: f.reason for f in watched.found("V06")}

    assert found.keys() == {unseen.id, unasked.id}
    assert "本人と面接した記録" in found[unseen.id]
    assert "主治医・職員" in found[unasked.id]


@pytest.mark.parametrize(
    ("code", "limit"), [("A", 45), ("B", 91), ("C", 136), ("D", 273), ("E", 547)]
)
def test_v07_asks_one_day_after_one_and_a_half_intervals(watched, code, limit):
    late, near_miss = settled(watched), settled(watched)
    for household, days in ((late, limit + 1), (near_miss, limit)):
        graded(watched, household, code)
        visit(watched, household, days)
        absence(watched, household, 3)

    (finding,) = watched.found("V07")

    assert (finding.household_id, finding.days) == (late.id, limit + 1)
    assert finding.since == days_ago(limit + 1)


def test_v07_leaves_grades_without_an_interval_and_households_without_a_grade(watched):
    graded(watched, settled(watched), "F")
    settled(watched)
    assert not watched.found("V07")


def test_v07_counts_from_the_begin_and_from_what_the_take_over_knew(watched):
    new, known = settled(watched, days=46), settled(watched)
    taken_over(watched, known, 10, last_met_on=days_ago(40))
    for household in (new, known):
        graded(watched, household, "A")
    assert [f.household_id for f in watched.found("V07")] == [new.id]


@pytest.mark.parametrize(("days", "found"), [(180, []), (181, [181])])
def test_v08_asks_after_half_a_year(watched, days, found):
    visit(watched, settled(watched), days)
    assert [f.days for f in watched.found("V08")] == found


def test_v08_is_silenced_by_a_real_visit_alone(watched):
    household, away = settled(watched), settled(watched)
    in_hospital(watched, away, days_ago(400))
    visit(watched, household, 200)
    absence(watched, household, 5)
    make_entry(watched.session, household, watched.caseworker, event_on=days_ago(4))
    visit(watched, household, 6, is_annulled=True)
    assert [(f.household_id, f.days) for f in watched.found("V08")] == [(household.id, 200)]


@pytest.mark.parametrize(("days", "found"), [(7, []), (8, [8])])
def test_v09_asks_a_week_after_the_application(watched, days, found):
    household = watched.household(state=HouseholdState.APPLYING)
    began = select(HouseholdStatePeriod).where(HouseholdStatePeriod.household_id == household.id)
    watched.session.scalars(began).one().valid_from = days_ago(days)
    absence(watched, household, 2)
    assert [f.days for f in watched.found("V09")] == found

    visit(watched, household, 1, state=EntryState.SUBMITTED)
    assert not watched.found("V09")

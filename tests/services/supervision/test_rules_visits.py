from typing import Any

import pytest
from sqlalchemy import select

from desktop.database.shipped import shipped_rows
from desktop.domain.households import HouseholdState
from desktop.domain.master_tables import Master
from desktop.domain.records import ContactMethod, EntryState, Place
from desktop.models.ledger import HouseholdStatePeriod, TakeOver
from desktop.models.masters import MasterValue
from tests.services.supervision.visiting import absence, graded, in_hospital, settled, visit
from tests.support.factories import CLOCK, add, days_ago, make_entry


def taken_over(watched, household, days, **known):
    row = TakeOver(
        office_id=watched.office.id,
        household_id=household.id,
        taken_over_on=days_ago(days),
        **known,
    )
    watched.session.add(row)


def raised(watched, place, visits):
    """The office asks for more visits at a place."""
    row = next(row for row in shipped_rows(Master.VISIT_FLOORS) if row.key == place)
    _master(watched, Master.VISIT_FLOORS, place, dict(row.value) | {"visits_per_year": visits})


def counted(watched, **changes):
    """The office counts another way."""
    (row,) = shipped_rows(Master.VISIT_COUNTING)
    _master(watched, Master.VISIT_COUNTING, row.key, dict(row.value) | changes)


def _master(watched, table, key, value):
    row = MasterValue(
        office_id=watched.office.id,
        table_name=table.value,
        key=key,
        value=value,
        valid_from=days_ago(5),
        entered_at=CLOCK.now(),
        approved_at=CLOCK.now(),
    )
    add(watched.session, row)


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


def test_v05_leaves_the_new_the_lately_taken_over_and_those_long_in_hospital(watched):
    settled(watched, days=300)
    taken_over(watched, settled(watched), 300)
    in_hospital(watched, settled(watched), days_ago(400))
    settled(watched, state=HouseholdState.CLOSED)
    assert not watched.found("V05")


def test_v05_asks_what_the_office_says_of_the_place(watched):
    """The office may ask for more than the law, never for less: one row of the table, no limit beside it."""
    household = settled(watched)
    for days in (20, 364):
        visit(watched, household, days)
    assert not watched.found("V05")

    raised(watched, "home", 3)

    assert ["訪問は2回です（少なくとも3回）" in f.reason for f in watched.found("V05")] == [True]


@pytest.mark.parametrize(
    ("changes", "found"),
    [("by_days", True), ("highest", True), ("longest", False), ("last", False)],
)
def test_v05_counts_a_year_with_a_change_of_place_as_the_table_says(watched, changes, found):
    """Two months at home and ten in hospital: (2 × 61 + 1 × 304) / 365 visits, two at home, or one in hospital."""
    household = settled(watched)
    in_hospital(watched, household, days_ago(303))
    visit(watched, household, 100, place=Place.HOSPITAL, result_code="14")
    counted(watched, changes=changes)
    assert bool(watched.found("V05")) is found


def test_v05_counts_protection_before_a_suspension_and_leaves_the_suspension_out(watched):
    household = settled(watched)
    periods = select(HouseholdStatePeriod).where(HouseholdStatePeriod.household_id == household.id)
    watched.session.scalars(periods).one().valid_to = days_ago(300)
    for since, until, state in (
        (299, 100, HouseholdState.SUSPENDED),
        (99, None, HouseholdState.RECEIVING),
    ):
        add(
            watched.session,
            HouseholdStatePeriod(
                office_id=watched.office.id,
                household_id=household.id,
                state=state,
                valid_from=days_ago(since),
                valid_to=None if until is None else days_ago(until),
            ),
        )
    assert ["少なくとも1回" in f.reason for f in watched.found("V05")] == [True]
    visit(watched, household, 50)
    assert not watched.found("V05")


def test_v06_asks_for_as_many_visits_as_the_office_says(watched):
    household = settled(watched)
    in_hospital(watched, household, days_ago(500))
    visit(watched, household, 100, met=(None,), place=Place.HOSPITAL, result_code="14")
    assert not watched.found("V06")
    raised(watched, "hospital", 2)
    assert ["面接は1回です（少なくとも2回）" in f.reason for f in watched.found("V06")] == [True]


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

"""Every row of the office's weights and need points reaches the planner: changing one changes what the search compares."""

from __future__ import annotations

from dataclasses import fields

import pytest

from desktop.domain.master_tables import Master
from desktop.domain.need_points import NeedRule
from desktop.domain.planning_settings import PlanningWeights
from desktop.domain.visit_plans import PlanKind
from desktop.domain.visit_preferences import Liking
from desktop.domain.working_time import Half
from desktop.models.households import Household
from desktop.models.masters import MasterValue
from desktop.planning.exchange import from_json
from desktop.planning.pricing import Pricing
from desktop.planning.translating import translate
from desktop.services.masters import lookup_visits
from desktop.services.visit_plans import planning
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, add, days_ago
from tests.support.joint_visits import give_grade
from tests.support.visit_plans import APRIL, district_of, month, one_more_household, visited
from tests.support.visits import a_preference

WEIGHTS = [row.name for row in fields(PlanningWeights)]
QUICK = 200
#: Numbers that differ from the shipped ones enough to be seen.
OTHER = {
    "spacing_shortest_percent": 99,
    "spacing_longest_percent": 101,
    "moved_near_days": 1,
    "load_percent": 60,
}


@pytest.fixture
def office(engine):
    """Six households of the highest grade, half-days that suit and do not, and a draft of the year to stay near to."""
    made = small_office(engine)
    visited(made, days_ago(20))
    others = [one_more_household(made.work, made.household_id) for _ in range(5)]
    with made.work() as session:
        for household_id in (made.household_id, *others):
            give_grade(session, session.get_one(Household, household_id), "A")
    desk = made.desk(made.caseworker)
    times = {**a_preference(made.household_id).times, (3, Half.PM): Liking.BAD}
    desk.preferences.set(a_preference(made.household_id, needs_two=False, times=times))
    desk.visit_plans.save(
        desk.visit_plans.propose(district_of(made), PlanKind.YEAR, APRIL, iterations=QUICK).change
    )
    return made


def set_row(office, table, key, **values):
    """The office's own row from today on."""
    with office.work() as session:
        row = MasterValue(
            office_id=office.caseworker.office_id,
            table_name=table.value,
            key=key,
            valid_from=TODAY,
            value=values,
            source="見本",
            entered_at=CLOCK.now(),
            approved_at=CLOCK.now(),
        )
        add(session, row)


def weigh(office, name, number):
    set_row(office, Master.PLANNING_WEIGHTS, name, label=name, number=number, unit="", note="")


def compared(office):
    """The whole numbers that the search compares for October, of the plan that stands."""
    with office.work() as session:
        asked = planning.question(
            session, office.caseworker, district_of(office), PlanKind.MONTH, month(10), TODAY
        )
    problem = translate(Pricing(asked.asked.problem)).problem
    return (
        *(list(row) for row in (problem.dist, problem.option_price, problem.drop)),
        *(list(row) for row in (problem.gap_price, problem.bin_price, problem.longest)),
    )


@pytest.mark.parametrize("name", WEIGHTS)
def test_a_weight_changes_what_is_compared(office, name):
    before = compared(office)
    with office.work() as session:
        shipped = lookup_visits.planning_weights(session, office.caseworker.office_id, TODAY)
    other = OTHER.get(name, getattr(shipped, name) * 3 + 1)
    weigh(office, name, other)
    assert compared(office) != before


def cost(office):
    made = office.desk(office.caseworker).visit_plans.propose(
        district_of(office), PlanKind.YEAR, APRIL, iterations=QUICK
    )
    period = from_json(made.problem)[1]
    assert period is not None
    assert made.broken == ()
    return period.cost


@pytest.mark.parametrize("name", ["travel", "spacing", "due_day", "levelling", "liked_half_day"])
def test_a_weight_changes_the_plan_s_price(office, name):
    before = cost(office)
    weigh(office, name, 40)
    assert cost(office) != before


def points_of(office):
    """Need points of the first household's visits, as the planner is told."""
    with office.work() as session:
        asked = planning.question(
            session, office.caseworker, district_of(office), PlanKind.YEAR, APRIL, TODAY
        )
        number = session.get_one(Household, office.household_id).case_number
    return {v.points for v in asked.asked.problem.visits if v.household == number}


def test_the_table_of_reasons_is_what_counts(office):
    """Twenty days after a visit, with a grade of one month: 66 percent, six whole steps of two points."""
    assert points_of(office) == {12}
    set_row(
        office,
        Master.NEED_POINTS,
        NeedRule.SINCE_CONTACT.value,
        label="最後に会ってから",
        points=5,
        step=10,
        most=20,
        reason="見本",
    )
    assert points_of(office) == {20}


def test_attempts_in_vain_count_since_somebody_was_met(office):
    for days in (9, 5):
        visited(office, days_ago(days), is_met=False)
    assert points_of(office) == {12 + 20}
    visited(office, days_ago(2))
    assert points_of(office) == {0}

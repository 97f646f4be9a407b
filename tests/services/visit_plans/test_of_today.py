"""Today's visits for the desk: on both databases."""

from __future__ import annotations

from desktop.domain.working_time import Half
from tests.services.visit_plans.test_planning import approved
from tests.support.factories import CLOCK
from tests.support.visit_plans import a_visit, two_visits, visited

TODAY = CLOCK.today()


def test_the_visits_of_today_are_those_still_to_be_made(office, caseworker, supervisor):
    today = a_visit(
        office.household_id,
        TODAY.replace(day=1),
        day=TODAY,
        half=Half.PM,
        purposes=("income_declaration",),
    )
    approved(office, caseworker, supervisor, today, *two_visits(office))
    found = caseworker.visit_plans.today()
    assert [line.visit.visit_id for line in found.lines] == [today.visit_id]
    assert found.purposes["income_declaration"]
    visited(office, TODAY, is_met=False)
    (absent,) = caseworker.visit_plans.today().lines
    assert absent.outcome.vain
    visited(office, TODAY)
    assert caseworker.visit_plans.today().lines == ()


def test_a_colleague_has_none_of_them(office, caseworker, supervisor):
    today = a_visit(office.household_id, TODAY.replace(day=1), day=TODAY, half=Half.AM)
    approved(office, caseworker, supervisor, today, *two_visits(office))
    assert office.desk(office.outsider).visit_plans.today().lines == ()

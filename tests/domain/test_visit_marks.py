"""What became of planned visits: the signs of the yearly plan, table by table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from desktop.domain.visit_marks import StandingVisit, VisitMade, outcomes
from desktop.domain.visit_plans import PlannedVisit, VisitKind

HOUSEHOLD = UUID(int=1)
TODAY = date(2024, 10, 1)


def planned(number: int, month: int, **given) -> StandingVisit:
    visit = PlannedVisit(
        visit_id=UUID(int=100 + number),
        household_id=HOUSEHOLD,
        month=date(2024, month, 1),
        minutes=40,
        rule="grade",
    )
    return StandingVisit(visit=replace(visit, **given))


def made(number: int, month: int, day: int, *, is_met: bool = True) -> VisitMade:
    on = date(2024, month, day)
    return VisitMade(
        contact_id=UUID(int=200 + number), household_id=HOUSEHOLD, on=on, is_met=is_met
    )


@pytest.mark.parametrize(
    ("standing", "visits", "signs", "late"),
    [
        ([planned(1, 11)], [], "○", 0),
        ([planned(1, 9)], [], "○", 1),
        ([planned(1, 9)], [made(1, 9, 5)], "●", 0),
        ([planned(1, 9)], [made(1, 9, 5, is_met=False)], "△", 1),
        ([planned(1, 9)], [made(1, 9, 5, is_met=False), made(2, 9, 9)], "●", 0),
        ([planned(1, 8)], [made(1, 9, 5)], "○＊", 1),
        ([planned(1, 8, first_on=date(2024, 8, 1), last_on=date(2024, 9, 30))], [made(1, 9, 5)], "●", 0),
        ([planned(1, 8, first_on=date(2024, 8, 1), last_on=date(2024, 10, 5))], [], "○", 0),
        ([planned(1, 9), planned(2, 9)], [made(1, 9, 5)], "●○", 1),
        ([replace(planned(1, 9), is_cancelled=True)], [], "×", 0),
        ([replace(planned(1, 9), is_cancelled=True)], [made(1, 9, 5)], "×＊", 0),
        ([], [made(1, 9, 5)], "＊", 0),
        ([], [made(1, 9, 5, is_met=False)], "", 0),
    ],
)  # fmt: skip
def test_each_visit_counts_once_and_where_it_belongs(standing, visits, signs, late):
    found = outcomes(standing, visits, TODAY)
    assert "".join(outcome.sign for outcome in found) == signs
    assert sum(outcome.is_overdue for outcome in found) == late


def again(number: int, day: date) -> StandingVisit:
    """A revisit that was planned after an absence."""
    return planned(number, day.month, kind=VisitKind.REVISIT, day=day)


@pytest.mark.parametrize(
    ("visits", "signs", "late"),
    [
        ([made(1, 9, 3, is_met=False)], "△○", [False, True]),
        ([made(1, 9, 3, is_met=False), made(2, 9, 10)], "△●", [False, False]),
        ([made(1, 9, 3, is_met=False), made(2, 9, 10, is_met=False)], "△△", [False, True]),
    ],
    ids=["to be visited again", "met then", "again nobody"],
)
def test_an_absence_that_is_answered_by_a_revisit_stays_one_and_the_revisit_is_late(
    visits, signs, late
):
    standing = [planned(1, 9, day=date(2024, 9, 3)), again(2, date(2024, 9, 10))]
    found = outcomes(standing, visits, TODAY)
    assert "".join(outcome.sign for outcome in found) == signs
    assert [outcome.is_overdue for outcome in found] == late


def test_a_visit_counts_for_the_nearest_one_of_its_month():
    standing = [planned(1, 9, day=date(2024, 9, 3)), planned(2, 9, day=date(2024, 9, 20))]
    found = outcomes(standing, [made(1, 9, 19)], TODAY)
    assert "".join(outcome.sign for outcome in found) == "○●"


def test_visits_of_another_household_do_not_count():
    other = replace(made(1, 9, 5), household_id=UUID(int=2))
    found = outcomes([planned(1, 9)], [other], TODAY)
    assert {(o.household_id, o.sign) for o in found} == {
        (HOUSEHOLD, "○"),
        (UUID(int=2), "＊"),
    }


def test_an_unplanned_visit_has_no_sign():
    missed = planned(1, 9)
    visit = replace(missed.visit, month=None, unplanned="full")
    assert outcomes([replace(missed, visit=visit)], [], TODAY) == ()

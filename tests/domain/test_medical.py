"""Medical rules as tables of cases: the steps of an order, how appointments are counted, what counts as missed running."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest

from desktop.domain.ids import new_id
from desktop.domain.medical_orders import OrderStep, steps_after
from desktop.domain.medical_plans import (
    Appointment,
    Kept,
    VisitStatus,
    kept_lately,
    missed_running,
)

S, V = OrderStep, VisitStatus
TODAY = date(2024, 10, 1)
AHEAD, PAST = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("taken", "due_on", "expected"),
    [
        (set(), AHEAD, (S.APPROVED, S.RETURNED, S.WITHDRAWN)),
        ({S.APPROVED}, AHEAD, (S.DELIVERED, S.WITHDRAWN)),
        ({S.APPROVED, S.DELIVERED}, AHEAD, (S.WITHDRAWN,)),
        ({S.APPROVED, S.DELIVERED}, TODAY, (S.WITHDRAWN,)),
        ({S.APPROVED, S.DELIVERED}, PAST, (S.NOT_OBEYED, S.WITHDRAWN)),
        ({S.RETURNED}, AHEAD, ()),
        ({S.APPROVED, S.DELIVERED, S.NOT_OBEYED}, PAST, ()),
        ({S.APPROVED, S.WITHDRAWN}, AHEAD, ()),
    ],
)
def test_the_steps_of_an_order(taken, due_on, expected):
    assert steps_after(frozenset(taken), due_on, TODAY, has_result=False) == expected


def test_after_the_result_nothing_follows_whatever_was_taken():
    for count in range(len(S) + 1):
        for taken in combinations(S, count):
            assert steps_after(frozenset(taken), PAST, TODAY, has_result=True) == ()


def test_no_step_is_reached_without_the_one_before():
    for count in range(len(S) + 1):
        for taken in map(frozenset, combinations(S, count)):
            following = steps_after(taken, PAST, TODAY, has_result=False)
            if S.DELIVERED in following:
                assert S.APPROVED in taken
            if S.NOT_OBEYED in following:
                assert {S.APPROVED, S.DELIVERED} <= taken
            assert not taken & set(following) - {S.RETURNED}


def appointment(days: int, status: VisitStatus | None) -> Appointment:
    return Appointment(
        appointment_id=new_id(),
        plan_id=new_id(),
        person_id=new_id(),
        on_day=TODAY - timedelta(days=days),
        at="",
        institution="見本病院",
        status=status,
    )


def test_moved_and_unknown_are_counted_apart_and_the_months_before_show_the_trend():
    found = [
        appointment(-5, None),
        appointment(3, None),
        appointment(10, V.ATTENDED),
        appointment(20, V.ATTENDED),
        appointment(30, V.MISSED_TOLD),
        appointment(40, V.MOVED),
        appointment(50, V.UNKNOWN),
        appointment(120, V.MISSED),
        appointment(400, V.ATTENDED),
    ]
    recent, before = kept_lately(found, TODAY)
    assert recent == Kept(attended=2, missed=1, moved=1, unknown=1)
    assert recent.share == 67
    assert before == Kept(attended=0, missed=1, moved=0, unknown=0)
    assert before.share == 0


def test_where_nothing_is_known_there_is_no_share():
    assert Kept(attended=0, missed=0, moved=3, unknown=2).share is None


@pytest.mark.parametrize(
    ("newest_first", "expected"),
    [
        ((V.MISSED, V.MISSED_TOLD), True),
        ((V.MISSED, V.MISSED, V.ATTENDED), True),
        ((V.ATTENDED, V.MISSED, V.MISSED), False),
        ((V.UNKNOWN, V.MISSED, V.MISSED), False),
        ((V.MISSED, V.MOVED, V.MISSED), False),
        ((V.MISSED,), False),
        ((), False),
    ],
)
def test_missed_running(newest_first, expected):
    assert missed_running(newest_first) is expected

"""Holds from the file itself: the caseworker sets, the supervisor ends, everybody who opens the file sees them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.database.reading import ReadingDoor
from desktop.domain.errors import NotPermittedError, ReasonNeededError
from desktop.domain.holds import HoldKind, NewHold
from desktop.services.disposal import DisposalService
from desktop.services.file_holds import FileHolds
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.people import work_of

REASON = "78条の返還金が残っている（架空）"


@pytest.fixture
def office(engine) -> SmallOffice:
    return small_office(engine)


def holds_for(office: SmallOffice, staff) -> FileHolds:
    work = work_of(office.work, staff, CLOCK)
    return FileHolds(DisposalService(work, CLOCK, staff), ReadingDoor(work, CLOCK, staff))


def new_hold(office: SmallOffice, **changes) -> NewHold:
    given = NewHold(
        household_id=office.household_id, kind=HoldKind.APPEAL, valid_from=TODAY, reason=REASON
    )
    return replace(given, **changes)


def test_a_caseworkers_hold_stands_in_the_file_with_its_reason(office):
    own = holds_for(office, office.caseworker)
    own.set_hold(new_hold(office))
    (row,) = own.of(office.household_id)
    assert (row.kind, row.reason, row.is_open, row.is_over) == (
        HoldKind.APPEAL,
        REASON,
        True,
        False,
    )
    assert row.set_by == office.caseworker.name
    file = office.desk(office.caseworker).households.open_file(office.household_id)
    assert [(hold.kind, hold.since) for hold in file.holds] == [(HoldKind.APPEAL, TODAY)]


def test_a_caseworker_ends_none_and_a_supervisor_does(office):
    own = holds_for(office, office.caseworker)
    hold_id = own.set_hold(new_hold(office, valid_from=TODAY - timedelta(days=3)))
    with pytest.raises(NotPermittedError):
        own.end_hold(hold_id)
    holds_for(office, office.supervisor).end_hold(hold_id)
    (row,) = own.of(office.household_id)
    assert (row.is_open, row.is_over) == (False, True)
    desk = office.desk(office.caseworker).households
    assert desk.open_file(office.household_id).holds == ()
    before = desk.open_file(office.household_id, as_of=TODAY - timedelta(days=2))
    assert [hold.kind for hold in before.holds] == [HoldKind.APPEAL]


def test_a_hold_ended_on_its_first_day_is_over(office):
    own = holds_for(office, office.caseworker)
    hold_id = own.set_hold(new_hold(office))
    holds_for(office, office.supervisor).end_hold(hold_id)
    (row,) = own.of(office.household_id)
    assert (row.is_open, row.is_over) == (False, True)


def test_outside_the_duty_a_reason_is_needed_first(office):
    holds_for(office, office.caseworker).set_hold(new_hold(office))
    with pytest.raises(ReasonNeededError):
        holds_for(office, office.outsider).of(office.household_id)

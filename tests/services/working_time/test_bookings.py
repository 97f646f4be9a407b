"""Joint bookings on both databases: nobody and no car goes along twice, whoever asks first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.joint_bookings import JointKind
from desktop.domain.master_tables import Master
from desktop.domain.working_time import Half
from desktop.models.masters import MasterValue
from tests.support.desk import small_office
from tests.support.factories import CLOCK, LONG_AGO, TODAY, add, days_ago, make_household
from tests.support.visits import MONDAY, a_booking, an_absence

CAR = {"partner_id": None, "kind": JointKind.VEHICLE, "vehicle": "car1"}


@pytest.fixture
def office(engine):
    made = small_office(engine)
    with made.work() as session:
        value = MasterValue(
            office_id=made.caseworker.office_id,
            table_name=Master.VEHICLES.value,
            key="car1",
            valid_from=LONG_AGO,
            value={"label": "軽自動車1号"},
            source="見本",
            entered_at=CLOCK.now(),
            approved_at=CLOCK.now(),
        )
        add(session, value)
    return made


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def booked(desk):
    return desk.bookings.between(TODAY, TODAY + timedelta(days=60))


def a_car(office, **changes):
    return a_booking(office.household_id, **CAR | changes)


def test_a_booking_says_who_when_and_for_whom(office, caseworker):
    given = a_booking(office.household_id, office.supervisor.staff_id)
    caseworker.bookings.book(given)
    caseworker.bookings.book(given)
    (found,) = booked(caseworker)
    assert (found.partner, found.booked_by_name) == (office.supervisor.name, office.caseworker.name)
    assert (found.day, found.half, found.household_id) == (given.day, Half.AM, office.household_id)


def test_the_same_person_is_not_booked_twice_by_anybody(office, caseworker, engine):
    outsider = office.desk(office.outsider)
    with office.work() as session:
        district_id = next(iter(office.outsider.district_ids))
        other = make_household(session, district_id=district_id).id
    caseworker.bookings.book(a_booking(office.household_id, office.supervisor.staff_id))
    with pytest.raises(UserError, match="もう同行の予約があります"):
        outsider.bookings.book(a_booking(other, office.supervisor.staff_id))
    outsider.bookings.book(a_booking(other, office.supervisor.staff_id, half=Half.PM))
    assert len(booked(caseworker)) == 2


def test_a_car_drives_once(office, caseworker):
    caseworker.bookings.book(a_car(office))
    with pytest.raises(UserError, match="もう同行の予約があります"):
        caseworker.bookings.book(a_car(office))
    caseworker.bookings.book(a_car(office, day=MONDAY))
    assert caseworker.bookings.vehicles() == {"car1": "軽自動車1号"}


def test_what_was_cancelled_is_free_again(office, caseworker):
    first = a_booking(office.household_id, office.supervisor.staff_id)
    caseworker.bookings.book(first)
    office.desk(office.supervisor).bookings.cancel(first.booking_id)
    assert booked(caseworker) == ()
    caseworker.bookings.book(a_booking(office.household_id, office.supervisor.staff_id))
    with pytest.raises(ConflictError, match="もう取り消されて"):
        caseworker.bookings.cancel(first.booking_id)


def test_a_stranger_cancels_nothing(office, caseworker):
    given = a_booking(office.household_id, office.supervisor.staff_id)
    caseworker.bookings.book(given)
    with pytest.raises(NotPermittedError, match="取り消せるのは"):
        office.desk(office.outsider).bookings.cancel(given.booking_id)


def test_whose_household_it_is_shows_only_within_the_duty(office, caseworker, engine):
    caseworker.bookings.book(a_booking(office.household_id, office.supervisor.staff_id))
    (found,) = booked(office.desk(office.outsider))
    expected = None if engine.dialect.name == "postgresql" else office.household_id
    assert found.household_id == expected
    assert found.partner == office.supervisor.name


def test_somebody_on_leave_does_not_go_along(office, caseworker):
    supervisor = office.desk(office.supervisor)
    day = MONDAY + timedelta(days=1)
    supervisor.working_time.add_away(
        an_absence(office.supervisor.staff_id, first_on=day, last_on=day)
    )
    with pytest.raises(ValidationError, match="休暇"):
        caseworker.bookings.book(a_booking(office.household_id, office.supervisor.staff_id))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": days_ago(1)}, "day"),
        ({"kind": JointKind.VEHICLE, "partner_id": None, "vehicle": "none"}, "vehicle"),
        ({"partner_id": None}, "partner_id"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(office, caseworker, changes, field):
    values = {"partner_id": office.supervisor.staff_id, **changes}
    with pytest.raises(ValidationError) as refusal:
        caseworker.bookings.book(a_booking(office.household_id, **values))
    assert set(refusal.value.fields) == {field}

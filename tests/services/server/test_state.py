"""The server's clock counts, whatever the workstation's clock says; dangerous settings are told to administrators."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.clock import ServerClock
from desktop.domain.roles import Role
from desktop.services.server.state import ServerState
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, make_staff, signed_in
from tests.support.people import work_of

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def office(engine):
    return small_office(engine)


def test_a_workstation_a_year_off_works_by_the_servers_clock(office):
    work = work_of(office.work, office.caseworker, CLOCK)
    wrong = later(CLOCK, days=366)
    state = ServerState(work, wrong)
    assert state.clock_offset() == timedelta(days=-366)
    assert ServerClock(wrong, state.clock_offset()).today() == CLOCK.today()
    assert "時計" in state.notices(office.caseworker)[0]
    assert ServerState(work, CLOCK).notices(office.caseworker) == ()


def test_settings_that_lose_data_are_told_to_administrators_alone(office):
    with office.work() as session:
        admin = signed_in(session, make_staff(session, Role.ADMINISTRATOR))
    notices = ServerState(work_of(office.work, admin, CLOCK), CLOCK).notices(admin)
    assert any("fsync" in sentence for sentence in notices)  # the tests' server keeps nothing
    assert not any("password_encryption" in sentence for sentence in notices)


def test_the_office_sets_the_minutes_of_the_lock(office):
    state = ServerState(work_of(office.work, office.caseworker, CLOCK), CLOCK)
    assert state.idle_minutes(office.caseworker, CLOCK) == 15

"""Who somebody is today: retired, re-assigned, or with a clock of his own."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files

import pytest

from desktop.domain.roles import Role
from desktop.models.office import District, Office
from tests.database.security.place import Place, changed, open_file, refused, rows
from tests.support import factories
from tests.support.factories import CLOCK, TODAY


def someone(place: Place, *, until_days_ago: int | None = None):
    """A caseworker of the household's district; the assignment may have ended."""
    with place.office.work() as session:
        home = session.get_one(Office, place.office.caseworker.office_id)
        staff = factories.make_staff(session, Role.CASEWORKER, office=home)
        (district_id,) = place.office.caseworker.district_ids
        ended = None if until_days_ago is None else TODAY - timedelta(days=until_days_ago)
        factories.assign(session, staff, session.get_one(District, district_id), until=ended)
        return factories.signed_in(session, staff)


def test_a_retired_persons_open_connection(place):
    place.submitted()
    person = someone(place)
    by = place.connect(person)
    open_file(by, place.office.household_id)
    assert len(rows(by, "SELECT 1 FROM segment")) > 0
    place.truth(
        "UPDATE staff SET active_to = %s WHERE id = %s",
        (TODAY - timedelta(days=1), person.staff_id),
    )
    for table in ("segment", "entry", "household", "staff", "todo", "master"):
        assert rows(by, f"SELECT 1 FROM {table}") == []
    assert (
        refused(by, "SELECT app.open_files('file', %s, 'x')", ([place.office.household_id],))
        == "BS403"
    )


def test_a_retired_persons_open_transaction(place):
    """A snapshot from before the retirement makes him nobody, then and later."""
    place.submitted()
    person = someone(place)
    by = place.connect(person)
    open_file(by, place.office.household_id)
    for level in ("REPEATABLE READ", "SERIALIZABLE"):
        by.execute(f"BEGIN ISOLATION LEVEL {level}")
        assert rows(by, "SELECT app.me()") == [(None,)]
        assert rows(by, "SELECT 1 FROM segment") == []
        assert rows(by, "SELECT 1 FROM household") == []
        by.execute("ROLLBACK")


def test_a_caseworker_re_assigned_yesterday(place):
    by = place.connect(someone(place, until_days_ago=1))
    assert (
        rows(by, "SELECT 1 FROM entry WHERE household_id = %s", (place.office.household_id,)) == []
    )
    ask = "SELECT app.open_files('file', %s, '')"
    assert refused(by, ask, ([place.office.household_id],)) == "BS428"


def test_a_role_that_ended_or_was_never_given_at_the_server(place):
    """The dated row and the group must agree."""
    person = someone(place)
    by = place.connect(person)
    # From PostgreSQL 16 on only what this grantor gave is taken back.
    place.truth(f'REVOKE banso_caseworker FROM "{person.login}" GRANTED BY banso_accounts')
    ask = "SELECT app.open_files('file', %s, '')"
    assert refused(by, ask, ([place.office.household_id],)) == "BS403"
    assert refused(by, "SELECT 1 FROM segment") == "42501"


@pytest.mark.parametrize("days", [-365, 365])
def test_a_workstation_clock_a_year_off(place, days):
    """The program's days go to the server as values; what counts is the server's own clock."""
    source = (files("desktop.database.security") / "sql" / "10_identity.sql").read_text(
        encoding="utf-8"
    )
    own = source[
        source.index("CREATE FUNCTION app.now()") : source.index("CREATE FUNCTION app.today()")
    ]
    ((test_clock,),) = place.truth("SELECT pg_get_functiondef('app.now()'::regprocedure)")
    place.truth(own.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    try:
        by = place.connect(place.office.caseworker, now=CLOCK.now() + timedelta(days=days))
        by.execute("SET TimeZone = 'Pacific/Kiritimati'")
        open_file(by, place.office.household_id)
        found = place.truth(
            "SELECT abs(extract(epoch FROM clock_timestamp() - max(opened_at))) < 60 FROM ticket WHERE staff_id = %s",
            (place.office.caseworker.staff_id,),
        )
        assert found == [(True,)]
        day = rows(by, "SELECT app.today() = (clock_timestamp() AT TIME ZONE 'Asia/Tokyo')::date")
        assert day == [(True,)]
        changed(by, "SELECT 1")
    finally:
        place.truth(test_clock)
        place.truth(
            "DELETE FROM ticket_household WHERE ticket_id IN (SELECT id FROM ticket WHERE opened_at > '2025-06-01')"
        )
        place.truth("DELETE FROM ticket WHERE opened_at > '2025-06-01'")


def test_a_substitute_from_another_office_gets_nothing(place):
    place.truth(
        "INSERT INTO staff_absence (id, office_id, staff_id, substitute_id, valid_from)"
        " VALUES (gen_random_uuid(), %s, %s, %s, '2020-04-01')",
        (
            place.office.caseworker.office_id,
            place.office.caseworker.staff_id,
            place.stranger.staff_id,
        ),
    )
    by = place.connect(place.stranger)
    assert (
        rows(by, "SELECT 1 FROM entry WHERE office_id = %s", (place.office.caseworker.office_id,))
        == []
    )

"""A forged NOTIFY: the program listens to nothing and takes nothing from a message; whoever sends one learns nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from tests.database.security.place import refused
from tests.support.people import PASSWORD

CHANNELS = ("entry", "banso", "changed", "x'); DROP TABLE entry; --")
PAYLOADS = ("", "'; DROP TABLE public.entry; --", "\x01\x02 \u202e", "{household}", "x" * 7_999)


@pytest.fixture
def victim(place):
    """A connection as the program makes it."""
    place.connect(place.office.caseworker)
    url = place.engine.url.set(username=place.office.caseworker.login, password=PASSWORD)
    engine = make_engine(url.render_as_string(hide_password=False))
    yield engine
    engine.dispose()


def send(by, household_id, times=1):
    for _ in range(times):
        for channel in CHANNELS:
            for payload in PAYLOADS:
                said = payload.replace("{household}", str(household_id))
                by.execute("SELECT pg_notify(%s, %s)", (channel, said))


def seen(engine):
    with UnitOfWork(engine)() as session:
        return session.execute(
            text("SELECT id FROM household UNION ALL SELECT id FROM entry ORDER BY 1")
        ).all()


def test_a_forged_notify_changes_nothing_that_anybody_sees(place, victim):
    before = seen(victim)
    send(place.connect(place.office.outsider), place.far_id)
    assert seen(victim) == before
    assert place.truth("SELECT to_regclass('public.entry') IS NOT NULL") == [(True,)]


def test_a_flood_of_notifies_reaches_no_connection_of_the_program(place, victim):
    with victim.connect() as connection:
        driver = connection.connection.driver_connection
        heard: list[object] = []
        driver.add_notify_handler(heard.append)
        assert connection.scalars(text("SELECT pg_listening_channels()")).all() == []
        send(place.connect(place.office.outsider), place.far_id, times=200)
        connection.execute(text("SELECT 1"))
        assert heard == []
        assert connection.scalar(text("SELECT pg_notification_queue_usage()")) == 0


def test_somebody_elses_household_in_a_message_opens_no_file(place):
    outsider = place.connect(place.office.outsider)
    send(outsider, place.office.household_id)
    count = "SELECT count(*) FROM household WHERE id = %s"
    assert outsider.execute(count, (place.foreign_id,)).fetchone() == (0,)
    assert outsider.execute("SELECT app.opened()").fetchone() == ([],)


def test_whoever_listens_hears_nothing_of_the_office(place):
    """The database itself sends no messages: nothing can be learnt from them."""
    spy = place.connect(place.office.outsider)
    for channel in ("entry", "approval", "banso", "app", "audit"):
        assert refused(spy, f"LISTEN {channel}") == ""
    place.submitted()
    spy.execute("SELECT 1")
    assert list(spy.notifies(timeout=0)) == []
    calls = "SELECT proname FROM pg_proc WHERE pronamespace IN ('app'::regnamespace, 'audit'::regnamespace) AND prosrc ~* '\\mnotify|pg_notify'"
    assert place.truth(calls) == []

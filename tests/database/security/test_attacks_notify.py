"""A forged NOTIFY: the program takes nothing from a message but that it should look; whoever sends one learns nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from desktop.database.engine import make_engine
from desktop.database.listening import Listener
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.desk_news import EVERYTHING, GROUPS, PAPERS, PLANS, TODOS
from desktop.domain.errors import UnavailableError
from desktop.domain.support_groups import SupportGroup
from desktop.domain.visit_plans import PlanMove
from desktop.services.todos import TodoService
from tests.database.security.place import refused
from tests.support.assessments import assessment, by_conference, held
from tests.support.factories import CLOCK
from tests.support.papers import a_paper
from tests.support.people import PASSWORD
from tests.support.visit_plans import a_change, do, two_visits

#: Bytes that the server's queue holds.
QUEUE = 8 * 2**30
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
        usage = connection.scalar(text("SELECT pg_notification_queue_usage()"))
        # The queue is the whole server's: a desk that listens elsewhere leaves some bytes in it, this flood would leave more.
        assert usage < 200 * len(CHANNELS) * 8_000 / QUEUE / 4


def test_somebody_elses_household_in_a_message_opens_no_file(place):
    outsider = place.connect(place.office.outsider)
    send(outsider, place.office.household_id)
    count = "SELECT count(*) FROM household WHERE id = %s"
    assert outsider.execute(count, (place.foreign_id,)).fetchone() == (0,)
    assert outsider.execute("SELECT app.opened()").fetchone() == ([],)


def test_whoever_listens_hears_that_papers_moved_and_nothing_of_them(place):
    """The only message the database sends has no content: nothing of the office can be learnt from it."""
    spy = place.connect(place.office.outsider)
    for channel in ("entry", "approval", "banso", "app", "audit", PAPERS):
        assert refused(spy, f"LISTEN {channel}") == ""
    place.submitted()
    desk = place.desk(place.office.caseworker)
    desk.papers.receive(a_paper(place.office.household_id))
    heard = [(n.channel, n.payload) for n in spy.notifies(timeout=2, stop_after=1)]
    assert heard == [(PAPERS, "")]
    calls = "SELECT proname FROM pg_proc WHERE pronamespace IN ('app'::regnamespace, 'audit'::regnamespace) AND prosrc ~* '\\mnotify|pg_notify' ORDER BY 1"
    assert place.truth(calls) == [("tell_desks",), ("tell_papers",)]


def test_another_desk_hears_that_plans_and_to_dos_changed(place, victim):
    """Two connections: who listens hears which kind of thing it was, and no more."""
    spy = place.connect(place.office.outsider)
    for channel in (PLANS, TODOS):
        assert refused(spy, f"LISTEN {channel}") == ""
    listener = Listener(UnitOfWork(victim), *EVERYTHING)
    assert listener.news() == set(EVERYTHING)
    assert listener.news() == set()
    desk = place.desk(place.office.caseworker)
    head = desk.visit_plans.save(a_change(place.office, *two_visits(place.office)))
    assert until_heard(listener) == {PLANS}
    head = do(desk, head, PlanMove.SUBMIT)
    assert until_heard(listener) == {PLANS}
    do(place.desk(place.office.supervisor), head, PlanMove.APPROVE)
    assert until_heard(listener) == {PLANS}
    reading = ReadingDoor(desk.work, CLOCK, desk.staff)
    TodoService(desk.work, CLOCK, desk.staff, reading).consult(
        place.office.household_id, "架空の相談です。"
    )
    assert until_heard(listener) == {TODOS}
    heard = {(n.channel, n.payload) for n in spy.notifies(timeout=2, stop_after=4)}
    assert heard == {(PLANS, ""), (TODOS, "")}
    listener.close()


def until_heard(listener):
    """What is heard first, asked as often as the server needs."""
    return next((heard for heard in (listener.news() for _ in range(500)) if heard), set())


def test_a_forged_message_brings_about_one_look_and_no_more(place, victim):
    listener = Listener(UnitOfWork(victim), PAPERS)
    assert listener.has_news()  # whoever begins to listen has heard nothing so far, and looks
    assert not listener.has_news()
    forger = place.connect(place.office.outsider)
    for payload in (*PAYLOADS, str(place.far_id)):
        forger.execute("SELECT pg_notify(%s, %s)", (PAPERS, payload))
    heard = hear(listener, 3)
    assert any(heard)
    assert not heard[-1]
    listener.close()
    assert not listener.has_news()


def hear(listener, times):
    return [listener.has_news() for _ in range(times)]


def test_a_lost_connection_is_made_anew_and_counts_as_news(place, victim):
    listener = Listener(UnitOfWork(victim), PAPERS)
    listener.has_news()
    place.truth(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s AND query LIKE 'LISTEN%%'",
        (place.office.caseworker.login,),
    )
    with pytest.raises(UnavailableError):
        hear(listener, 100)
    assert listener.has_news()
    listener.close()


def test_the_listener_takes_no_place_in_the_pool(place, victim):
    listener = Listener(UnitOfWork(victim), PAPERS)
    listener.has_news()
    assert victim.pool.checkedout() == 0
    listener.close()


def test_signing_out_ends_the_listening(place, victim):
    listener = Listener(UnitOfWork(victim), PAPERS)
    listener.has_news()
    listening = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND query LIKE 'LISTEN%%'"
    login = (place.office.caseworker.login,)
    assert place.truth(listening, login) == [(1,)]
    victim.dispose()
    assert until(lambda: place.truth(listening, login) == [(0,)])
    listener.close()
    listener.close()


def until(holds):
    """Whether something comes to hold while the server tidies up."""
    return any(holds() for _ in range(500))


def test_another_desk_hears_that_somebody_was_assessed_and_decided(place, victim):
    spy = place.connect(place.office.outsider)
    assert refused(spy, f"LISTEN {GROUPS}") == ""
    listener = Listener(UnitOfWork(victim), GROUPS)
    listener.news()
    caseworker, supervisor = (
        place.desk(who) for who in (place.office.caseworker, place.office.supervisor)
    )
    given = assessment(place.office)
    caseworker.assessments.save(given)
    assert until_heard(listener) == {GROUPS}
    matter = held(caseworker, supervisor, given)
    listener.news()
    supervisor.groups.decide(
        by_conference(place.office, given, SupportGroup.WITH_HELP, matter.matter_id)
    )
    assert until_heard(listener) == {GROUPS}
    heard = {(n.channel, n.payload) for n in spy.notifies(timeout=2, stop_after=1)}
    assert heard == {(GROUPS, "")}
    listener.close()

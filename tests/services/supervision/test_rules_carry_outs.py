"""Papers that are not back and incidents whose days run: the radar, the desk. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.domain.carry_outs import CarryOutMove, CarryOutReason
from desktop.domain.master_tables import Master
from desktop.domain.todos import TodoOrigin
from desktop.models.masters import MasterValue
from desktop.models.records import Contact, ContactStaff
from desktop.services.todos import TodoService
from desktop.viewmodels.desk import not_back
from tests.support.carry_outs import a_trip, an_incident, do, set_limit, take_out
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.people import work_of
from tests.support.radar import found_by
from tests.support.visit_plans import visited


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def out(office):
    made = office.desk(office.caseworker).carry_outs.make(a_trip(office)).carry_out_id
    take_out(office, office.caseworker, made)
    return made


def found(office, person, **after):
    clock = later(CLOCK, **after)
    work = work_of(office.work, person, clock)
    return [(f.rule, f.days) for f in found_by(("K01", "K02", "K03", "V23"), work, clock, person)]


def todos(office, person, **after):
    clock = later(CLOCK, **after)
    desk = office.desk(person, clock)
    mine = TodoService(desk.work, clock, person, desk.transfers.reading).mine()
    return [todo for todo in mine if todo.origin is TodoOrigin.CARRY_OUT]


def test_papers_of_an_earlier_day_are_asked_about(office, out):
    assert found(office, office.supervisor) == []
    assert found(office, office.supervisor, days=1) == [("K01", 1)]
    assert found(office, office.head, days=2) == [("K01", 2)]
    do(office.desk(office.outsider), out, CarryOutMove.CONFIRM)
    assert found(office, office.supervisor, days=2) == []


def test_what_is_out_stands_on_the_carriers_desk_and_warns_from_the_time_on(office, out):
    (todo,) = todos(office, office.caseworker)
    assert (todo.due_on, todo.is_late) == (TODAY, False)
    assert "持6-0001" in todo.text
    assert not_back([todo]) == ""
    (evening,) = todos(office, office.caseworker, hours=12)
    assert "戻っていません" in not_back([evening])
    assert todos(office, office.supervisor) == []
    do(office.desk(office.caseworker), out, CarryOutMove.BRING)
    assert todos(office, office.caseworker) == []


def test_a_trip_that_needs_a_word_stands_on_the_supervisors_desk(office):
    trip = office.desk(office.caseworker).carry_outs.make(a_trip(office, goes_home=True))
    (todo,) = todos(office, office.supervisor)
    assert "承認" in todo.text
    do(office.desk(office.supervisor), trip.carry_out_id, CarryOutMove.APPROVE)
    assert todos(office, office.supervisor) == []
    (own,) = todos(office, office.caseworker)
    assert "印刷" in own.text


def test_a_loss_stays_on_the_desk_until_it_is_reported(office, out):
    caseworker = office.desk(office.caseworker)
    do(caseworker, out, CarryOutMove.LOSE, "なかった。")
    (todo,) = todos(office, office.caseworker)
    assert "事案を報告" in todo.text
    caseworker.carry_outs.save_incident(an_incident(out))
    assert todos(office, office.caseworker) == []


def test_the_days_of_the_law_are_asked_about_before_and_after(office):
    desk = office.desk(office.supervisor)
    given = an_incident(None, found_at=CLOCK.now() - timedelta(minutes=1))
    desk.carry_outs.save_incident(given)
    assert found(office, office.supervisor, days=2) == []
    assert found(office, office.supervisor, days=3) == [("K02", 3)]
    assert found(office, office.head, days=9) == [("K02", 9)]
    reported = replace(given, version=1, quick_reported_on=TODAY)
    desk.carry_outs.save_incident(reported)
    assert found(office, office.supervisor, days=9) == []
    assert found(office, office.supervisor, days=23) == [("K02", 23)]
    desk.carry_outs.save_incident(replace(reported, version=2, full_reported_on=TODAY))
    assert found(office, office.supervisor, days=40) == []


def went(office, on):
    """The caseworker's own visit of a day, written up."""
    visited(office, on)
    with office.work() as session:
        contact = session.scalars(select(Contact).where(Contact.happened_on == on)).one()
        given = {"office_id": contact.office_id, "household_id": contact.household_id}
        session.add(
            ContactStaff(contact_id=contact.id, staff_id=office.caseworker.staff_id, **given)
        )


def test_a_visit_without_its_sheet_is_asked_about_where_the_office_wants_it(office):
    went(office, TODAY - timedelta(days=3))
    assert found(office, office.supervisor) == []
    set_limit(office, "k03_days", 30)
    assert found(office, office.supervisor) == [("K03", 3)]


def test_a_visit_with_its_sheet_of_the_day_is_not_asked_about(office, out):
    set_limit(office, "k03_days", 30)
    went(office, TODAY)
    assert found(office, office.supervisor) == []
    went(office, TODAY - timedelta(days=1))
    assert found(office, office.supervisor) == [("K03", 1)]


def entered(office):
    """The caseworker went out to enter a home."""
    trip = a_trip(office, reason=CarryOutReason.ENTRY)
    made = office.desk(office.caseworker).carry_outs.make(trip).carry_out_id
    take_out(office, office.caseworker, made)
    do(office.desk(office.outsider), made, CarryOutMove.CONFIRM)


def a_card(office, number, since, until=None, *, from_day=0):
    """The office issued a card so many days ago, and it was given back."""
    value = {"number": number, "issued_on": (TODAY - timedelta(days=since)).isoformat(), "note": ""}
    value["returned_on"] = (TODAY - timedelta(days=until)).isoformat() if until is not None else ""
    with office.work() as session:
        session.add(
            MasterValue(
                office_id=office.caseworker.office_id,
                table_name=Master.ENTRY_CARDS.value,
                key=office.caseworker.login,
                value=value,
                valid_from=TODAY - timedelta(days=from_day),
                entered_at=CLOCK.now(),
                approved_at=CLOCK.now(),
            )
        )


def test_v23_asks_who_entered_a_home_without_a_card(office):
    entered(office)
    assert found(office, office.supervisor) == [("V23", 0)]
    a_card(office, "1", 400, 30, from_day=20)
    assert found(office, office.supervisor) == [("V23", 0)]
    a_card(office, "2", 5, from_day=4)
    assert found(office, office.supervisor) == []
    a_card(office, "2", 5, 1, from_day=1)
    assert found(office, office.supervisor) == [("V23", 0)]
    assert found(office, office.supervisor, days=93) == []

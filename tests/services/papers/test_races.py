"""Several people at the counter at the same moment, on both databases."""

from __future__ import annotations

from functools import partial

import pytest

from desktop.database.engine import is_postgresql
from desktop.domain.errors import UserError
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import PaperInput, PaperState, ReceivedPaper
from tests.services.test_races import at_once
from tests.support.desk import desk, small_office
from tests.support.papers import a_paper


@pytest.fixture
def office(engine):
    office = small_office(engine)
    for person in (office.caseworker, office.supervisor, office.records, office.outsider):
        office.desk(person)  # lets each in before they come at once
    return office


def receive(given: PaperInput, staff: SignedInStaff, work):
    return desk(work, staff).papers.receive(given)


def test_numbers_given_at_once_differ_and_have_no_gap(database_url, engine, office):
    people = [office.caseworker, office.supervisor, office.records, office.outsider] * 2
    calls = [partial(receive, a_paper(office.household_id), person) for person in people]
    answers = at_once(database_url, calls)
    taken = [a for a in answers if isinstance(a, ReceivedPaper)]
    assert all(isinstance(a, ReceivedPaper | UserError) for a in answers)
    assert sorted(p.number for p in taken) == list(range(1, len(taken) + 1))
    pool = office.desk(office.records).papers.pool()
    assert pool.total == len(taken)
    # SQLite may tell some of them to try again; the server lets everybody in, one after the other.
    assert len(taken) == len(people) if is_postgresql(engine) else taken


def test_one_receipt_sent_twice_at_once_is_stored_once(database_url, office):
    given = a_paper(office.household_id)
    at_once(database_url, [partial(receive, given, office.caseworker)] * 3)
    assert office.desk(office.caseworker).papers.receive(given).number == 1
    assert office.desk(office.caseworker).papers.pool().total == 1


def test_of_two_steps_at_once_one_is_a_conflict(database_url, office):
    given = a_paper(office.household_id)
    office.desk(office.caseworker).papers.receive(given)

    def step(staff, work):
        return desk(work, staff).papers.step(given.paper_id, PaperState.RECEIVED)

    answers = at_once(
        database_url, [partial(step, person) for person in (office.caseworker, office.supervisor)]
    )
    assert answers.count(PaperState.CHECKED) == 1
    (paper,) = office.desk(office.caseworker).papers.of_household(office.household_id)
    assert [s.state for s in paper.steps] == [PaperState.RECEIVED, PaperState.CHECKED]

"""Rules about transfers: who moved away without a letter, and letters that lie."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from desktop.domain.households import HouseholdState
from desktop.domain.todos import TodoOrigin
from desktop.domain.transfers import TransferMove
from desktop.models.households import Household, Person
from desktop.models.ledger import AddressPeriod, HouseholdStatePeriod
from desktop.models.masters import MasterValue
from desktop.services.todos import TodoService
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, LONG_AGO, TODAY, days_ago
from tests.support.people import work_of
from tests.support.radar import found_by
from tests.support.transfers import a_transfer, do, know_other_offices, the_transfer

M = TransferMove
RULES = {"R14", "T01", "T02"}


@pytest.fixture
def office(engine):
    made = small_office(engine)
    know_other_offices(made.work, made.caseworker)
    return made


def found(office, **after) -> list[tuple[str, int]]:
    """Rule and days of what the radar asks so long after the tests' day."""
    clock = later(CLOCK, **after)
    work = work_of(office.work, office.supervisor, clock)
    return [(f.rule, f.days) for f in found_by(RULES, work, clock, office.supervisor)]


def desk_of(office, person, **after) -> list[tuple[str, object]]:
    """Text and day of the transfers on somebody's desk."""
    clock = later(CLOCK, **after)
    desk = office.desk(person, clock)
    todos = TodoService(desk.work, clock, person, desk.transfers.reading)
    return [(t.text, t.due_on) for t in todos.mine() if t.origin is TodoOrigin.TRANSFER]


def lives(office, address: str, since, *, before: str | None = "架空県架空市1番地") -> None:
    """The household lives there since a day, and somewhere else before."""
    with office.work() as session:
        key = {
            "office_id": office.caseworker.office_id,
            "household_id": office.household_id,
        }
        if before is not None:
            session.add(
                AddressPeriod(
                    **key, address=before, valid_from=LONG_AGO, valid_to=since - timedelta(days=1)
                )
            )
        session.add(AddressPeriod(**key, address=address, valid_from=since))


def close(office, day) -> None:
    """Protection ended."""
    with office.work() as session:
        session.get_one(Household, office.household_id).state = HouseholdState.CLOSED
        session.execute(
            update(HouseholdStatePeriod)
            .where(HouseholdStatePeriod.household_id == office.household_id)
            .values(valid_to=day - timedelta(days=1))
        )
        session.add(
            HouseholdStatePeriod(
                office_id=office.caseworker.office_id,
                household_id=office.household_id,
                state=HouseholdState.CLOSED,
                valid_from=day,
            )
        )


@pytest.mark.parametrize(("days", "wanted"), [(15, [("R14", 15)]), (14, [])])
def test_who_lives_in_another_area_is_asked_about_after_so_many_days(office, days, wanted):
    lives(office, "架空県見本市2番地", days_ago(days))
    assert found(office) == wanted


def test_a_drafted_letter_answers_it_and_a_withdrawn_one_does_not(office):
    lives(office, "架空県見本市2番地", days_ago(20))
    caseworker = office.desk(office.caseworker)
    caseworker.transfers.save(a_transfer(office))
    assert found(office) == []
    do(caseworker, office, M.WITHDRAW, "書き間違い")
    assert found(office) == [("R14", 20)]


def test_a_letter_of_an_earlier_move_does_not_answer_for_this_one(office):
    caseworker = office.desk(office.caseworker)
    caseworker.transfers.save(a_transfer(office, moved_on=days_ago(200)))
    do(office.desk(office.supervisor), office, M.APPROVE)
    do(caseworker, office, M.SEND, on=TODAY)
    do(caseworker, office, M.ACKNOWLEDGE, "見本", on=TODAY)
    lives(office, "架空県見本市2番地", days_ago(20))
    assert found(office) == [("R14", 20)]


@pytest.mark.parametrize(
    ("closed", "wanted"),
    [(days_ago(25), [("R14", 20)]), (days_ago(60), []), (days_ago(19), [("R14", 19)])],
)
def test_who_was_closed_as_the_address_changed_is_asked_about(office, closed, wanted):
    lives(office, "どこか知らない町1番地", days_ago(20))
    close(office, closed)
    assert found(office) == wanted


def test_a_move_within_the_own_area_is_no_question(office):
    with office.work() as session:
        own = session.scalars(select(MasterValue).where(MasterValue.key == "rei")).one()
        own.key, own.value = "own", {"label": "この福祉事務所", "areas": "架空県架空市"}
    lives(office, "架空県架空市2番地", days_ago(20))
    close(office, days_ago(20))
    assert found(office) == []


def test_a_first_address_and_the_dead_are_no_question(office):
    lives(office, "どこか知らない町1番地", days_ago(20), before=None)
    close(office, days_ago(20))
    assert found(office) == []
    lives(office, "架空県見本市2番地", days_ago(18))
    assert found(office) == [("R14", 18)]
    with office.work() as session:
        session.get_one(Person, office.person_id).died_on = days_ago(19)
    assert found(office) == []


def test_a_letter_that_lies_stands_on_the_desk_and_climbs(office):
    caseworker, supervisor = office.desk(office.caseworker), office.desk(office.supervisor)
    caseworker.transfers.save(a_transfer(office))
    week = TODAY + timedelta(days=7)
    assert desk_of(office, office.supervisor) == [("移管連絡の決裁", week)]
    assert desk_of(office, office.caseworker) == []
    assert (found(office, days=7), found(office, days=8)) == ([], [("T01", 8)])
    do(supervisor, office, M.APPROVE)
    assert desk_of(office, office.supervisor) == []
    assert desk_of(office, office.caseworker) == [
        ("移管連絡を印刷して送る", TODAY + timedelta(days=3))
    ]
    assert (found(office, days=3), found(office, days=4)) == ([], [("T01", 4)])
    do(caseworker, office, M.SEND, on=TODAY)
    assert desk_of(office, office.caseworker) == [
        ("移管先に受領を確かめる", TODAY + timedelta(days=14))
    ]
    assert (found(office, days=14), found(office, days=15)) == ([], [("T02", 15)])
    do(caseworker, office, M.ACKNOWLEDGE, "見本", on=TODAY)
    assert the_transfer(caseworker, office).line.due_on is None
    assert (desk_of(office, office.caseworker), found(office, days=40)) == ([], [])


def test_a_returned_letter_is_on_the_desk_of_who_looks_after_the_household(office):
    office.desk(office.caseworker).transfers.save(a_transfer(office))
    do(office.desk(office.supervisor), office, M.RETURN, "足りない")
    assert desk_of(office, office.caseworker) == [
        ("差し戻された移管連絡を直す", TODAY + timedelta(days=7))
    ]
    assert desk_of(office, office.outsider) == []

"""Taking papers in, moving them on, handing them over, and the pool: on both databases, as the people of the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.domain.clock import FixedClock
from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    ValidationError,
)
from desktop.domain.ids import new_id
from desktop.domain.office import AssignmentKind
from desktop.domain.papers import PaperState
from desktop.domain.roles import Role
from desktop.models.households import Household
from desktop.models.office import Assignment, Office
from tests.support import factories
from tests.support.desk import later, small_office
from tests.support.papers import a_paper, line_of

S = PaperState


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def outsider(office):
    return office.desk(office.outsider)


def test_the_kinds_are_the_offices_own(caseworker):
    labels = [kind.label for kind in caseworker.papers.kinds()]
    assert labels[:3] == ["収入申告書", "資産申告書", "給与明細"]
    assert len(labels) == 12


def test_a_received_paper_lies_in_the_pool_with_number_age_and_owner(office, caseworker):
    given = a_paper(office.household_id, person_id=office.person_id)
    received = caseworker.papers.receive(given)
    assert received.label == "6-0001"
    line = line_of(caseworker, given.paper_id)
    assert (line.number, line.state, line.age, line.is_late) == (1, S.RECEIVED, 0, False)
    assert (line.kind_label, line.person, line.sheets) == ("給与明細", "架空 花子", 2)
    assert line.owner_id == office.caseworker.staff_id
    assert line.received_by == office.caseworker.name


def test_numbers_have_no_gap_and_begin_anew_in_april(office, caseworker, outsider):
    first = caseworker.papers.receive(a_paper(office.household_id))
    with pytest.raises(ValidationError):
        caseworker.papers.receive(a_paper(office.household_id, sheets=0))
    second = outsider.papers.receive(a_paper(office.household_id))
    april = FixedClock(datetime(2025, 3, 31, 15, 0, tzinfo=UTC))
    third = office.desk(office.records, april).papers.receive(a_paper(office.household_id))
    assert [p.label for p in (first, second, third)] == ["6-0001", "6-0002", "7-0001"]


def test_the_same_receipt_again_is_stored_once(office, caseworker):
    given = a_paper(office.household_id)
    first = caseworker.papers.receive(given)
    assert caseworker.papers.receive(given) == first
    assert caseworker.papers.pool().total == 1


def test_the_same_id_for_another_paper_is_refused(office, caseworker, outsider):
    given = a_paper(office.household_id)
    caseworker.papers.receive(given)
    with pytest.raises(NotPermittedError):
        caseworker.papers.receive(replace(given, sheets=9))
    with pytest.raises(NotPermittedError):
        outsider.papers.receive(given)


def test_whoever_is_at_the_counter_takes_in_for_any_household_and_opens_nothing(office, outsider):
    given = a_paper(office.household_id)
    outsider.papers.receive(given)
    assert line_of(outsider, given.paper_id).owner_id == office.caseworker.staff_id
    assert outsider.papers.people(office.household_id) == ()
    with pytest.raises(ReasonNeededError):
        outsider.papers.of_household(office.household_id)
    with pytest.raises(NotPermittedError):
        outsider.papers.step(given.paper_id, S.RECEIVED)


def test_without_a_caseworker_a_paper_has_no_owner(office, caseworker):
    with office.work() as session:
        for duty in session.query(Assignment).filter_by(
            staff_id=office.caseworker.staff_id, kind=AssignmentKind.MAIN
        ):
            duty.valid_to = factories.days_ago(1)
    records = office.desk(office.records)
    given = a_paper(office.household_id)
    records.papers.receive(given)
    assert line_of(records, given.paper_id).owner_id is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "unknown"),
        ("sheets", 0),
        ("sheets", 10000),
        ("person_id", new_id()),
        ("owner_id", new_id()),
        ("from_whom", "あ" * 101),
        ("note", "あ" * 1001),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(office, caseworker, field, value):
    with pytest.raises(ValidationError) as refused:
        caseworker.papers.receive(a_paper(office.household_id, **{field: value}))
    assert set(refused.value.fields) == {field}
    assert caseworker.papers.pool().total == 0


def test_only_households_of_the_office(office, caseworker):
    with office.work() as session:
        other = factories.make_office(session)
        district = factories.make_district(session, other)
        foreign = factories.make_household(
            session, district=district, head=factories.make_person(session, other)
        ).id
    with pytest.raises(NotPermittedError):
        caseworker.papers.receive(a_paper(foreign))


def test_a_head_takes_nothing_in(office):
    with pytest.raises(NotPermittedError):
        office.desk(office.head).papers.receive(a_paper(office.household_id))


def test_a_paper_moves_on_state_by_state_until_it_leaves_the_pool(office, caseworker):
    given = a_paper(office.household_id)
    caseworker.papers.receive(given)
    state, way = S.RECEIVED, [S.RECEIVED]
    while state is not S.SETTLED:
        state = caseworker.papers.step(given.paper_id, state)
        way.append(state)
    assert way == list(S)
    assert caseworker.papers.pool().lines == ()
    (paper,) = caseworker.papers.of_household(office.household_id)
    assert [step.state for step in paper.steps] == list(S)
    assert {step.by for step in paper.steps} == {office.caseworker.name}
    assert (paper.from_whom, paper.note) == ("架空 花子", "9月分。原本は返した。")
    with pytest.raises(NotPermittedError):
        caseworker.papers.step(given.paper_id, S.SETTLED)


def test_a_paper_is_settled_at_once_with_a_reason(office, caseworker):
    given = a_paper(office.household_id)
    caseworker.papers.receive(given)
    with pytest.raises(ValidationError) as refused:
        caseworker.papers.settle(given.paper_id, S.RECEIVED, "　")
    assert set(refused.value.fields) == {"reason"}
    caseworker.papers.settle(given.paper_id, S.RECEIVED, "前回と同じ内容で、認定の変更は要らない。")
    (paper,) = caseworker.papers.of_household(office.household_id)
    assert paper.line.state is S.SETTLED
    assert paper.steps[-1].reason == "前回と同じ内容で、認定の変更は要らない。"
    assert caseworker.papers.pool().total == 0


def test_what_was_decided_is_settled_without_a_reason(office, caseworker):
    given = a_paper(office.household_id)
    caseworker.papers.receive(given)
    state = S.RECEIVED
    while state is not S.DECIDED:
        state = caseworker.papers.step(given.paper_id, state)
    assert caseworker.papers.settle(given.paper_id, S.DECIDED, "") is S.SETTLED


def test_a_step_from_a_state_that_is_over_is_a_conflict(office, caseworker):
    given = a_paper(office.household_id)
    caseworker.papers.receive(given)
    caseworker.papers.step(given.paper_id, S.RECEIVED)
    with pytest.raises(ConflictError):
        office.desk(office.supervisor).papers.step(given.paper_id, S.RECEIVED)


def test_whoever_sees_the_household_takes_the_paper_over(office, caseworker):
    given = a_paper(office.household_id)
    caseworker.papers.receive(given)
    me = office.caseworker.staff_id
    supervisor = office.desk(office.supervisor)
    supervisor.papers.hand_over(given.paper_id, me)
    assert line_of(caseworker, given.paper_id).owner_id == office.supervisor.staff_id
    with pytest.raises(ConflictError):
        caseworker.papers.hand_over(given.paper_id, me)


def test_the_owner_works_on_a_paper_of_another_team(office, caseworker, outsider):
    given = a_paper(office.household_id)
    caseworker.papers.receive(given)
    with pytest.raises(NotPermittedError):
        outsider.papers.hand_over(given.paper_id, office.caseworker.staff_id)
    caseworker.papers.hand_over(
        given.paper_id, office.caseworker.staff_id, office.outsider.staff_id
    )
    assert line_of(outsider, given.paper_id).owner == office.outsider.name
    assert outsider.papers.step(given.paper_id, S.RECEIVED) is S.CHECKED


def test_a_paper_goes_only_to_who_handles_papers(office, caseworker):
    given = a_paper(office.household_id)
    caseworker.papers.receive(given)
    me = office.caseworker.staff_id
    for other in (office.head.staff_id, new_id()):
        with pytest.raises(ValidationError):
            caseworker.papers.hand_over(given.paper_id, me, other)


def test_a_settled_paper_keeps_its_owner(office, caseworker):
    given = a_paper(office.household_id)
    caseworker.papers.receive(given)
    caseworker.papers.settle(given.paper_id, S.RECEIVED, "控えのみ")
    with pytest.raises(ConflictError):
        caseworker.papers.hand_over(given.paper_id, office.caseworker.staff_id)


def test_the_pool_is_the_teams_and_begins_with_the_oldest(office, outsider):
    young, old = a_paper(office.household_id), a_paper(office.household_id)
    long_ago = later(factories.CLOCK, days=-15)
    office.desk(office.records, long_ago).papers.receive(old)
    office.desk(office.records).papers.receive(young)
    for person in (office.caseworker, office.supervisor, office.records):
        lines = office.desk(person).papers.pool().lines
        assert [line.paper_id for line in lines] == [old.paper_id, young.paper_id]
        assert [(line.age, line.is_late) for line in lines] == [(15, True), (0, False)]
    assert outsider.papers.pool().total == 0


def test_a_shielded_household_shows_its_name_to_those_on_duty_only(office, caseworker, outsider):
    given = a_paper(office.household_id, person_id=office.person_id)
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        household.is_shielded, household.head_name, household.head_kana = True, "", ""
    outsider.papers.receive(given)
    seen = line_of(outsider, given.paper_id)
    assert (seen.head_name, seen.person) == ("", "")
    near = line_of(caseworker, given.paper_id)
    assert (near.head_name, near.person) == ("架空 花子", "架空 花子")


def test_the_intake_interviewer_takes_in_without_any_district(office):
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        interviewer = factories.signed_in(
            session, factories.make_staff(session, Role.INTAKE_INTERVIEWER, office=home)
        )
    desk = office.desk(interviewer)
    given = a_paper(office.household_id)
    desk.papers.receive(given)
    assert line_of(desk, given.paper_id).owner_id == office.caseworker.staff_id
    assert desk.papers.pool().total == 1

from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.database.reading import ReadingDoor
from desktop.domain.approvals import ApprovalState
from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    UserError,
    ValidationError,
)
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import Role
from desktop.domain.todos import TodoInput, TodoOrigin
from desktop.models.households import Household
from desktop.models.imports import TicketHousehold
from desktop.models.office import District, Staff, StaffAbsence
from desktop.models.todos import Todo
from desktop.services.todos import TodoService, add_todo
from tests.support.desk import small_office
from tests.support.factories import (
    CLOCK,
    TODAY,
    assign,
    days_ago,
    make_approval,
    make_entry,
    make_office,
    make_promise,
    make_staff,
    signed_in,
)
from tests.support.people import work_of


@pytest.fixture
def office(engine):
    return small_office(engine)


def todos(office, staff):
    work = work_of(office.work, staff, CLOCK)
    return TodoService(work, CLOCK, staff, ReadingDoor(work, CLOCK, staff))


def given(owner, **changes):
    values = {
        "owner_id": owner.staff_id,
        "household_id": None,
        "origin": TodoOrigin.ASSIGNED,
        "text": "架空の調査票を集める",
    }
    return TodoInput(**values | changes)


def entry_of(session, office, **changes):
    household = session.get_one(Household, office.household_id)
    return make_entry(
        session, household, session.get_one(Staff, office.caseworker.staff_id), **changes
    )


def origins(service):
    return [row.origin for row in service.mine()]


def test_own_drafts_and_returned_entries_lie_on_the_desk(office):
    with office.work() as session:
        entry_of(session, office, event_on=days_ago(2))
        returned = entry_of(session, office, event_on=days_ago(9))
        make_approval(session, returned, state=ApprovalState.RETURNED)
        make_approval(session, entry_of(session, office))

    rows = todos(office, office.caseworker).mine()

    assert [r.origin for r in rows] == [TodoOrigin.RETURNED_ENTRY, TodoOrigin.DRAFT_ENTRY]
    assert rows[0].text == "差戻し：家庭訪問（9月22日）"
    assert rows[0].due_on == days_ago(2)
    assert rows[0].head_name == "架空 花子"
    assert rows[0].todo_id is None
    assert not todos(office, office.supervisor).mine()


def test_a_correction_lies_on_the_desk_of_who_makes_it(office):
    with office.work() as session:
        entry_of(session, office, changed_by=office.supervisor.staff_id)

    assert not todos(office, office.caseworker).mine()
    assert origins(todos(office, office.supervisor)) == [TodoOrigin.DRAFT_ENTRY]


@pytest.mark.parametrize(("ahead", "shown"), [(-30, True), (7, True), (8, False)])
def test_a_promise_shows_a_week_before_its_day(office, ahead, shown):
    with office.work() as session:
        entry = entry_of(session, office)
        make_approval(session, entry)
        make_promise(session, entry, due_on=TODAY + timedelta(days=ahead))

    rows = todos(office, office.caseworker).mine()

    assert [r.text for r in rows] == (["世帯主：通院の領収書を出す"] if shown else [])
    assert not todos(office, office.outsider).mine()


@pytest.mark.parametrize("gone", ["kept", "dropped", "annulled"])
def test_a_promise_vanishes_with_its_reason(office, gone):
    with office.work() as session:
        entry = entry_of(session, office)
        make_approval(session, entry)
        promise = make_promise(session, entry, due_on=TODAY)
        promise.kept_on = TODAY if gone == "kept" else None
        promise.to_version = entry.version if gone == "dropped" else None
        entry.is_annulled = gone == "annulled"

    assert not todos(office, office.caseworker).mine()


def test_a_shielded_name_shows_to_those_on_duty_only(office):
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        household.is_shielded, household.head_name = True, ""
        entry_of(session, office, event_on=TODAY)
        for owner in (office.caseworker, office.outsider):
            add_todo(
                session,
                staff=office.supervisor,
                owner_id=owner.staff_id,
                household_id=household.id,
                origin=TodoOrigin.ASSIGNED,
                text="架空の調査票を集める",
                at=CLOCK.now(),
            )

    assert {r.head_name for r in todos(office, office.caseworker).mine()} == {"架空 花子"}
    assert {r.head_name for r in todos(office, office.outsider).mine()} == {""}


def test_words_of_a_file_are_read_with_a_committed_ticket(office):
    service = todos(office, office.supervisor)
    service.assign(given(office.outsider, household_id=office.household_id))

    (row,) = todos(office, office.outsider).mine()

    assert row.text == "架空の調査票を集める"
    assert row.from_name
    with office.work() as session:
        outside = select(TicketHousehold).where(TicketHousehold.outside_duty)
        assert session.scalars(outside).one().household_id == office.household_id


def test_the_most_urgent_comes_first_and_undated_last(office):
    service = todos(office, office.head)
    for due in (None, TODAY + timedelta(days=3), TODAY):
        service.assign(given(office.caseworker, due_on=due))

    shown = [r.due_on for r in todos(office, office.caseworker).mine()]

    assert shown == [TODAY, TODAY + timedelta(days=3), None]


def test_a_caseworker_writes_himself_tasks_but_gives_nobody_tasks(office):
    service = todos(office, office.caseworker)
    service.assign(given(office.caseworker))
    with pytest.raises(NotPermittedError):
        service.assign(given(office.outsider))

    assert origins(todos(office, office.outsider)) == []


def test_a_task_is_no_way_round_the_reason_for_opening_a_file(office):
    service = todos(office, office.outsider)
    about = {"household_id": office.household_id}
    with pytest.raises(ReasonNeededError):
        service.assign(given(office.outsider, **about))
    with pytest.raises(ReasonNeededError):
        service.consult(office.household_id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "　"}, "text"),
        ({"due_on": days_ago(1)}, "due_on"),
        ({"origin": TodoOrigin.INSTRUCTION}, "origin"),
        ({"origin": TodoOrigin.TELEPHONE_MEMO}, "origin"),
    ],
)
def test_what_cannot_be_given_is_named_by_field(office, changes, field):
    with pytest.raises(ValidationError) as caught:
        todos(office, office.head).assign(given(office.caseworker, **changes))
    assert field in caught.value.fields


def test_nobody_outside_the_office_or_gone_gets_a_task(office):
    with office.work() as session:
        gone = make_staff(session, active_to=days_ago(1))
        stranger = make_staff(session, office=make_office(session))
        ids = [gone.id, stranger.id]
    for staff_id in ids:
        with pytest.raises(ValidationError) as caught:
            todos(office, office.head).assign(given(office.caseworker, owner_id=staff_id))
        assert "owner_id" in caught.value.fields


def test_one_key_asks_the_supervisor_and_the_answer_comes_back(office):
    todo_id = todos(office, office.caseworker).consult(office.household_id)
    (row,) = todos(office, office.supervisor).mine()
    assert (row.todo_id, row.origin, row.needs_reply) == (todo_id, TodoOrigin.CONSULTATION, True)
    assert row.text == "この世帯について相談があります。"

    with pytest.raises(ValidationError):
        todos(office, office.supervisor).finish(todo_id, " ")
    todos(office, office.supervisor).finish(todo_id, "一緒に訪問しましょう")

    assert not todos(office, office.supervisor).mine()
    (answer,) = todos(office, office.caseworker).mine()
    assert answer.text.startswith("回答：一緒に訪問しましょう")
    assert not answer.needs_reply


def test_asking_passes_over_an_absent_supervisor_and_oneself(office):
    with pytest.raises(UserError):
        todos(office, office.supervisor).consult(office.household_id)
    with office.work() as session:
        district = session.get_one(
            District, session.get_one(Household, office.household_id).district_id
        )
        second = make_staff(session, Role.SUPERVISOR)
        assign(session, second, district, AssignmentKind.SUPERVISOR, since=days_ago(5))
        session.add(
            StaffAbsence(
                office_id=district.office_id,
                staff_id=office.supervisor.staff_id,
                valid_from=days_ago(1),
            )
        )
        second_id = second.id

    todo_id = todos(office, office.caseworker).consult(office.household_id, "訪問の進め方")

    with office.work() as session:
        assert session.get_one(Todo, todo_id).owner_id == second_id


def test_an_instruction_without_a_day_is_due_in_two_weeks(office):
    with office.work() as session:
        add_todo(
            session,
            staff=office.supervisor,
            owner_id=office.caseworker.staff_id,
            household_id=office.household_id,
            origin=TodoOrigin.INSTRUCTION,
            text="主治医に確認すること",
            at=CLOCK.now(),
        )

    (row,) = todos(office, office.caseworker).mine()

    assert row.due_on == TODAY + timedelta(days=14)
    assert row.needs_reply


def test_only_the_owner_finishes_and_only_once(office):
    todo_id = todos(office, office.head).assign(given(office.caseworker))
    with pytest.raises(NotPermittedError):
        todos(office, office.outsider).finish(todo_id)
    todos(office, office.caseworker).finish(todo_id)
    with pytest.raises(ConflictError):
        todos(office, office.caseworker).finish(todo_id)

    assert not todos(office, office.caseworker).mine()


def test_the_administrator_has_no_desk(office):
    with office.work() as session:
        admin = signed_in(session, make_staff(session, Role.ADMINISTRATOR))
    with pytest.raises(NotPermittedError):
        todos(office, admin).mine()

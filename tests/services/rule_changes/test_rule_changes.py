"""Changes of the rules on both databases: whom they concern, ticking off, words to a tick, and to-dos for the own ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    UserError,
    ValidationError,
)
from desktop.domain.households import HouseholdState, HouseholdType, ResidenceKind
from desktop.domain.ids import new_id
from desktop.domain.procedures import ProcedureKind
from desktop.domain.rule_change_ticks import DistrictProgress, TickState, TodosMade
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import ResidencePeriod, WorkPeriod
from desktop.models.office import District
from desktop.models.rule_changes import RuleChangeTick
from desktop.models.todos import Todo
from desktop.services.todos import TodoService
from tests.support.desk import small_office
from tests.support.factories import LONG_AGO, TODAY, days_ago, make_household
from tests.support.income_months import an_income
from tests.support.procedures import a_procedure
from tests.support.rule_changes import EVERYONE, LATER, NOBODY, a_change, a_tick

DUE = TODAY + timedelta(days=30)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def changes(office):
    return office.desk(office.caseworker).rule_changes


def far_household(office):
    """A household of the outsider's district."""
    with office.work() as session:
        (elsewhere,) = office.outsider.district_ids
        return make_household(session, district=session.get_one(District, elsewhere)).id


def asking(changes, query, **more):
    """The same use cases over one change with this question."""
    change = replace(a_change(EVERYONE, query), **more)
    return replace(changes, source=lambda: (change,))


def found(changes, query):
    return [
        (each.case_number, each.people)
        for each in asking(changes, query).concerned(EVERYONE).households
    ]


def set_up(office, table, key, **values):
    with office.work() as session:
        session.execute(update(table).where(table.id == key).values(**values))


def tick_of(changes, key=EVERYONE):
    (row,) = changes.concerned(key).households
    return row.tick


def test_everyone_who_receives_of_the_own_duty(changes, office):
    far_household(office)
    (row,) = changes.concerned(EVERYONE).households
    assert (row.household_id, row.people, row.tick) == (office.household_id, (), None)
    set_up(office, Household, office.household_id, state=HouseholdState.CLOSED)
    assert changes.concerned(EVERYONE).households == ()


def test_a_change_without_a_question_concerns_nobody_by_name(changes):
    assert changes.concerned(NOBODY).households == ()
    assert changes.concerned(NOBODY).progress == ()


def test_what_is_far_is_found_by_whose_duty_it_is_and_by_the_head(office):
    far = far_household(office)
    outsider = office.desk(office.outsider).rule_changes.concerned(EVERYONE)
    assert {each.household_id for each in outsider.households} == {far}
    head = office.desk(office.head).rule_changes.concerned(EVERYONE)
    assert {each.household_id for each in head.households} == {far, office.household_id}
    assert len(head.progress) == 2


@pytest.mark.parametrize(
    ("birth", "is_found"),
    [
        (date(2006, 9, 30), False),
        (date(2006, 10, 1), True),
        (date(2007, 2, 28), True),
        (date(2007, 3, 1), False),
        (None, False),
    ],
)
def test_turning_an_age_within_a_period(changes, office, birth, is_found):
    set_up(office, Person, office.person_id, birth_date=birth)
    query = 'query = "turning"\nage = 18\nfirst = 2024-10-01\nlast = 2025-02-28'
    assert bool(found(changes, query)) == is_found


def test_who_was_born_on_29_february_has_a_birthday_in_every_year(changes, office):
    set_up(office, Person, office.person_id, birth_date=date(2008, 2, 29))
    february = 'query = "turning"\nage = 18\nfirst = 2026-02-01\nlast = 2026-02-28'
    march = 'query = "turning"\nage = 18\nfirst = 2026-03-01\nlast = 2026-03-31'
    assert (len(found(changes, february)), len(found(changes, march))) == (1, 0)


@pytest.mark.parametrize(
    ("birth", "is_found"),
    [
        (date(2005, 10, 1), False),  # nineteen
        (date(2005, 10, 2), True),
        (date(2018, 10, 1), True),
        (date(2018, 10, 2), False),  # five
    ],
)
def test_an_age_on_a_day(changes, office, birth, is_found):
    set_up(office, Person, office.person_id, birth_date=birth)
    assert (
        bool(found(changes, 'query = "aged"\nlowest = 6\nhighest = 18\non = 2024-10-01'))
        == is_found
    )


@pytest.mark.parametrize(
    ("birth", "is_found"),
    [
        (date(2006, 4, 1), False),
        (date(2006, 4, 2), True),
        (date(2007, 4, 1), True),
        (date(2007, 4, 2), False),
    ],
)
def test_a_grade_of_school(changes, office, birth, is_found):
    set_up(office, Person, office.person_id, birth_date=birth)
    assert bool(found(changes, 'query = "grade"\ngrade = 12\nyear = 2024')) == is_found


def test_who_died_or_left_is_not_meant(changes, office):
    query = 'query = "aged"\nlowest = 0\nhighest = 120\non = 2024-10-01'
    assert found(changes, query)[0][1] == ("架空 花子",)
    with office.work() as session:
        session.execute(update(Member).values(valid_to=days_ago(1)))
    assert found(changes, query) == []
    with office.work() as session:
        session.execute(update(Member).values(valid_to=None))
    set_up(office, Person, office.person_id, died_on=days_ago(3))
    assert found(changes, query) == []


def test_a_shielded_household_is_its_number_alone(changes, office):
    query = 'query = "aged"\nlowest = 0\nhighest = 120\non = 2024-10-01'
    set_up(office, Household, office.household_id, is_shielded=True, head_name="", head_kana="")
    ((_, people),) = found(changes, query)
    assert people == ()


def test_types_of_households(changes, office):
    query = 'query = "household_type"\ntypes = ["mother_child", "ill"]'
    set_up(office, Household, office.household_id, household_type=HouseholdType.ELDERLY)
    assert found(changes, query) == []
    set_up(office, Household, office.household_id, household_type=HouseholdType.ILL)
    assert len(found(changes, query)) == 1


@pytest.mark.parametrize(
    ("kind", "since", "is_found"),
    [
        (ResidenceKind.HOSPITAL, days_ago(3), True),
        (ResidenceKind.FACILITY, days_ago(3), False),
        (ResidenceKind.HOSPITAL, TODAY + timedelta(days=1), False),
    ],
)
def test_a_stay_in_hospital(changes, office, kind, since, is_found):
    with office.work() as session:
        session.add(
            ResidencePeriod(
                office_id=office.caseworker.office_id,
                person_id=office.person_id,
                kind=kind,
                valid_from=since,
            )
        )
    assert bool(found(changes, 'query = "staying"\nkinds = ["hospital"]')) == is_found


def test_work_now_is_earning(changes, office):
    assert found(changes, 'query = "earning"\nmonths = 3') == []
    with office.work() as session:
        session.add(
            WorkPeriod(
                office_id=office.caseworker.office_id,
                person_id=office.person_id,
                employer="架空食品",
                valid_from=LONG_AGO,
            )
        )
    assert len(found(changes, 'query = "earning"\nmonths = 3')) == 1


def test_an_income_of_the_last_months_is_earning_until_it_is_put_right(changes, office):
    desk = office.desk(office.caseworker)
    given = an_income(office, month=date(2024, 7, 1))
    desk.income_months.add(given)
    assert found(changes, 'query = "earning"\nmonths = 2') == []
    assert len(found(changes, 'query = "earning"\nmonths = 3')) == 1
    back = an_income(
        office, month=given.month, earned=None, replaces_id=given.income_id, reason="別の人"
    )
    desk.income_months.add(back)
    assert found(changes, 'query = "earning"\nmonths = 3') == []


def test_a_survey_that_is_not_closed(changes, office):
    query = 'query = "not_surveyed"\nyear = 2024'
    assert len(found(changes, query)) == 1
    begun = a_procedure(office.household_id, ProcedureKind.TAX_SURVEY)
    desk = office.desk(office.caseworker)
    desk.procedures.keep(begun)
    assert len(found(changes, query)) == 1
    closed = replace(
        begun,
        procedure_id=new_id(),
        replaces_id=begun.procedure_id,
        facts=replace(begun.facts, ended_on=TODAY),
    )
    desk.procedures.keep(closed)
    assert found(changes, query) == []
    assert len(found(changes, 'query = "not_surveyed"\nyear = 2023')) == 1


def test_a_tick_says_who_and_when_and_is_seen_by_the_supervisor(changes, office):
    given = a_tick(office.household_id)
    changes.tick(given)
    changes.tick(given)  # a retry
    seen = office.desk(office.supervisor).rule_changes.concerned(EVERYONE)
    (row,) = seen.households
    assert row.tick is not None
    assert (row.tick.tick_id, row.tick.state, row.tick.by) == (
        given.tick_id,
        TickState.DONE,
        office.caseworker.name,
    )
    assert seen.open == ()
    assert [(p.total, p.done) for p in seen.progress] == [(1, 1)]
    assert tick_of(changes, LATER) is None
    with office.work() as session:
        assert session.scalar(select(func.count()).select_from(RuleChangeTick)) == 1


def test_it_is_opened_again_by_a_further_tick(changes, office):
    first = a_tick(office.household_id)
    changes.tick(first)
    again = a_tick(office.household_id, state=TickState.OPEN_AGAIN, replaces_id=first.tick_id)
    changes.tick(again)
    assert tick_of(changes).state is TickState.OPEN_AGAIN
    assert len(changes.concerned(EVERYONE).open) == 1
    changes.tick(a_tick(office.household_id, replaces_id=again.tick_id))
    assert changes.concerned(EVERYONE).open == ()


def test_what_somebody_else_ticked_meanwhile_is_said(changes, office):
    first = a_tick(office.household_id)
    office.desk(office.supervisor).rule_changes.tick(first)
    with pytest.raises(ConflictError, match="ほかの人"):
        changes.tick(a_tick(office.household_id))
    with pytest.raises(ConflictError):
        changes.tick(a_tick(office.household_id, replaces_id=new_id()))
    with pytest.raises(ConflictError):
        changes.tick(a_tick(office.household_id, change_key=LATER, state=TickState.OPEN_AGAIN))


def test_a_new_version_is_to_be_looked_at_again(changes, office):
    changes.tick(a_tick(office.household_id))
    newer = asking(changes, 'query = "everyone"', version=2)
    (row,) = newer.concerned(EVERYONE).open
    newer.tick(a_tick(office.household_id, replaces_id=row.tick.tick_id))
    assert newer.concerned(EVERYONE).open == ()


def test_words_to_a_tick_are_read_with_the_file(changes, office):
    given = a_tick(office.household_id, note="　長男は来年です。")
    changes.tick(given)
    assert tick_of(changes).has_note
    assert changes.note(office.household_id, given.tick_id) == "長男は来年です。"
    assert changes.note(office.household_id, new_id()) == ""
    with pytest.raises(ReasonNeededError):
        office.desk(office.outsider).rule_changes.note(office.household_id, given.tick_id)
    with pytest.raises(ValidationError):
        changes.tick(a_tick(office.household_id, change_key=LATER, note="長" * 501))


def test_who_has_no_duty_or_writes_nothing_ticks_nothing(office):
    with pytest.raises(UserError):
        office.desk(office.outsider).rule_changes.tick(a_tick(office.household_id))
    with pytest.raises(NotPermittedError):
        office.desk(office.records).rule_changes.tick(a_tick(office.household_id))
    assert not office.desk(office.records).rule_changes.concerned(EVERYONE).may_tick


def test_a_change_that_is_gone_is_said(changes, office):
    for call in (
        lambda: changes.concerned("gone-away"),
        lambda: changes.tick(a_tick(office.household_id, change_key="gone-away")),
        lambda: changes.make_todos("gone-away", DUE),
    ):
        with pytest.raises(UserError, match="もうありません"):
            call()


def test_to_dos_for_the_own_households_that_are_open_once(changes, office):
    assert changes.make_todos(EVERYONE, DUE) == TodosMade(made=1, stood=0)
    assert changes.make_todos(EVERYONE, DUE) == TodosMade(made=0, stood=1)
    desk = office.desk(office.caseworker)
    todos = TodoService(desk.work, changes.clock, office.caseworker, changes.reading)
    (row,) = todos.mine()
    assert (row.household_id, row.due_on) == (office.household_id, DUE)
    assert row.text == "【改正：例：みなの改正】説明したかを確かめる"
    changes.tick(a_tick(office.household_id))
    assert changes.make_todos(EVERYONE, DUE) == TodosMade(made=0, stood=0)


def test_no_to_dos_for_the_households_of_others(office):
    supervisor = office.desk(office.supervisor).rule_changes
    assert supervisor.make_todos(EVERYONE, DUE) == TodosMade(made=0, stood=0)
    with office.work() as session:
        assert session.scalar(select(func.count()).select_from(Todo)) == 0


def test_a_to_do_needs_a_day_and_a_task(changes):
    for day in (days_ago(1), TODAY + timedelta(days=367)):
        with pytest.raises(ValidationError) as refused:
            changes.make_todos(EVERYONE, day)
        assert set(refused.value.fields) == {"due_on"}
    with pytest.raises(UserError, match="やることが決められていません"):
        changes.make_todos(NOBODY, DUE)


def test_what_is_new_is_said_for_the_office_s_number_of_days(changes):
    recent = changes.recent()
    assert recent.days == 60
    assert [change.key for change in recent.changes] == [EVERYONE]
    assert recent.at("section:members") == recent.of_card("event-65") == recent.changes
    assert recent.at("section:papers") == recent.of_card("event-birth") == ()


def test_progress_is_by_district(changes, office):
    (progress,) = changes.concerned(EVERYONE).progress
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        name = session.get_one(District, household.district_id).name
    assert progress == DistrictProgress(district=name, total=1, done=0)

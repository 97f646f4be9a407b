"""A district gets another caseworker: looked at, done, taken back. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.domain import handovers as rules
from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.todos import TodoInput, TodoOrigin
from desktop.models.handovers import HandoverRecord
from desktop.models.office import Assignment
from desktop.models.todos import Todo
from desktop.services.office import main_caseworkers
from tests.support import factories
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.handovers import a_plan, a_team, again

MONTH = timedelta(days=30)


@pytest.fixture
def team(engine):
    return a_team(small_office(engine))


@pytest.fixture
def desk(team):
    return team.office.desk(team.office.supervisor)


def main_on(team, day):
    with team.office.work() as session:
        return main_caseworkers(session, day)[team.district_id][1]


def own_todo(team):
    desk = team.office.desk(team.office.caseworker)
    return desk.todos.assign(
        TodoInput(
            owner_id=team.office.caseworker.staff_id,
            household_id=team.office.household_id,
            origin=TodoOrigin.ASSIGNED,
            text="家賃の領収書を確かめる",
        )
    )


def owner_of(team, todo_id):
    with team.office.work() as session:
        return session.get_one(Todo, todo_id).owner_id


def test_the_leader_is_offered_the_own_districts_and_the_caseworkers_of_the_office(team, desk):
    districts, people = desk.handovers.offered(TODAY)
    assert {d.district_id for d in districts} == {team.district_id, team.other_id}
    first = next(d for d in districts if d.district_id == team.district_id)
    assert (first.from_id, first.households) == (team.office.caseworker.staff_id, 1)
    loads = {p.staff_id: p.households for p in people}
    assert loads[team.office.caseworker.staff_id] == loads[team.second.staff_id] == 1
    assert team.office.supervisor.staff_id not in loads


def test_a_preview_shows_cases_and_loads_and_changes_nothing(team, desk):
    own_todo(team)
    preview = desk.handovers.preview(a_plan(team, TODAY + MONTH))
    move = preview.moves[0]
    assert preview.is_possible
    assert (preview.households, move.to_name) == (1, "架空 次郎")
    assert (move.types, move.todos) == ((("高齢者", 1),), 1)
    by_id = {load.staff_id: (load.before, load.after) for load in preview.loads}
    assert by_id == {team.office.caseworker.staff_id: (1, 0), team.second.staff_id: (1, 2)}
    assert main_on(team, TODAY + MONTH) == team.office.caseworker.staff_id


def test_it_takes_effect_by_its_day_without_anything_that_runs(team, desk):
    day = TODAY + MONTH
    assert desk.handovers.hand_over(a_plan(team, day)) == 1
    assert main_on(team, day - timedelta(days=1)) == team.office.caseworker.staff_id
    assert main_on(team, day) == team.second.staff_id
    row = desk.handovers.handovers()[0]
    assert (row.from_id, row.to_id, row.effective_on, row.households) == (
        *(team.office.caseworker.staff_id, team.second.staff_id, day, 1),
    )
    assert (row.undo_refusal, row.can_lead) == ("", True)


def test_a_retry_of_the_same_asking_stores_once(team, desk):
    plan = a_plan(team)
    assert desk.handovers.hand_over(plan) == desk.handovers.hand_over(plan) == 1
    assert len(desk.handovers.handovers()) == 1


def test_to_dos_follow_on_the_day_and_not_before(team, desk):
    todo, day = own_todo(team), TODAY + MONTH
    desk.handovers.hand_over(a_plan(team, day))
    old = team.office.desk(team.office.caseworker)
    assert [t.todo_id for t in old.todos.mine() if t.todo_id] == [todo]
    clock = later(CLOCK, days=30)
    new = team.office.desk(team.second, clock)
    assert todo in [t.todo_id for t in new.todos.mine()]
    assert owner_of(team, todo) == team.second.staff_id


def test_a_day_that_is_today_takes_the_to_dos_along_at_once(team, desk):
    todo = own_todo(team)
    desk.handovers.hand_over(a_plan(team))
    assert owner_of(team, todo) == team.second.staff_id


def test_taking_back_before_the_day_leaves_no_trace_in_the_assignments(team, desk):
    with team.office.work() as session:
        before = {
            (a.staff_id, a.valid_from, a.valid_to)
            for a in session.scalars(
                select(Assignment).where(Assignment.district_id == team.district_id)
            )
        }
    plan = a_plan(team, TODAY + MONTH)
    desk.handovers.hand_over(plan)
    desk.handovers.undo(plan.moves[0].handover_id)
    with team.office.work() as session:
        after = {
            (a.staff_id, a.valid_from, a.valid_to)
            for a in session.scalars(
                select(Assignment).where(Assignment.district_id == team.district_id)
            )
        }
    assert after == before
    assert desk.handovers.handovers()[0].is_undone
    with pytest.raises(ConflictError, match="もう取り消されています"):
        desk.handovers.undo(plan.moves[0].handover_id)


def test_taking_back_later_gives_the_district_and_the_to_dos_back_from_that_day(team, desk):
    todo, plan = own_todo(team), a_plan(team)
    desk.handovers.hand_over(plan)
    clock = later(CLOCK, days=3)
    team.office.desk(team.office.supervisor, clock).handovers.undo(plan.moves[0].handover_id)
    assert main_on(team, TODAY + timedelta(days=2)) == team.second.staff_id
    assert main_on(team, TODAY + timedelta(days=3)) == team.office.caseworker.staff_id
    assert owner_of(team, todo) == team.office.caseworker.staff_id


def test_after_the_first_record_of_the_new_caseworker_it_is_not_taken_back(team, desk):
    plan = a_plan(team)
    desk.handovers.hand_over(plan)
    second = team.office.desk(again(team.office, team.second))
    second.records.save(second.records.blank(team.office.household_id, "handover"))
    assert desk.handovers.handovers()[0].undo_refusal == rules.UNDO_ACTED
    with pytest.raises(ConflictError, match="もう記録や確認など"):
        desk.handovers.undo(plan.moves[0].handover_id)


def test_after_two_weeks_it_is_not_taken_back(team, desk):
    plan = a_plan(team)
    desk.handovers.hand_over(plan)
    late = team.office.desk(team.office.supervisor, later(CLOCK, days=15))
    assert late.handovers.handovers()[0].undo_refusal == rules.UNDO_TOO_LATE
    with pytest.raises(ConflictError, match="14日を過ぎた"):
        late.handovers.undo(plan.moves[0].handover_id)


def test_who_asks_second_sees_what_the_first_did(team, desk):
    first, second = a_plan(team), a_plan(team, TODAY + MONTH, to_id=team.office.outsider.staff_id)
    desk.handovers.hand_over(first)
    head = team.office.desk(team.office.head)
    assert head.handovers.preview(second).moves[0].refusal == rules.OTHER_CASEWORKER
    with pytest.raises(ConflictError, match="表示のあとで別の職員が変えました"):
        head.handovers.hand_over(second)


def test_a_day_before_one_that_is_planned_is_refused(team, desk):
    desk.handovers.hand_over(a_plan(team, TODAY + MONTH))
    with pytest.raises(ConflictError, match="その日以後に始まる担当"):
        desk.handovers.hand_over(a_plan(team, TODAY))


def test_who_does_not_lead_the_district_hands_nothing_over(team):
    for staff in (team.office.caseworker, team.office.outsider):
        with pytest.raises(NotPermittedError):
            team.office.desk(staff).handovers.hand_over(a_plan(team))


def test_nobody_gives_a_district_to_oneself_or_to_somebody_without_the_role(team, desk):
    with pytest.raises(NotPermittedError, match="自分を新しい担当者"):
        desk.handovers.hand_over(a_plan(team, to_id=team.office.supervisor.staff_id))
    with pytest.raises(ValidationError, match=r"地区担当員の職務|to_id"):
        desk.handovers.hand_over(a_plan(team, to_id=team.office.records.staff_id))
    with pytest.raises(ValidationError):
        desk.handovers.hand_over(a_plan(team, to_id=team.office.caseworker.staff_id))


@pytest.mark.parametrize("days", [-1, 367])
def test_the_day_is_today_or_within_a_year(team, desk, days):
    with pytest.raises(ValidationError):
        desk.handovers.hand_over(a_plan(team, TODAY + timedelta(days=days)))


def test_all_districts_or_none(team, desk):
    good = a_plan(team)
    bad = a_plan(team, district_id=team.other_id, to_id=team.office.records.staff_id)
    both = replace(good, moves=(*good.moves, *bad.moves))
    with pytest.raises(UserError):
        desk.handovers.hand_over(both)
    assert main_on(team, TODAY) == team.office.caseworker.staff_id
    assert desk.handovers.handovers() == ()


def test_stopping_half_way_leaves_everything_as_it_was_and_progress_is_told(team, desk):
    plan = a_plan(team)
    other = a_plan(
        team,
        district_id=team.other_id,
        to_id=team.office.caseworker.staff_id,
        shown_from_id=team.second.staff_id,
    )
    both = replace(plan, moves=(*plan.moves, *other.moves))
    told = []
    with pytest.raises(UserError, match="中止しました"):
        desk.handovers.hand_over(both, lambda *done: told.append(done), lambda: len(told) == 1)
    assert told == [(0, 2)]
    with team.office.work() as session:
        assert session.scalars(select(HandoverRecord)).all() == []
    assert desk.handovers.hand_over(both, lambda *done: told.append(done)) == 2
    assert told[1:] == [(0, 2), (1, 2), (2, 2)]


def test_a_vacant_district_is_given_to_somebody(team, desk):
    with team.office.work() as session:
        row = session.scalars(
            select(Assignment).where(
                Assignment.district_id == team.district_id,
                Assignment.staff_id == team.office.caseworker.staff_id,
            )
        ).one()
        row.valid_to = factories.days_ago(1)
    plan = a_plan(team, shown_from_id=None)
    assert desk.handovers.hand_over(plan) == 1
    desk.handovers.undo(plan.moves[0].handover_id)
    with team.office.work() as session:
        assert team.district_id not in main_caseworkers(session, TODAY)

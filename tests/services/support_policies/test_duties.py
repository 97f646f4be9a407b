"""What the policy in force asks for and what became of it, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from desktop.database.reading import ReadingDoor
from desktop.domain.briefs import PurposeKind
from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    ValidationError,
)
from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id
from desktop.domain.policy_duties import DutyKind, DutyRow, Outcome, ResultInput
from desktop.domain.support_policies import Action, Actor, Goal, IssueDomain, Standing, Term
from desktop.domain.todos import TodoOrigin, TodoRow
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.office import Staff
from desktop.models.policy_duties import PolicyDuty, PolicyResult
from desktop.services.todos import TodoService
from tests.services.support_policies.test_support_policies import approve, in_force
from tests.support import factories
from tests.support.desk import Desk, SmallOffice, later, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.people import work_of
from tests.support.policies import issue, written


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def action(
    by_on: date | None, actor: Actor = Actor.CASEWORKER, what: str = "残薬を数える"
) -> Action:
    return Action(action_id=new_id(), actor=actor, what=what, by_on=by_on, measure="残薬の数")


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def result(duty: DutyRow, **changes: Any) -> ResultInput:
    given: dict[str, Any] = {
        "result_id": new_id(),
        "duty_id": duty.duty_id,
        "outcome": Outcome.DONE,
        "happened_on": TODAY,
        "text": "残薬は3日分だった。",
    }
    return ResultInput(**given | changes)


def duty_of(desk: Desk, office: SmallOffice, kind: DutyKind = DutyKind.ACTION) -> DutyRow:
    return next(d for d in desk.duties.duties(office.household_id) if d.kind is kind)


def mine(office: SmallOffice, staff: Any, clock: Any = CLOCK) -> tuple[TodoRow, ...]:
    """The lines of a desk that come from policies."""
    work = work_of(office.work, staff, clock)
    rows = TodoService(work, clock, staff, ReadingDoor(work, clock, staff)).mine()
    return tuple(row for row in rows if row.origin is TodoOrigin.POLICY_ACTION)


def reviewed(office: SmallOffice, *issues: Any, clock: Any = CLOCK) -> None:
    """The next policy, approved."""
    desk = office.desk(office.caseworker, clock)
    blank = desk.policies.blank(office.household_id)
    saved = desk.policies.save(
        replace(blank, evaluation="続いている。", issues=issues or blank.issues)
    )
    desk.policies.submit(saved.policy_id, saved.version)
    approve(office.desk(office.supervisor, clock))  # a yearly one ends with him


def close(office: SmallOffice) -> None:
    with office.work() as session:
        session.get_one(Household, office.household_id).state = HouseholdState.CLOSED


def test_approval_and_nothing_else_makes_duties(office, caseworker):
    saved = caseworker.policies.save(written(caseworker, office.household_id))
    caseworker.policies.submit(saved.policy_id, saved.version)
    approve(office.desk(office.supervisor))
    assert caseworker.duties.duties(office.household_id) == ()
    approve(office.desk(office.head))
    found = caseworker.duties.duties(office.household_id)
    assert [(d.kind, d.words, d.by_on) for d in found] == [
        (DutyKind.SHORT_GOAL, "毎朝薬をのむ", date(2026, 9, 30)),
        (DutyKind.ACTION, "訪問のたびに残薬を数える", date(2026, 12, 31)),
    ]
    assert all(d.policy_id == saved.policy_id and d.is_open for d in found)


def test_facts_name_work_and_school_and_no_other_field(office, caseworker):
    goal = Goal(goal_id=new_id(), term=Term.LONG, text="卒業する", by_on=None)
    school = issue(
        "進路", domain=IssueDomain.SCHOOLING, person_id=office.person_id, goals=(goal,), actions=()
    )
    in_force(office, caseworker, issue(), school)
    with office.work() as session:
        d = PolicyDuty
        found = session.execute(select(d.kind, d.about, d.person_id, d.actor, d.began_on)).all()
    issues = {(about, person) for kind, about, person, _, _ in found if kind is DutyKind.ISSUE}
    assert issues == {(None, None), ("schooling", office.person_id)}
    assert len(found) == 4  # two issues, a short goal, an action; a long goal is nobody's to-do
    assert {day for *_, day in found} == {TODAY}


def test_a_newer_policy_takes_the_place_of_the_older(office, caseworker):
    in_force(office, caseworker, issue("一"), issue("二"))
    before = {d.line_id for d in caseworker.duties.duties(office.household_id)}
    first, second = caseworker.policies.in_force(office.household_id).issues
    ended = replace(second, standing=Standing.ENDED, result="片付いた。")
    reviewed(office, replace(first, standing=Standing.CONTINUED), ended, issue("三"))
    after = {d.line_id for d in caseworker.duties.duties(office.household_id)}
    kept = {line.goal_id for line in first.goals} | {a.action_id for a in first.actions}
    assert before & after == kept
    with office.work() as session:
        ends = session.execute(
            select(PolicyDuty.ended_on, func.count()).group_by(PolicyDuty.ended_on)
        )
        assert dict(ends.all()) == {None: 6, TODAY: 6}


def test_a_desk_has_what_is_due_soon_or_late(office, caseworker):
    late, soon = action(days(-3), what="家主に連絡する"), action(days(14), what="年金を調べる")
    others = (action(days(15)), action(None), action(days(1), Actor.PERSON))
    in_force(office, caseworker, issue(actions=(soon, late, *others)))
    assert [(t.text, t.due_on, t.todo_id) for t in mine(office, office.caseworker)] == [
        ("家主に連絡する（残薬の数）", days(-3), None),
        ("年金を調べる（残薬の数）", days(14), None),
    ]
    assert mine(office, office.outsider) == mine(office, office.head) == ()


def test_what_a_closed_household_was_asked_for_is_gone(office, caseworker):
    in_force(office, caseworker, issue(actions=(action(TODAY),)))
    assert len(mine(office, office.caseworker)) == 1
    close(office)
    assert mine(office, office.caseworker) == ()
    assert caseworker.duties.brief(office.household_id).issues == ()


def test_protection_begun_again_asks_for_a_new_policy(office, caseworker):
    in_force(office, caseworker, issue(actions=(action(TODAY),)))
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        key = {"office_id": household.office_id, "household_id": household.id}
        closed = HouseholdStatePeriod(
            **key, state=HouseholdState.CLOSED, valid_from=TODAY, valid_to=TODAY
        )
        session.add(closed)
    assert mine(office, office.caseworker) == ()


def test_a_result_settles_and_leaves_the_policy_as_it_is(office, caseworker):
    in_force(office, caseworker, issue(actions=(action(TODAY),)))
    before = caseworker.policies.in_force(office.household_id)
    caseworker.duties.note(result(duty_of(caseworker, office)))
    assert mine(office, office.caseworker) == ()
    assert caseworker.policies.in_force(office.household_id) == before
    settled = duty_of(office.desk(office.supervisor), office)
    assert settled.settled_on == TODAY
    (noted,) = settled.results
    assert (noted.text, noted.outcome, noted.by) == (
        "残薬は3日分だった。",
        Outcome.DONE,
        office.caseworker.name,
    )


def test_a_retry_stores_one_result(office, caseworker):
    in_force(office, caseworker)
    given = result(duty_of(caseworker, office, DutyKind.SHORT_GOAL))
    caseworker.duties.note(given)
    caseworker.duties.note(given)
    with office.work() as session:
        assert session.scalar(select(func.count()).select_from(PolicyResult)) == 1


@pytest.mark.parametrize("change", [{"happened_on": days(1)}, {"text": " "}, {"text": "あ" * 1001}])
def test_a_result_says_when_and_how_it_went(office, caseworker, change):
    in_force(office, caseworker)
    with pytest.raises(ValidationError) as refused:
        caseworker.duties.note(result(duty_of(caseworker, office), **change))
    assert set(refused.value.fields) == set(change)
    assert duty_of(caseworker, office).is_open


def test_only_what_is_in_force_gets_a_result(office, caseworker):
    in_force(office, caseworker)
    old = duty_of(caseworker, office)
    reviewed(office)
    with pytest.raises(ConflictError):
        caseworker.duties.note(result(old))
    with office.work() as session:
        is_issue = PolicyDuty.kind == DutyKind.ISSUE
        issue_id = session.scalars(select(PolicyDuty.id).where(is_issue)).first()
    with pytest.raises(ConflictError):
        caseworker.duties.note(result(old, duty_id=issue_id))


def test_who_does_not_look_after_the_household_notes_nothing(office, caseworker):
    in_force(office, caseworker)
    duty = duty_of(caseworker, office)
    with pytest.raises((NotPermittedError, ReasonNeededError)):
        office.desk(office.outsider).duties.note(result(duty))
    with pytest.raises(NotPermittedError):
        office.desk(office.records).duties.note(result(duty))


def test_a_line_carried_over_with_its_day_stays_settled(office, caseworker):
    kept, moved = action(days(-3), what="そのまま"), action(days(-3), what="日を変える")
    in_force(office, caseworker, issue(actions=(kept, moved)))
    for duty in caseworker.duties.duties(office.household_id):
        caseworker.duties.note(result(duty))
    (line,) = caseworker.policies.blank(office.household_id).issues
    reviewed(office, replace(line, actions=(kept, replace(moved, by_on=days(3)))))
    assert [t.due_on for t in mine(office, office.caseworker)] == [days(3)]
    again = {d.line_id: d for d in caseworker.duties.duties(office.household_id)}
    assert again[kept.action_id].settled_on == TODAY
    assert again[moved.action_id].is_open
    assert len(again[moved.action_id].results) == 1


def test_the_next_policy_begins_with_what_was_noted(office, caseworker):
    in_force(office, caseworker, issue(actions=(action(TODAY),)))
    caseworker.duties.note(result(duty_of(caseworker, office)))
    (carried,) = caseworker.policies.blank(office.household_id).issues
    assert carried.result == "「残薬を数える」済み（R6.10.1）：残薬は3日分だった。"
    tomorrow = later(CLOCK, days=1)
    reviewed(office, clock=tomorrow)
    next_day = office.desk(office.caseworker, tomorrow)
    (next_year,) = next_day.policies.blank(office.household_id).issues
    assert next_year.result == ""  # told once, in the review that it belonged to


def test_the_brief_and_its_purposes(office, caseworker):
    late = action(days(-1), what="家主に連絡する")
    theirs = action(days(10), Actor.PERSON, "薬の手帳を持ってくる")
    far = action(days(90), what="先のこと")
    in_force(office, caseworker, issue(actions=(late, theirs, far)))
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        author = session.get_one(Staff, office.caseworker.staff_id)
        entry = factories.make_entry(session, household, author)
        factories.make_promise(session, entry, what="診断書を出す", due_on=days(2))
        factories.make_promise(session, entry, what="済んだこと", kept_on=TODAY)
    brief = caseworker.duties.brief(office.household_id)
    assert [d.words for d in brief.open_duties][:2] == ["家主に連絡する", "薬の手帳を持ってくる"]
    assert [i.wish for i in brief.issues] == ["自宅で暮らし続けたい。"]
    assert [p.what for p in brief.promises] == ["診断書を出す"]
    assert [(p.kind, p.text) for p in caseworker.duties.purposes(office.household_id)] == [
        (PurposeKind.ACTION, "家主に連絡する"),
        (PurposeKind.PROMISE, "世帯主：診断書を出す"),
        (PurposeKind.PERSONS_ACTION, "本人：薬の手帳を持ってくる"),
    ]

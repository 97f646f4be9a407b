"""Absences: the day of the next visit, what follows from the second and third, and from a sign of danger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select, update

from desktop.domain.entry_words import place_text
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import MetPerson, Promise
from desktop.domain.todos import TodoOrigin
from desktop.domain.visit_times import TimeBand
from desktop.models.households import Household, Member
from desktop.models.office import District
from desktop.models.records import Contact
from desktop.models.todos import Todo, TodoText
from desktop.services.records.changes import as_input
from tests.services.test_main_job import decision, written
from tests.support.desk import Desk, SmallOffice, read_and_decide, small_office
from tests.support.factories import CLOCK, make_household

TODAY = CLOCK.today()
DUE = TODAY + timedelta(days=7)
AGAIN = (Promise(promise_id=new_id(), who="担当", what="再訪問", due_on=DUE),)


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def absent(office, by, days=0, code="21", minute=490, **changes):
    """Hand in a visit so many days ago at which nobody was met."""
    again = tuple(replace(p, promise_id=new_id()) for p in AGAIN)
    given = {
        "result_code": code,
        "met": (),
        "event_on": TODAY - timedelta(days=days),
        "started_at": minute,
        "ended_at": minute + 5,
        "promises": again,
        **changes,
    }
    saved = by.records.save(written(office, by, **given))
    by.records.submit(saved.entry_id, saved.version, Impact.NONE)
    return saved.entry_id


def todos(office):
    """Whose, of which kind, by when, about what: the first words."""
    with office.work() as session:
        rows = session.execute(
            select(Todo.owner_id, Todo.origin, Todo.due_on, TodoText.text)
            .join(TodoText, TodoText.todo_id == Todo.id)
            .order_by(Todo.created_at, TodoText.text)
        )
        return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    "promises", [(), (Promise(promise_id=new_id(), who="担当", what="再訪問"),)]
)
def test_an_absence_is_handed_in_with_the_day_of_the_next_visit(office, caseworker, promises):
    with pytest.raises(ValidationError) as refused:
        absent(office, caseworker, promises=promises)
    assert "再訪問の日" in refused.value.fields["promises"]


def test_one_absence_asks_nobody(office, caseworker):
    absent(office, caseworker)
    assert todos(office) == []


def test_the_second_and_third_absence_ask_the_supervisor_and_give_something_to_do(
    office, caseworker
):
    for days in (20, 10):
        absent(office, caseworker, days)
    own, asked = sorted(todos(office), key=lambda row: row[1])
    assert own[:3] == (office.caseworker.staff_id, TodoOrigin.ASSIGNED, DUE)
    assert "電話、家主・民生委員" in own[3]
    assert asked[:3] == (office.supervisor.staff_id, TodoOrigin.CONSULTATION, DUE)
    assert "2回続いています" in asked[3]

    absent(office, caseworker, 1)
    third = [row[3] for row in todos(office) if "3回" in row[3]]
    assert len(third) == 2
    assert any("呼出しの通知" in words for words in third)


def test_a_real_visit_ends_the_series(office, caseworker):
    absent(office, caseworker, 20)
    met = (MetPerson(label="架空 花子", person_id=office.person_id),)
    absent(office, caseworker, 15, code="11", met=met)
    absent(office, caseworker, 10)
    assert todos(office) == []


@pytest.mark.parametrize("code", ["22", "25"])
def test_a_sign_of_danger_asks_both_on_the_same_day(office, caseworker, code):
    absent(office, caseworker, code=code, promises=())
    found = sorted(todos(office), key=lambda row: row[1])
    assert [row[:3] for row in found] == [
        (office.caseworker.staff_id, TodoOrigin.ASSIGNED, TODAY),
        (office.supervisor.staff_id, TodoOrigin.CONSULTATION, TODAY),
    ]
    assert all("【本日中】" in row[3] for row in found)


def test_handing_in_again_gives_nothing_twice(office, caseworker):
    entry_id = absent(office, caseworker, code="25", promises=())
    saved = caseworker.records.withdraw(entry_id)
    caseworker.records.submit(entry_id, saved.version, Impact.NONE)
    assert len(todos(office)) == 2


def test_a_proposal_names_another_time_of_day_within_the_week(office, caseworker):
    absent(office, caseworker, 10, minute=600)
    terms = caseworker.records.revisit_terms(office.household_id)

    first = terms.propose(date(2024, 10, 1), 610)
    assert (first.due_on, first.band) == (date(2024, 10, 8), TimeBand.AFTERNOON)
    assert first.words == "再訪問（昼過ぎ）"
    assert "これまでの不在は午前" in first.reason
    # Seven days later is a holiday (スポーツの日): the last open day before it.
    assert terms.propose(date(2024, 10, 7), 800).due_on == date(2024, 10, 11)
    assert terms.propose(date(2024, 10, 7), 800).band is TimeBand.LATE


def test_an_entry_does_not_count_itself_in_its_own_proposal(office, caseworker):
    entry_id = absent(office, caseworker, 10)
    assert caseworker.records.revisit_terms(office.household_id, entry_id).vain == ()
    assert caseworker.records.revisit_terms(office.household_id).vain == (490,)


def test_the_author_is_told_of_a_time_still_to_come(office, caseworker):
    for minutes, field in (((500, 541), "ended_at"), ((541, None), "ended_at")):
        saved = caseworker.records.save(
            written(office, caseworker, started_at=minutes[0], ended_at=minutes[1])
        )
        with pytest.raises(ValidationError) as refused:
            caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
        assert field in refused.value.fields


def test_the_author_is_told_of_an_overlap_with_another_visit_of_the_day(office, caseworker):
    with office.work() as session:
        here = session.get_one(Household, office.household_id).district_id
        second = make_household(session, district=session.get_one(District, here)).id
        head = select(Member.person_id).where(Member.household_id == second)
        person_id = session.scalars(head).one()
    saved = caseworker.records.save(written(office, caseworker, started_at=480, ended_at=520))
    caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
    there = replace(office, household_id=second)
    met = (MetPerson(label="試験 太郎", person_id=person_id),)
    clash = written(there, caseworker, started_at=510, ended_at=535, met=met)
    saved = caseworker.records.save(clash)
    with pytest.raises(ValidationError) as refused:
        caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
    assert "8:00〜8:40" in refused.value.fields["started_at"]

    right = replace(clash, shown_version=saved.version, started_at=520)
    saved = caseworker.records.save(right)
    caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)


@pytest.mark.parametrize("code", ["21", "22"])
def test_signs_of_danger_make_an_absence_urgent(office, caseworker, code):
    entry_id = absent(office, caseworker, code=code, has_danger_signs=True)
    found = sorted(todos(office), key=lambda row: row[1])
    assert [row[:3] for row in found] == [
        (office.caseworker.staff_id, TodoOrigin.ASSIGNED, TODAY),
        (office.supervisor.staff_id, TodoOrigin.CONSULTATION, TODAY),
    ]
    assert all("【本日中】" in row[3] and "危険の兆候あり" in row[3] for row in found)

    supervisor = office.desk(office.supervisor)
    (row,) = supervisor.approvals.queue()
    card = supervisor.approvals.card(row.approval_id).subject
    assert card.entry.entry_id == entry_id
    assert card.checks[0].severity == 3
    assert "当日中に緊急対応する" in card.checks[0].sentence


def test_signs_of_danger_found_after_a_return_ask_the_same_day(office, caseworker):
    for days in (20, 10):
        entry_id = absent(office, caseworker, days)
    assert len(todos(office)) == 2
    shown = caseworker.records.withdraw(entry_id)
    entry = caseworker.records.at_version(entry_id, shown.version)
    saved = caseworker.records.save(replace(as_input(entry), has_danger_signs=True))
    for _ in range(2):
        caseworker.records.submit(entry_id, saved.version, Impact.NONE)
        assert len(todos(office)) == 4
        assert sum("【本日中】" in row[3] for row in todos(office)) == 2
        saved = caseworker.records.withdraw(entry_id)


def test_signs_of_danger_stand_beside_an_absence_alone(office, caseworker):
    for code in ("11", "25", ""):
        with pytest.raises(ValidationError) as refused:
            absent(office, caseworker, code=code, has_danger_signs=True)
        assert "has_danger_signs" in refused.value.fields


def test_a_correction_carries_the_signs_of_danger(office, caseworker):
    entry_id = absent(office, caseworker, has_danger_signs=True)
    supervisor = office.desk(office.supervisor)
    (row,) = supervisor.approvals.queue()
    read_and_decide(supervisor, decision(row))
    correction = caseworker.records.start_correction(entry_id, "時刻の誤り")
    assert correction.has_danger_signs
    without = caseworker.records.save(replace(as_input(correction), has_danger_signs=False))
    assert not caseworker.records.at_version(entry_id, without.version).has_danger_signs
    (valid,) = caseworker.records.chronicle(office.household_id)
    assert valid.has_danger_signs
    assert "危険の兆候あり" in place_text(valid)


def test_no_row_has_signs_of_danger_beside_another_result(office, caseworker):
    absent(office, caseworker, promises=AGAIN, has_danger_signs=True)
    with pytest.raises(UserError) as refused, office.work() as session:
        session.execute(update(Contact).values(result_code="25"))
    assert "危険の兆候" in refused.value.sentence

"""Starts of work on both databases: wages before and after, checks after months, ends and mistakes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.domain.employment_spells import JobEndReason, JobOutcome, RetentionAnswer
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.domain.todos import TodoOrigin
from desktop.models.masters import MasterValue
from desktop.services.todos import TodoService
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.support_acts import a_check, a_job, an_end

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def begun(office, desk, **changes):
    given = a_job(office.household_id, office.person_id, **changes)
    desk.spells.begin(given)
    return given


def kept(office, desk):
    (found,) = desk.spells.of_household(office.household_id).spells
    return found


def test_a_start_is_kept_with_what_is_to_be_asked(office, caseworker):
    given = begun(office, caseworker)
    caseworker.spells.begin(given)
    found = kept(office, caseworker)
    assert (found.employer, found.income_before, found.income_after) == (given.employer, 0, None)
    assert [months for months, _ in found.due_checks(TODAY)] == [1, 3]


def test_the_newest_answer_counts_and_unknown_is_no_left(office, caseworker):
    given = begun(office, caseworker)
    unknown = a_check(given, 3, answer=RetentionAnswer.UNKNOWN)
    caseworker.spells.answer(unknown)
    caseworker.spells.answer(unknown)
    found = kept(office, caseworker)
    assert [months for months, _ in found.due_checks(TODAY)] == [1]
    newest = found.newest_check(3)
    assert newest is not None
    assert newest.answer is RetentionAnswer.UNKNOWN
    assert found.end is None


def test_after_an_end_nothing_is_to_be_asked(office, caseworker):
    given = begun(office, caseworker)
    end = an_end(given, note="契約満了")
    caseworker.spells.end(end)
    caseworker.spells.end(end)
    found = kept(office, caseworker)
    assert found.due_checks(TODAY) == ()
    assert found.end is not None
    assert (found.end.ended_on, found.counts) == (days_ago(1), True)


def test_a_mistake_counts_for_nothing(office, caseworker):
    given = begun(office, caseworker)
    caseworker.spells.end(an_end(given))
    caseworker.spells.end(an_end(given, reason=JobEndReason.MISTAKE, note="別の人の就労"))
    assert not kept(office, caseworker).counts
    with pytest.raises(ConflictError):
        caseworker.spells.end(an_end(given))
    with pytest.raises(ConflictError):
        caseworker.spells.answer(a_check(given))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"started_on": TOMORROW}, "started_on"),
        ({"first_wage_on": days_ago(101)}, "first_wage_on"),
        ({"hours": 0}, "hours"),
        ({"expected_wage": 10_000_001}, "expected_wage"),
        ({"income_before": -1}, "income_before"),
        ({"employer": "　"}, "employer"),
        ({"person_id": new_id()}, "person_id"),
    ],
    ids=range(7),
)
def test_what_cannot_be_is_named_by_field(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.spells.begin(a_job(office.household_id, office.person_id, **changes))
    assert set(refused.value.fields) == {field}


def test_checks_and_ends_have_their_days(office, caseworker):
    given = begun(office, caseworker)
    for check in (a_check(given, 6), a_check(given, 1, checked_on=TOMORROW)):
        with pytest.raises(ValidationError) as refused:
            caseworker.spells.answer(check)
        assert set(refused.value.fields) == {"checked_on"}
    with pytest.raises(ValidationError) as refused:
        caseworker.spells.answer(a_check(given, 2))
    assert set(refused.value.fields) == {"months"}
    for day in (days_ago(101), TOMORROW):
        with pytest.raises(ValidationError) as refused:
            caseworker.spells.end(an_end(given, ended_on=day))
        assert set(refused.value.fields) == {"ended_on"}
    with pytest.raises(ValidationError) as refused:
        caseworker.spells.end(an_end(given, reason=JobEndReason.MISTAKE))
    assert set(refused.value.fields) == {"note"}


def test_a_start_of_another_household_is_not_found(office, caseworker):
    given = begun(office, caseworker)
    with pytest.raises(NotPermittedError):
        caseworker.spells.answer(a_check(given, spell_id=new_id()))
    with pytest.raises(NotPermittedError):
        begun(office, office.desk(office.records))


def test_a_start_is_called_what_the_office_calls_it(office, caseworker):
    given = begun(office, caseworker)
    with office.work() as session:
        row = session.scalars(
            select(MasterValue).where(
                MasterValue.table_name == Master.SUPPORT_OUTCOMES,
                MasterValue.key == given.outcome,
            )
        ).one()
        row.value = {**row.value, "label": "働き始めた"}
    found = caseworker.spells.of_household(office.household_id)
    assert found.spells[0].outcome_label == "働き始めた"
    assert found.outcomes[given.outcome] == "働き始めた"
    assert len(found.outcomes) == len(JobOutcome)


def tasks(desk):
    rows = TodoService(desk.work, CLOCK, desk.staff, desk.spells.reading).mine()
    return [row.text.split("です")[0] for row in rows if row.origin is TodoOrigin.EMPLOYMENT]


def test_each_check_that_is_due_lies_on_the_desk_until_it_is_answered_and_changes_nothing(
    office, caseworker
):
    given = begun(office, caseworker)
    assert tasks(caseworker) == ["定着の確認：就労開始から1か月"]
    caseworker.spells.answer(a_check(given, 1))
    assert tasks(caseworker) == ["定着の確認：就労開始から3か月"]
    caseworker.spells.answer(a_check(given, 3, answer=RetentionAnswer.UNKNOWN))
    assert tasks(caseworker) == []
    assert kept(office, caseworker).end is None
    assert tasks(office.desk(office.outsider)) == []


def test_a_start_that_ended_is_asked_about_no_more(office, caseworker):
    given = begun(office, caseworker)
    caseworker.spells.end(an_end(given))
    assert tasks(caseworker) == []

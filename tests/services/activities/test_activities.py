"""Acts of support on both databases: what is kept, next steps, corrections."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    ValidationError,
)
from desktop.domain.ids import new_id
from desktop.services.todos import TodoService
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.support_acts import an_act

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def added(office, desk, **changes):
    given = an_act(office.household_id, office.person_id, **changes)
    desk.activities.add(given)
    return given


def kept(office, desk):
    return desk.activities.of_household(office.household_id).activities


def todos(desk):
    service = TodoService(desk.work, CLOCK, desk.staff, desk.activities.reading)
    return [row for row in service.mine() if row.todo_id is not None]


def test_an_act_is_kept_once(office, caseworker):
    given = added(office, caseworker, memo=" 電話で話した。 ", partner="hw1")
    caseworker.activities.add(given)
    (row,) = kept(office, caseworker)
    assert (row.kind, row.minutes, row.partner, row.memo) == ("13", 10, "hw1", "電話で話した。")
    assert row.staff == row.made_by
    assert row.counts
    assert todos(caseworker) == []


def test_what_can_be_chosen_is_the_office_s(office, caseworker):
    found = caseworker.activities.of_household(office.household_id)
    assert [each.person_id for each in found.people] == [office.person_id]
    kinds = {kind.code: kind for kind in found.kinds}
    assert (kinds["21"].minutes, kinds["21"].is_direct) == (120, True)
    assert not kinds["91"].is_direct
    assert found.partners[0].code == "hw1"
    assert found.steps == ()
    assert found.may_write


def test_the_next_step_becomes_a_todo_of_one_s_own(office, caseworker):
    added(office, caseworker, next_step="応募書類を一緒に直す", next_due_on=TOMORROW)
    (todo,) = todos(caseworker)
    assert (todo.text, todo.due_on) == ("応募書類を一緒に直す", TOMORROW)


def test_a_correction_stands_for_the_row_and_closes_its_todo(office, caseworker):
    old = added(office, caseworker, next_step="電話する", next_due_on=TOMORROW)
    added(office, caseworker, minutes=25, replaces_id=old.activity_id, reason="時間の誤り")
    new, was = kept(office, caseworker)
    assert (new.minutes, new.reason, new.counts) == (25, "時間の誤り", True)
    assert (was.activity_id, was.counts) == (old.activity_id, False)
    assert todos(caseworker) == []
    with pytest.raises(ConflictError):
        added(office, caseworker, replaces_id=old.activity_id, reason="もう一度")


def test_somebody_else_puts_right_and_who_did_it_stays(office, caseworker):
    old = added(office, caseworker)
    supervisor = office.desk(office.supervisor)
    added(office, supervisor, replaces_id=old.activity_id, is_void=True, reason="別の世帯の活動")
    new, was = kept(office, caseworker)
    assert new.staff == was.staff
    assert new.made_by != was.made_by
    assert not new.counts
    with pytest.raises(NotPermittedError):
        added(office, caseworker, replaces_id=new.activity_id, reason="取消の取消")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"done_on": TOMORROW}, "done_on"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"kind": "xx"}, "kind"),
        ({"partner": "xx"}, "partner"),
        ({"next_step": "電話する"}, "next_step"),
        ({"next_due_on": TOMORROW}, "next_step"),
        ({"next_step": "電話する", "next_due_on": TODAY - timedelta(days=1)}, "next_due_on"),
        ({"memo": "あ" * 10_001}, "memo"),
        ({"person_id": new_id()}, "person_id"),
        ({"step_id": new_id()}, "step_id"),
    ],
    ids=range(11),
)
def test_what_cannot_be_is_named_by_field(office, caseworker, changes, field):
    given = an_act(office.household_id, office.person_id, **changes)
    with pytest.raises(ValidationError) as refused:
        caseworker.activities.add(given)
    assert set(refused.value.fields) == {field}
    assert kept(office, caseworker) == ()


def test_a_correction_says_why(office, caseworker):
    old = added(office, caseworker)
    with pytest.raises(ValidationError) as refused:
        added(office, caseworker, replaces_id=old.activity_id, reason="　")
    assert set(refused.value.fields) == {"reason"}


def test_whoever_writes_no_records_reads_only(office, caseworker):
    added(office, caseworker)
    records = office.desk(office.records)
    assert not records.activities.of_household(office.household_id).may_write
    with pytest.raises(NotPermittedError):
        added(office, records)
    with pytest.raises(ReasonNeededError):
        office.desk(office.outsider).activities.of_household(office.household_id)

"""外部からの情報: to whom it goes, by when, and how alone it ends; the radar asks about it from the first day on."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from desktop.database.reading import ReadingDoor
from desktop.domain.errors import NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.todos import InformationInput, TodoOrigin
from desktop.models.imports import TicketHousehold
from desktop.models.office import Assignment
from desktop.models.todos import TodoText
from desktop.services.todos import TodoService
from tests.services.test_main_job import written
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.people import work_of
from tests.support.radar import found_by


@pytest.fixture
def office(engine) -> SmallOffice:
    return small_office(engine)


def todos(office, staff):
    work = work_of(office.work, staff, CLOCK)
    return TodoService(work, CLOCK, staff, ReadingDoor(work, CLOCK, staff))


def told(office, by, **changes):
    values = {"household_id": office.household_id, "who": "家主", "what": "郵便物がたまっている"}
    return todos(office, by).take_information(InformationInput(**values | changes))


def asked(office):
    """What the supervisor's radar asks about it."""
    work = work_of(office.work, office.supervisor, CLOCK)
    return found_by(["R15"], work, CLOCK, office.supervisor)


def test_it_lies_on_the_caseworkers_desk_until_the_next_working_day(office):
    told(office, office.outsider)

    (line,) = todos(office, office.caseworker).mine()
    assert (line.origin, line.text) == (TodoOrigin.OUTSIDE_INFO, "家主：郵便物がたまっている")
    # Tuesday, the first of October: the next day is open.
    assert (line.due_on - TODAY).days == 1
    assert line.needs_reply


def test_whoever_answers_the_telephone_opens_no_file_for_it(office):
    told(office, office.outsider)
    with office.work() as session:
        assert session.scalars(select(TicketHousehold.household_id)).all() == []


def test_the_radar_asks_from_the_first_day_until_it_is_answered(office):
    todo_id = told(office, office.outsider)
    (finding,) = asked(office)
    assert (finding.household_id, finding.days) == (office.household_id, 0)
    assert finding.severity == 3

    todos(office, office.caseworker).finish(todo_id, "家主に電話し、旅行中と確認した")
    assert asked(office) == []


def test_it_is_not_put_away_without_an_answer(office):
    todo_id = told(office, office.caseworker)
    with pytest.raises(ValidationError) as refused:
        todos(office, office.caseworker).finish(todo_id, "　")
    assert "reply" in refused.value.fields
    with pytest.raises(NotPermittedError):
        todos(office, office.supervisor).finish(todo_id, "見た")
    assert len(asked(office)) == 1


def answer_of(office, todo_id):
    with office.work() as session:
        return session.get_one(TodoText, todo_id).reply


def test_the_answer_says_whether_the_file_knows_a_contact(office):
    todo_id = told(office, office.outsider)
    todos(office, office.caseworker).finish(todo_id, "長期入院中のため")
    assert answer_of(office, todo_id) == "接触の記録なし：長期入院中のため"

    second = told(office, office.outsider)
    desk = office.desk(office.caseworker)
    desk.records.save(written(office, desk, event_on=days_ago(1)))  # before it was told
    third = told(office, office.outsider)
    todos(office, office.caseworker).finish(second, "まだ訪ねていない")
    assert answer_of(office, second).startswith("接触の記録なし")
    desk.records.save(written(office, desk))
    todos(office, office.caseworker).finish(third, "訪問し、元気だった")
    assert answer_of(office, third) == "接触の記録あり：訪問し、元気だった"


def test_whoever_took_it_hears_the_answer(office):
    todo_id = told(office, office.outsider)
    todos(office, office.caseworker).finish(todo_id, "訪問する")
    (line,) = todos(office, office.outsider).mine()
    assert "回答：接触の記録なし：訪問する" in line.text


@pytest.mark.parametrize("missing", ["who", "what"])
def test_both_are_needed(office, missing):
    with pytest.raises(ValidationError) as refused:
        told(office, office.outsider, **{missing: " "})
    assert missing in refused.value.fields


def test_a_household_that_is_not_there_is_refused(office):
    with pytest.raises(NotPermittedError):
        told(office, office.outsider, household_id=new_id())


def test_without_a_caseworker_it_goes_to_the_supervisor(office):
    def end(staff):
        with office.work() as session:
            mine = Assignment.staff_id == staff.staff_id
            session.execute(update(Assignment).where(mine).values(valid_to=days_ago(1)))

    end(office.caseworker)
    told(office, office.outsider)
    assert len(todos(office, office.supervisor).mine()) == 1
    end(office.supervisor)
    with pytest.raises(UserError, match="課長に直接"):
        told(office, office.outsider)

"""What has happened in a household becomes to-dos of its caseworker, on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from desktop.database.reading import ReadingDoor
from desktop.domain.errors import (
    NotPermittedError,
    ReasonNeededError,
    UserError,
    ValidationError,
)
from desktop.domain.help_cards import EventBegun, EventStart, EventTask
from desktop.domain.ids import new_id
from desktop.domain.reading import Purpose
from desktop.domain.todos import TodoOrigin
from desktop.models.todos import Todo
from desktop.services.help_cards import EventChecklistService, shipped_cards
from desktop.services.todos import TodoService
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.people import work_of

KEY = "event-admission"
CARD = next(card for card in shipped_cards() if card.key == KEY)


@pytest.fixture
def office(engine):
    return small_office(engine)


def service(office, staff, kind=EventChecklistService):
    work = work_of(office.work, staff, CLOCK)
    return kind(work, CLOCK, staff, ReadingDoor(work, CLOCK, staff))


def start(office, **changes):
    values = {
        "card": KEY,
        "household_id": office.household_id,
        "event_on": days_ago(10),
        "tasks": frozenset({0, 2, 4}),
        "shown": CARD.tasks,
    }
    return EventStart(**values | changes)


def lines(office, staff):
    return service(office, staff, TodoService).mine()


def count(office):
    with office.work() as session:
        return session.scalar(select(func.count()).select_from(Todo))


def test_the_chosen_tasks_lie_on_the_caseworkers_desk_with_their_days(office):
    begun = service(office, office.caseworker).begin(start(office))

    assert begun == EventBegun(made=3, stood=0, is_own=True)
    found = lines(office, office.caseworker)
    assert {row.text: row.due_on for row in found} == {
        f"【入院】{CARD.tasks[0].text}": TODAY,  # its day is past
        f"【入院】{CARD.tasks[2].text}": TODAY,
        f"【入院】{CARD.tasks[4].text}": TODAY - timedelta(days=10) + timedelta(days=30),
    }
    assert {row.household_id for row in found} == {office.household_id}
    assert {row.origin for row in found} == {TodoOrigin.ASSIGNED}


def test_begun_twice_nothing_stands_twice_and_what_is_new_is_added(office):
    events = service(office, office.caseworker)
    events.begin(start(office))
    again = events.begin(start(office, tasks=frozenset({0, 1, 2})))
    assert again == EventBegun(made=1, stood=2, is_own=True)
    assert count(office) == 4


def test_what_is_done_may_be_begun_again(office):
    events, desk = (
        service(office, office.caseworker),
        service(office, office.caseworker, TodoService),
    )
    events.begin(start(office, tasks=frozenset({1})))
    (row,) = desk.mine()
    desk.finish(row.todo_id)
    assert events.begin(start(office, tasks=frozenset({1}))).made == 1


def test_the_supervisor_gives_them_to_the_caseworker(office):
    begun = service(office, office.supervisor).begin(start(office))
    assert begun == EventBegun(made=3, stood=0, is_own=False)
    assert len(lines(office, office.caseworker)) == 3
    assert lines(office, office.supervisor) == ()


def test_somebody_without_duty_needs_a_reason(office):
    with pytest.raises(ReasonNeededError):
        service(office, office.outsider).begin(start(office))
    assert count(office) == 0


def test_a_colleague_who_opened_the_file_with_a_reason_may_not_give_tasks(office):
    events = service(office, office.outsider)
    events.reading.open(Purpose.FILE, [office.household_id], reason="電話当番")
    with pytest.raises(NotPermittedError, match="地区担当員と、仕事を割り当てられる職員"):
        events.begin(start(office))
    assert count(office) == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"event_on": days_ago(367)}, "event_on"),
        ({"event_on": TODAY + timedelta(days=367)}, "event_on"),
        ({"tasks": frozenset()}, "tasks"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(office, changes, field):
    with pytest.raises(ValidationError) as refused:
        service(office, office.caseworker).begin(start(office, **changes))
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize(
    "changes",
    [{"card": "article-004"}, {"card": "nowhere"}, {"tasks": frozenset({99})}],
)
def test_a_card_that_has_no_such_task_is_refused(office, changes):
    with pytest.raises(UserError, match="手引"):
        service(office, office.caseworker).begin(start(office, **changes))


def test_a_household_of_nowhere_is_refused(office):
    with pytest.raises(UserError):
        service(office, office.caseworker).begin(start(office, household_id=new_id()))
    assert count(office) == 0


def test_tasks_that_became_others_since_they_were_shown_are_not_given(office):
    others = (*CARD.tasks[:-1], EventTask(text="ほかのこと", days=3))
    with pytest.raises(UserError, match="新しくなっています"):
        service(office, office.caseworker).begin(start(office, shown=others))
    assert count(office) == 0

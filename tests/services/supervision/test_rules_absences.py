import pytest

from desktop.domain.records import ContactMethod, Place
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.todos import Todo
from tests.services.supervision.visiting import absence, settled, visit
from tests.support.factories import at, days_ago


def todo(watched, household, origin, days, *, done):
    row = Todo(
        office_id=watched.office.id,
        owner_id=watched.supervisor.id,
        household_id=household.id,
        origin=origin,
        state=TodoState.DONE if done else TodoState.OPEN,
        created_by=watched.caseworker.id,
        created_at=at(days_ago(days)),
        closed_at=at(days_ago(days)) if done else None,
    )
    watched.session.add(row)


def test_v11_asks_about_two_absences_in_a_row(watched):
    twice, once, broken = (settled(watched) for _ in range(3))
    for household, days in ((twice, 20), (twice, 12), (once, 12), (broken, 20), (broken, 5)):
        absence(watched, household, days)
    visit(watched, broken, 10)

    (finding,) = watched.found("V11")

    assert (finding.household_id, finding.days) == (twice.id, 12)
    assert "2回" in finding.reason


def test_v11_is_not_broken_by_a_call_or_a_visit_that_was_none(watched):
    household = settled(watched)
    absence(watched, household, 20)
    visit(
        watched,
        household,
        15,
        method=ContactMethod.TELEPHONE_OUT,
        place=Place.NONE,
        result_code="32",
        is_home_visit=False,
    )
    absence(watched, household, 12)
    assert len(watched.found("V11")) == 1


@pytest.mark.parametrize(
    ("origin", "days", "done", "asked"),
    [
        (TodoOrigin.CONSULTATION, 11, True, False),
        (TodoOrigin.CONSULTATION, 11, False, True),
        (TodoOrigin.CONSULTATION, 15, True, True),
        (TodoOrigin.INSTRUCTION, 11, False, False),
        (TodoOrigin.ASSIGNED, 11, True, True),
    ],
)
def test_v11_ends_with_a_word_of_the_supervisor(watched, origin, days, done, asked):
    household = settled(watched)
    for ago in (20, 12):
        absence(watched, household, ago)
    todo(watched, household, origin, days, done=done)
    assert bool(watched.found("V11")) is asked


def test_v11_ends_with_a_note_of_the_supervisor_in_the_file(watched):
    household = settled(watched)
    for ago in (20, 12):
        absence(watched, household, ago)
    watched.approved(
        household, event_on=days_ago(11), kind="supervisor_note", method=ContactMethod.NONE
    )
    assert not watched.found("V11")


def test_v12_asks_about_the_third_absence_and_about_ninety_days(watched):
    thrice, unseen, near_miss = (settled(watched) for _ in range(3))
    visit(watched, thrice, 60)
    for days in (30, 20, 10):
        absence(watched, thrice, days)
    for household, days in ((unseen, 91), (near_miss, 90)):
        visit(watched, household, days)
        absence(watched, household, 50)

    found = {f.household_id: f.days for f in watched.found("V12")}

    assert found == {thrice.id: 10, unseen.id: 1}


def test_v12_counts_a_talk_in_the_office_as_a_face(watched):
    household = settled(watched)
    visit(watched, household, 200)
    absence(watched, household, 50)
    visit(
        watched,
        household,
        40,
        method=ContactMethod.OFFICE,
        place=Place.OFFICE,
        result_code="31",
        is_home_visit=False,
    )
    assert not watched.found("V12")


@pytest.mark.parametrize(("days", "asked"), [(9, False), (11, True)])
def test_v12_ends_with_a_letter_or_a_meeting(watched, days, asked):
    for change in (
        {"kind": "case_conference", "method": ContactMethod.NONE},
        {"kind": "letter_out", "method": ContactMethod.LETTER_OUT},
    ):
        household = settled(watched)
        visit(watched, household, 60)
        for ago in (30, 20, 10):
            absence(watched, household, ago)
        watched.approved(
            household,
            event_on=days_ago(days),
            place=Place.NONE,
            is_home_visit=False,
            result_code="",
            **change,
        )
    assert len(watched.found("V12")) == (2 if asked else 0)


def test_v21_asks_about_absences_at_one_time_of_day(watched):
    same, mixed, unknown = (settled(watched) for _ in range(3))
    for household, days, minute in (
        (same, 20, 600),
        (same, 13, 640),
        (mixed, 20, 600),
        (mixed, 9, 900),
    ):
        absence(watched, household, days, times=(minute, minute + 5))
    for days in (20, 9):
        absence(watched, unknown, days)

    (finding,) = watched.found("V21")

    assert finding.household_id == same.id
    assert "どれも午前です、いつも" in finding.reason
    assert "次は昼過ぎ" in finding.reason

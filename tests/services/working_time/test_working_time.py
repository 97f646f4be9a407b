"""Working time on both databases: the own week, the team's, duty and leave, and who may say what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.working_time import AwayKind, Half, HalfDay
from desktop.models.office import StaffAbsence
from desktop.services.working_time.loading import working_times
from tests.support.desk import small_office
from tests.support.factories import TODAY, add
from tests.support.visits import MONDAY, a_booking, a_week, an_absence

FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


def shown(desk, office, first=MONDAY, last=FRIDAY):
    return desk.working_time.of_staff(office.caseworker.staff_id, first, last)


def halves(time) -> list[tuple[int, Half, int]]:
    return [(slot.day.day, slot.half, slot.minutes) for slot in time.slots]


def test_who_said_nothing_has_the_office_s_standard_week(office, caseworker):
    found = shown(caseworker, office)
    assert found.time.is_standard
    assert len(found.time.slots) == 10
    assert {slot.minutes for slot in found.time.slots} == {150, 195}


def test_the_own_week_holds_from_its_day_on(office, caseworker):
    caseworker.working_time.set_week(a_week(office.caseworker.staff_id, MONDAY))
    found = shown(caseworker, office, date(2024, 9, 30))
    assert halves(found.time)[-4:] == [
        (7, Half.AM, 120),
        (7, Half.PM, 180),
        (8, Half.AM, 120),
        (8, Half.PM, 180),
    ]
    assert not found.time.is_standard
    # 30 September closes the month, 3 and 4 October are payment day and the day before.
    assert [day for day, half, _ in halves(found.time) if half is Half.AM][:2] == [1, 2]


def test_of_one_day_the_last_word_counts(office, caseworker):
    for minutes in (60, 90):
        week = a_week(office.caseworker.staff_id, minutes={(0, Half.AM): minutes})
        caseworker.working_time.set_week(week)
    assert halves(shown(caseworker, office).time) == [(7, Half.AM, 90)]


def test_leave_takes_half_days_away_and_can_be_taken_back(office, caseworker):
    leave = an_absence(office.caseworker.staff_id, half=Half.PM)
    caseworker.working_time.add_away(leave)
    caseworker.working_time.add_away(leave)
    found = shown(caseworker, office)
    assert found.time.why_not(HalfDay(day=MONDAY, half=Half.PM)) == "休暇"
    assert found.time.why_not(HalfDay(day=MONDAY, half=Half.AM)) == ""
    (line,) = found.away
    assert (line.away.kind, line.entered_by) == (AwayKind.LEAVE, office.caseworker.name)
    caseworker.working_time.strike_away(leave.away_id)
    assert shown(caseworker, office).away == ()
    with pytest.raises(ConflictError, match="もう取り消されて"):
        caseworker.working_time.strike_away(leave.away_id)


def test_duty_comes_back(office, caseworker):
    duty = an_absence(
        office.caseworker.staff_id, kind=AwayKind.DUTY, weekday=2, every_weeks=2, last_on=None
    )
    caseworker.working_time.add_away(duty)
    found = shown(caseworker, office, last=date(2024, 10, 31)).time
    assert sorted({each.day.day for each in found.removed if each.causes[0].code == "duty"}) == [
        9,
        23,
    ]


def test_the_supervisor_keeps_the_team_s_time(office, supervisor):
    staff_id = office.caseworker.staff_id
    supervisor.working_time.set_week(a_week(staff_id))
    supervisor.working_time.add_away(an_absence(staff_id))
    found = shown(supervisor, office)
    assert found.away[0].entered_by == office.supervisor.name
    assert [(m.staff_id == staff_id, m.may_edit) for m in supervisor.working_time.members()][
        :2
    ] == [
        (False, True),
        (True, True),
    ]


def test_colleagues_look_and_change_nothing(office, caseworker):
    other = office.desk(office.outsider)
    leave = an_absence(office.caseworker.staff_id)
    caseworker.working_time.add_away(leave)
    assert shown(other, office).away
    assert not next(
        m.may_edit for m in other.working_time.members() if m.staff_id == office.caseworker.staff_id
    )
    for act in (
        lambda: other.working_time.set_week(a_week(office.caseworker.staff_id)),
        lambda: other.working_time.add_away(an_absence(office.caseworker.staff_id)),
        lambda: other.working_time.strike_away(leave.away_id),
    ):
        with pytest.raises(NotPermittedError, match="自分の勤務"):
            act()


def test_a_supervisor_of_another_district_keeps_nobody_s_time(office, supervisor):
    with pytest.raises(NotPermittedError):
        supervisor.working_time.add_away(an_absence(office.outsider.staff_id))


@pytest.mark.parametrize("who", ["records", "head"])
def test_who_writes_no_records_enters_nothing(office, who):
    desk = office.desk(getattr(office, who))
    with pytest.raises(NotPermittedError):
        desk.working_time.add_away(an_absence(office.caseworker.staff_id))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_on": None}, "last_on"),
        ({"last_on": MONDAY - timedelta(days=1)}, "last_on"),
        ({"weekday": 5}, "weekday"),
        ({"weekday": 1, "every_weeks": 0}, "every_weeks"),
        ({"weekday": 1, "every_weeks": 9}, "every_weeks"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refusal:
        caseworker.working_time.add_away(an_absence(office.caseworker.staff_id, **changes))
    assert set(refusal.value.fields) == {field}


def test_a_week_longer_than_a_day_is_refused(office, caseworker):
    with pytest.raises(ValidationError, match="300"):
        caseworker.working_time.set_week(
            a_week(office.caseworker.staff_id, minutes={(0, Half.AM): 301})
        )


def test_an_unknown_person_has_no_time(caseworker):
    with pytest.raises(NotPermittedError, match="見つかりません"):
        caseworker.working_time.of_staff(new_id(), TODAY, TODAY)


def test_the_whole_office_is_read_in_one_go(office, caseworker):
    caseworker.working_time.add_away(an_absence(office.caseworker.staff_id))
    people = [office.caseworker.staff_id, office.outsider.staff_id]
    with caseworker.work() as session:
        found = working_times(session, office.caseworker.office_id, people, MONDAY, FRIDAY, TODAY)
    assert [len(found[staff_id].slots) for staff_id in people] == [8, 10]


def test_a_longer_absence_of_the_register_takes_everything_and_cannot_be_struck_here(
    office, caseworker
):
    with office.work() as session:
        absence = StaffAbsence(
            office_id=office.caseworker.office_id,
            staff_id=office.caseworker.staff_id,
            valid_from=TODAY,
        )
        add(session, absence)
    found = shown(caseworker, office)
    assert (found.time.slots, found.away) == ((), ())
    assert found.time.why_not(HalfDay(day=MONDAY, half=Half.AM)) == "休暇"


def test_going_along_takes_the_half_day_of_the_partner(office, caseworker):
    caseworker.bookings.book(a_booking(office.household_id, office.outsider.staff_id))
    found = caseworker.working_time.of_staff(office.outsider.staff_id, MONDAY, FRIDAY)
    tuesday = HalfDay(day=MONDAY + timedelta(days=1), half=Half.AM)
    assert found.time.why_not(tuesday) == "同行の予約"

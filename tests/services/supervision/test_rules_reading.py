"""A01: bulk, unusual hours, many files outside the duty."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.office import Staff
from tests.services.supervision.conftest import Watched
from tests.support.factories import add, at, days_ago, make_district, make_staff

NOON = at(days_ago(1), 12)


def opened(
    watched: Watched,
    staff: Staff,
    households: list[UUID],
    when: datetime = NOON,
    *,
    outside: bool = False,
) -> None:
    ticket = Ticket(
        id=new_id(),
        office_id=staff.office_id,
        staff_id=staff.id,
        purpose="file",
        reason="",
        opened_at=when,
        valid_until=when + timedelta(minutes=10),
    )
    add(watched.session, ticket)
    for household in households:
        add(
            watched.session,
            TicketHousehold(ticket_id=ticket.id, household_id=household, outside_duty=outside),
        )


def households(watched: Watched, count: int) -> list[UUID]:
    return [watched.household().id for _ in range(count)]


def test_more_files_in_an_hour_than_usual(watched):
    many = households(watched, 31)
    opened(watched, watched.caseworker, many[:30])
    opened(watched, watched.caseworker, many[:30], NOON + timedelta(minutes=59))
    assert watched.found("A01") == []
    opened(watched, watched.caseworker, many[30:], NOON + timedelta(minutes=59))
    (found,) = watched.found("A01")
    assert "1時間で61世帯" in found.reason
    assert (found.staff_id, found.days) == (watched.caseworker.id, 1)


def test_an_hour_later_counts_anew(watched):
    many = households(watched, 31)
    opened(watched, watched.caseworker, many)
    opened(watched, watched.caseworker, many, NOON + timedelta(hours=1))
    assert watched.found("A01") == []


def test_unusual_hours(watched):
    one = households(watched, 1)
    for minute in (0, 14 * 60 - 1):
        opened(watched, watched.caseworker, one, at(days_ago(1), 7) + timedelta(minutes=minute))
    assert watched.found("A01") == []
    opened(watched, watched.caseworker, one, at(days_ago(1), 21))
    opened(watched, watched.caseworker, one, at(days_ago(2), 7) - timedelta(minutes=1))
    assert ["06:59" in f.reason or "21:00" in f.reason for f in watched.found("A01")] == [
        True,
        True,
    ]


def test_bulk_outside_the_duty(watched):
    opened(watched, watched.caseworker, households(watched, 10), outside=True)
    assert watched.found("A01") == []
    opened(watched, watched.caseworker, households(watched, 1), outside=True)
    assert "担当外の11世帯" in watched.found("A01")[0].reason


def test_what_is_long_past_is_not_asked_again(watched):
    opened(watched, watched.caseworker, households(watched, 1), at(days_ago(8), 22))
    assert watched.found("A01") == []


def test_a_supervisor_is_told_of_his_own_people_only(watched):
    elsewhere = make_district(watched.session, watched.office)
    other = make_staff(watched.session, office=watched.office, district=elsewhere)
    file = households(watched, 1)
    for staff in (watched.caseworker, other):
        opened(watched, staff, file, at(days_ago(1), 23))
    assert [f.staff_id for f in watched.found("A01")] == [watched.caseworker.id]

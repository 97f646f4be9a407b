"""Several people who issue at the same moment, on both databases."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from sqlalchemy import select

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.errors import UserError
from desktop.domain.issued_forms import Issued, RegisterQuery
from desktop.models.issued_forms import IssueBook
from tests.services.test_races import at_once
from tests.support.desk import SmallOffice, small_office
from tests.support.issued_forms import drawing, issued_forms, slip


def at(office: SmallOffice, work: UnitOfWork) -> SmallOffice:
    """The same office over another connection."""
    return replace(office, work=work)


def test_people_who_issue_at_once_get_numbers_of_their_own(database_url, engine):
    office = small_office(engine)
    people = (office.caseworker, office.supervisor, office.records)
    for staff in people:
        issued_forms(office, staff)

    def issue(staff, work):
        return issued_forms(at(office, work), staff).issue(slip(office), drawing())

    answers = at_once(database_url, [partial(issue, staff) for staff in people])
    stored = [a for a in answers if isinstance(a, Issued)]
    assert stored
    assert all(isinstance(a, Issued | UserError) for a in answers)
    lines = issued_forms(office, office.records).register(RegisterQuery()).lines
    assert sorted(line.number for line in lines) == list(range(1, len(stored) + 1))
    assert {a.stamp.number for a in stored} == {line.number for line in lines}
    assert all(a.data.endswith(f"{a.stamp.label} 見本".encode()) for a in stored)
    with office.work() as session:
        assert session.scalars(select(IssueBook.last_number)).one() == len(stored)


def test_one_try_sent_three_times_at_once_is_issued_once(database_url, engine):
    office = small_office(engine)
    issued_forms(office, office.caseworker)
    request = slip(office)

    def issue(work):
        return issued_forms(at(office, work), office.caseworker).issue(request, drawing())

    at_once(database_url, [issue] * 3)
    again = issued_forms(office, office.caseworker).issue(request, drawing("あとから"))
    assert (again.stamp.number, again.is_new) == (1, False)
    lines = issued_forms(office, office.records).register(RegisterQuery()).lines
    assert [line.number for line in lines] == [1]

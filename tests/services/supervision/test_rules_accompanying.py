"""V19: a caseworker in the first year whom no supervisor accompanied for three months."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.models.office import Assignment
from desktop.models.records import Contact, ContactStaff
from tests.services.supervision.visiting import absence, settled, visit
from tests.support.factories import days_ago, make_staff


def begins(watched, days):
    """The caseworker has had the district for so many days."""
    mine = select(Assignment).where(Assignment.staff_id == watched.caseworker.id)
    watched.session.scalars(mine).one().valid_from = days_ago(days)


def along(watched, entry, staff=None):
    """Somebody came along on the visit of an entry."""
    contact = watched.session.get_one(Contact, entry.contact_id)
    given = {"office_id": watched.office.id, "household_id": contact.household_id}
    who = (staff or watched.supervisor).id
    watched.session.add(ContactStaff(contact_id=contact.id, staff_id=who, **given))
    watched.session.flush()


@pytest.mark.parametrize(("days", "found"), [(91, 0), (92, 1), (365, 1), (366, 0)])
def test_it_is_asked_of_the_first_year_after_a_quarter(watched, days, found):
    begins(watched, days)
    assert [f.days for f in watched.found("V19")] == [days] * found


def test_a_supervisor_who_came_along_answers_it_for_a_quarter(watched):
    begins(watched, 300)
    household = settled(watched)
    visit(watched, household, 20)
    (finding,) = watched.found("V19")
    assert finding.staff_id == watched.caseworker.id
    assert "同行の記録はまだありません" in finding.reason

    along(watched, visit(watched, household, 100))
    (finding,) = watched.found("V19")
    assert finding.days == 100

    along(watched, absence(watched, household, 30))
    assert not watched.found("V19")


def test_a_colleague_is_no_supervisor(watched):
    begins(watched, 300)
    colleague = make_staff(watched.session, office=watched.office)
    along(watched, visit(watched, settled(watched), 20), colleague)
    assert len(watched.found("V19")) == 1

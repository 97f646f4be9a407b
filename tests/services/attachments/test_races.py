"""Two people who attach at the same moment, on both databases."""

from __future__ import annotations

from functools import partial

from desktop.domain.attachments import Attached
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from tests.services.test_races import at_once
from tests.support import files
from tests.support.desk import desk, small_office
from tests.support.papers import a_paper

SLIP = files.a_pdf()


def test_the_same_file_from_two_people_is_kept_twice_and_told(database_url, engine):
    office = small_office(engine)
    paper_id = office.desk(office.caseworker).papers.receive(a_paper(office.household_id)).paper_id
    office.desk(office.supervisor)

    def attach(staff, work):
        return desk(work, staff).attachments.attach(paper_id, SLIP, "a.pdf")

    people = (office.caseworker, office.supervisor)
    answers = at_once(database_url, [partial(attach, person) for person in people])
    stored = [a for a in answers if isinstance(a, Attached)]
    assert stored
    assert all(isinstance(a, Attached | UserError) for a in answers)
    lines = office.desk(office.caseworker).attachments.of_household(office.household_id)
    assert len(lines) == len(stored)
    assert all(len(line.same) == len(stored) - 1 for line in lines)


def test_one_try_sent_twice_at_once_is_stored_once(database_url, engine):
    office = small_office(engine)
    caseworker = office.desk(office.caseworker)
    paper_id = caseworker.papers.receive(a_paper(office.household_id)).paper_id
    key = new_id()

    def attach(work):
        return desk(work, office.caseworker).attachments.attach(
            paper_id, SLIP, "a.pdf", attachment_id=key
        )

    at_once(database_url, [attach] * 3)
    assert caseworker.attachments.attach(paper_id, SLIP, "a.pdf", attachment_id=key).pages == 1
    assert len(caseworker.attachments.of_household(office.household_id)) == 1

"""J01: a copy for disclosure is due, and nobody handed it over; and whose desk it lies on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.domain.disclosures import DisclosureMove, DisclosureState
from desktop.domain.todos import TodoOrigin
from desktop.models.disclosures import Disclosure
from desktop.models.households import Member
from desktop.services.todos import TodoService
from tests.support.desk import small_office
from tests.support.disclosures import decided, taken, two_entries
from tests.support.factories import CLOCK, TODAY, add

S = DisclosureState


def asked(watched, household, state, left):
    """A request whose copy is due in so many days."""
    person = watched.session.query(Member).filter_by(household_id=household.id).one()
    given = {
        "office_id": watched.office.id,
        "household_id": household.id,
        "person_id": person.person_id,
        "fiscal_year": 2024,
        "number": 1,
        "requester": "principal",
        "asked_on": date(2024, 9, 1),
        "records_from": date(2024, 4, 1),
        "records_to": date(2024, 8, 31),
        "due_on": TODAY + timedelta(days=left),
        "state": state,
        "prepared_by": watched.supervisor.id,
        "prepared_at": CLOCK.now(),
        "content_hash": "",
    }
    if state in {S.ISSUED, S.WITHDRAWN}:
        given |= {"closed_by": watched.supervisor.id, "closed_at": CLOCK.now()}
    return add(watched.session, Disclosure(**given))


@pytest.mark.parametrize(
    ("left", "words"),
    [(8, None), (7, "まであと7日です"), (0, "は今日です"), (-3, "を3日過ぎています")],
)
def test_it_is_asked_about_a_week_before_and_ever_after(watched, left, words):
    asked(watched, watched.household(), S.HANDED_OVER, left)
    found = watched.found("J01")
    assert [words in f.reason and "確認待ち" in f.reason for f in found] == [True] * bool(words)


@pytest.mark.parametrize("state", [S.ISSUED, S.WITHDRAWN])
def test_what_was_settled_is_not_asked_about(watched, state):
    asked(watched, watched.household(), state, -30)
    assert watched.found("J01") == []


def todos(office, staff):
    desk = office.desk(staff)
    rows = TodoService(desk.work, CLOCK, staff, desk.disclosures.reading).mine()
    return [row.text for row in rows if row.origin is TodoOrigin.DISCLOSURE]


def test_it_lies_on_the_desk_of_whoever_is_next(engine):
    office = small_office(engine)
    two_entries(office)
    records = office.desk(office.records)
    sheet = decided(records, taken(office, records))
    label = sheet.row.label
    assert todos(office, office.records) == [f"開示用の写しの準備（{label}）"]
    assert todos(office, office.supervisor) == todos(office, office.caseworker) == []
    sheet = records.disclosures.move(
        sheet.row.disclosure_id, DisclosureMove.HAND_OVER, sheet.content_hash
    )
    assert todos(office, office.records) == []
    assert todos(office, office.supervisor) == [f"開示用の写しの確認（{label}）"]
    supervisor = office.desk(office.supervisor)
    sheet = supervisor.disclosures.sheet(sheet.row.disclosure_id)
    supervisor.disclosures.move(sheet.row.disclosure_id, DisclosureMove.REVIEW, sheet.content_hash)
    assert todos(office, office.records) == [f"開示用の写しの交付（{label}）"]
    assert todos(office, office.supervisor) == []

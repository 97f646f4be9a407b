"""Visits that somebody makes up at the database, and what the radar may be asked about who was met."""

from __future__ import annotations

from datetime import timedelta

from tests.database.security.place import DENIED, answer_impact, refused
from tests.database.security.test_attacks_contacts import contact
from tests.support.factories import TODAY


def test_an_absence_is_what_the_result_says_and_not_what_the_client_says(place, writer):
    household = place.office.household_id
    hidden = contact(place, writer, household, result_code="21", is_home_visit=False)
    invented = contact(place, writer, household, result_code="11", is_absence=True)
    assert place.truth(
        "SELECT id, is_absence FROM contact WHERE id = ANY (%s) ORDER BY is_absence",
        ([hidden, invented],),
    ) == [(invented, False), (hidden, True)]


def test_an_absence_without_the_day_of_the_next_visit_is_not_handed_in(place, writer):
    draft = place.draft(result_code="21", met=())
    answer_impact(writer, draft.entry_id, draft.shown_version)
    submit = "SELECT app.submit('entry', %s, %s)"
    assert refused(writer, submit, (draft.entry_id, draft.shown_version)) == "BS422"


def test_who_was_met_is_told_to_those_alone_who_supervise(place, writer):
    office = place.office.caseworker.office_id
    since = TODAY - timedelta(days=400)
    for asked, given in (
        ("SELECT app.children_seen(%s, %s, '2000-01-01')", (office, since)),
        ("SELECT app.spoken_to_in_institutions(%s, %s)", (office, since)),
    ):
        assert refused(writer, asked, given) in DENIED


def test_a_supervisor_is_told_nothing_of_another_office(place):
    boss = place.connect(place.office.supervisor)
    since = TODAY - timedelta(days=400)
    foreign = place.stranger.office_id
    found = boss.execute(
        "SELECT app.children_seen(%s, %s, '1900-01-01')", (foreign, since)
    ).fetchall()
    assert found == []

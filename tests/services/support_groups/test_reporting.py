"""What was decided from the list is heard by the conference that is closed next, and by no other."""

from __future__ import annotations

from uuid import UUID

import pytest

from desktop.domain.conferences import ConferenceInput, ConferenceKind
from desktop.domain.errors import NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.support_groups import DecidedBy, SupportGroup
from tests.support.assessments import assessment, by_conference, decision, held
from tests.support.desk import later
from tests.support.factories import CLOCK, TODAY

G2 = SupportGroup.WITH_HELP


@pytest.fixture
def first(office, caseworker, supervisor) -> UUID:
    """A conference that decided somebody's group, closed today."""
    given = assessment(office)
    caseworker.assessments.save(given)
    matter = held(caseworker, supervisor, given)
    supervisor.groups.decide(by_conference(office, given, G2, matter.matter_id))
    supervisor.conferences.close(matter.conference_id)
    return matter.conference_id


def left_as_it_was(office, hours: float) -> None:
    """The supervisor leaves the group of a new assessment as it was, so many hours after now."""
    clock = later(CLOCK, hours=hours)
    given = assessment(office)
    office.desk(office.caseworker, clock).assessments.save(given)
    alone = decision(office, given, G2, how=DecidedBy.SUPERVISOR, expires_on=None)
    office.desk(office.supervisor, clock).groups.decide(alone)


def called(caseworker) -> UUID:
    conference = ConferenceInput(conference_id=new_id(), kind=ConferenceKind.CASE, planned_on=TODAY)
    caseworker.conferences.call(conference)
    return conference.conference_id


def test_the_next_conference_hears_of_it_and_the_one_before_does_not(
    office, caseworker, supervisor, first
):
    left_as_it_was(office, 1)
    following = called(caseworker)
    report = supervisor.groups.unchanged_reported(following)
    (row,) = report.rows
    assert (row.name, row.group, row.decided_on) == ("架空 花子", G2, TODAY)
    assert row.decided_by == supervisor.staff.name
    assert report.labels[G2]
    assert supervisor.groups.unchanged_reported(first).rows == ()


def test_a_decision_of_a_conference_is_no_report(office, caseworker, supervisor, first):
    assert supervisor.groups.unchanged_reported(called(caseworker)).rows == ()


def test_only_the_own_duty_is_reported(office, caseworker, first):
    left_as_it_was(office, 1)
    outsider = office.desk(office.outsider)
    assert outsider.groups.unchanged_reported(called(caseworker)).rows == ()
    with pytest.raises(NotPermittedError):
        outsider.groups.unchanged_reported(new_id())

"""What waits to be decided and why, what stays as it is, and who is reviewed when: of the own duty alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.assessments import DISPUTES, Barriers, Comment
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.support_group_lists import Why
from desktop.domain.support_groups import DecidedBy, SupportGroup
from tests.support.assessments import (
    assessment,
    barrier,
    by_conference,
    called,
    decision,
    further_people,
    held,
)
from tests.support.desk import later
from tests.support.factories import CLOCK, TODAY

G2, G3, G4 = SupportGroup.WITH_HELP, SupportGroup.ALONE, SupportGroup.DAILY_LIFE
ILL = {"barriers": (barrier("BF09", Barriers.LASTING),)}


def saved(office, caseworker, **changes):
    given = assessment(office, **changes)
    caseworker.assessments.save(given)
    return given


def decided(office, caseworker, supervisor, group=G2, **changes):
    """An assessment that a conference decided."""
    given = saved(office, caseworker, **changes)
    matter = held(caseworker, supervisor, given)
    supervisor.groups.decide(by_conference(office, given, group, matter.matter_id))
    supervisor.conferences.close(matter.conference_id)
    return given


def whys(desk):
    return [row.why for row in desk.groups.agenda_candidates().rows]


def test_a_first_assessment_waits_for_a_conference(office, caseworker, supervisor):
    given = saved(office, caseworker)
    (row,) = caseworker.groups.agenda_candidates().rows
    assert (row.why, row.proposed, row.rule, row.standing) == (Why.FIRST, G2, "R11", None)
    assert (row.name, row.is_own, row.is_held, row.agenda_on) == ("架空 花子", True, False, None)
    called(caseworker, given)
    (row,) = supervisor.groups.agenda_candidates().rows
    assert (row.agenda_on, row.is_own) == (TODAY, False)


def test_what_a_conference_decided_waits_no_longer(office, caseworker, supervisor):
    decided(office, caseworker, supervisor)
    assert whys(supervisor) == []
    assert supervisor.groups.unchanged().rows == ()


def test_a_provisional_group_still_waits(office, caseworker, supervisor):
    given = saved(office, caseworker)
    supervisor.groups.decide(decision(office, given, G2))
    (row,) = supervisor.groups.agenda_candidates().rows
    assert row.why is Why.PROVISIONAL
    assert row.standing.expires_on == TODAY + timedelta(days=60)


def test_another_proposal_is_a_change_and_the_same_is_the_supervisor_s(
    office, caseworker, supervisor
):
    decided(office, caseworker, supervisor)
    again = saved(office, caseworker)
    assert whys(supervisor) == []
    (row,) = supervisor.groups.unchanged().rows
    assert (row.why, row.assessment_id) == (Why.UNCHANGED, again.assessment_id)
    supervisor.groups.decide(decision(office, again, G2, how=DecidedBy.SUPERVISOR, expires_on=None))
    assert supervisor.groups.unchanged().rows == ()
    saved(office, caseworker, **ILL)
    (row,) = supervisor.groups.agenda_candidates().rows
    assert (row.why, row.proposed, row.standing.group) == (Why.CHANGE, G4, G2)


def test_a_proposal_that_was_overridden_is_asked_again(office, caseworker, supervisor):
    decided(office, caseworker, supervisor, G3)
    assert whys(supervisor) == []
    saved(office, caseworker)
    assert whys(supervisor) == [Why.OVERRIDDEN]


def test_safety_that_comes_first_is_said(office, caseworker, supervisor):
    given = saved(office, caseworker, safety="連絡が取れない")
    assert supervisor.groups.agenda_candidates().rows[0].is_held
    supervisor.assessments.lift_hold(given.assessment_id, office.household_id, "本人に会えた。")
    assert not supervisor.groups.agenda_candidates().rows[0].is_held


def test_the_register_tells_the_group_and_when_it_is_reviewed(office, caseworker, supervisor):
    given = decided(office, caseworker, supervisor)
    again = saved(office, caseworker)
    found = caseworker.groups.register()
    (row,) = found.rows
    assert (row.group, row.how, row.due_on) == (
        G2,
        DecidedBy.CONFERENCE,
        TODAY + timedelta(days=90),
    )
    assert row.assessment_id == again.assessment_id != given.assessment_id
    assert found.labels[G2]
    assert caseworker.groups.due_reviews() == ()
    a_year_on = office.desk(office.caseworker, later(CLOCK, days=91))
    (due,) = a_year_on.groups.due_reviews()
    assert due.is_overdue(TODAY + timedelta(days=91))
    assert not due.is_overdue(TODAY + timedelta(days=90))


def test_a_provisional_group_leaves_the_register_with_its_day(office, caseworker, supervisor):
    given = saved(office, caseworker)
    supervisor.groups.decide(decision(office, given, G2))
    (row,) = caseworker.groups.register().rows
    assert row.due_on == TODAY + timedelta(days=60)
    after = office.desk(office.caseworker, later(CLOCK, days=61))
    assert after.groups.register().rows == ()
    assert whys(after) == [Why.FIRST]


def test_whoever_is_due_first_stands_first(office, caseworker, supervisor):
    decided(office, caseworker, supervisor)
    for days, somebody in zip((40, 20), further_people(office, 2), strict=True):
        given = saved(somebody, caseworker)
        until = TODAY + timedelta(days=days)
        supervisor.groups.decide(decision(somebody, given, G2, expires_on=until))
    rows = caseworker.groups.register().rows
    assert [(row.due_on - TODAY).days for row in rows] == [20, 40, 90]


def test_the_lists_are_those_of_the_own_duty(office, caseworker, supervisor):
    decided(office, caseworker, supervisor)
    saved(office, caseworker, **ILL)
    for login, count in ((office.outsider, 0), (office.head, 1)):
        desk = office.desk(login)
        assert len(desk.groups.agenda_candidates().rows) == count
        assert len(desk.groups.register().rows) == count
    with pytest.raises(NotPermittedError):
        office.desk(office.records).groups.register()


def test_a_matter_is_opened_one_at_a_time(office, caseworker, supervisor):
    given = saved(office, caseworker)
    matter = held(caseworker, supervisor, given)
    head = office.desk(office.head)
    (row,) = head.conferences.matters(matter.conference_id)
    assert (row.name, row.proposed, row.decided) == ("架空 花子", G2, None)
    paper = head.groups.matter(matter.matter_id)
    assert paper.assessment.given.motivation_words == "「働きたい」と話した"
    assert paper.minutes.discussion.startswith("主治医の意見")
    assert paper.minutes.written_by == caseworker.staff.name
    assert (paper.may_decide, paper.is_outdated) == (True, False)
    assert not caseworker.groups.matter(matter.matter_id).may_decide
    newer = saved(office, caseworker)
    paper = head.groups.matter(matter.matter_id)
    assert paper.is_outdated
    assert paper.assessment.given.assessment_id == given.assessment_id != newer.assessment_id


def test_a_matter_counts_as_decided_before_anybody_opens_its_file(office, caseworker, supervisor):
    given = saved(office, caseworker)
    matter = held(caseworker, supervisor, given)
    supervisor.groups.decide(by_conference(office, given, G2, matter.matter_id))
    head = office.desk(office.head)
    (row,) = head.conferences.conferences()
    assert (row.matters, row.decided) == (1, 1)
    assert head.conferences.matters(matter.conference_id)[0].decided is G2


def test_the_agenda_of_others_is_not_shown(office, caseworker, supervisor):
    matter = held(caseworker, supervisor, saved(office, caseworker))
    stranger = office.desk(office.outsider)
    assert stranger.conferences.matters(matter.conference_id) == ()
    for unknown in (matter.matter_id, new_id()):
        with pytest.raises(NotPermittedError):
            stranger.groups.matter(unknown)


@pytest.mark.parametrize("comment", sorted(DISPUTES))
def test_a_dispute_becomes_a_matter_by_itself(office, caseworker, supervisor, comment):
    decided(office, caseworker, supervisor)
    again = saved(office, caseworker, comment=comment, comment_on=TODAY, comment_words="違う")
    assert supervisor.groups.unchanged().rows == ()
    (row,) = supervisor.groups.agenda_candidates().rows
    assert (row.why, row.is_disputed) == (Why.DISPUTED, True)
    alone = decision(office, again, G2, how=DecidedBy.SUPERVISOR, expires_on=None)
    with pytest.raises(ValidationError) as refused:
        supervisor.groups.decide(alone)
    assert "異議" in refused.value.fields["group"]
    matter = held(caseworker, supervisor, again)
    supervisor.groups.decide(by_conference(office, again, G2, matter.matter_id))
    assert whys(supervisor) == []


def test_a_comment_has_the_day_on_which_it_was_shown(office, caseworker):
    for changes in (
        {"comment": Comment.AGREED},
        {"comment_on": TODAY},
        {"comment": Comment.AGREED, "comment_on": TODAY + timedelta(days=1)},
    ):
        with pytest.raises(ValidationError) as refused:
            saved(office, caseworker, **changes)
        assert set(refused.value.fields) == {"comment_on"}

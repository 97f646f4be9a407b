"""Who decides a support group, on what, and by which meeting; a proposal alone is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.assessments import Barriers
from desktop.domain.conferences import ConferenceMember
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.support_groups import DecidedBy, SupportGroup
from desktop.services.support_groups.standing import present_groups
from tests.support.assessments import assessment, barrier, by_conference, called, decision, held
from tests.support.factories import TODAY

G2, G3 = SupportGroup.WITH_HELP, SupportGroup.ALONE


def saved(office, caseworker, **changes):
    given = assessment(office, **changes)
    caseworker.assessments.save(given)
    return given


def group_on(office, day):
    with office.work() as session:
        return present_groups(session, [office.household_id], day).get(office.person_id)


def test_a_conference_decides(office, caseworker, supervisor):
    given = saved(office, caseworker)
    matter = held(caseworker, supervisor, given)
    supervisor.groups.decide(by_conference(office, given, G2, matter.matter_id))
    person = supervisor.groups.of_household(office.household_id).people[0]
    assert (person.present.group, person.present.proposed, person.present.how) == (G2, G2, "会議")
    assert group_on(office, TODAY) is G2
    supervisor.conferences.close(matter.conference_id)
    row = caseworker.conferences.conferences()[0]
    assert (row.matters, row.decided, len(row.members)) == (1, 1, 2)
    assert row.closed_at is not None


def test_an_override_needs_a_reason(office, caseworker, supervisor):
    given = saved(office, caseworker)
    matter = held(caseworker, supervisor, given)
    short = by_conference(office, given, G3, matter.matter_id, reason="そのほうがよい")
    with pytest.raises(ValidationError) as refusal:
        supervisor.groups.decide(short)
    assert set(refusal.value.fields) == {"reason"}
    supervisor.groups.decide(
        replace(short, reason="本人はすでに自分で応募を続けており、支援を望んでいない。")
    )
    assert group_on(office, TODAY) is G3


def test_for_the_time_being_it_runs_out(office, caseworker, supervisor):
    given = saved(office, caseworker)
    late = decision(office, given, G2, expires_on=TODAY + timedelta(days=61))
    with pytest.raises(ValidationError) as refusal:
        supervisor.groups.decide(late)
    assert set(refusal.value.fields) == {"expires_on"}
    supervisor.groups.decide(decision(office, given, G2))
    assert group_on(office, TODAY) is G2
    assert group_on(office, TODAY + timedelta(days=61)) is None


def test_alone_the_supervisor_only_confirms_what_does_not_change(office, caseworker, supervisor):
    given = saved(office, caseworker)
    alone = decision(office, given, G2, how=DecidedBy.SUPERVISOR, expires_on=None)
    with pytest.raises(ValidationError):
        supervisor.groups.decide(alone)  # the first decision is a conference's
    matter = held(caseworker, supervisor, given)
    supervisor.groups.decide(by_conference(office, given, G2, matter.matter_id))
    again = saved(office, caseworker)
    supervisor.groups.decide(
        replace(alone, decision_id=new_id(), assessment_id=again.assessment_id)
    )
    changed = saved(office, caseworker, barriers=(barrier("BF09", Barriers.LASTING),))
    for group in (G2, SupportGroup.DAILY_LIFE):
        with pytest.raises(ValidationError):
            supervisor.groups.decide(
                replace(
                    alone,
                    decision_id=new_id(),
                    assessment_id=changed.assessment_id,
                    group=group,
                )
            )


def test_nobody_decides_on_the_own_assessment_or_outside_the_own_district(
    office, caseworker, supervisor
):
    given = assessment(office)
    supervisor.assessments.save(given)
    for desk in (supervisor, caseworker):
        with pytest.raises(NotPermittedError):
            desk.groups.decide(decision(office, given, G2))
    office.desk(office.head).groups.decide(decision(office, given, G2))


def test_a_newer_assessment_and_an_open_question_of_safety_stop_it(office, caseworker, supervisor):
    old = saved(office, caseworker)
    saved(office, caseworker, safety="連絡が取れない")
    with pytest.raises(ConflictError):
        supervisor.groups.decide(decision(office, old, G2))
    newest = supervisor.groups.of_household(office.household_id).people[0].newest
    with pytest.raises(ConflictError):
        supervisor.groups.decide(decision(office, newest.given, G2))


def test_a_meeting_decides_only_while_it_is_open_and_with_minutes(office, caseworker, supervisor):
    given = saved(office, caseworker)
    matter = called(caseworker, given)
    wanted = by_conference(office, given, G2, matter.matter_id)
    with pytest.raises(ValidationError):
        supervisor.groups.decide(wanted)
    one = [ConferenceMember(staff_id=supervisor.staff.staff_id, name="")]
    with pytest.raises(ValidationError):
        supervisor.conferences.hold(matter.conference_id, one)
    done = held(caseworker, supervisor, given)
    supervisor.conferences.close(done.conference_id)
    with pytest.raises(ValidationError):
        supervisor.groups.decide(replace(wanted, matter_id=done.matter_id))


def test_a_matter_is_decided_once_and_a_retry_stores_once(office, caseworker, supervisor):
    given = saved(office, caseworker)
    matter = held(caseworker, supervisor, given)
    wanted = by_conference(office, given, G2, matter.matter_id)
    supervisor.groups.decide(wanted)
    supervisor.groups.decide(wanted)
    with pytest.raises(ConflictError):
        supervisor.groups.decide(replace(wanted, decision_id=new_id()))
    assert len(supervisor.groups.of_household(office.household_id).people[0].groups) == 1

"""Assessments are stored whole, read with what the reader may see, and hold support until safety is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.domain.assessments import Barriers, Health, Motivation, Said, SelfDrive
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.support_groups import Flag, SupportGroup
from desktop.models.assessments import AssessmentRecord, SensitiveBarrier
from tests.support.assessments import assessment, barrier
from tests.support.factories import TODAY


def person(desk, office):
    found = desk.groups.of_household(office.household_id)
    return next(p for p in found.people if p.person_id == office.person_id)


def test_six_answers_are_an_assessment_with_a_proposal(office, caseworker):
    given = assessment(office)
    caseworker.assessments.save(given)
    newest = person(caseworker, office).newest
    assert newest.given == given
    assert newest.answers.drive is SelfDrive.WITH_HELP
    assert (newest.proposal.rule.code, newest.proposal.group) == ("R11", SupportGroup.WITH_HELP)
    assert "応募書類の作成を手伝う" in newest.reason
    assert person(caseworker, office).present is None  # a proposal feeds nothing


def test_a_retry_stores_once_and_the_newest_counts(office, caseworker):
    first = assessment(office, health=Health.UNKNOWN, health_source=None, health_on=None)
    caseworker.assessments.save(first)
    caseworker.assessments.save(first)
    caseworker.assessments.save(assessment(office))
    found = person(caseworker, office)
    assert found.newest.proposal.group is SupportGroup.WITH_HELP
    assert [old.proposal.group for old in found.earlier] == [SupportGroup.NOT_KNOWN]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"made_on": TODAY + timedelta(days=1)}, "made_on"),
        ({"health_source": None}, "health_source"),
        ({"health": Health.RECOVERING}, "rejudge_on"),
        ({"motivation_words": ""}, "motivation_words"),
        ({"motivation_on": None}, "motivation_words"),
        ({"barriers": (barrier("BF08", Barriers.PASSING),)}, "barriers"),
        ({"barriers": (barrier("BF77", Barriers.MINOR),)}, "barriers"),
        ({"barriers": (barrier("BF01"), barrier("BF01"))}, "barriers"),
        ({"view": "あ" * 10_001}, "view"),
        ({"person_id": new_id()}, "person_id"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refusal:
        caseworker.assessments.save(assessment(office, **changes))
    assert set(refusal.value.fields) == {field}


def test_sensitive_barriers_stand_apart_and_have_a_right_of_their_own(office, caseworker):
    given = assessment(
        office,
        barriers=(barrier("BF01", Barriers.MINOR), barrier("BF10", Barriers.LASTING)),
    )
    caseworker.assessments.save(given)
    with office.work() as session:
        assert session.scalars(select(SensitiveBarrier.barrier)).all() == ["BF10"]
    assert "依存症" in person(caseworker, office).newest.reason
    head = office.desk(office.records)  # opens files, but has no right to sensitive barriers
    seen = person(head, office).newest
    assert [b.code for b in seen.given.barriers] == ["BF01"]
    assert seen.answers.barriers is Barriers.LASTING  # that something decides is no secret
    assert "依存症" not in seen.reason
    assert not seen.can_see_all


def test_only_those_who_see_everything_assess(office):
    with pytest.raises(NotPermittedError):
        office.desk(office.records).assessments.save(assessment(office))


def test_safety_holds_support_until_a_supervisor_settles_it(office, caseworker, supervisor):
    given = assessment(office, safety="食べ物がないと話した")
    caseworker.assessments.save(given)
    found = person(caseworker, office)
    assert found.newest.is_held
    assert Flag.SUPPORT_HOLD in found.flags
    with pytest.raises(NotPermittedError):
        caseworker.assessments.lift_hold(given.assessment_id, office.household_id, "確かめた")
    with pytest.raises(ValidationError):
        supervisor.assessments.lift_hold(given.assessment_id, office.household_id, " ")
    supervisor.assessments.lift_hold(given.assessment_id, office.household_id, "食料を届けた")
    assert not person(caseworker, office).newest.is_held
    with pytest.raises(ConflictError):
        supervisor.assessments.lift_hold(given.assessment_id, office.household_id, "もう一度")


def test_nobody_settles_the_question_of_safety_that_he_raised(office, supervisor):
    given = assessment(office, safety="食べ物がないと話した")
    supervisor.assessments.save(given)
    with pytest.raises(NotPermittedError):
        supervisor.assessments.lift_hold(given.assessment_id, office.household_id, "確かめた")
    office.desk(office.head).assessments.lift_hold(
        given.assessment_id, office.household_id, "食料を届けた"
    )


def test_the_stored_codes_are_those_of_the_parts(office, caseworker):
    said = {f"E0{n}": Said.YES for n in range(1, 9)}
    caseworker.assessments.save(
        replace(assessment(office), drive_said=said, motivation=Motivation.ACTS)
    )
    with office.work() as session:
        record = session.scalars(select(AssessmentRecord)).one()
        assert (record.rule, record.proposed_group) == ("R10", SupportGroup.ALONE)

"""The legal finding on use of ability: three elements with evidence, decided by somebody else; no group is evidence. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.conferences import (
    ConferenceInput,
    ConferenceKind,
    ConferenceMember,
    MatterInput,
    MatterKind,
    MinutesInput,
)
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.work_findings import FindingDecisionInput, FindingOutcome, FoundBy
from tests.support.desk import small_office
from tests.support.factories import TODAY
from tests.support.work_findings import a_finding


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


def decision(given, **changes):
    made = FindingDecisionInput(
        finding_id=given.finding_id,
        household_id=given.household_id,
        outcome=FindingOutcome.USED,
        how=FoundBy.HEAD,
        reason="医師の意見の範囲で応募を続けている。",
    )
    return replace(made, **changes)


def minutes(office, caseworker, supervisor, kind=MatterKind.WORK_FINDING):
    """A conference with minutes about the person's use of ability; the matter's id."""
    conference, matter = new_id(), new_id()
    caseworker.conferences.call(
        ConferenceInput(
            conference_id=conference, kind=ConferenceKind.WORK_ABILITY, planned_on=TODAY
        )
    )
    key = {"household_id": office.household_id, "person_id": office.person_id}
    caseworker.conferences.add_matters(
        [MatterInput(matter_id=matter, conference_id=conference, kind=kind, **key)]
    )
    members = [
        ConferenceMember(staff_id=supervisor.staff.staff_id, name=""),
        ConferenceMember(staff_id=None, name="模擬　嘱託医"),
    ]
    supervisor.conferences.hold(conference, members)
    caseworker.conferences.write_minutes(
        MinutesInput(
            matter_id=matter, household_id=office.household_id, discussion="資料を読み話し合った。"
        )
    )
    return matter


def findings(desk, office):
    return desk.findings.of_household(office.household_id).findings


def test_a_finding_is_put_forward_and_decided_by_the_head(office, caseworker):
    given = a_finding(office)
    caseworker.findings.put_forward(given)
    caseworker.findings.put_forward(given)
    (kept,) = findings(caseworker, office)
    assert kept.elements == given.elements
    assert kept.decision is None
    head = office.desk(office.head)
    head.findings.decide(decision(given))
    head.findings.decide(decision(given))
    (kept,) = findings(caseworker, office)
    assert kept.decision.outcome is FindingOutcome.USED
    with pytest.raises(ConflictError):
        head.findings.decide(decision(given, reason="別の理由。"))


def test_a_conference_decides_by_its_minutes(office, caseworker, supervisor):
    given = a_finding(office)
    caseworker.findings.put_forward(given)
    with pytest.raises(NotPermittedError):
        supervisor.findings.decide(decision(given))
    by = {"how": FoundBy.CONFERENCE}
    for matter in (None, new_id()):
        with pytest.raises(ValidationError):
            supervisor.findings.decide(decision(given, matter_id=matter, **by))
    wrong = minutes(office, caseworker, supervisor, MatterKind.OTHER)
    with pytest.raises(ValidationError):
        supervisor.findings.decide(decision(given, matter_id=wrong, **by))
    right = minutes(office, caseworker, supervisor)
    supervisor.findings.decide(decision(given, matter_id=right, **by))
    assert findings(caseworker, office)[0].decision.how is FoundBy.CONFERENCE


def test_nobody_decides_the_own_finding(office, supervisor):
    given = a_finding(office)
    head = office.desk(office.head)
    head.findings.put_forward(given)
    with pytest.raises(NotPermittedError):
        head.findings.decide(decision(given))


def test_a_newer_finding_comes_first(office, caseworker):
    given = a_finding(office, found_on=TODAY - timedelta(days=1))
    caseworker.findings.put_forward(given)
    caseworker.findings.put_forward(a_finding(office))
    with pytest.raises(ConflictError):
        office.desk(office.head).findings.decide(decision(given))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": "　"}, "will.facts"),
        ({"evidence": ""}, "will.evidence"),
        ({"as_of": TODAY + timedelta(days=1)}, "will.as_of"),
        ({"facts": "支援区分がG2だから。"}, "will.facts"),
        ({"evidence": "支援区分の決定"}, "will.evidence"),
        ({"evidence": "Ｇ１ａの判定"}, "will.evidence"),
    ],
)
def test_an_element_has_facts_and_dated_evidence_and_no_group(office, caseworker, changes, field):
    ability, will, opportunity = a_finding(office).elements
    given = a_finding(office, elements=(ability, replace(will, **changes), opportunity))
    with pytest.raises(ValidationError) as refused:
        caseworker.findings.put_forward(given)
    assert set(refused.value.fields) == {field}


def test_records_staff_see_none(office):
    with pytest.raises(NotPermittedError):
        office.desk(office.records).findings.of_household(office.household_id)

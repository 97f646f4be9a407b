"""Assessments for tests: somebody well who wants to work, and what changes that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from desktop.domain.assessment_forms import NO_BARRIER, AssessmentInput
from desktop.domain.assessments import (
    AssessmentKind,
    Barrier,
    Barriers,
    Health,
    HealthSource,
    Motivation,
    Said,
)
from desktop.domain.conferences import (
    ConferenceInput,
    ConferenceKind,
    ConferenceMember,
    MatterInput,
    MatterKind,
    MinutesInput,
)
from desktop.domain.ids import new_id
from desktop.domain.support_groups import DecidedBy, DecisionInput, SupportGroup
from desktop.models.households import Member
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import TODAY, days_ago
from tests.support.policy_review import more_households

#: Twenty characters and more.
WHY = "本人の希望と主治医の意見をふまえ、会議で話し合って決めました。"


def barrier(code: str = NO_BARRIER, state: Barriers = Barriers.NONE, **changes: object) -> Barrier:
    """One barrier as of today."""
    return Barrier(**{"code": code, "state": state, "as_of": TODAY, **changes})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person of a further household, to be assessed like the office's own."""

    household_id: UUID
    person_id: UUID


def further_people(office: SmallOffice, count: int) -> list[Somebody]:
    """The heads of further households of the caseworker's district."""
    ids = more_households(office, count)
    with office.work() as session:
        rows = session.execute(
            select(Member.household_id, Member.person_id).where(Member.household_id.in_(ids))
        )
        return [Somebody(household_id=h, person_id=p) for h, p in rows]


def assessment(office: SmallOffice | Somebody, **changes: object) -> AssessmentInput:
    """Able, no barrier, wants to work, cannot search alone: G2 by R11."""
    values: dict[str, object] = {
        "assessment_id": new_id(),
        "household_id": office.household_id,
        "person_id": office.person_id,
        "kind": AssessmentKind.START,
        "made_on": TODAY,
        "health": Health.ABLE,
        "health_source": HealthSource.TREATING,
        "health_on": days_ago(10),
        "barriers": (barrier(),),
        "motivation": Motivation.WISHES,
        "motivation_on": days_ago(5),
        "motivation_words": "「働きたい」と話した",
        "drive_said": {"E01": Said.YES, "E03": Said.NO},
    }
    return AssessmentInput(**(values | changes))  # type: ignore[arg-type]


def decision(
    office: SmallOffice | Somebody, given: AssessmentInput, group: SupportGroup, **changes: object
) -> DecisionInput:
    """A decision on an assessment, for the time being if nothing else is said."""
    values: dict[str, object] = {
        "decision_id": new_id(),
        "household_id": office.household_id,
        "person_id": office.person_id,
        "assessment_id": given.assessment_id,
        "group": group,
        "how": DecidedBy.PROVISIONAL,
        "next_review_on": TODAY + timedelta(days=90),
        "reason": WHY,
        "expires_on": TODAY + timedelta(days=60),
    }
    return DecisionInput(**(values | changes))  # type: ignore[arg-type]


def by_conference(
    office: SmallOffice | Somebody,
    given: AssessmentInput,
    group: SupportGroup,
    matter_id: UUID,
    **changes: object,
) -> DecisionInput:
    """A decision of a conference on an assessment."""
    return decision(
        office,
        given,
        group,
        how=DecidedBy.CONFERENCE,
        matter_id=matter_id,
        expires_on=None,
        **changes,
    )


def called(caseworker: Desk, given: AssessmentInput) -> MatterInput:
    """A conference of today with the person's case on its agenda."""
    conference = ConferenceInput(
        conference_id=new_id(), kind=ConferenceKind.WORK_ABILITY, planned_on=TODAY
    )
    caseworker.conferences.call(conference)
    matter = MatterInput(
        matter_id=new_id(),
        conference_id=conference.conference_id,
        kind=MatterKind.SUPPORT_GROUP,
        household_id=given.household_id,
        person_id=given.person_id,
        assessment_id=given.assessment_id,
    )
    caseworker.conferences.add_matters([matter])
    return matter


def held(caseworker: Desk, supervisor: Desk, given: AssessmentInput) -> MatterInput:
    """The same, opened with two people and its minutes written."""
    matter = called(caseworker, given)
    members = [
        ConferenceMember(staff_id=supervisor.staff.staff_id, name="", role="査察指導員"),
        ConferenceMember(staff_id=None, name="模擬　嘱託医", role="嘱託医"),
    ]
    supervisor.conferences.hold(matter.conference_id, members)
    caseworker.conferences.write_minutes(
        MinutesInput(
            matter_id=matter.matter_id,
            household_id=given.household_id,
            discussion="主治医の意見を読み、本人の希望を確かめた。",
        )
    )
    return matter

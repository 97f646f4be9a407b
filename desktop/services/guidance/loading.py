"""Guidance cases of an opened file, and what the gates ask about its people. The caller holds a ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.assessments import Barriers, Health
from desktop.domain.conferences import CONFERENCE_KIND
from desktop.domain.dates import months_later
from desktop.domain.guidance_forms import (
    PLAN_MATTER,
    Colleague,
    GuidanceCase,
    GuidedPerson,
    InstructionItem,
    ItemResult,
    MatterChoice,
    MeetingChoice,
    PersonFacts,
    StepRecord,
)
from desktop.domain.roles import Permission, roles_with
from desktop.models.assessments import AssessmentAnswers, AssessmentRecord, SupportHoldLift
from desktop.models.conferences import CaseConference, ConferenceMatter, ConferenceMinutes
from desktop.models.guidance import (
    DispositionGroundRecord,
    GuidanceCaseRecord,
    GuidanceStepRecord,
    GuidanceStepText,
    InstructionItemRecord,
    ItemCheckRecord,
)
from desktop.models.households import Member, Person
from desktop.models.office import Staff, StaffRole
from desktop.services.letter_issues import letter_issues
from desktop.services.masters.lookup_assessments import assessment_numbers
from desktop.services.periods import holds_on
from desktop.services.support_groups.standing import present_decisions


def is_held(session: Session, household_id: UUID) -> bool:
    """Whether the newest assessment of anybody of the household holds support until safety is settled."""
    return any(
        record.on_hold and session.get(SupportHoldLift, record.id) is None
        for record in _newest_assessments(session, household_id).values()
    )


def people(
    session: Session, office_id: UUID, household_id: UUID, today: date
) -> tuple[GuidedPerson, ...]:
    """Who belongs to the household today, the head first, with the facts that the gates ask for."""
    rows = session.execute(
        select(Person.id, Person.name)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, holds_on(Member, today))
        .order_by(Member.is_head.desc(), Person.kana, Person.id)
    ).all()
    found = _facts(session, office_id, household_id, today)
    unknown = PersonFacts(
        is_group_decided=False,
        assessed_on=None,
        is_health_fresh=False,
        has_barrier=False,
        has_illness=False,
    )
    return tuple(
        GuidedPerson(person_id=person_id, name=name, facts=found.get(person_id, unknown))
        for person_id, name in rows
    )


def cases(
    session: Session, office_id: UUID, household_id: UUID, case_id: UUID | None = None
) -> tuple[GuidanceCase, ...]:
    """The cases of a household, the newest first; only one where an id is given."""
    c = GuidanceCaseRecord
    wanted = (
        select(c, Person.name)
        .join(Person, Person.id == c.person_id)
        .where(c.household_id == household_id, c.office_id == office_id)
        .order_by(c.opened_at.desc(), c.id.desc())
    )
    if case_id is not None:
        wanted = wanted.where(c.id == case_id)
    rows = session.execute(wanted).all()
    steps = _steps(session, [row.id for row, _ in rows])
    return tuple(
        GuidanceCase(
            case_id=row.id,
            household_id=household_id,
            person_id=row.person_id,
            person=person,
            subject=row.subject,
            steps=tuple(steps[row.id]),
        )
        for row, person in rows
    )


def matters(session: Session, household_id: UUID) -> tuple[MatterChoice, ...]:
    """Matters of guidance that have minutes of a meeting that was held."""
    m, c = ConferenceMatter, CaseConference
    rows = session.execute(
        select(m.id, m.kind, m.person_id, c.held_on)
        .join(c, c.id == m.conference_id)
        .join(ConferenceMinutes, ConferenceMinutes.matter_id == m.id)
        .where(
            m.household_id == household_id,
            m.kind.in_(PLAN_MATTER.values()),
            c.held_on.is_not(None),
        )
        .order_by(c.held_on.desc(), m.id)
    )
    return tuple(
        MatterChoice(matter_id=each, kind=kind, person_id=person_id, held_on=held_on)
        for each, kind, person_id, held_on in rows
        if held_on is not None
    )


def meetings(session: Session, office_id: UUID) -> tuple[MeetingChoice, ...]:
    """Conferences that still take matters, the next first."""
    c = CaseConference
    rows = session.scalars(
        select(c)
        .where(c.office_id == office_id, c.closed_at.is_(None))
        .order_by(c.planned_on, c.id)
    )
    return tuple(
        MeetingChoice(
            conference_id=row.id, label=f"{row.planned_on:%Y/%m/%d} {CONFERENCE_KIND[row.kind]}"
        )
        for row in rows
    )


def colleagues(session: Session, office_id: UUID, me: UUID, today: date) -> tuple[Colleague, ...]:
    """Others of the office who may guide."""
    guides = (
        exists()
        .where(
            StaffRole.staff_id == Staff.id,
            StaffRole.role.in_(roles_with(Permission.GUIDE)),
            holds_on(StaffRole, today),
        )
        .correlate(Staff)
    )
    rows = session.execute(
        select(Staff.id, Staff.name)
        .where(Staff.office_id == office_id, Staff.id != me, guides)
        .order_by(Staff.name, Staff.id)
    )
    return tuple(Colleague(staff_id=staff_id, name=name) for staff_id, name in rows)


def _newest_assessments(session: Session, household_id: UUID) -> dict[UUID, AssessmentRecord]:
    """Person → the newest assessment, of everybody who is or was of the household."""
    a = AssessmentRecord
    of_it = select(Member.person_id).where(Member.household_id == household_id)
    rows = session.scalars(
        select(a).where(a.person_id.in_(of_it)).order_by(a.made_on, a.saved_at, a.id)
    )
    return {row.person_id: row for row in rows}


def _facts(
    session: Session, office_id: UUID, household_id: UUID, today: date
) -> Mapping[UUID, PersonFacts]:
    newest = _newest_assessments(session, household_id)
    answers = {
        row.assessment_id: row
        for row in session.scalars(
            select(AssessmentAnswers).where(
                AssessmentAnswers.assessment_id.in_([record.id for record in newest.values()])
            )
        )
    }
    decided = present_decisions(session, [household_id], today)
    numbers = assessment_numbers(session, office_id, today)
    found = dict[UUID, PersonFacts]()
    for person_id, record in newest.items():
        said = answers.get(record.id)
        is_unlikely = said is not None and said.health is Health.UNLIKELY
        months = numbers.evidence_age_unlikely if is_unlikely else numbers.evidence_age
        is_known = said is not None and said.health is not Health.UNKNOWN
        on = said.health_on if said else None
        found[person_id] = PersonFacts(
            is_group_decided=person_id in decided,
            assessed_on=record.made_on,
            is_health_fresh=is_known and on is not None and on >= months_later(today, -months),
            has_barrier=said is not None and said.barriers is not Barriers.NONE,
            has_illness=said is not None and said.health is not Health.ABLE,
        )
    return found


def _steps(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, list[StepRecord]]:
    s, t, by, second = GuidanceStepRecord, GuidanceStepText, aliased(Staff), aliased(Staff)
    rows = session.execute(
        select(s, t.words, by.name, second.name)
        .join(t, t.step_id == s.id)
        .join(by, by.id == s.noted_by)
        .outerjoin(second, second.id == s.second_id)
        .where(s.case_id.in_(case_ids))
        .order_by(s.case_id, s.number)
    ).all()
    ids = [row.id for row, *_ in rows]
    items, results, grounds = _items(session, ids), _results(session, ids), _grounds(session, ids)
    issues = letter_issues(session, ids)
    found: dict[UUID, list[StepRecord]] = defaultdict(list)
    for row, words, name, second_name in rows:
        found[row.case_id].append(
            StepRecord(
                step_id=row.id,
                number=row.number,
                kind=row.kind,
                happened_on=row.happened_on,
                words={str(key): str(value) for key, value in words.items()},
                noted_by=row.noted_by,
                noted_at=row.noted_at,
                noted_name=name,
                second_name=second_name or "",
                outcome=row.outcome,
                further_on=row.further_on,
                matter_id=row.matter_id,
                of_step=row.of_step,
                item=row.item,
                second_id=row.second_id,
                items=tuple(items[row.id]),
                results=tuple(results[row.id]),
                grounds=tuple(grounds[row.id]),
                issue=issues.get(row.id),
            )
        )
    return found


def _items(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[InstructionItem]]:
    i = InstructionItemRecord
    found: dict[UUID, list[InstructionItem]] = defaultdict(list)
    for row in session.scalars(select(i).where(i.step_id.in_(ids)).order_by(i.step_id, i.number)):
        found[row.step_id].append(
            InstructionItem(
                number=row.number, action=row.action, due_on=row.due_on, measure=row.measure
            )
        )
    return found


def _results(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[ItemResult]]:
    k = ItemCheckRecord
    found: dict[UUID, list[ItemResult]] = defaultdict(list)
    for row in session.scalars(select(k).where(k.step_id.in_(ids)).order_by(k.step_id, k.number)):
        found[row.step_id].append(ItemResult(number=row.number, result=row.result))
    return found


def _grounds(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[int]]:
    g = DispositionGroundRecord
    found: dict[UUID, list[int]] = defaultdict(list)
    for row in session.scalars(select(g).where(g.step_id.in_(ids)).order_by(g.step_id, g.number)):
        found[row.step_id].append(row.number)
    return found

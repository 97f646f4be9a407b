"""What a file says of its members' plans. The caller holds a ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.database.support_plans_standing import plans_in_force
from desktop.domain.approvals import Move
from desktop.domain.assessment_forms import Assessment
from desktop.domain.assessments import HEALTH_SOURCE
from desktop.domain.era import format_date
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission, Role
from desktop.domain.support_plan_files import (
    AssessmentDigest,
    PlannedPerson,
    PlansOfFile,
    SupportPlan,
)
from desktop.domain.support_plans import SUBJECT, PlanInput
from desktop.models.approvals import Approval, ApprovalMove, ApprovalNote
from desktop.models.households import Household, Member, Person
from desktop.models.office import Staff, StaffRole
from desktop.models.support_plans import (
    SupportPlanProgramme,
    SupportPlanRecord,
    SupportPlanText,
)
from desktop.services.assessments.loading import assessments_of
from desktop.services.masters.lookup_activities import partners
from desktop.services.masters.lookup_assessments import assessment_tables, support_groups
from desktop.services.masters.lookup_plans import outcomes, programmes
from desktop.services.participations.loading import of_household as participations_of
from desktop.services.participations.marks import marks_of
from desktop.services.periods import holds_on
from desktop.services.support_groups.standing import present_groups
from desktop.services.support_plans.parts import Parts, parts_of


def of_household(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> PlansOfFile:
    """Every present member, the head first, with plans, participations and what a plan is made of."""
    digests = digests_of(session, staff, household_id, today)
    plans = plans_of(session, staff, household_id, today, digests)
    groups = present_groups(session, [household_id], today)
    marks = marks_of(session, household_id)
    kinds = support_groups(session, staff.office_id, today)
    taking_part = participations_of(session, staff.office_id, household_id, today)
    people = session.execute(
        select(Person.id, Person.name, Person.birth_date)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, holds_on(Member, today))
        .order_by(Member.is_head.desc(), Person.birth_date, Person.id)
    ).all()
    state = session.scalar(select(Household.state).where(Household.id == household_id))
    return PlansOfFile(
        people=tuple(
            PlannedPerson(
                person_id=person_id,
                name=name,
                birth_date=birth_date,
                plans=plans.get(person_id, ()),
                participations=taking_part.get(person_id, ()),
                group_label=kinds[groups[person_id]].label if person_id in groups else "",
                group=groups.get(person_id),
                marks=marks.get(person_id, ()),
                digest=next(iter(digests.get(person_id, {}).values()), None),
            )
            for person_id, name, birth_date in people
        ),
        programmes=programmes(session, staff.office_id, today),
        outcomes=outcomes(session, staff.office_id, today),
        partners=partners(session, staff.office_id, today),
        supporters=_supporters(session, staff.office_id, today),
        may_write=staff.may(Permission.WRITE_RECORDS),
        may_mark=staff.may(Permission.ASSESS),
        is_receiving=state is not HouseholdState.CLOSED,
    )


def digests_of(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> Mapping[UUID, Mapping[UUID, AssessmentDigest]]:
    """Person → assessment → its digest, newest first."""
    tables = assessment_tables(session, staff.office_id, today)
    sensitive = {code for code, kind in tables.barriers.items() if kind.is_sensitive}
    labels = {code: kind.label for code, kind in tables.barriers.items()}

    def digest(one: Assessment) -> AssessmentDigest:
        given = one.given
        codes = [barrier.code for barrier in given.barriers]
        source = HEALTH_SOURCE[given.health_source] if given.health_source else ""
        day = format_date(given.health_on) if given.health_on else ""
        return AssessmentDigest(
            assessment_id=given.assessment_id,
            made_on=given.made_on,
            strengths=given.resources,
            issues=given.view,
            barriers=tuple(labels.get(code, code) for code in codes),
            printed_barriers=tuple(
                labels[code] for code in codes if code in labels and code not in sensitive
            ),
            health=tables.label(given.health),
            health_source="、".join(filter(None, (source, day))),
            is_held=one.is_held,
        )

    return {
        person_id: {one.given.assessment_id: digest(one) for one in each}
        for person_id, each in assessments_of(session, staff, household_id).items()
    }


def plans_of(
    session: Session,
    staff: SignedInStaff,
    household_id: UUID,
    today: date,
    digests: Mapping[UUID, Mapping[UUID, AssessmentDigest]],
) -> Mapping[UUID, tuple[SupportPlan, ...]]:
    """Person → versions, the newest saved first."""
    p, t = SupportPlanRecord, SupportPlanText
    approver, supporter = aliased(Staff), aliased(Staff)
    rows = session.execute(
        select(p, t, Staff.name, approver.name, supporter.name)
        .join(t, t.plan_id == p.id)
        .join(Staff, Staff.id == p.author_id)
        .outerjoin(approver, approver.id == p.approved_by)
        .outerjoin(supporter, supporter.id == p.supporter_id)
        .where(p.household_id == household_id)
        .order_by(p.saved_at.desc(), p.version.desc(), p.id.desc())
    ).all()
    parts = parts_of(session, household_id, outcomes(session, staff.office_id, today))
    in_force = {plan.id for plan in plans_in_force(session, [household_id]).values()}
    kinds = support_groups(session, staff.office_id, today)
    returned = _returned(session, [row.id for row, *_ in rows])
    used = _programmes(session, household_id)
    newest: dict[UUID, int] = {}
    for row, *_ in rows:
        newest[row.root_id] = max(newest.get(row.root_id, 0), row.version)
    found: dict[UUID, list[SupportPlan]] = defaultdict(list)
    for row, text, author, approved_by, supported_by in rows:
        plan = SupportPlan(
            given=_given(row, text, parts, used.get(row.id, ())),
            version=row.version,
            state=row.state,
            author=author,
            saved_at=row.saved_at,
            content_hash=row.content_hash,
            is_own=row.author_id == staff.staff_id,
            is_newest=row.version == newest[row.root_id],
            is_in_force=row.id in in_force,
            supporter=supported_by or "",
            group_label=kinds[row.group].label if row.group else "",
            approved_by=approved_by or "",
            approved_at=row.approved_at,
            returned_words=returned.get(row.id, ""),
            consent=parts.consents.get(row.id),
            reviews=parts.reviews.get(row.root_id, ()),
            end=parts.ends.get(row.root_id),
        )
        stems = {step.stem_id for step in plan.given.steps}
        found[row.person_id].append(
            replace(
                plan,
                results={stem: r for stem, r in parts.results.items() if stem in stems},
                digest=digests.get(row.person_id, {}).get(row.assessment_id)
                if row.assessment_id
                else None,
            )
        )
    return {person_id: tuple(each) for person_id, each in found.items()}


def _given(
    row: SupportPlanRecord, text: SupportPlanText, parts: Parts, used: tuple[str, ...]
) -> PlanInput:
    return PlanInput(
        plan_id=row.id,
        root_id=row.root_id,
        household_id=row.household_id,
        person_id=row.person_id,
        shown_version=row.version - 1,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        supporter_id=row.supporter_id,
        programmes=used,
        wish=text.wish,
        picture=text.picture,
        long_goal=text.long_goal,
        goals=parts.goals.get(row.id, ()),
        steps=parts.steps.get(row.id, ()),
    )


def _programmes(session: Session, household_id: UUID) -> Mapping[UUID, tuple[str, ...]]:
    g = SupportPlanProgramme
    rows = session.execute(
        select(g.plan_id, g.programme).where(g.household_id == household_id).order_by(g.programme)
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for plan_id, code in rows:
        found[plan_id].append(code)
    return {plan_id: tuple(codes) for plan_id, codes in found.items()}


def _returned(session: Session, plan_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Version → why it was returned."""
    a, m = Approval, ApprovalMove
    rows = session.execute(
        select(a.subject_id, ApprovalNote.text)
        .join(m, m.approval_id == a.id)
        .join(ApprovalNote, ApprovalNote.move_id == m.id)
        .where(a.subject_kind == SUBJECT, a.subject_id.in_(plan_ids), m.move == Move.RETURN)
        .order_by(m.at)
    )
    return {plan_id: text for plan_id, text in rows}  # noqa: C416 - rows are not pairs to the type checker


def _supporters(session: Session, office_id: UUID, today: date) -> tuple[tuple[UUID, str], ...]:
    rows = session.execute(
        select(Staff.id, Staff.name)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(
            Staff.office_id == office_id,
            StaffRole.role == Role.EMPLOYMENT_SUPPORTER,
            holds_on(StaffRole, today),
        )
        .order_by(Staff.kana, Staff.login)
    ).all()
    return tuple((staff_id, name) for staff_id, name in rows)

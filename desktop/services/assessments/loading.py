"""The assessments of a household's members. The caller holds a ticket; tables are those of the day each was made with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.assessment_forms import (
    Assessment,
    AssessmentInput,
    AssessmentTables,
    reason_facts,
)
from desktop.domain.assessments import Answers, Barrier, Said
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.support_groups import Proposal, propose
from desktop.models.assessments import (
    AssessmentAnswers,
    AssessmentBarrier,
    AssessmentRecord,
    SensitiveBarrier,
    SupportHoldLift,
)
from desktop.models.office import Staff
from desktop.services.assessments.blinded import open_to
from desktop.services.masters.lookup_assessments import assessment_tables


def assessments_of(
    session: Session, staff: SignedInStaff, household_id: UUID
) -> Mapping[UUID, tuple[Assessment, ...]]:
    """Person → assessments, newest first."""
    a, w, lift = AssessmentRecord, AssessmentAnswers, SupportHoldLift
    rows = session.execute(
        select(a, w, Staff.name, lift.lifted_at)
        .join(w, w.assessment_id == a.id)
        .join(Staff, Staff.id == a.author_id)
        .outerjoin(lift, lift.assessment_id == a.id)
        .where(a.household_id == household_id, open_to(staff, a.household_id))
        .order_by(a.made_on.desc(), a.saved_at.desc(), a.id.desc())
    ).all()
    barriers = _barriers(session, staff, household_id)
    sees_all = staff.may(Permission.READ_SENSITIVE)
    tables: dict[date, AssessmentTables] = {}
    found: dict[UUID, list[Assessment]] = defaultdict(list)
    for record, words, author, lifted_at in rows:
        form = tables.setdefault(
            record.form_on, assessment_tables(session, staff.office_id, record.form_on)
        )
        given = _given(record, words, barriers.get(record.id, ()))
        found[record.person_id].append(
            _assessment(record, words, given, form, author, lifted_at, sees_all=sees_all)
        )
    return {person_id: tuple(each) for person_id, each in found.items()}


def _assessment(
    record: AssessmentRecord,
    words: AssessmentAnswers,
    given: AssessmentInput,
    form: AssessmentTables,
    author: str,
    lifted_at: datetime | None,
    *,
    sees_all: bool,
) -> Assessment:
    answers = Answers(
        scope=words.scope,
        asks_anyway=words.asks_anyway,
        work=words.work,
        health=words.health,
        barriers=words.barriers,
        motivation=words.motivation,
        drive=words.drive,
    )
    proposal = _as_stored(propose(form.rules, answers), record, form)
    return Assessment(
        given=given,
        form_on=record.form_on,
        tables=form,
        answers=answers,
        proposal=proposal,
        reason=proposal.reason(reason_facts(given, form, shows_sensitive=sees_all)),
        author=author,
        author_id=record.author_id,
        saved_at=record.saved_at,
        hold_lifted_at=lifted_at,
        can_see_all=sees_all,
    )


def _as_stored(found: Proposal, record: AssessmentRecord, form: AssessmentTables) -> Proposal:
    """The proposal by the rule that was stored, should the office have entered older rules since."""
    stored = next((rule for rule in form.rules.rules if rule.code == record.rule), found.rule)
    return replace(
        found,
        rule=replace(stored, group=record.proposed_group),
        valid_from=record.rules_from,
    )


def _given(
    record: AssessmentRecord, words: AssessmentAnswers, barriers: tuple[Barrier, ...]
) -> AssessmentInput:
    copied = {
        name: getattr(words, name)
        for name in (
            *("scope", "asks_anyway", "work", "job", "health", "health_source", "health_on"),
            *("health_words", "rejudge_on", "motivation", "motivation_on", "motivation_words"),
            *("resources", "wishes", "market", "life", "safety", "view"),
            *("comment", "comment_on", "comment_words"),
        )
    }
    return AssessmentInput(
        assessment_id=record.id,
        household_id=record.household_id,
        person_id=record.person_id,
        kind=record.kind,
        made_on=record.made_on,
        barriers=barriers,
        drive_said={code: Said(said) for code, said in words.drive_said.items()},
        **copied,
    )


def _barriers(
    session: Session, staff: SignedInStaff, household_id: UUID
) -> dict[UUID, tuple[Barrier, ...]]:
    """Assessment → its barriers; the sensitive ones only for whoever may read them."""
    b, s = AssessmentBarrier, SensitiveBarrier
    rows: list[AssessmentBarrier | SensitiveBarrier] = [
        *session.scalars(select(b).where(b.household_id == household_id))
    ]
    if staff.may(Permission.READ_SENSITIVE):
        rows += session.scalars(select(s).where(s.household_id == household_id))
    found: dict[UUID, list[Barrier]] = defaultdict(list)
    for row in rows:
        found[row.assessment_id].append(
            Barrier(
                code=row.barrier,
                state=row.state,
                as_of=row.as_of,
                expected_on=row.expected_on,
                evidence=row.evidence,
                action=row.action,
                partner=row.partner,
            )
        )
    return {
        assessment_id: tuple(sorted(each, key=lambda barrier: barrier.code))
        for assessment_id, each in found.items()
    }

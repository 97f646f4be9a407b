"""Use cases of support plans (個別支援計画)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import moving
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.support_plan_files import (
    ConsentInput,
    PlanEndInput,
    PlanReviewInput,
    PlansOfFile,
    StepResultInput,
)
from desktop.domain.support_plans import SUBJECT, PlanGoal, PlanInput, PlanStep
from desktop.models.approvals import Approval
from desktop.models.support_plans import (
    SupportPlanConsent,
    SupportPlanEnd,
    SupportPlanRecord,
    SupportPlanReview,
    SupportPlanStepResult,
)
from desktop.services.permission import needs
from desktop.services.routes import route_of
from desktop.services.support_plans import following, writing
from desktop.services.support_plans.loading import of_household
from desktop.services.support_plans.subject import SupportPlanSubject

_Given = TypeVar("_Given")
_ROUTE_KIND = "plan"
_NOT_FOUND = "この個別支援計画は見つかりません。"


@dataclass(frozen=True, slots=True)
class SupportPlanService:
    """The signed-in person's work on support plans."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    subject: SupportPlanSubject

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> PlansOfFile:
        """Every member with plans, participations, and what a plan is made of."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return of_household(session, self.staff, household_id, self.clock.today())

    @needs(Permission.WRITE_RECORDS)
    def save(self, given: PlanInput) -> None:
        """Store the next version as a draft. A retry stores once.

        Raises ValidationError per field, ConflictError where somebody wrote on meanwhile or the person has another plan.
        """
        given = _tidy(given)
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            known = session.get(SupportPlanRecord, given.plan_id)
            if known is not None and known.author_id == self.staff.staff_id:
                return
            writing.store(session, given, self.staff, self.clock.now(), self.clock.today())

    @needs(Permission.WRITE_RECORDS)
    def submit(self, plan_id: UUID, household_id: UUID) -> UUID:
        """Hand a version in for approval and return the submission's id.

        Raises ValidationError for what it lacks, ConflictError where it is not the newest version any more.
        """
        self.reading.open(Purpose.FILE, [household_id])
        today, at = self.clock.today(), self.clock.now()
        with self.work() as session:
            record = self._own(session, plan_id, household_id)
            new = moving.NewSubmission(
                office_id=record.office_id,
                household_id=record.household_id,
                subject_kind=SUBJECT,
                subject_id=record.id,
                root_version=record.version,
                content_hash=record.content_hash,
                author_id=record.author_id,
                route=lambda: route_of(
                    session, self.staff, record.household_id, SUBJECT, _ROUTE_KIND, today
                ),
            )
            return moving.submit(session, self.subject, new, by=self.staff.staff_id, at=at)

    @needs(Permission.WRITE_RECORDS)
    def withdraw(self, plan_id: UUID) -> None:
        """Take a version back before the first stamp (引戻し)."""
        with self.work() as session:
            approval_id = session.scalar(
                select(Approval.id).where(
                    Approval.subject_kind == SUBJECT,
                    Approval.subject_id == plan_id,
                    Approval.office_id == self.staff.office_id,
                )
            )
            if approval_id is None:
                raise NotPermittedError(_NOT_FOUND)
            moving.withdraw(
                session, self.subject, approval_id, by=self.staff.staff_id, at=self.clock.now()
            )

    @needs(Permission.WRITE_RECORDS)
    def note_consent(self, given: ConsentInput) -> None:
        """Note that the person consents, does not, or takes consent back. A retry stores once. It changes nothing else."""
        self._follow(
            given.household_id,
            lambda session: session.get(SupportPlanConsent, given.consent_id) is not None,
            following.note_consent,
            given,
        )

    @needs(Permission.WRITE_RECORDS)
    def note_step(self, given: StepResultInput) -> None:
        """Note how far a step is. A retry stores once. Raises ValidationError per field."""
        given = replace(given, note=given.note.strip())
        self._follow(
            given.household_id,
            lambda session: session.get(SupportPlanStepResult, given.result_id) is not None,
            following.note_step,
            given,
        )

    @needs(Permission.WRITE_RECORDS)
    def note_review(self, given: PlanReviewInput) -> None:
        """Note a review that was held. A retry stores once. Raises ValidationError per field."""
        goals = tuple(replace(goal, words=goal.words.strip()) for goal in given.goals)
        given = replace(
            given, attendees=given.attendees.strip(), note=given.note.strip(), goals=goals
        )
        self._follow(
            given.household_id,
            lambda session: session.get(SupportPlanReview, given.review_id) is not None,
            following.note_review,
            given,
        )

    @needs(Permission.WRITE_RECORDS)
    def end(self, given: PlanEndInput) -> None:
        """End the plan in force. A retry stores once. Raises ValidationError per field."""
        given = replace(given, summary=given.summary.strip(), comment=given.comment.strip())
        self._follow(
            given.household_id,
            lambda session: session.get(SupportPlanEnd, given.root_id) is not None,
            following.end_plan,
            given,
        )

    def _follow(
        self,
        household_id: UUID,
        is_known: Callable[[Session], bool],
        note: Callable[[Session, _Given, SignedInStaff, datetime, date], None],
        given: _Given,
    ) -> None:
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            if not is_known(session):
                note(session, given, self.staff, self.clock.now(), self.clock.today())

    def _own(self, session: Session, plan_id: UUID, household_id: UUID) -> SupportPlanRecord:
        record = session.get(SupportPlanRecord, plan_id)
        if record is None or record.household_id != household_id:
            raise NotPermittedError(_NOT_FOUND)
        if record.author_id != self.staff.staff_id:
            raise NotPermittedError("提出できるのは、この版を書いた本人です。")
        return record


def _tidy(given: PlanInput) -> PlanInput:
    return replace(
        given,
        wish=given.wish.strip(),
        picture=given.picture.strip(),
        long_goal=given.long_goal.strip(),
        programmes=tuple(sorted(set(given.programmes))),
        goals=tuple(map(_tidy_goal, given.goals)),
        steps=tuple(map(_tidy_step, given.steps)),
    )


def _tidy_goal(goal: PlanGoal) -> PlanGoal:
    return replace(
        goal,
        what=goal.what.strip(),
        measure=goal.measure.strip(),
        baseline=goal.baseline.strip(),
        target=goal.target.strip(),
        why=goal.why.strip(),
    )


def _tidy_step(step: PlanStep) -> PlanStep:
    return replace(
        step,
        action=step.action.strip(),
        how_often=step.how_often.strip(),
        cost_item=step.cost_item.strip(),
    )

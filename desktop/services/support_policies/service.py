"""Use cases of support policies (援助方針)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import moving
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_duties import DutyResult, begun_with_results
from desktop.domain.policy_events import ReviewDue, review_due
from desktop.domain.reading import Purpose
from desktop.domain.review import Check
from desktop.domain.roles import Permission
from desktop.domain.support_policies import (
    ExplanationInput,
    Issue,
    NoReviewInput,
    PolicyAnswers,
    PolicyInput,
    PolicyKind,
    PolicyLine,
    PolicyState,
    PolicyVersionLine,
    SavedPolicy,
    SupportPolicy,
)
from desktop.domain.support_policies_drafting import as_input, carried_over
from desktop.domain.visit_grades import VisitGrade
from desktop.domain.wording import WordingRule
from desktop.models.approvals import Approval
from desktop.models.households import Household
from desktop.models.support_policies import SupportPolicyRecord
from desktop.services.households.ages import ages
from desktop.services.households.grades import grade_of
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.policy_events import reviews_due
from desktop.services.routes import route_of
from desktop.services.support_policies import submission
from desktop.services.support_policies.answers import (
    answer,
    answers_of,
    explain,
    explain_by,
    explanations_of,
)
from desktop.services.support_policies.checks import checks_of
from desktop.services.support_policies.duties import results_of
from desktop.services.support_policies.loading import (
    SUBJECT,
    in_force,
    lines_of,
    load_policy,
    versions_of,
)
from desktop.services.support_policies.open_ones import open_policy
from desktop.services.support_policies.subject import SupportPolicySubject
from desktop.services.support_policies.visit_checks import in_order, visit_checks
from desktop.services.support_policies.writing import store

_UNKNOWN = "この援助方針は見つからないか、まだ提出されていません。"


@dataclass(frozen=True, slots=True)
class SupportPolicyService:
    """The signed-in person's work on support policies."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    subject: SupportPolicySubject

    @needs(Permission.OPEN_CASE_FILES)
    def lines(self, household_id: UUID) -> tuple[PolicyLine, ...]:
        """The household's policies, newest first."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return lines_of(session, self.staff, household_id)

    @needs(Permission.OPEN_CASE_FILES)
    def policy(self, policy_id: UUID, version: int | None = None) -> SupportPolicy:
        """A policy in its valid version, else the newest, or the one asked for."""
        self.reading.open(Purpose.FILE, [self._household_of(policy_id)])
        with self.work() as session:
            return self._policy(session, policy_id, version)

    @needs(Permission.OPEN_CASE_FILES)
    def versions(self, policy_id: UUID) -> tuple[PolicyVersionLine, ...]:
        """The stored versions of a policy, newest first."""
        self.reading.open(Purpose.FILE, [self._household_of(policy_id)])
        with self.work() as session:
            return versions_of(session, self.staff, policy_id)

    @needs(Permission.OPEN_CASE_FILES)
    def in_force(self, household_id: UUID) -> SupportPolicy | None:
        """The policy in force, None where none was approved yet."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            policy_id = in_force(session, household_id)
            return None if policy_id is None else load_policy(session, self.staff, policy_id)

    @needs(Permission.WRITE_RECORDS)
    def begin(self, household_id: UUID, kind: PolicyKind | None = None) -> PolicyInput:
        """What somebody writes who wants to write a policy now: the own open one, else a new one.

        Raises NotPermittedError where another one of the household is open, handed in or a colleague's.
        """
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            found = open_policy(session, household_id, self.staff.staff_id, self.clock.today())
        if found is None:
            return self.blank(household_id, kind)
        if not found.is_mine_to_write:
            raise NotPermittedError(found.refusal)
        return self.draft(found.policy_id)

    @needs(Permission.WRITE_RECORDS)
    def blank(self, household_id: UUID, kind: PolicyKind | None = None) -> PolicyInput:
        """A new policy with every line of the one in force that goes on. Nothing is stored yet."""
        before = self.in_force(household_id)
        grade, visits = self._present_grade(household_id)
        if before and before.grade == grade and before.visits_per_year is not None:
            visits = (
                before.visits_per_year
            )  # what was planned goes on until somebody plans otherwise
        return PolicyInput(
            policy_id=new_id(),
            household_id=household_id,
            shown_version=0,
            kind=kind or (PolicyKind.YEARLY if before else PolicyKind.NEW),
            made_on=self.clock.today(),
            follows=before.policy_id if before else None,
            grade=grade,
            visits_per_year=visits,
            situation=before.situation if before else "",
            issues=self._begun(before) if before else (),
        )

    @needs(Permission.WRITE_RECORDS)
    def draft(self, policy_id: UUID) -> PolicyInput:
        """An own policy in its newest version, to go on writing."""
        self.reading.open(Purpose.FILE, [self._household_of(policy_id)])
        with self.work() as session:
            version = session.get_one(SupportPolicyRecord, policy_id).version
            return as_input(self._policy(session, policy_id, version))

    @needs(Permission.WRITE_RECORDS)
    def grades(self) -> tuple[VisitGrade, ...]:
        """The visit grades that a policy can plan with."""
        with self.work() as session:
            known = lookup.visit_grades(session, self.staff.office_id, self.clock.today())
        return tuple(known.values())

    @needs(Permission.WRITE_RECORDS)
    def wording(self) -> tuple[WordingRule, ...]:
        """The words to reconsider while a policy is written."""
        with self.work() as session:
            return lookup.policy_wording(session, self.staff.office_id, self.clock.today())

    @needs(Permission.WRITE_RECORDS)
    def checks(self, given: PolicyInput) -> tuple[Check, ...]:
        """What the self-check asks about the words as typed so far, most serious first. Nothing is stored."""
        today = self.clock.today()
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            people = ages(session, given.household_id, today)
            before = given.follows
            previous = None if before is None else load_policy(session, self.staff, before)
            visits = visit_checks(session, given, self.staff.office_id, today)
        return in_order(*checks_of(given, previous, people, today), *visits)

    @needs(Permission.WRITE_RECORDS)
    def save(self, given: PolicyInput) -> SavedPolicy:
        """Store what was typed as the policy's next version; the same content again changes nothing.

        Raises ValidationError per field, ConflictError when somebody (or another window) was faster.
        """
        self.reading.open(Purpose.FILE, [given.household_id])
        submission.check_for_saving(given.made_on, self.clock.today())
        with self.work() as session:
            return _saved(store(session, given, self.staff, self.clock.now()))

    @needs(Permission.WRITE_RECORDS)
    def submit(self, policy_id: UUID, shown_version: int) -> UUID:
        """Hand the policy to the approvers and return the submission's id.

        Raises ValidationError for what is missing, ConflictError when the shown version is not the newest.
        """
        self.reading.open(Purpose.FILE, [self._household_of(policy_id)])
        with self.work() as session:
            record = session.get_one(SupportPolicyRecord, policy_id, with_for_update=True)
            self._refuse_submission(record, shown_version)
            policy = self._policy(session, policy_id, record.version)
            submission.check_for_submitting(policy)
            new = moving.NewSubmission(
                office_id=record.office_id,
                household_id=record.household_id,
                subject_kind=SUBJECT,
                subject_id=record.id,
                root_version=record.version,
                content_hash=record.content_hash,
                author_id=record.author_id,
                route=lambda: route_of(
                    session,
                    self.staff,
                    record.household_id,
                    SUBJECT,
                    record.kind,
                    self.clock.today(),
                ),
            )
            return moving.submit(
                session, self.subject, new, by=self.staff.staff_id, at=self.clock.now()
            )

    @needs(Permission.WRITE_RECORDS)
    def withdraw(self, policy_id: UUID) -> SavedPolicy:
        """Take the policy back before the first stamp (引戻し)."""
        self._household_of(policy_id)
        with self.work() as session:
            approval_id = session.scalar(
                select(Approval.id)
                .where(Approval.subject_kind == SUBJECT, Approval.subject_id == policy_id)
                .order_by(Approval.round.desc())
                .limit(1)
            )
            if approval_id is None:
                raise NotPermittedError("この援助方針はまだ提出されていません。")
            moving.withdraw(
                session,
                self.subject,
                approval_id,
                by=self.staff.staff_id,
                at=self.clock.now(),
            )
            return _saved(session.get_one(SupportPolicyRecord, policy_id))

    @needs(Permission.OPEN_CASE_FILES)
    @needs(Permission.OPEN_CASE_FILES)
    def results(self, household_id: UUID) -> Mapping[UUID, tuple[DutyResult, ...]]:
        """What was noted of the household's actions and short goals, by the line's id, newest first."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return results_of(session, household_id)

    @needs(Permission.OPEN_CASE_FILES)
    def answered(self, policy_id: UUID) -> PolicyAnswers:
        """To whom the policy was explained, until when it is to be, and the household's answers 見直し不要."""
        household_id = self._household_of(policy_id)
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            office_id, today = self.staff.office_id, self.clock.today()
            return PolicyAnswers(
                explanations=explanations_of(session, policy_id),
                no_reviews=answers_of(session, household_id),
                explain_by=explain_by(session, office_id, policy_id, today),
            )

    @needs(Permission.WRITE_RECORDS)
    def explain(self, given: ExplanationInput) -> None:
        """Record that an approved policy was explained. Raises ValidationError per field."""
        self.reading.open(Purpose.FILE, [self._household_of(given.policy_id)])
        with self.work() as session:
            explain(session, given, self.staff, self.clock.now(), self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def review_due(self, household_id: UUID) -> ReviewDue:
        """By when the policy is reviewed: its year or an open event, whichever comes first."""
        self.reading.open(Purpose.FILE, [household_id])
        this = Household.id == household_id
        with self.work() as session:
            found = reviews_due(session, self.staff.office_id, this, self.clock.today())
        return found.get(household_id) or review_due(None, ())

    @needs(Permission.WRITE_RECORDS)
    def answer_no_review(self, given: NoReviewInput) -> None:
        """Record that an event needs no review, with its reason; the yearly day stays. ValidationError per field."""
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            answer(session, given, self.staff, self.clock.now(), self.clock.today())

    def _begun(self, before: SupportPolicy) -> tuple[Issue, ...]:
        """The lines that go on, with what was noted of them as the first words of their evaluation."""
        with self.work() as session:
            results = results_of(session, before.household_id)
        since = before.approved_at or before.saved_at
        return begun_with_results(carried_over(before), results, since)

    def _present_grade(self, household_id: UUID) -> tuple[str | None, int | None]:
        """The household's grade today and its visits a year; a grade that the office's table lacks names none."""
        today = self.clock.today()
        with self.work() as session:
            code = grade_of(session, household_id, today)
            known = lookup.visit_grades(session, self.staff.office_id, today)
        found = known.get(code or "")
        return code, found.visits_per_year if found else None

    def _policy(self, session: Session, policy_id: UUID, version: int | None) -> SupportPolicy:
        found = load_policy(session, self.staff, policy_id, version)
        if found is None:
            raise NotPermittedError(_UNKNOWN)
        return found

    def _refuse_submission(self, record: SupportPolicyRecord, shown_version: int) -> None:
        if record.author_id != self.staff.staff_id:
            raise NotPermittedError("提出できるのは援助方針を書いた本人です。")
        if record.state not in {PolicyState.DRAFT, PolicyState.RETURNED}:
            raise ConflictError("この援助方針はすでに提出されています。")
        if record.version != shown_version:
            raise ConflictError(
                "表示していた版のあとに更新があります。最新の内容を確認して提出してください。"
            )

    def _household_of(self, policy_id: UUID) -> UUID:
        with self.work() as session:
            household_id = session.scalar(
                select(SupportPolicyRecord.household_id).where(
                    SupportPolicyRecord.id == policy_id,
                    SupportPolicyRecord.office_id == self.staff.office_id,
                )
            )
        if household_id is None:
            raise NotPermittedError(_UNKNOWN)
        return household_id


def _saved(record: SupportPolicyRecord) -> SavedPolicy:
    return SavedPolicy(
        policy_id=record.id, version=record.version, state=record.state, saved_at=record.saved_at
    )

"""Use cases of the yearly review; the policies themselves are written through `services/support_policies`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock, japan_day
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_duties import DutyResult
from desktop.domain.policy_review import DuePolicy, ReviewCase
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.support_policies import PolicyAnswers, SupportPolicy
from desktop.models.households import Member, Person
from desktop.models.ledger import TakeOver
from desktop.models.records import EntryRecord, PromiseRow
from desktop.services.households.identity import identities
from desktop.services.periods import holds_on
from desktop.services.permission import needs
from desktop.services.policy_review.due import due_policies
from desktop.services.records.loading import load_entries
from desktop.services.support_policies.answers import answers_of, explain_by, explanations_of
from desktop.services.support_policies.duties import results_of
from desktop.services.support_policies.loading import in_force, load_policy


@dataclass(frozen=True, slots=True)
class PolicyReviewService:
    """The signed-in person's policies to review, and what a year of records says about one household."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.WRITE_RECORDS)
    def due(self) -> tuple[DuePolicy, ...]:
        """The policies of the person's districts that have a day of review, the first day first; opens no file."""
        with self.work() as session:
            return due_policies(session, self.staff, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def case(self, household_id: UUID) -> ReviewCase:
        """Whose file it is, the policy in force, and the year's entries with earlier ones whose promises were open."""
        self.reading.open(Purpose.FILE, [household_id])
        today = self.clock.today()
        with self.work() as session:
            policy_id = in_force(session, household_id)
            previous = None if policy_id is None else load_policy(session, self.staff, policy_id)
            since = _approved_on(session, household_id, previous)
            identity = identities(session, self.staff, [household_id], today, opened=True)
            return ReviewCase(
                identity=identity[household_id],
                names=_names(session, household_id, today),
                previous=previous,
                since=since,
                entries=load_entries(session, self.staff, _year(household_id, since), today=today),
                answers=_answers(session, previous, self.staff.office_id, today),
                results=_results(session, household_id, previous),
            )


def _answers(
    session: Session, policy: SupportPolicy | None, office_id: UUID, today: date
) -> PolicyAnswers | None:
    """Whether the policy in force was explained, and what needed no review since it was approved."""
    if policy is None or policy.approved_at is None:
        return None
    since = policy.approved_at
    answered = answers_of(session, policy.household_id)
    return PolicyAnswers(
        explanations=explanations_of(session, policy.policy_id),
        no_reviews=tuple(one for one in answered if one.answered_at >= since),
        explain_by=explain_by(session, office_id, policy.policy_id, today),
    )


def _results(
    session: Session, household_id: UUID, policy: SupportPolicy | None
) -> dict[UUID, tuple[DutyResult, ...]]:
    """What was noted of actions and goals since the policy in force was approved."""
    if policy is None or policy.approved_at is None:
        return {}
    since, found = policy.approved_at, dict[UUID, tuple[DutyResult, ...]]()
    for line_id, results in results_of(session, household_id).items():
        newer = tuple(result for result in results if result.noted_at >= since)
        if newer:
            found[line_id] = newer
    return found


def _approved_on(
    session: Session, household_id: UUID, previous: SupportPolicy | None
) -> date | None:
    """The day of the last approval; where only the former system knew of one, that day."""
    if previous is not None and previous.approved_at is not None:
        return japan_day(previous.approved_at)
    return session.scalar(
        select(TakeOver.policy_approved_on).where(TakeOver.household_id == household_id)
    )


def _names(session: Session, household_id: UUID, today: date) -> dict[UUID, str]:
    found = (
        select(Person.id, Person.name)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, holds_on(Member, today))
        .order_by(Member.is_head.desc(), Person.birth_date, Person.id)
    )
    return dict(session.execute(found).all())


def _year(household_id: UUID, since: date | None) -> ColumnElement[bool]:
    e, p = EntryRecord, PromiseRow
    where = (e.household_id == household_id) & e.is_annulled.is_(False)
    if since is None:
        return where
    open_then = (p.entry_id == e.id) & or_(p.kept_on.is_(None), p.kept_on >= since)
    return where & or_(e.event_on >= since, exists(select(p.id).where(open_then)))

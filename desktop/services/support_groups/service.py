"""Use cases of support groups: the file's page, deciding, and the lists of the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.assessment_forms import AssessmentsOfFile
from desktop.domain.clock import Clock
from desktop.domain.conference_boards import MatterPaper
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.support_group_lists import (
    GroupRegister,
    OpenProposals,
    RegisterRow,
    UnchangedReport,
    Why,
)
from desktop.domain.support_groups import DecisionInput, SupportGroup
from desktop.models.assessments import AssessmentRecord
from desktop.models.support_groups import SupportGroupDecision
from desktop.services.conferences.loading import matter_row, minutes_of
from desktop.services.duty import may_decide_for
from desktop.services.masters.lookup_assessments import support_groups
from desktop.services.permission import needs
from desktop.services.support_groups import deciding, lists, reporting
from desktop.services.support_groups.loading import of_household
from desktop.services.support_groups.standing import steps


@dataclass(frozen=True, slots=True)
class SupportGroupService:
    """The signed-in person's work on support groups."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> AssessmentsOfFile:
        """Every member with the assessments, the proposal, and the groups decided so far."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return of_household(session, self.staff, household_id, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def steps(self, household_id: UUID) -> int:
        """How many assessments, settlements and decisions of a household there are: a fact, for which no file is opened."""
        with self.work() as session:
            return steps(session, household_id)

    @needs(Permission.CALL_CONFERENCES)
    def agenda_candidates(self) -> OpenProposals:
        """Persons of the own duty whose newest assessment proposes what is not decided, and why: matters of a conference."""
        return self._proposals(lambda found: found is not Why.UNCHANGED)

    @needs(Permission.CALL_CONFERENCES)
    def unchanged(self) -> OpenProposals:
        """Those whose newest assessment proposes the group that they have: the supervisor decides, each file opened."""
        return self._proposals(lambda found: found is Why.UNCHANGED)

    @needs(Permission.CALL_CONFERENCES)
    def unchanged_reported(self, conference_id: UUID) -> UnchangedReport:
        """What the supervisor decided from the list since the conference before: this one hears of it."""
        with self.work() as session:
            rows = reporting.unchanged_reported(session, self.staff, conference_id)
            return UnchangedReport(rows=rows, labels=self._labels(session))

    @needs(Permission.CALL_CONFERENCES)
    def register(self) -> GroupRegister:
        """Persons of the own duty by group, with the day of the next review; the longest overdue first."""
        today = self.clock.today()
        with self.work() as session:
            rows = lists.register(session, self.staff, today)
            return GroupRegister(on=today, rows=rows, labels=self._labels(session))

    @needs(Permission.CALL_CONFERENCES)
    def due_reviews(self) -> tuple[RegisterRow, ...]:
        """Those of the register whose review day has come."""
        today = self.clock.today()
        with self.work() as session:
            rows = lists.register(session, self.staff, today)
        return tuple(row for row in rows if row.due_on <= today)

    @needs(Permission.CALL_CONFERENCES)
    def matter(self, matter_id: UUID) -> MatterPaper:
        """One matter of a conference opened: the person's assessment, proposal and group, and the minutes.

        Each household is opened by a ticket of its own, when the meeting comes to it.
        """
        with self.work() as session:
            row = matter_row(session, self.staff, matter_id)
        self.reading.open(Purpose.FILE, [row.household_id])
        with self.work() as session:
            file = of_household(session, self.staff, row.household_id, self.clock.today())
            person = next((p for p in file.people if p.person_id == row.person_id), None)
            if person is None:
                raise NotPermittedError("この人はもうこの世帯にいません。")
            asked = (
                a for a in person.all_assessments if a.given.assessment_id == row.assessment_id
            )
            return MatterPaper(
                row=row,
                person=person,
                assessment=next(asked, None),
                tables=file.tables,
                minutes=minutes_of(session, matter_id),
                may_decide=file.may_decide,
            )

    @needs(Permission.DECIDE_APPROVALS)
    def decide(self, given: DecisionInput) -> None:
        """Decide a person's group on the newest assessment. A retry stores once.

        By the supervisor alone only where nothing changes, for the time being where nothing was decided yet; anything else
        needs an open conference with minutes. Raises ValidationError per field, ConflictError where a newer assessment is
        there or safety comes first, NotPermittedError for the author of the assessment.
        """
        given = replace(given, reason=given.reason.strip(), persons_view=given.persons_view.strip())
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(SupportGroupDecision, given.decision_id) is not None:
                return
            record = self._newest(session, given)
            deciding.refuse(session, given, record, self.staff, self.clock.today())
            deciding.store(session, given, record, self.staff, self.clock.now())

    def _proposals(self, wanted: Callable[[Why], bool]) -> OpenProposals:
        today = self.clock.today()
        with self.work() as session:
            rows = lists.open_proposals(session, self.staff, today)
            labels = self._labels(session)
        return OpenProposals(
            on=today, rows=tuple(row for row in rows if wanted(row.why)), labels=labels
        )

    def _labels(self, session: Session) -> Mapping[SupportGroup, str]:
        kinds = support_groups(session, self.staff.office_id, self.clock.today())
        return {group: kind.label for group, kind in kinds.items()}

    def _newest(self, session: Session, given: DecisionInput) -> AssessmentRecord:
        a = AssessmentRecord
        newest = session.scalar(
            select(a)
            .where(a.person_id == given.person_id, a.household_id == given.household_id)
            .order_by(a.made_on.desc(), a.saved_at.desc(), a.id.desc())
            .limit(1)
        )
        if newest is None or newest.id != given.assessment_id:
            raise ConflictError("新しいアセスメントがあります。読み直してから決めてください。")
        if newest.author_id == self.staff.staff_id or not may_decide_for(
            session, self.staff, given.household_id
        ):
            raise NotPermittedError(
                "支援区分を決めるのは、アセスメントを書いた本人ではない、地区の査察指導員か上位の職です。"
            )
        return newest

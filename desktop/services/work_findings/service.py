"""Use cases of the legal finding on use of ability (法4条1項). It knows nothing of support groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.conferences import MatterKind
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.guidance_letters import group_refusal
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.work_findings import (
    Element,
    ElementFinding,
    FindingDecision,
    FindingDecisionInput,
    FindingInput,
    FindingMatter,
    FindingsOfFile,
    FoundBy,
    WorkFinding,
    finding_errors,
)
from desktop.models.conferences import CaseConference, ConferenceMatter, ConferenceMinutes
from desktop.models.households import Household, Member, Person
from desktop.models.office import Staff
from desktop.models.work_findings import (
    WorkFindingDecision,
    WorkFindingElement,
    WorkFindingRecord,
)
from desktop.services.duty import may_decide_for
from desktop.services.periods import holds_on
from desktop.services.permission import needs

_NO_HOUSEHOLD = "この世帯は見つからないか、ほかの福祉事務所の世帯です。"
_NOT_THE_AUTHOR = "判断するのは、案を書いた本人ではない、地区の査察指導員か上位の職です。"
_ONLY_HEADS = "会議によらずに判断できるのは、所長・課長だけです。会議の議題にしてください。"


@dataclass(frozen=True, slots=True)
class WorkFindingService:
    """The signed-in person's work on findings."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.JUDGE_ABILITY)
    def of_household(self, household_id: UUID) -> FindingsOfFile:
        """People and findings of a household, newest first."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            self._need_household(session, household_id)
            may_decide = self.staff.may(Permission.DECIDE_APPROVALS) and may_decide_for(
                session, self.staff, household_id
            )
            return FindingsOfFile(
                people=self._people(session, household_id),
                findings=tuple(self._findings(session, household_id)),
                matters=tuple(_matters(session, household_id)),
                may_decide=may_decide,
                may_decide_alone=may_decide and self.staff.may(Permission.DECIDE_GUIDANCE),
            )

    @needs(Permission.JUDGE_ABILITY)
    def put_forward(self, given: FindingInput) -> None:
        """Store the three elements for somebody else to decide. A retry stores once. Raises ValidationError per field."""
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            self._need_household(session, given.household_id)
            known = session.get(WorkFindingRecord, given.finding_id)
            if known is not None and known.author_id == self.staff.staff_id:
                return
            errors = finding_errors(given, self.clock.today())
            if given.person_id not in self._people(session, given.household_id):
                errors["person_id"] = "この世帯の人を選んでください。"
            if errors:
                raise ValidationError(**errors)
            self._store(session, given)

    @needs(Permission.DECIDE_APPROVALS)
    def decide(self, given: FindingDecisionInput) -> None:
        """Decide a finding, by the minutes of a conference or as the head; once. A retry stores once.

        Raises ValidationError per field, NotPermittedError for its author and others who may not.
        """
        given = replace(given, reason=given.reason.strip())
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            self._need_household(session, given.household_id)
            known = session.get(WorkFindingDecision, given.finding_id)
            if known is not None:
                if known.decided_by == self.staff.staff_id and known.reason == given.reason:
                    return
                raise ConflictError("この案はすでに判断されています。")
            record = self._decidable(session, given)
            session.add(
                WorkFindingDecision(
                    finding_id=record.id,
                    office_id=record.office_id,
                    household_id=record.household_id,
                    outcome=given.outcome,
                    how=given.how,
                    matter_id=given.matter_id,
                    reason=given.reason,
                    decided_by=self.staff.staff_id,
                    decided_at=self.clock.now(),
                )
            )

    def _decidable(self, session: Session, given: FindingDecisionInput) -> WorkFindingRecord:
        record = session.get(WorkFindingRecord, given.finding_id)
        if (
            record is None
            or record.household_id != given.household_id
            or record.author_id == self.staff.staff_id
            or not may_decide_for(session, self.staff, given.household_id)
            or not self.staff.may(Permission.JUDGE_ABILITY)
        ):
            raise NotPermittedError(_NOT_THE_AUTHOR)
        if given.how is FoundBy.HEAD and not self.staff.may(Permission.DECIDE_GUIDANCE):
            raise NotPermittedError(_ONLY_HEADS)
        if not given.reason:
            raise ValidationError(reason="理由を入力してください。")
        if group_refusal(given.reason):
            raise ValidationError(reason=group_refusal(given.reason))
        fitting = {
            m.matter_id
            for m in _matters(session, given.household_id)
            if m.person_id == record.person_id
        }
        by_conference = given.how is FoundBy.CONFERENCE
        if by_conference != (given.matter_id is not None) or (
            by_conference and given.matter_id not in fitting
        ):
            raise ValidationError(
                matter_id="会議録のある、この人の「稼働能力の活用」の議題を選んでください。"
            )
        f = WorkFindingRecord
        newest = session.scalar(
            select(f.id)
            .where(f.person_id == record.person_id)
            .order_by(f.found_on.desc(), f.written_at.desc())
            .limit(1)
        )
        if newest != record.id:
            raise ConflictError("新しい判断案があります。読み直してから判断してください。")
        return record

    def _store(self, session: Session, given: FindingInput) -> None:
        session.add(
            WorkFindingRecord(
                id=given.finding_id,
                office_id=self.staff.office_id,
                household_id=given.household_id,
                person_id=given.person_id,
                found_on=given.found_on,
                author_id=self.staff.staff_id,
                written_at=self.clock.now(),
            )
        )
        session.flush()
        session.add_all(
            WorkFindingElement(
                finding_id=given.finding_id,
                element=each.element,
                office_id=self.staff.office_id,
                household_id=given.household_id,
                state=each.state,
                facts=each.facts.strip(),
                evidence=each.evidence.strip(),
                as_of=each.as_of,
            )
            for each in given.elements
        )

    def _findings(self, session: Session, household_id: UUID) -> Iterator[WorkFinding]:
        f, d, by, decider = WorkFindingRecord, WorkFindingDecision, aliased(Staff), aliased(Staff)
        rows = session.execute(
            select(f, Person.name, by.name, d, decider.name)
            .join(Person, Person.id == f.person_id)
            .join(by, by.id == f.author_id)
            .outerjoin(d, d.finding_id == f.id)
            .outerjoin(decider, decider.id == d.decided_by)
            .where(f.household_id == household_id)
            .order_by(f.found_on.desc(), f.written_at.desc(), f.id.desc())
        ).all()
        elements = _elements(session, [row.id for row, *_ in rows])
        for row, person, author, decision, decided_by in rows:
            yield WorkFinding(
                finding_id=row.id,
                person_id=row.person_id,
                person=person,
                found_on=row.found_on,
                elements=tuple(elements[row.id, element] for element in Element),
                author=author,
                is_own=row.author_id == self.staff.staff_id,
                decision=_decision(decision, decided_by or ""),
            )

    def _people(self, session: Session, household_id: UUID) -> dict[UUID, str]:
        rows = session.execute(
            select(Person.id, Person.name)
            .join(Member, Member.person_id == Person.id)
            .where(Member.household_id == household_id, holds_on(Member, self.clock.today()))
            .order_by(Member.is_head.desc(), Person.kana, Person.id)
        )
        return {row.id: row.name for row in rows}

    def _need_household(self, session: Session, household_id: UUID) -> None:
        found = session.get(Household, household_id)
        if found is None or found.office_id != self.staff.office_id:
            raise NotPermittedError(_NO_HOUSEHOLD)


def _decision(row: WorkFindingDecision | None, decided_by: str) -> FindingDecision | None:
    if row is None:
        return None
    return FindingDecision(
        outcome=row.outcome,
        how=row.how,
        reason=row.reason,
        decided_by=decided_by,
        decided_at=row.decided_at,
    )


def _elements(session: Session, ids: Sequence[UUID]) -> dict[tuple[UUID, Element], ElementFinding]:
    e = WorkFindingElement
    return {
        (row.finding_id, row.element): ElementFinding(
            element=row.element,
            state=row.state,
            facts=row.facts,
            evidence=row.evidence,
            as_of=row.as_of,
        )
        for row in session.scalars(select(e).where(e.finding_id.in_(ids)))
    }


def _matters(session: Session, household_id: UUID) -> Iterator[FindingMatter]:
    m, c = ConferenceMatter, CaseConference
    rows = session.execute(
        select(m.id, m.person_id, c.held_on)
        .join(c, c.id == m.conference_id)
        .join(ConferenceMinutes, ConferenceMinutes.matter_id == m.id)
        .where(
            m.household_id == household_id,
            m.kind == MatterKind.WORK_FINDING,
            c.held_on.is_not(None),
        )
        .order_by(c.held_on.desc(), m.id)
    )
    for matter_id, person_id, held_on in rows:
        if held_on is not None:
            yield FindingMatter(matter_id=matter_id, person_id=person_id, held_on=held_on)

"""Use cases of estimates and benefit cases (試算・給付), in a household's file. The database judges again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.work_estimates import CASE_KINDS, Estimate
from desktop.domain.work_estimates_aid import JobSearchAid
from desktop.domain.work_estimates_cases import (
    SECOND_PERSON,
    CaseInput,
    CaseOutcome,
    DecisionInput,
    EstimateInput,
    WorkMoney,
    case_errors,
    decision_errors,
)
from desktop.domain.work_estimates_grants import StudyOrWorkGrant
from desktop.domain.work_estimates_income import EarnedIncome
from desktop.domain.work_estimates_kept import as_json
from desktop.models.households import Household
from desktop.models.work_estimates import (
    BenefitCaseRecord,
    BenefitCaseText,
    BenefitDecisionRecord,
    BenefitDecisionText,
)
from desktop.services.masters.lookup_employment import grant_windows, work_tables
from desktop.services.permission import needs
from desktop.services.work_estimates import loading
from desktop.services.work_estimates.estimating import estimate

_NO_HOUSEHOLD = "この世帯は見つからないか、ほかの福祉事務所の世帯です。"
_NOT_OF_HOUSEHOLD = "この世帯の人を選んでください。"
_CHANGED = "試算のあとに設定値が変わりました。新しい試算を確認して、もう一度保存してください。"
_OWN_CASE = "申請を記録した人は決定を記録できません。別の職員が記録してください。"
_WITHDRAWN = "この申請は取り下げられています。"


@dataclass(frozen=True, slots=True)
class WorkEstimateService:
    """Estimates for people of opened households, their applications, and decisions of the benefit system."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> WorkMoney:
        """People and cases of a household, and what the person may do."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            self._need_household(session, household_id)
            return WorkMoney(
                people=loading.people(session, household_id),
                cases=loading.cases(session, self.staff, household_id),
                may_write=self.staff.may(Permission.WRITE_RECORDS),
                needs_second=self._needs_second(session),
                windows=grant_windows(session, self.staff.office_id),
            )

    @needs(Permission.OPEN_CASE_FILES)
    def estimate(self, household_id: UUID, person_id: UUID, given: EstimateInput) -> Estimate:
        """The estimate for somebody of the household. It refuses in itself where a value is missing."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            self._need_household(session, household_id)
            return self._estimate(session, household_id, person_id, given)

    @needs(Permission.WRITE_RECORDS)
    def apply(self, given: CaseInput) -> None:
        """Keep an application with the estimate as it was shown. A retry stores once.

        Raises ValidationError per field, ConflictError where the office's values changed since it was shown.
        """
        given = replace(given, note=given.note.strip())
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            self._need_household(session, given.household_id)
            known = session.get(BenefitCaseRecord, given.case_id)
            if known is not None and known.made_by == self.staff.staff_id:
                return
            errors = case_errors(given, self.clock.today())
            if given.shown.kind not in CASE_KINDS:
                errors["kind"] = "手取りの試算は申請ではありません。給付の種類を選んでください。"
            if errors:
                raise ValidationError(**errors)
            now = self._estimate(session, given.household_id, given.person_id, given.given)
            if now != given.shown:
                raise ConflictError(_CHANGED)
            self._store_case(session, given)

    @needs(Permission.WRITE_RECORDS)
    def record_decision(self, given: DecisionInput) -> None:
        """Record what the benefit system decided. A retry stores once.

        Raises ValidationError per field, NotPermittedError for the author of the case where the office asks for a
        second person, ConflictError for a case that was withdrawn.
        """
        given = replace(given, reason=given.reason.strip())
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            self._need_household(session, given.household_id)
            known = session.get(BenefitDecisionRecord, given.decision_id)
            if known is not None and known.noted_by == self.staff.staff_id:
                return
            case = loading.case(session, self.staff, given.household_id, given.case_id)
            if case.is_own and self._needs_second(session):
                raise NotPermittedError(_OWN_CASE)
            if any(each.outcome is CaseOutcome.WITHDRAWN for each in case.decisions):
                raise ConflictError(_WITHDRAWN)
            errors = decision_errors(given, case, self.clock.today())
            if errors:
                raise ValidationError(**errors)
            self._store_decision(session, given)

    def _estimate(
        self, session: Session, household_id: UUID, person_id: UUID, given: EstimateInput
    ) -> Estimate:
        found = {each.person_id: each for each in loading.people(session, household_id)}
        if person_id not in found:
            raise ValidationError(person=_NOT_OF_HOUSEHOLD)
        if isinstance(given, EarnedIncome | StudyOrWorkGrant):
            given = replace(given, birth_date=found[person_id].birth_date)
        return estimate(given, work_tables(session, self.staff.office_id, given.on))

    def _store_case(self, session: Session, given: CaseInput) -> None:
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        asked = given.given
        session.add(
            BenefitCaseRecord(
                id=given.case_id,
                person_id=given.person_id,
                kind=given.shown.kind,
                asked_on=given.asked_on,
                about_on=asked.on,
                months=asked.months if isinstance(asked, JobSearchAid) else None,
                made_by=self.staff.staff_id,
                made_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        words = {"estimate": as_json(given.shown), "note": given.note}
        session.add(BenefitCaseText(case_id=given.case_id, **words, **owner))

    def _store_decision(self, session: Session, given: DecisionInput) -> None:
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        session.add(
            BenefitDecisionRecord(
                id=given.decision_id,
                case_id=given.case_id,
                outcome=given.outcome,
                decided_on=given.decided_on,
                month=given.month,
                interviews=given.interviews,
                applications=given.applications,
                noted_by=self.staff.staff_id,
                noted_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        words = {"amount": given.amount, "reason": given.reason}
        session.add(BenefitDecisionText(decision_id=given.decision_id, **words, **owner))

    def _needs_second(self, session: Session) -> bool:
        rows = work_tables(session, self.staff.office_id, self.clock.today()).parameters
        asked = rows.get(SECOND_PERSON)
        return asked is not None and asked.number == 1

    def _need_household(self, session: Session, household_id: UUID) -> None:
        known = select(Household.id).where(
            Household.id == household_id, Household.office_id == self.staff.office_id
        )
        if session.scalar(known) is None:
            raise NotPermittedError(_NO_HOUSEHOLD)

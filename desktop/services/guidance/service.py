"""Use cases of guidance (指導指示・弁明・処分), in a household's file. One step at a time; the database judges again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.guidance import STEP, Step
from desktop.domain.guidance_forms import (
    CaseInput,
    GuidanceCase,
    GuidanceOfFile,
    StepInput,
)
from desktop.domain.guidance_gates import GATES, missing, same_person
from desktop.domain.guidance_rules import Setting, step_errors
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.guidance import GuidanceCaseRecord, GuidanceStepRecord
from desktop.models.households import Household
from desktop.services.duty import may_decide_for
from desktop.services.guidance import loading
from desktop.services.guidance.writing import store_step
from desktop.services.masters.lookup_guidance import abolition_exceptions, guidance_numbers
from desktop.services.permission import needs

HELD = "安全の確認が先です。保留が解かれるまで、指導はできません。"
_NO_HOUSEHOLD = "この世帯は見つからないか、ほかの福祉事務所の世帯です。"
_NO_CASE = "この指導は見つからないか、この世帯のものではありません。"
_NOT_YOURS = "この段階を記録できる職務ではありません。"


@dataclass(frozen=True, slots=True)
class GuidanceService:
    """The signed-in person's work on guidance cases. There is no use case for many at once, and none that goes on by itself."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.GUIDE)
    def of_household(self, household_id: UUID) -> GuidanceOfFile:
        """Everything about guidance of a household; nothing but the hold while safety comes first."""
        self.reading.open(Purpose.FILE, [household_id])
        today, office_id = self.clock.today(), self.staff.office_id
        with self.work() as session:
            self._household(session, household_id)
            numbers = guidance_numbers(session, office_id, today)
            if loading.is_held(session, household_id):
                return GuidanceOfFile(is_on_hold=True, numbers=numbers)
            return GuidanceOfFile(
                is_on_hold=False,
                numbers=numbers,
                people=loading.people(session, office_id, household_id, today),
                cases=loading.cases(session, office_id, household_id),
                matters=loading.matters(session, household_id),
                meetings=loading.meetings(session, office_id),
                colleagues=loading.colleagues(session, office_id, self.staff.staff_id, today),
                exceptions=abolition_exceptions(session, office_id, today),
            )

    @needs(Permission.GUIDE)
    def open_case(self, given: CaseInput) -> None:
        """Begin a case with its problem and facts. A retry stores once.

        Raises ValidationError per field, ConflictError on a safety hold or where a case about the same is open.
        """
        first = StepInput(
            step_id=given.step_id,
            case_id=given.case_id,
            household_id=given.household_id,
            kind=Step.PROBLEM,
            happened_on=given.happened_on,
            words={"facts": given.facts.strip()},
        )
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if self._is_stored(session, given.step_id):
                return
            household = self._household(session, given.household_id)
            self._refuse_new(session, household, given)
            session.add(
                GuidanceCaseRecord(
                    id=given.case_id,
                    office_id=self.staff.office_id,
                    household_id=given.household_id,
                    person_id=given.person_id,
                    subject=given.subject,
                    opened_by=self.staff.staff_id,
                    opened_at=self.clock.now(),
                )
            )
            session.flush()
            self._record(session, first)

    @needs(Permission.GUIDE)
    def record(self, given: StepInput) -> None:
        """Record the step, where everything before it stands. A retry stores once.

        Raises ConflictError with what is missing, ValidationError per field, NotPermittedError for the wrong person.
        """
        given = replace(given, words={key: text.strip() for key, text in given.words.items()})
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if self._is_stored(session, given.step_id):
                return
            self._household(session, given.household_id)
            self._record(session, given)

    def _record(self, session: Session, given: StepInput) -> None:
        if loading.is_held(session, given.household_id):
            raise ConflictError(HELD)
        case = self._case(session, given)
        self._need_person(session, given, case)
        lacking = missing(given.kind, case.steps)
        if lacking:
            raise ConflictError("".join(lacking))
        today = self.clock.today()
        people = loading.people(session, self.staff.office_id, given.household_id, today)
        person = next((each for each in people if each.person_id == case.person_id), None)
        if person is None:
            raise ConflictError("この人はもうこの世帯にいません。")
        errors = step_errors(
            given,
            Setting(
                case=case,
                facts=person.facts,
                numbers=guidance_numbers(session, self.staff.office_id, today),
                matters=loading.matters(session, given.household_id),
                staff_id=self.staff.staff_id,
                today=today,
                exceptions=frozenset(
                    each.code for each in abolition_exceptions(session, self.staff.office_id, today)
                ),
            ),
        )
        if errors:
            raise ValidationError(**errors)
        store_step(session, given, case, self.staff, self.clock.now())

    def _need_person(self, session: Session, given: StepInput, case: GuidanceCase) -> None:
        permission = GATES[given.kind].permission
        decides = permission is Permission.GUIDE or may_decide_for(
            session, self.staff, given.household_id
        )
        if not self.staff.may(permission) or not decides:
            raise NotPermittedError(_NOT_YOURS)
        earlier = same_person(given.kind, case.steps, self.staff.staff_id)
        if earlier is not None:
            raise NotPermittedError(
                f"「{STEP[earlier]}」を記録した本人は、この段階を記録できません。別の職員が記録してください。"
            )

    def _case(self, session: Session, given: StepInput) -> GuidanceCase:
        found = loading.cases(session, self.staff.office_id, given.household_id, given.case_id)
        if not found:
            raise NotPermittedError(_NO_CASE)
        return found[0]

    def _refuse_new(self, session: Session, household: Household, given: CaseInput) -> None:
        if loading.is_held(session, given.household_id):
            raise ConflictError(HELD)
        people = loading.people(
            session, self.staff.office_id, given.household_id, self.clock.today()
        )
        is_here = given.person_id in {each.person_id for each in people}
        if not is_here or household.state is HouseholdState.CLOSED:
            raise ValidationError(person_id="保護を受けているこの世帯の人を選んでください。")
        c, s = GuidanceCaseRecord, GuidanceStepRecord
        closed = exists().where(s.case_id == c.id, s.kind == Step.CLOSE).correlate(c)
        same = select(c.id).where(
            c.person_id == given.person_id, c.subject == given.subject, ~closed
        )
        if session.scalar(same) is not None:
            raise ConflictError("この人には、同じことについての指導がすでにあります。")

    def _is_stored(self, session: Session, step_id: UUID) -> bool:
        known = session.get(GuidanceStepRecord, step_id)
        return known is not None and known.noted_by == self.staff.staff_id

    def _household(self, session: Session, household_id: UUID) -> Household:
        found = session.get(Household, household_id)
        if found is None or found.office_id != self.staff.office_id:
            raise NotPermittedError(_NO_HOUSEHOLD)
        return found

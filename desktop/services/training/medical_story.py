"""The training office's hospital visits and doctors: long stays that were talked over, an answered enquiry, a plan with visits.

Nothing of it is overdue: the radar finds what was planted, and this is not planted.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.assessments import HealthSource
from desktop.domain.clock import JAPAN
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState, ResidenceKind
from desktop.domain.medical_plans import ConfirmedBy, TripPurpose, VisitStatus
from desktop.domain.office import AssignmentKind
from desktop.models.base import Base
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import ResidencePeriod
from desktop.models.medical import (
    MedicalEnquiry,
    MedicalEnquiryText,
    MedicalOpinion,
    MedicalOpinionText,
)
from desktop.models.medical_plans import (
    HospitalAppointment,
    HospitalAppointmentText,
    HospitalPlanRecord,
    HospitalPlanRow,
    HospitalPlanText,
    HospitalVisit,
    HospitalVisitText,
    TravelTrip,
)
from desktop.models.office import Assignment, Staff
from desktop.resources import resource_path
from desktop.services.periods import holds_on

_STAY_DAYS, _TALKED_OVER = 90, 60
_AGES = (30, 60)
_NOON = time(11, 40)
_FARE = 460
#: Days ago, what became of the appointment, and how it is known.
_VISITS = (
    (84, VisitStatus.ATTENDED, ConfirmedBy.PHARMACY, ""),
    (70, VisitStatus.ATTENDED, ConfirmedBy.COMPANION, ""),
    (56, VisitStatus.MOVED, ConfirmedBy.PERSON, "moved"),
    (49, VisitStatus.ATTENDED, ConfirmedBy.PHARMACY, ""),
    (28, VisitStatus.MISSED_TOLD, ConfirmedBy.PERSON, "missed"),
    (14, VisitStatus.ATTENDED, ConfirmedBy.PHARMACY, ""),
)
_NEXT = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalStory:
    """One telling, for one office. `new_id` gives ids that are the same on every run."""

    session: Session
    office_id: UUID
    today: date
    new_id: Callable[[], UUID]
    rows: Counter[str] = field(default_factory=Counter)

    def tell(self) -> Counter[str]:
        """Write it and return the rows by table."""
        said = _said()
        for household_id, person_id, by in self._stays():
            self._opinion(
                household_id, person_id, by, said, _TALKED_OVER, words=said["stay"], answers=[]
            )
        for household_id, person_id, by in self._patient():
            self._enquiry(household_id, person_id, by, said)
            self._plan(household_id, person_id, by, said)
        self.session.flush()
        return self.rows

    def _stays(self) -> Sequence[tuple[UUID, UUID, UUID]]:
        """Everybody who has been in a hospital for long, with whoever wrote it down."""
        r, m, h = ResidencePeriod, Member, Household
        rows = self.session.execute(
            select(h.id, m.person_id, self._caseworker())
            .join(m, m.household_id == h.id)
            .join(r, r.person_id == m.person_id)
            .where(
                h.office_id == self.office_id,
                h.state == HouseholdState.RECEIVING,
                holds_on(m, self.today),
                holds_on(r, self.today),
                r.kind == ResidenceKind.HOSPITAL,
                r.valid_from < self.today - timedelta(days=_STAY_DAYS),
            )
            .order_by(h.case_number, m.person_id)
        ).all()
        return [(row[0], row[1], row[2]) for row in rows]

    def _patient(self) -> Sequence[tuple[UUID, UUID, UUID]]:
        """One head of working age, the last of the office's list."""
        h, m, p = Household, Member, Person
        youngest, oldest = (months_later(self.today, -12 * age) for age in _AGES)
        rows = self.session.execute(
            select(h.id, p.id, self._caseworker())
            .join(m, m.household_id == h.id)
            .join(p, p.id == m.person_id)
            .where(
                h.office_id == self.office_id,
                h.state == HouseholdState.RECEIVING,
                m.is_head,
                holds_on(m, self.today),
                p.died_on.is_(None),
                p.birth_date.between(oldest, youngest),
            )
            .order_by(h.case_number.desc(), p.id)
            .limit(1)
        ).all()
        return [(row[0], row[1], row[2]) for row in rows]

    def _caseworker(self) -> Any:  # noqa: ANN401 - a scalar subquery
        """The district's caseworker, of a vacant one somebody of the office."""
        main = select(Assignment.staff_id).where(
            Assignment.district_id == Household.district_id,
            Assignment.kind == AssignmentKind.MAIN,
            holds_on(Assignment, self.today),
        )
        anybody = select(Staff.id).where(Staff.office_id == self.office_id).order_by(Staff.login)
        return func.coalesce(
            main.order_by(Assignment.staff_id).limit(1).correlate(Household).scalar_subquery(),
            anybody.limit(1).scalar_subquery(),
        )

    def _enquiry(self, household_id: UUID, person_id: UUID, by: UUID, said: dict[str, str]) -> None:
        owner = self._owner(household_id)
        asked_on = self.today - timedelta(days=50)
        enquiry = MedicalEnquiry(
            id=self.new_id(),
            person_id=person_id,
            asked_on=asked_on,
            reply_by=asked_on + timedelta(days=30),
            asked_by=by,
            asked_at=self._at(50),
            **owner,
        )
        self._add(enquiry)
        questions = [said["question_work"], said["question_again"]]
        self._add(
            MedicalEnquiryText(
                enquiry_id=enquiry.id,
                institution=said["institution"],
                doctor=said["doctor"],
                questions={"rows": questions},
                consent=said["consent"],
                **owner,
            )
        )
        answers = zip(questions, (said["answer_work"], said["answer_again"]), strict=True)
        rows = [{"question": question, "answer": answer} for question, answer in answers]
        self._opinion(
            household_id,
            person_id,
            by,
            said,
            35,
            words=said["words"],
            answers=rows,
            interpretation=said["interpretation"],
            enquiry_id=enquiry.id,
            rejudge_on=months_later(self.today, 3),
        )

    def _opinion(
        self,
        household_id: UUID,
        person_id: UUID,
        by: UUID,
        said: dict[str, str],
        days: int,
        *,
        words: str,
        answers: list[dict[str, str]],
        interpretation: str = "",
        enquiry_id: UUID | None = None,
        rejudge_on: date | None = None,
    ) -> None:
        owner = self._owner(household_id)
        opinion = MedicalOpinion(
            id=self.new_id(),
            person_id=person_id,
            given_by=HealthSource.TREATING,
            enquiry_id=enquiry_id,
            given_on=self.today - timedelta(days=days),
            rejudge_on=rejudge_on,
            noted_by=by,
            noted_at=self._at(days - 1),
            **owner,
        )
        self._add(opinion)
        self._add(
            MedicalOpinionText(
                opinion_id=opinion.id,
                institution=said["institution"],
                doctor=said["doctor"],
                answers={"rows": answers},
                words=words,
                papers="",
                interpretation=interpretation,
                **owner,
            )
        )

    def _plan(self, household_id: UUID, person_id: UUID, by: UUID, said: dict[str, str]) -> None:
        owner = self._owner(household_id)
        begins_on = self.today - timedelta(days=90)
        plan = HospitalPlanRecord(
            id=self.new_id(),
            person_id=person_id,
            begins_on=begins_on,
            ends_on=months_later(begins_on, 6),
            consented_on=begins_on,
            author_id=by,
            made_at=self._at(90),
            **owner,
        )
        self._add(plan)
        self._add(
            HospitalPlanText(
                plan_id=plan.id,
                purpose=said["purpose"],
                condition=said["condition"],
                consent=said["consent"],
                **owner,
            )
        )
        self._add(
            HospitalPlanRow(
                plan_id=plan.id,
                number=1,
                institution=said["institution"],
                department=said["department"],
                doctor=said["doctor"],
                visits_a_month=2,
                companion="",
                transport=said["bus"],
                cost_approved=True,
                care="",
                ask=said["ask"],
                convey=said["convey"],
                **owner,
            )
        )
        for days, status, known_by, note in _VISITS:
            self._visit(plan, by, said, days, (status, known_by, said[note] if note else ""))
        self._visit(plan, by, said, -_NEXT, None)

    def _visit(
        self,
        plan: HospitalPlanRecord,
        by: UUID,
        said: dict[str, str],
        days: int,
        became: tuple[VisitStatus, ConfirmedBy, str] | None,
    ) -> None:
        owner = self._owner(plan.household_id)
        appointment = HospitalAppointment(
            id=self.new_id(),
            person_id=plan.person_id,
            plan_id=plan.id,
            on_day=self.today - timedelta(days=days),
            at="10:30",
            made_by=by,
            made_at=self._at(max(days, 0) + 7),
            **owner,
        )
        self._add(appointment)
        place = said["institution"]
        text = HospitalAppointmentText(appointment_id=appointment.id, institution=place, **owner)
        self._add(text)
        if became is None:
            return
        status, known_by, note = became
        visit = HospitalVisit(
            id=self.new_id(),
            appointment_id=appointment.id,
            status=status,
            confirmed_by=known_by,
            noted_by=by,
            noted_at=self._at(days - 1),
            **owner,
        )
        self._add(visit)
        self._add(HospitalVisitText(visit_id=visit.id, note=note, **owner))
        if status is VisitStatus.ATTENDED:
            self._trip(appointment, by, said, days)

    def _trip(
        self, appointment: HospitalAppointment, by: UUID, said: dict[str, str], days: int
    ) -> None:
        self._add(
            TravelTrip(
                id=self.new_id(),
                person_id=appointment.person_id,
                on_day=appointment.on_day,
                purpose=TripPurpose.HOSPITAL,
                from_place=said["home"],
                to_place=said["institution"],
                means=said["bus"],
                fare=_FARE,
                evidence=said["receipt"],
                noted_by=by,
                noted_at=self._at(days - 1),
                **self._owner(appointment.household_id),
            )
        )

    def _at(self, days: int) -> datetime:
        return datetime.combine(self.today - timedelta(days=days), _NOON, tzinfo=JAPAN)

    def _owner(self, household_id: UUID) -> dict[str, UUID]:
        return {"office_id": self.office_id, "household_id": household_id}

    def _add(self, row: Base) -> None:
        self.session.add(row)
        self.session.flush()
        self.rows[row.__tablename__] += 1


def _said() -> dict[str, str]:
    with resource_path("training", "medical.toml").open("rb") as file:
        found: dict[str, str] = tomllib.load(file)
    return found

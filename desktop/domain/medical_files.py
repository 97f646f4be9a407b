"""What the section 通院・病状 shows of a household, person by person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.medical_opinions import DoctorQuestion, Enquiry, Opinion, newest_opinion
from desktop.domain.medical_orders import ExaminationOrder
from desktop.domain.medical_plans import (
    Appointment,
    HospitalPlan,
    Kept,
    Trip,
    VisitStatus,
    kept_lately,
    missed_running,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalPerson:
    """One present member. Everything is newest first; `plans[0]` is the plan that counts.

    `is_held`: a question of safety is open, so that nothing of an order may be shown or done.
    """

    person_id: UUID
    name: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)
    is_held: bool = False
    enquiries: tuple[Enquiry, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    orders: tuple[ExaminationOrder, ...] = ()
    plans: tuple[HospitalPlan, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    trips: tuple[Trip, ...] = ()

    @property
    def newest(self) -> Opinion | None:
        """The newest opinion of a doctor, or what the person said where no doctor did."""
        return newest_opinion(self.opinions)

    @property
    def plan(self) -> HospitalPlan | None:
        """The plan that counts."""
        return self.plans[0] if self.plans else None

    @property
    def asks_to_go(self) -> bool:
        """Whether the last two known appointments were missed running."""
        return missed_running(_known(self.appointments))

    def kept(self, today: date) -> tuple[Kept, Kept]:
        """How the last three months went, and the three before."""
        return kept_lately(self.appointments, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalFile:
    """Everybody of the household, the office's questions to doctors, and what this person may do.

    Without `may_read` only ways are there.
    """

    people: tuple[MedicalPerson, ...]
    questions: tuple[DoctorQuestion, ...]
    may_read: bool
    may_note: bool
    may_order: bool
    may_decide: bool
    may_travel: bool


def _known(appointments: tuple[Appointment, ...]) -> list[VisitStatus]:
    """What became of appointments, those without a word left out."""
    return [a.status for a in appointments if a.status is not None]

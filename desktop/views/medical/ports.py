"""What the section 通院・病状 asks of the use cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from desktop.domain.medical_files import MedicalFile
from desktop.domain.medical_opinions import EnquiryInput, EnquiryStepInput, OpinionInput
from desktop.domain.medical_orders import OrderInput, OrderStepInput
from desktop.domain.medical_plans import AppointmentInput, PlanInput, TripInput, VisitInput


class OpinionsOfFiles(Protocol):
    """Enquiries and opinions (`services/medical/opinions.py`)."""

    def of_household(self, household_id: UUID) -> MedicalFile:
        """Everything medical of the household."""

    def ask(self, given: EnquiryInput) -> None:
        """Keep an enquiry."""

    def step_enquiry(self, given: EnquiryStepInput) -> None:
        """Note a reminder or a withdrawal."""

    def note_opinion(self, given: OpinionInput) -> None:
        """Keep what a doctor said."""


class OrdersOfFiles(Protocol):
    """Orders to be examined (`services/medical/orders.py`)."""

    def write(self, given: OrderInput) -> None:
        """Write an order."""

    def judge(self, given: OrderStepInput) -> None:
        """Approve it or not."""

    def go_on(self, given: OrderStepInput) -> None:
        """Take the next step."""


class PlansOfFiles(Protocol):
    """Hospital plans (`services/medical/plans.py`)."""

    def save(self, given: PlanInput) -> None:
        """Keep a plan."""

    def appoint(self, given: AppointmentInput) -> None:
        """Keep an appointment."""

    def note_visit(self, given: VisitInput) -> None:
        """Note what became of it."""

    def note_trip(self, given: TripInput) -> None:
        """Keep a way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalPorts:
    """The three together."""

    opinions: OpinionsOfFiles
    orders: OrdersOfFiles
    plans: PlansOfFiles

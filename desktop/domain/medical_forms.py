"""What goes onto the papers about medical matters. None of them names a group or a motivation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.imprint import Imprint
from desktop.domain.medical_opinions import DoctorQuestion
from desktop.domain.medical_plans import PlanRow


class MedicalPaper(StrEnum):
    """The papers, by the code of their form."""

    ENQUIRY = "S-07"
    PLAN = "S-21"
    TRIPS = "S-22"
    ORDER = "K-18"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsked:
    """Which paper, about whom and what: `subject_id` is an enquiry, an order, or for plan and ways the plan or a way."""

    household_id: UUID
    person_id: UUID
    subject_id: UUID
    paper: MedicalPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquirySheet:
    """病状照会書・回答書 (S-07): the questions to the doctor, and a sheet for the answers."""

    imprint: Imprint
    case_number: str
    written_on: date
    reply_by: date
    institution: str = field(repr=False)
    doctor: str = field(repr=False)
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    consent: str = field(repr=False)
    questions: tuple[DoctorQuestion, ...] = field(repr=False)
    contact: str
    caseworker: str = field(repr=False)
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One appointment on paper; what became of it is worded already, "" while nothing is noted."""

    on_day: date
    at: str
    institution: str = field(repr=False)
    status: str
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TripLine:
    """One way on paper; `fare` is yen."""

    on_day: date
    purpose: str
    from_place: str = field(repr=False)
    to_place: str = field(repr=False)
    means: str = field(repr=False)
    fare: int
    evidence: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheet:
    """通院計画書／通院・移送費記録 (S-21): for the person and the office, in plain words."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    begins_on: date
    ends_on: date
    purpose: str = field(repr=False)
    condition: str = field(repr=False)
    consented_on: date | None
    consent: str = field(repr=False)
    rejudge_on: date | None
    rows: tuple[PlanRow, ...] = field(repr=False)
    visits: tuple[VisitLine, ...] = field(repr=False)
    trips: tuple[TripLine, ...] = field(repr=False)
    contact: str
    caseworker: str = field(repr=False)
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TripApplication:
    """移送費申請書（求職・通院） (S-22): the ways of one purpose, to be read and signed."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    purpose: str
    trips: tuple[TripLine, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSet:
    """検診命令書・検診書・検診料請求書 (K-18): the order for the person, and two sheets for the doctor."""

    imprint: Imprint
    household_id: UUID
    subject_id: UUID
    case_number: str
    written_on: date
    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    reason: str = field(repr=False)
    institution: str = field(repr=False)
    place: str = field(repr=False)
    department: str = field(repr=False)
    items: str = field(repr=False)
    bring: str = field(repr=False)
    due_on: date
    questions: tuple[DoctorQuestion, ...] = field(repr=False)
    contact: str
    caseworker: str = field(repr=False)
    phone: str

    @property
    def recipient(self) -> str:
        """For whom it is."""
        return self.name

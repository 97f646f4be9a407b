"""Plans of hospital visits (通院計画), appointments, what became of them, and what ways cost. Rows are only added."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.medical_plans import ConfirmedBy, TripPurpose, VisitStatus
from desktop.models.base import Base, Keyed, code, content, facts


class HospitalPlanRecord(Keyed, Base):
    """That there is a plan for some months; the newest of a person counts."""

    __tablename__ = "hospital_plan"
    __table_args__ = facts(
        Index("ix_hospital_plan_newest", "person_id", "made_at"),
        Index(None, "household_id"),
        CheckConstraint("ends_on >= begins_on", name="days"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    consented_on: Mapped[date | None]
    rejudge_on: Mapped[date | None]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class HospitalPlanText(Base):
    """What the visits are for, the condition in plain words, and how the person agreed."""

    __tablename__ = "hospital_plan_text"
    __table_args__ = content(Index(None, "household_id"))

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("hospital_plan.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    purpose: Mapped[str]
    condition: Mapped[str]
    consent: Mapped[str]


class HospitalPlanRow(Base):
    """One institution of a plan, and how often it is visited a month."""

    __tablename__ = "hospital_plan_row"
    __table_args__ = content(
        Index(None, "household_id"),
        CheckConstraint("number BETWEEN 1 AND 10", name="number"),
        CheckConstraint("visits_a_month BETWEEN 0 AND 31", name="visits"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("hospital_plan.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    institution: Mapped[str]
    department: Mapped[str]
    doctor: Mapped[str]
    visits_a_month: Mapped[int]
    companion: Mapped[str]
    transport: Mapped[str]
    cost_approved: Mapped[bool]
    care: Mapped[str]
    ask: Mapped[str]
    convey: Mapped[str]


class HospitalAppointment(Keyed, Base):
    """An appointment of a plan; `at` is a time of day as text."""

    __tablename__ = "hospital_appointment"
    __table_args__ = facts(
        Index(None, "household_id"), Index(None, "plan_id"), Index(None, "person_id", "on_day")
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("hospital_plan.id"))
    on_day: Mapped[date]
    at: Mapped[str]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class HospitalAppointmentText(Base):
    """Where the appointment is."""

    __tablename__ = "hospital_appointment_text"
    __table_args__ = content(Index(None, "household_id"))

    appointment_id: Mapped[UUID] = mapped_column(
        ForeignKey("hospital_appointment.id"), primary_key=True
    )
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    institution: Mapped[str]


class HospitalVisit(Keyed, Base):
    """What became of an appointment; the one noted last counts."""

    __tablename__ = "hospital_visit"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "appointment_id", "noted_at"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("hospital_appointment.id"))
    status: Mapped[VisitStatus] = mapped_column(code(VisitStatus))
    confirmed_by: Mapped[ConfirmedBy | None] = mapped_column(code(ConfirmedBy))
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class HospitalVisitText(Base):
    """The note beside it: the reason, what the doctor said in passing."""

    __tablename__ = "hospital_visit_text"
    __table_args__ = content(Index(None, "household_id"))

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("hospital_visit.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    note: Mapped[str]


class TravelTrip(Keyed, Base):
    """One way that cost something (移送費); `replaces_id` names the row that this one puts right."""

    __tablename__ = "travel_trip"
    __table_args__ = content(
        Index(None, "household_id"),
        Index(None, "replaces_id"),
        CheckConstraint("fare BETWEEN 0 AND 1000000", name="fare"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    on_day: Mapped[date]
    purpose: Mapped[TripPurpose] = mapped_column(code(TripPurpose))
    from_place: Mapped[str]
    to_place: Mapped[str]
    means: Mapped[str]
    fare: Mapped[int]
    evidence: Mapped[str]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("travel_trip.id"))
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]

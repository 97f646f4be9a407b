"""Orders to be examined (検診命令, 法28条1項) and their steps. Rows are only added."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.medical_orders import Doubt, OrderStep
from desktop.models.base import Base, Keyed, code, content, facts


class ExaminationOrderRecord(Keyed, Base):
    """That an order was written, about which doubt, and by when the person is to be examined."""

    __tablename__ = "examination_order"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "office_id", "due_on"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    doubt: Mapped[Doubt] = mapped_column(code(Doubt))
    due_on: Mapped[date]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class ExaminationOrderText(Base):
    """Why, why it cannot be made clear otherwise, and where the person is examined."""

    __tablename__ = "examination_order_text"
    __table_args__ = content(Index(None, "household_id"))

    order_id: Mapped[UUID] = mapped_column(ForeignKey("examination_order.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]
    elsewhere: Mapped[str]
    institution: Mapped[str]
    address: Mapped[str]
    department: Mapped[str]
    items: Mapped[str]
    bring: Mapped[str]


class ExaminationStepRecord(Keyed, Base):
    """One dated step of an order, each kind once."""

    __tablename__ = "examination_step"
    __table_args__ = facts(Index(None, "household_id"), UniqueConstraint("order_id", "step"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("examination_order.id"))
    step: Mapped[OrderStep] = mapped_column(code(OrderStep))
    done_on: Mapped[date]
    done_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    done_at: Mapped[datetime]


class ExaminationStepText(Base):
    """The words of a step: how it was handed over, what the person said, why it was withdrawn."""

    __tablename__ = "examination_step_text"
    __table_args__ = content(Index(None, "household_id"))

    step_id: Mapped[UUID] = mapped_column(ForeignKey("examination_step.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    words: Mapped[str]

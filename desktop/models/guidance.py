"""Guidance cases (指導指示・弁明・処分): dated steps, the letter's items, what a check found, what a disposition rests on. Only added."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.guidance import GuidanceSubject, Outcome, Step
from desktop.models.base import Base, Keyed, code, content, facts


class GuidanceCaseRecord(Keyed, Base):
    """That somebody is guided, about what. Its state is what its steps say."""

    __tablename__ = "guidance_case"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "person_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    subject: Mapped[GuidanceSubject] = mapped_column(code(GuidanceSubject))
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime]


class GuidanceStepRecord(Keyed, Base):
    """One dated step; `item` and `of_step` as in `StepInput`.

    `further_on` is the next check, the day of the hearing or the first day of the disposition.
    """

    __tablename__ = "guidance_step"
    __table_args__ = facts(
        Index(None, "household_id"),
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("matter_id"),
        UniqueConstraint("of_step"),
        Index(None, "noted_by"),
        CheckConstraint("number > 0", name="number"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("guidance_case.id"))
    number: Mapped[int]
    kind: Mapped[Step] = mapped_column(code(Step))
    happened_on: Mapped[date]
    further_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column(code(Outcome))
    matter_id: Mapped[UUID | None] = mapped_column(ForeignKey("conference_matter.id"))
    of_step: Mapped[UUID | None] = mapped_column(ForeignKey("guidance_step.id"))
    item: Mapped[int | None]
    second_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class GuidanceStepText(Base):
    """The words of a step, by the keys of `guidance_forms.WORDS`."""

    __tablename__ = "guidance_step_text"
    __table_args__ = content(Index(None, "household_id"))

    step_id: Mapped[UUID] = mapped_column(ForeignKey("guidance_step.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    words: Mapped[dict[str, Any]]


class InstructionItemRecord(Base):
    """One numbered item of a letter of instruction: the whole of what is asked."""

    __tablename__ = "instruction_item"
    __table_args__ = content(
        Index(None, "household_id"), CheckConstraint("number > 0", name="number")
    )

    step_id: Mapped[UUID] = mapped_column(ForeignKey("guidance_step.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    action: Mapped[str]
    due_on: Mapped[date]
    measure: Mapped[str]


class ItemCheckRecord(Base):
    """What a check found of an item of the letter that was handed over."""

    __tablename__ = "item_check"
    __table_args__ = content(
        Index(None, "household_id"),
        ForeignKeyConstraint(
            ["letter_id", "number"],
            ["instruction_item.step_id", "instruction_item.number"],
            name="fk_item_check_letter_id",
        ),
    )

    step_id: Mapped[UUID] = mapped_column(ForeignKey("guidance_step.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    letter_id: Mapped[UUID]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    result: Mapped[Outcome] = mapped_column(code(Outcome))


class DispositionGroundRecord(Base):
    """An item of the letter that a disposition rests on: the item itself, never words of its own (E09)."""

    __tablename__ = "disposition_ground"
    __table_args__ = content(
        Index(None, "household_id"),
        ForeignKeyConstraint(
            ["letter_id", "number"],
            ["instruction_item.step_id", "instruction_item.number"],
            name="fk_disposition_ground_letter_id",
        ),
    )

    step_id: Mapped[UUID] = mapped_column(ForeignKey("guidance_step.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    letter_id: Mapped[UUID]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))

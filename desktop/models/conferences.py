"""Case conferences (ケース診断会議 and others): the meeting, who took part, what stood on the agenda, the minutes of each matter."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.conferences import ConferenceKind, MatterKind
from desktop.models.base import Base, Keyed, code, content, facts, office_table


class CaseConference(Keyed, Base):
    """One meeting. It says nothing of anybody: whom it was about stands with the matters.

    `held_on` is set when it begins to decide, `closed_at` when the minutes are finished.
    """

    __tablename__ = "case_conference"
    __table_args__ = office_table(
        Index(None, "office_id", "planned_on"),
        CheckConstraint("closed_at IS NULL OR held_on IS NOT NULL", name="held"),
    )

    kind: Mapped[ConferenceKind] = mapped_column(code(ConferenceKind))
    planned_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    called_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    called_at: Mapped[datetime]
    held_on: Mapped[date | None]
    held_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None]


class ConferenceMemberRow(Base):
    """Somebody who took part: of the staff by id, from outside by name."""

    __tablename__ = "conference_member"
    __table_args__ = office_table(
        CheckConstraint("staff_id IS NOT NULL OR name <> ''", name="named"),
        UniqueConstraint("conference_id", "staff_id"),
    )

    conference_id: Mapped[UUID] = mapped_column(ForeignKey("case_conference.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")


class ConferenceMatter(Keyed, Base):
    """A person's case on the agenda; `assessment_id` where it is about the support group."""

    __tablename__ = "conference_matter"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "assessment_id"),
        UniqueConstraint("conference_id", "person_id", "kind"),
    )

    conference_id: Mapped[UUID] = mapped_column(ForeignKey("case_conference.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[MatterKind] = mapped_column(code(MatterKind))
    assessment_id: Mapped[UUID | None] = mapped_column(ForeignKey("assessment.id"))
    added_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime]


class ConferenceMinutes(Base):
    """What was said about one matter (会議録): papers read, the discussion, the person's view, who disagreed and why."""

    __tablename__ = "conference_minutes"
    __table_args__ = content(Index(None, "household_id"))

    matter_id: Mapped[UUID] = mapped_column(ForeignKey("conference_matter.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    papers: Mapped[str]
    discussion: Mapped[str]
    persons_view: Mapped[str]
    dissent: Mapped[str]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime]

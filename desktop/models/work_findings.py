"""The legal finding on use of ability (稼働能力の活用、法4条1項). Rows are only added; nothing points at a support group."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.work_findings import Element, ElementState, FindingOutcome, FoundBy
from desktop.models.base import Base, Keyed, code, content


class WorkFindingRecord(Keyed, Base):
    """A finding that was put forward about a person."""

    __tablename__ = "work_finding"
    __table_args__ = content(Index(None, "household_id"), Index(None, "person_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    found_on: Mapped[date]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime]


class WorkFindingElement(Base):
    """One of its three elements, with facts and dated evidence."""

    __tablename__ = "work_finding_element"
    __table_args__ = content(Index(None, "household_id"))

    finding_id: Mapped[UUID] = mapped_column(ForeignKey("work_finding.id"), primary_key=True)
    element: Mapped[Element] = mapped_column(code(Element), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    state: Mapped[ElementState] = mapped_column(code(ElementState))
    facts: Mapped[str]
    evidence: Mapped[str]
    as_of: Mapped[date]


class WorkFindingDecision(Base):
    """What a conference or the head found of it; once."""

    __tablename__ = "work_finding_decision"
    __table_args__ = content(
        Index(None, "household_id"),
        Index(None, "matter_id"),
        CheckConstraint("(how = 'conference') = (matter_id IS NOT NULL)", name="of_a_conference"),
    )

    finding_id: Mapped[UUID] = mapped_column(ForeignKey("work_finding.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    outcome: Mapped[FindingOutcome] = mapped_column(code(FindingOutcome))
    how: Mapped[FoundBy] = mapped_column(code(FoundBy))
    matter_id: Mapped[UUID | None] = mapped_column(ForeignKey("conference_matter.id"))
    reason: Mapped[str]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime]

"""Disclosure requests (開示請求): who asked for what by when, what is struck in the copy and why, and every move.

All of it is written by functions of the database only; the training office writes it in `database/disclosing_here.py`.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.disclosures import DisclosureMove, DisclosureState, Requester
from desktop.domain.disclosures_marks import Part, Verdict
from desktop.models.base import Base, Keyed, code, content, facts


class Disclosure(Keyed, Base):
    """One request: `person_id` is whose information is asked for. `content_hash` is what was handed over.

    `number` runs in the fiscal year of the office's register.
    """

    __tablename__ = "disclosure"
    __table_args__ = facts(
        UniqueConstraint("office_id", "fiscal_year", "number"),
        Index(None, "household_id"),
        Index(None, "person_id"),
        CheckConstraint("records_to >= records_from", name="period"),
        CheckConstraint("(reviewed_by IS NULL) = (reviewed_at IS NULL)", name="reviewed"),
        CheckConstraint("(closed_by IS NULL) = (closed_at IS NULL)", name="closed"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    fiscal_year: Mapped[int]
    number: Mapped[int]
    requester: Mapped[Requester] = mapped_column(code(Requester))
    asked_on: Mapped[date]
    records_from: Mapped[date]
    records_to: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[DisclosureState] = mapped_column(code(DisclosureState))
    prepared_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    prepared_at: Mapped[datetime]
    content_hash: Mapped[str]
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    reviewed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None]


class DisclosureText(Base):
    """The name of who asked."""

    __tablename__ = "disclosure_text"
    __table_args__ = content(Index(None, "household_id"))

    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey("disclosure.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    asked_by: Mapped[str]


class DisclosureMark(Keyed, Base):
    """A decision about a part of an entry's version. It is lifted, never removed, and stays with its version.

    `start_at` and `end_at` are characters of the part's stored text, None for the whole part.
    """

    __tablename__ = "disclosure_mark"
    __table_args__ = content(
        Index(None, "household_id"),
        Index(None, "disclosure_id"),
        Index(None, "entry_id"),
        CheckConstraint(
            "(start_at IS NULL) = (end_at IS NULL) AND (start_at IS NULL OR start_at >= 0 AND end_at > start_at)",
            name="span",
        ),
        CheckConstraint("(lifted_by IS NULL) = (lifted_at IS NULL)", name="lifted"),
        CheckConstraint("verdict = 'left' OR reason <> ''", name="reason"),
    )

    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey("disclosure.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"))
    version: Mapped[int]
    part: Mapped[Part] = mapped_column(code(Part))
    segment_id: Mapped[UUID | None]
    start_at: Mapped[int | None]
    end_at: Mapped[int | None]
    verdict: Mapped[Verdict] = mapped_column(code(Verdict))
    reason: Mapped[str]
    note: Mapped[str]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    lifted_at: Mapped[datetime | None]


class DisclosureMoveRow(Keyed, Base):
    """The how many-th move of a request, append-only; `batch_id` is the print run in which a proof or the copy went to paper."""

    __tablename__ = "disclosure_move"
    __table_args__ = content(
        UniqueConstraint("disclosure_id", "number"), Index(None, "household_id")
    )

    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey("disclosure.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    number: Mapped[int]
    move: Mapped[DisclosureMove] = mapped_column(code(DisclosureMove))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    content_hash: Mapped[str]
    reason: Mapped[str]
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("print_batch.id"))

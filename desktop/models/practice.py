"""Answers to exercises of the training office (練習). In an office with real cases nobody may read or add any."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Keyed, log


class PracticeAnswer(Keyed, Base):
    """What somebody answered; the newest row counts, and an empty one means that the exercise was begun anew."""

    __tablename__ = "practice_answer"
    __table_args__ = log(Index(None, "staff_id", "exercise", "written_at"))

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    exercise: Mapped[str]
    answer: Mapped[str]
    written_at: Mapped[datetime]

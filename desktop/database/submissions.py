"""What the moving door takes and gives: a new submission, what a move led to, and what freezes a subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.approvals import ApprovalState
from desktop.domain.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubmission:
    """What is submitted: the subject's version and hash, who wrote it, and its route of positions.

    The route is asked for only where the database has none of its own.
    """

    office_id: UUID
    household_id: UUID
    subject_kind: str
    subject_id: UUID
    root_version: int
    content_hash: str
    author_id: UUID
    route: Callable[[], Sequence[Role]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a move led to."""

    approval_id: UUID
    subject_kind: str
    subject_id: UUID
    household_id: UUID
    root_version: int
    state: ApprovalState
    author_id: UUID
    move_id: UUID = field(repr=False)


class Freezing(Protocol):
    """The freeze rule of one kind of subject. PostgreSQL has its own (`security/sql/40_moves.sql`)."""

    def begin(self, session: Session, subject_id: UUID) -> None:
        """Freeze the subject's parts: it is submitted from now on."""

    def settled(self, session: Session, moved: Moved, at: datetime) -> None:
        """Carry the submission's new state over to the subject."""

"""Review work in memory, with a queue that empties as decisions come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from desktop.domain.approvals import (
    ApprovalState,
    Decision,
    Move,
    MoveRow,
    QueueRow,
)
from desktop.domain.errors import UserError
from desktop.domain.records import Entry, EntryState
from desktop.domain.review import Check, EntryCard, PolicyCard, ReviewCard
from desktop.domain.roles import Role
from tests.support.factories import CLOCK, TODAY, at
from tests.support.fake_desk import IDENTITY
from tests.support.fakes_records import HOUSEHOLD, an_id, entry

ALLOWED = (
    Move.APPROVE,
    Move.APPROVE_WITH_INSTRUCTION,
    Move.RETURN,
    Move.HOLD,
    Move.SEND_HIGHER,
    Move.CIRCULATE,
)


def row(name: str, **changes: Any) -> QueueRow:
    """A line of the queue; its hash is that of the entry of the same name."""
    values: dict[str, Any] = {
        "approval_id": an_id(f"approval-{name}"),
        "subject_kind": "entry",
        "subject_id": an_id(name),
        "household_id": HOUSEHOLD,
        "case_number": f"01-{name}",
        "head_name": "試験 太郎",
        "kind_label": "家庭訪問",
        "event_on": TODAY,
        "author": "試験 担当",
        "submitted_at": CLOCK.now() - timedelta(days=3),
        "age_days": 3,
        "state": ApprovalState.WAITING,
        "root_version": 1,
        "content_hash": f"hash-{name}",
        "position": Role.SUPERVISOR,
    }
    return QueueRow(**values | changes)


def entry_card(line: QueueRow) -> EntryCard:
    """The entry of a row."""
    submitted = entry(
        "x",
        entry_id=line.subject_id,
        state=EntryState.SUBMITTED,
        version=line.root_version,
        approved_version=None,
        content_hash=line.content_hash,
    )
    return EntryCard(
        entry=submitted,
        previous=None,
        recent=(entry("before", number=7),),
        checks=(Check(severity=2, sentence="訪問の記事が20字です。"),),
    )


def card_of(line: QueueRow, **changes: Any) -> ReviewCard:
    """The card of a row."""
    values: dict[str, Any] = {
        "row": line,
        "identity": IDENTITY,
        "subject": entry_card(line),
        "history": (MoveRow(move=Move.SUBMIT, by="試験 担当", at=at(TODAY), root_version=1),),
        "allowed": ALLOWED,
        "household_id": line.household_id,
    }
    return ReviewCard(**values | changes)


class FakeReviews:
    """`refusals` are raised by the next call of that name; `asked` remembers the cards asked for."""

    def __init__(self, *lines: QueueRow) -> None:
        self.lines = list(lines)
        self.decisions: list[Decision] = []
        self.listed: list[Decision] = []
        self.asked: list[UUID] = []
        self.refusals: dict[str, UserError] = {}
        self.refused_rows: tuple[tuple[UUID, str], ...] = ()
        self.previous: Entry | None = None
        self.subjects: dict[UUID, EntryCard | PolicyCard] = {}
        self.allowed: tuple[Move, ...] = ALLOWED

    def queue(self) -> tuple[QueueRow, ...]:
        return tuple(self.lines)

    def card(self, approval_id: UUID) -> ReviewCard:
        self.asked.append(approval_id)
        self._refuse("card")
        line = next(line for line in self.lines if line.approval_id == approval_id)
        subject = self.subjects.get(line.subject_id) or entry_card(line)
        if self.previous is not None and isinstance(subject, EntryCard):
            subject = replace(subject, previous=self.previous, checks=())
        return card_of(line, subject=subject, allowed=self.allowed)

    def decide(self, decision: Decision) -> ApprovalState:
        self._refuse("decide")
        self.decisions.append(decision)
        if decision.move not in {Move.HOLD, Move.CIRCULATE}:
            self._settle(decision.approval_id)
        return ApprovalState.APPROVED

    def approve_listed(self, decisions: Sequence[Decision]) -> tuple[tuple[UUID, str], ...]:
        self._refuse("approve_listed")
        self.listed.extend(decisions)
        refused = {approval_id for approval_id, _ in self.refused_rows}
        for decision in decisions:
            if decision.approval_id not in refused:
                self._settle(decision.approval_id)
        return self.refused_rows

    def _settle(self, approval_id: UUID) -> None:
        self.lines = [line for line in self.lines if line.approval_id != approval_id]

    def _refuse(self, name: str) -> None:
        if name in self.refusals:
            raise self.refusals.pop(name)

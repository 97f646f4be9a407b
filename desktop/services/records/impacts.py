"""The answer 方針への影響 that goes with a submission."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from desktop.domain.office import SignedInStaff
from desktop.domain.policy_events import Impact
from desktop.models.policy_impacts import PolicyImpact
from desktop.models.records import EntryRecord


def answer(
    session: Session, record: EntryRecord, impact: Impact, staff: SignedInStaff, at: datetime
) -> None:
    """Note what the entry's newest version means for the support policy. The newest answer for a version counts."""
    session.add(
        PolicyImpact(
            office_id=record.office_id,
            entry_id=record.id,
            version=record.version,
            household_id=record.household_id,
            answer=impact,
            answered_by=staff.staff_id,
            answered_at=at,
        )
    )

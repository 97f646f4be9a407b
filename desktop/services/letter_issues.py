"""Which letters about rows went out (発行): the day and the number of the first issue of each that is not void."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.issued_forms import LetterIssue
from desktop.domain.papers import number_label
from desktop.models.issued_forms import IssuedFormRecord, IssuedSubject


def letter_issues(session: Session, subject_ids: Collection[UUID]) -> Mapping[UUID, LetterIssue]:
    """Row → its first issue in force, whatever the form: a row has one letter."""
    f, s = IssuedFormRecord, IssuedSubject
    rows = session.execute(
        select(s.subject_id, f)
        .join(f, f.id == s.issued_id)
        .where(s.subject_id.in_(subject_ids), f.voided_at.is_(None))
        .order_by(f.issued_at.desc())
    )
    return {
        subject_id: LetterIssue(
            on=japan_day(issue.issued_at), label=number_label(issue.fiscal_year, issue.number)
        )
        for subject_id, issue in rows
    }

"""The office's questions to doctors (病状照会) in force on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
from desktop.domain.medical_opinions import DoctorQuestion
from desktop.services.masters import lookup


def doctor_questions(session: Session, office_id: UUID, on: date) -> tuple[DoctorQuestion, ...]:
    """The questions in the order of their codes."""
    rows = lookup.in_force(session, office_id, Master.DOCTOR_QUESTIONS, on)
    return tuple(
        DoctorQuestion(
            code=key,
            label=str(value.get("label") or ""),
            choices=tuple(filter(None, str(value.get("choices") or "").split("・"))),
        )
        for key, value in sorted(rows.items())
    )

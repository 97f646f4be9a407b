"""The office's choices about procedures (手続の選択肢), as they are in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
from desktop.domain.procedures import ChoiceEffect, ProcedureChoice, ProcedureKind
from desktop.services.masters.lookup import in_force


def procedure_choices(session: Session, office_id: UUID, on: date) -> dict[str, ProcedureChoice]:
    """Code → choice, in the order of the codes."""
    rows = in_force(session, office_id, Master.PROCEDURE_CHOICES, on)
    return {code: _choice(code, rows[code]) for code in sorted(rows)}


def _choice(code: str, value: Mapping[str, object]) -> ProcedureChoice:
    age = value.get("age")
    return ProcedureChoice(
        code=code,
        label=str(value.get("label") or ""),
        kind=ProcedureKind(str(value["procedure"])),
        effect=ChoiceEffect(str(value["effect"])),
        age=age if isinstance(age, int) and age else None,
    )

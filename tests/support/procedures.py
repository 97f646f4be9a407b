"""What tests about procedures share: an input of each kind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.procedures import ProcedureDates, ProcedureInput, ProcedureKind
from tests.support.factories import TODAY, days_ago

FIELDS = ("begun_on", "confirmed_on", "ended_on", "year", "yen", "choice")


def a_procedure(household_id: UUID, kind: ProcedureKind, /, **changes: Any) -> ProcedureInput:
    """A procedure that began thirty days ago; days, year, yen and choice are taken as its facts."""
    usual: dict[ProcedureKind, dict[str, Any]] = {
        ProcedureKind.TAX_SURVEY: {"year": TODAY.year},
        ProcedureKind.KEPT: {"choice": "c1"},
        ProcedureKind.KIN: {"who": "架空 次郎（弟）"},
        ProcedureKind.PENSION: {"choice": "p65"},
    }
    values = {"begun_on": days_ago(30)} | usual.get(kind, {}) | changes
    facts = {name: values.pop(name) for name in FIELDS if name in values}
    values.setdefault("procedure_id", new_id())
    return ProcedureInput(
        household_id=household_id, kind=kind, facts=ProcedureDates(**facts), **values
    )

"""What tests about estimates share: the shipped tables on a day, and applications."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from desktop.database.shipped import shipped_rows
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.domain.work_estimates import Band, Estimate, GrantRate, Parameter, WorkTables
from desktop.domain.work_estimates_aid import TravelAid
from desktop.domain.work_estimates_cases import (
    CaseInput,
    CaseOutcome,
    DecisionInput,
    EstimateInput,
)
from tests.support.factories import TODAY

A_TRIP = TravelAid(on=TODAY, fare=640, trips=3)


def shipped_tables(on: date) -> WorkTables:
    """The tables of a new office as they are in force on a day."""
    rows = {
        table: {row.key: row for row in shipped_rows(table) if row.valid_from <= on}
        for table in (Master.WORK_PARAMETERS, Master.WORK_DEDUCTIONS, Master.WORK_GRANT_RATES)
    }
    return WorkTables(
        on=on,
        parameters={
            key: Parameter(
                key=key,
                label=str(row.value["label"]),
                number=row.value["number"] if isinstance(row.value["number"], int) else None,
                word=str(row.value["word"]),
                unit=str(row.value["unit"]),
                valid_from=row.valid_from,
                source=row.source,
                confirmed=row.confirmed,
            )
            for key, row in rows[Master.WORK_PARAMETERS].items()
        },
        bands=tuple(_band(key, row) for key, row in rows[Master.WORK_DEDUCTIONS].items()),
        rates=tuple(
            GrantRate(
                from_month=int(key),
                percent=int(str(row.value["percent"])),
                valid_from=row.valid_from,
                source=row.source,
                confirmed=row.confirmed,
            )
            for key, row in rows[Master.WORK_GRANT_RATES].items()
        ),
    )


def _band(key: str, row: Any) -> Band:
    names = ("is_whole", "deduction", "step", "step_deduction")
    return Band(
        table=int(key[0]),
        lowest=int(key[2:]),
        valid_from=row.valid_from,
        source=row.source,
        confirmed=row.confirmed,
        **{name: row.value[name] for name in names},
    )


def entered(tables: WorkTables, key: str, since: date, **changes: Any) -> WorkTables:
    """The tables with one parameter entered from a day on, confirmed unless told otherwise."""
    known = tables.parameters.get(key) or Parameter(
        key=key, label=key, valid_from=since, source="", confirmed=True
    )
    values: dict[str, Any] = {"confirmed": True, "valid_from": since, **changes}
    return replace(tables, parameters={**tables.parameters, key: replace(known, **values)})


def an_application(
    household_id: UUID,
    person_id: UUID,
    shown: Estimate,
    given: EstimateInput = A_TRIP,
    **changes: Any,
) -> CaseInput:
    """An application of today with the estimate that was shown."""
    values: dict[str, Any] = {"case_id": new_id(), "asked_on": TODAY, **changes}
    return CaseInput(
        household_id=household_id, person_id=person_id, given=given, shown=shown, **values
    )


def a_decision(case: CaseInput, **changes: Any) -> DecisionInput:
    """What the benefit system granted today."""
    values: dict[str, Any] = {
        "decision_id": new_id(),
        "outcome": CaseOutcome.GRANTED,
        "decided_on": TODAY,
        "amount": 1920,
        **changes,
    }
    return DecisionInput(case_id=case.case_id, household_id=case.household_id, **values)

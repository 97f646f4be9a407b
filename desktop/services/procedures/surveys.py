"""Surveys of taxed income (課税調査) of a year. Facts only: no file is opened."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.procedure_surveys import TaxSurvey
from desktop.domain.procedures import ProcedureDates, ProcedureKind
from desktop.models.households import Household
from desktop.models.procedures import ProcedureRecord
from desktop.services.duty import own_households
from desktop.services.procedures.loading import counts


def surveys_of_year(session: Session, staff: SignedInStaff, year: int) -> tuple[TaxSurvey, ...]:
    """Receiving households of the own duty, and others that were surveyed; of several surveys of a household the newest."""
    p, h = ProcedureRecord, Household
    rows = session.scalars(
        select(p)
        .join(h, h.id == p.household_id)
        .where(own_households(staff), p.kind == ProcedureKind.TAX_SURVEY, p.year == year, counts())
        .order_by(p.begun_on, p.made_at, p.id)
    )
    known: dict[UUID, ProcedureRecord] = {row.household_id: row for row in rows}
    homes = session.execute(
        select(h.id, h.case_number, h.head_name, h.state)
        .where(own_households(staff))
        .order_by(h.case_number)
    )
    return tuple(
        TaxSurvey(
            household_id=household_id,
            case_number=case_number,
            head_name=head_name,
            survey_id=known[household_id].id if household_id in known else None,
            survey=_facts(known[household_id]) if household_id in known else None,
        )
        for household_id, case_number, head_name, state in homes
        if state is HouseholdState.RECEIVING or household_id in known
    )


def _facts(row: ProcedureRecord) -> ProcedureDates:
    return ProcedureDates(
        begun_on=row.begun_on,
        confirmed_on=row.confirmed_on,
        ended_on=row.ended_on,
        year=row.year,
        yen=row.yen,
        choice=row.choice,
    )

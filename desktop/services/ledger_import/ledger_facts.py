"""The facts a ledger brings, one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, func, insert, literal, select

from desktop.database.staging import CASES, ROWS, new_key
from desktop.domain.households import SafetyMarkKind
from desktop.models import ledger
from desktop.services.ledger_import.facts import Fact
from desktop.services.ledger_import.run_context import (
    CLOSED,
    RECEIVING,
    SAFETY_MARK,
    SUSPENDED,
    Run,
    heads,
    table_of,
)

STATES = table_of(ledger.HouseholdStatePeriod)
ADDRESSES = table_of(ledger.AddressPeriod)
DISTRICTS = table_of(ledger.DistrictPeriod)


def _state_from(today: date) -> ColumnElement[Any]:
    """The first day of a new household's present state. When a suspension began the file does not say."""
    return case(
        (ROWS.c.state == CLOSED, ROWS.c.changed_on),
        (ROWS.c.state == SUSPENDED, literal(today, Date())),
        else_=ROWS.c.started_on,
    )


STATE = Fact(
    what="保護状態",
    table=STATES,
    owner="household_id",
    values={"state": ROWS.c.state},
    wanted=ROWS.c.state.is_not(None),
    is_dated_by_file=True,
    first_from=_state_from,
)
_SHIELD = SAFETY_MARK.c.kind == SafetyMarkKind.SHIELDED
FACTS = (
    STATE,
    Fact(
        what="世帯類型",
        table=table_of(ledger.HouseholdTypePeriod),
        owner="household_id",
        values={"household_type": ROWS.c.household_type},
        wanted=ROWS.c.household_type.is_not(None),
    ),
    Fact(
        what="地区",
        table=DISTRICTS,
        owner="household_id",
        values={"district_id": CASES.c.district_id},
        wanted=ROWS.c.district_code.is_not(None),
    ),
    Fact(
        what="住所",
        table=ADDRESSES,
        owner="household_id",
        values={
            "address": ROWS.c.address,
            "postal_code": func.coalesce(
                ROWS.c.postal_code,
                select(func.max(ADDRESSES.c.postal_code))
                .where(
                    ADDRESSES.c.household_id == CASES.c.household_id,
                    ADDRESSES.c.valid_to.is_(None),
                    ADDRESSES.c.address == ROWS.c.address,
                )
                .correlate(CASES, ROWS)
                .scalar_subquery(),
                "",
            ),
        },
        wanted=ROWS.c.address.is_not(None),
    ),
    Fact(
        what="訪問格付",
        table=table_of(ledger.VisitGradePeriod),
        owner="household_id",
        values={"grade": ROWS.c.visit_grade},
        wanted=ROWS.c.visit_grade.is_not(None),
    ),
    Fact(
        what="支援措置",
        table=SAFETY_MARK,
        owner="household_id",
        values={"kind": literal(SafetyMarkKind.SHIELDED.value)},
        wanted=ROWS.c.is_shielded.is_(True),
        ended=ROWS.c.is_shielded.is_(False),
        only=_SHIELD,
    ),
    Fact(
        what="居所",
        table=table_of(ledger.ResidencePeriod),
        owner="person_id",
        values={"kind": ROWS.c.residence, "place": ROWS.c.residence_place},
        wanted=ROWS.c.residence != "",
        ended=ROWS.c.residence == "",
    ),
    Fact(
        what="就労先",
        table=table_of(ledger.WorkPeriod),
        owner="person_id",
        values={"employer": ROWS.c.employer},
        wanted=ROWS.c.employer != "",
        ended=ROWS.c.employer == "",
    ),
)


def add_earlier_states(run: Run) -> None:
    """New households that are closed or suspended received protection before, from the day it started."""
    begins = _state_from(run.today)
    ends = case(
        (ROWS.c.state == CLOSED, ROWS.c.changed_before), else_=literal(run.yesterday, Date())
    )
    found = (
        select(
            new_key(),
            literal(run.office_id),
            CASES.c.household_id,
            literal(RECEIVING),
            ROWS.c.started_on,
            ends,
        )
        .select_from(heads())
        .where(
            and_(CASES.c.is_new, ROWS.c.state.in_((CLOSED, SUSPENDED))),
            ROWS.c.started_on < begins,
        )
    )
    columns = ("id", "office_id", "household_id", "state", "valid_from", "valid_to")
    run.session.execute(insert(STATES).from_select(columns, found))

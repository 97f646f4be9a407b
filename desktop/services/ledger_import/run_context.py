"""What every statement of one run needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Table
from sqlalchemy.orm import Session

from desktop.database.staging import CASES, PERSONS, ROWS
from desktop.domain.households import HouseholdState
from desktop.models import households, ledger
from desktop.models.base import Base
from desktop.services.ledger_import.findings import Findings
from desktop.services.ledger_import.steps import Steps

CLOSED = HouseholdState.CLOSED.value
APPLYING = HouseholdState.APPLYING.value
RECEIVING = HouseholdState.RECEIVING.value
SUSPENDED = HouseholdState.SUSPENDED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One import: its transaction, its office, its day, and what it found."""

    session: Session
    office_id: UUID
    today: date
    findings: Findings
    steps: Steps

    @property
    def yesterday(self) -> date:
        """The last day of what changes today."""
        return self.today - timedelta(days=1)


def table_of(mapped: type[Base]) -> Table:
    """The table behind a mapped class."""
    return cast("Table", mapped.__table__)


HOUSEHOLD = table_of(households.Household)
PERSON = table_of(households.Person)
MEMBER = table_of(households.Member)
SAFETY_MARK = table_of(households.SafetyMark)
TAKE_OVER = table_of(ledger.TakeOver)


def heads() -> FromClause:
    """Each case with its head's row."""
    return CASES.join(ROWS, ROWS.c.line == CASES.c.line)


def described_persons() -> FromClause:
    """Each person with the row that describes him and the case of that row."""
    return PERSONS.join(ROWS, ROWS.c.line == PERSONS.c.line).join(
        CASES, CASES.c.case_number == ROWS.c.case_number
    )


def all_members() -> FromClause:
    """Each row with its case and its person."""
    return ROWS.join(CASES, CASES.c.case_number == ROWS.c.case_number).join(
        PERSONS, PERSONS.c.person_number == ROWS.c.person_number
    )


def differs(left: ColumnElement[Any], right: ColumnElement[Any]) -> ColumnElement[bool]:
    """Not the same, where NULL equals NULL."""
    return left.is_distinct_from(right)

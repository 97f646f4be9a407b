"""Declarations for tests: obviously made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.declarations import (
    DeclarationKind,
    Due,
    DutyInput,
    MissingInput,
    MissingReason,
    ReceiptInput,
)
from desktop.domain.ids import new_id
from tests.support.desk import Desk, SmallOffice

INCOME, ASSET = DeclarationKind.INCOME, DeclarationKind.ASSET


def due(office: SmallOffice, month: date, kind: DeclarationKind = INCOME) -> Due:
    """The head's declaration of a month."""
    return Due(household_id=office.household_id, person_id=office.person_id, kind=kind, month=month)


def a_duty(office: SmallOffice, since: date, **given: Any) -> DutyInput:
    """The head declares the income of every month."""
    made = DutyInput(
        duty_id=new_id(),
        household_id=office.household_id,
        person_id=office.person_id,
        kind=INCOME,
        cycle="income_monthly",
        valid_from=since,
        reason="求職中のため。本人に説明した。",
    )
    return replace(made, **given)


def a_receipt(office: SmallOffice, month: date, **given: Any) -> ReceiptInput:
    """The head brings the declaration of a month."""
    made = ReceiptInput(receipt_id=new_id(), paper_id=new_id(), due=due(office, month))
    return replace(made, **given)


def a_missing(office: SmallOffice, month: date, **given: Any) -> MissingInput:
    """The declaration of a month waits for the pay slip."""
    made = MissingInput(
        missing_id=new_id(),
        due=due(office, month),
        reason=MissingReason.WAITING_PAPERS,
        words="給与明細は10日に出る。",
    )
    return replace(made, **given)


def cells_of(desk: Desk, first: date, kind: DeclarationKind = INCOME) -> tuple[Any, ...]:
    """The cells, None where nothing is due, of the only household's row on the person's board."""
    districts = [d for owner in desk.declarations.owners() for d in owner.district_ids]
    board = desk.declarations.board(districts, first)
    (row,) = (row for row in board.rows if row.kind is kind)
    return row.cells

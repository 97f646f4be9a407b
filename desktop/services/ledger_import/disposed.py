"""Files that were disposed of (文書廃棄) do not come back by a file that still knows them as closed."""

from __future__ import annotations

from sqlalchemy import Select, delete, exists, func, select

from desktop.database.staging import OLD_RECORDS, ROWS
from desktop.domain.ledger_columns import LedgerColumn
from desktop.models.disposal import Tombstone
from desktop.models.ledger import HouseholdStatePeriod
from desktop.services.ledger_import.run_context import CLOSED, HOUSEHOLD, Run

_SENTENCE = "廃棄済みのケースです。取り込みません（ほかに{}件）。"


def drop_disposed(run: Run) -> None:
    """Take rows of closed cases out whose file is gone; a case that runs again goes on under its number."""
    is_gone = (ROWS.c.state == CLOSED) & ROWS.c.case_number.in_(_gone(run))
    line, cases = run.session.execute(
        select(func.min(ROWS.c.line), func.count(ROWS.c.case_number.distinct())).where(is_gone)
    ).one()
    if cases:
        run.findings.notice(line, LedgerColumn.CASE_NUMBER, _SENTENCE.format(cases - 1))
        run.session.execute(delete(ROWS).where(is_gone))


def drop_disposed_records(run: Run) -> None:
    """Take old records out whose file is gone."""
    run.session.execute(delete(OLD_RECORDS).where(OLD_RECORDS.c.case_number.in_(_gone(run))))


def _gone(run: Run) -> Select[str]:
    """Case numbers of files of which only the tombstone is left."""
    return select(HOUSEHOLD.c.case_number).where(
        HOUSEHOLD.c.office_id == run.office_id,
        exists().where(Tombstone.household_id == HOUSEHOLD.c.id),
        ~exists().where(HouseholdStatePeriod.household_id == HOUSEHOLD.c.id),
    )

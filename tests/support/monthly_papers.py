"""Monthly papers for tests: a decided group, work, receipts and reasons, all made up. The tests' day is 1 October 2024."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.ids import new_id
from desktop.domain.monthly_papers import (
    MonthlyDue,
    PaperGrid,
    PaperMissingInput,
    PaperReceiptInput,
)
from desktop.domain.support_groups import DecidedBy, SupportGroup
from desktop.models.ledger import WorkPeriod
from desktop.models.support_groups import SupportGroupDecision
from tests.support.assessments import Somebody, assessment
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import CLOCK

REPORT, SLIP, NOTICE, ACTIVITY = ("job_search_report", "pay_slip", "work_notice", "activity_report")
JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2024, month, 1) for month in (6, 7, 8, 9, 10))


def decide_group(
    office: SmallOffice,
    group: SupportGroup,
    since: date = date(2024, 4, 1),
    somebody: Somebody | None = None,
) -> None:
    """A group that was decided some months ago, as it stands in the database."""
    whose = somebody or office
    given = assessment(whose)
    office.desk(office.caseworker).assessments.save(given)
    with office.work() as session:
        session.add(
            SupportGroupDecision(
                id=new_id(),
                office_id=office.caseworker.office_id,
                household_id=whose.household_id,
                person_id=whose.person_id,
                assessment_id=given.assessment_id,
                group=group,
                how=DecidedBy.PROVISIONAL,
                effective_from=since,
                expires_on=date(2030, 3, 31),
                next_review_on=date(2024, 12, 1),
                decided_by=office.supervisor.staff_id,
                decided_at=CLOCK.now(),
            )
        )


def give_work(office: SmallOffice, since: date, until: date | None = None) -> None:
    """The head works, by the ledger."""
    with office.work() as session:
        session.add(
            WorkPeriod(
                office_id=office.caseworker.office_id,
                person_id=office.person_id,
                employer="架空食品",
                valid_from=since,
                valid_to=until,
            )
        )


def due(office: SmallOffice | Somebody, month: date = SEPTEMBER, paper: str = REPORT) -> MonthlyDue:
    """The head's paper about a month."""
    return MonthlyDue(
        household_id=office.household_id, person_id=office.person_id, paper=paper, month=month
    )


def a_receipt(office: SmallOffice, month: date = SEPTEMBER, **given: Any) -> PaperReceiptInput:
    """The head brings the report on the search for work."""
    made = PaperReceiptInput(receipt_id=new_id(), paper_id=new_id(), due=due(office, month))
    return replace(made, **given)


def a_missing(office: SmallOffice, month: date = SEPTEMBER, **given: Any) -> PaperMissingInput:
    """The report waits for the form."""
    made = PaperMissingInput(
        missing_id=new_id(), due=due(office, month), reason="no_form", words="用紙を渡した。"
    )
    return replace(made, **given)


def grid_of(desk: Desk, month: date = SEPTEMBER) -> PaperGrid:
    """The person's grid of a month."""
    districts = [d for owner in desk.monthly_papers.owners() for d in owner.district_ids]
    return desk.monthly_papers.grid(districts, month)


def cell_of(desk: Desk, month: date = SEPTEMBER, paper: str = REPORT) -> Any:
    """The cell of the only person who is asked; None where nothing is asked for."""
    grid = grid_of(desk, month)
    codes = [column.code for column in grid.columns]
    if not grid.rows or paper not in codes:
        return None
    (row,) = grid.rows
    return row.cells[codes.index(paper)]

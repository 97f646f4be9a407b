"""Issued forms for tests: obviously made up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from desktop.database.reading import ReadingDoor
from desktop.domain.clock import Clock
from desktop.domain.ids import new_id
from desktop.domain.issued_forms import (
    Drawn,
    IssuedForm,
    IssueRequest,
    IssueStamp,
    PrintedRun,
    Subject,
)
from desktop.domain.office import SignedInStaff
from desktop.services.printing import IssuedForms
from tests.support.assessments import Somebody
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import CLOCK
from tests.support.people import work_of


def issued_forms(office: SmallOffice, staff: SignedInStaff, clock: Clock = CLOCK) -> IssuedForms:
    """One person's use cases, over a connection of his own."""
    work = work_of(office.work, staff, clock)
    return IssuedForms(work, clock, staff, ReadingDoor(work, clock, staff))


def slip(office: SmallOffice, **changes: Any) -> IssueRequest:
    """An absence slip (K-10) for the office's household."""
    given: dict[str, Any] = {
        "issued_id": new_id(),
        "household_id": office.household_id,
        "form_code": "K-10",
        "edition": "第1版",
        "recipient": "架空 花子 様",
    }
    return IssueRequest(**{**given, **changes})


def of(*subjects: UUID, version: int | None = 1) -> tuple[Subject, ...]:
    """What a form is of."""
    return tuple(Subject(subject_id=subject, version=version) for subject in subjects)


def drawing(text: str = "見本") -> Callable[[IssueStamp], Drawn]:
    """Draws what no reader of PDF would take, with the number on it."""
    return lambda stamp: Drawn(data=f"%PDF-1.7\n{stamp.label} {text}".encode(), pages=1)


def issued(service: IssuedForms, request: IssueRequest) -> IssuedForm:
    """Issue a form and give what the register says of it."""
    service.issue(request, drawing())
    return service.bytes_of(request.issued_id).form


def issued_letter(office: SmallOffice, desk: Desk) -> PrintedRun:
    """A letter (L-01) to the office's person that was issued and is on paper now."""
    return issued_run(
        desk, slip(office, form_code="L-01", subjects=of(office.person_id, version=None))
    )


def issued_run(desk: Desk, request: IssueRequest) -> PrintedRun:
    """A form that was issued and is on paper now, on its way into the log."""
    service = IssuedForms(desk.work, CLOCK, desk.staff, desk.households.reading)
    made = service.issue(request, drawing())
    return PrintedRun(
        batch_id=new_id(),
        issued_ids=(made.issued_id,),
        mark=made.stamp.mark,
        pages=1,
        sha256=made.sha256,
    )


def issue_row(
    office: SmallOffice | Somebody, desk: Desk, form: str, row: UUID, clock: Clock = CLOCK
) -> IssueRequest:
    """Issue the letter about a row by the desk's person: it has a number of the register then."""
    request = IssueRequest(
        issued_id=new_id(),
        household_id=office.household_id,
        form_code=form,
        edition="第1版",
        subjects=of(row, version=None),
        recipient="架空　花子",
    )
    door = desk.households.reading
    IssuedForms(desk.work, clock, desk.staff, door).issue(request, drawing())
    return request

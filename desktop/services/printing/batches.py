"""The log of what went to paper: one row a print run, whatever was printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.clock import Clock
from desktop.domain.forms import FormMark
from desktop.domain.office import SignedInStaff
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile


def note_batch(
    session: Session,
    batch_id: UUID,
    mark: FormMark,
    *,
    staff: SignedInStaff,
    at: datetime,
    pages: int,
    sha256: str,
    form: str | None = None,
) -> bool:
    """Note a run, before what was printed in it; False where it was noted already and nothing is left to do.

    `form` is the code of a register of the office, which is about no single household.
    """
    if session.get(PrintBatch, batch_id) is not None:
        return False
    session.add(
        PrintBatch(
            id=batch_id,
            office_id=staff.office_id,
            printed_by=staff.staff_id,
            printed_at=at,
            mark=mark.name.lower(),
            pages=pages,
            sha256=sha256,
            form=form,
        )
    )
    session.flush()
    return True


def note_households(
    session: Session,
    staff: SignedInStaff,
    clock: Clock,
    batch_id: UUID,
    form: str,
    household_ids: Iterable[UUID],
    *,
    mark: FormMark = FormMark.PLAIN,
    pages: int,
    sha256: str,
) -> None:
    """Note a run of one form for every household that it names, once; one that names none is a register of the office."""
    named = sorted(set(household_ids))
    is_new = note_batch(
        *(session, batch_id, mark),
        staff=staff,
        at=clock.now(),
        pages=pages,
        sha256=sha256,
        form=None if named else form,
    )
    if is_new:
        session.add_all(
            PrintedFile(
                batch_id=batch_id, household_id=household_id, office_id=staff.office_id, form=form
            )
            for household_id in named
        )

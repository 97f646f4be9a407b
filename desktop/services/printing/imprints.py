"""What every form says of itself, from the office's settings and the person at the desk."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.domain.clock import Clock
from desktop.domain.imprint import FormMark, Imprint
from desktop.domain.office import SignedInStaff
from desktop.services.masters import lookup


def imprint_of(
    session: Session, staff: SignedInStaff, clock: Clock, mark: FormMark = FormMark.PLAIN
) -> Imprint:
    """The imprint of a print of this moment; the issue number comes when the form is issued."""
    return Imprint(
        office_name=staff.office_name,
        mark=mark,
        training=staff.is_training,
        printed_at=clock.now(),
        printed_by=staff.name,
        style=lookup.house_style(session, staff.office_id, clock.today()),
    )

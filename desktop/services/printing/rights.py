"""The 権限一覧表 (R-01): who holds which role and district since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.accounts import ASSIGNMENT_LABELS, PersonRow
from desktop.domain.clock import Clock
from desktop.domain.forms import FormMark
from desktop.domain.office import SignedInStaff
from desktop.domain.rights_forms import HeldRight, RightsList
from desktop.domain.roles import ROLE_LABELS, Permission
from desktop.services.accounts import listing
from desktop.services.imprints import imprint_of
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch

_ROLE, _DISTRICT = "職務", "担当地区"


@dataclass(frozen=True, slots=True)
class RightsPrinting:
    """The list for whoever decides about accounts. It tells of staff only, of no household."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.APPROVE_ACCOUNTS)
    def prepare(self) -> RightsList:
        """The list as it stands today."""
        today = self.clock.today()
        with self.work() as session:
            people = listing.people(session, self.staff.office_id, today)
            return RightsList(
                imprint=imprint_of(session, self.staff, self.clock),
                on=today,
                people=len(people),
                lines=tuple(line for person in people for line in _held(person)),
            )

    @needs(Permission.APPROVE_ACCOUNTS)
    def record(self, batch_id: UUID, *, pages: int, sha256: str) -> None:
        """Note that the list went to paper or into a file."""
        with self.work() as session:
            note_batch(
                session,
                batch_id,
                FormMark.PLAIN,
                staff=self.staff,
                at=self.clock.now(),
                pages=pages,
                sha256=sha256,
                form="R-01",
            )


def _held(person: PersonRow) -> Iterator[HeldRight]:
    held = [
        *((_ROLE, ROLE_LABELS[span.role], span.valid_from, span.valid_to) for span in person.roles),
        *(
            (
                _DISTRICT,
                f"{span.district}　{ASSIGNMENT_LABELS[span.kind]}",
                span.valid_from,
                span.valid_to,
            )
            for span in person.districts
        ),
    ]
    for kind, what, since, until in held or [("", "", person.active_from, person.active_to)]:
        yield HeldRight(
            name=person.name,
            login=person.login,
            is_active=person.is_active,
            kind=kind,
            held=what,
            since=since,
            until=until,
        )

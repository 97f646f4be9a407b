"""Printing of the 他法他施策点検表 (K-24): what is to be checked for whom, and the log of what went to paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.dates import age_on
from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import FormMark, OtherProgrammesForm
from desktop.domain.labels import RELATION
from desktop.domain.office import SignedInStaff
from desktop.domain.other_programmes import PersonToCheck, to_check
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.support_policies import Issue, IssueDomain
from desktop.models.households import Household, Member, Person
from desktop.models.support_policies import PrintedFile
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.periods import holds_on
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch
from desktop.services.support_policies.loading import in_force, load_policy

FORM_CODE = "K-24"


@dataclass(frozen=True, slots=True)
class OtherProgrammesPrinting:
    """Printing of the list for the signed-in person. The list proposes what to check and decides nothing."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_DRAFTS)
    def prepare(self, household_id: UUID) -> OtherProgrammesForm:
        """The list of a household as it stands today."""
        self.reading.open(Purpose.FILE, [household_id])
        today = self.clock.today()
        with self.work() as session:
            bar = identities(session, self.staff, [household_id], today, opened=True)[household_id]
            members = tuple(self._people(session, household_id, today))
            return OtherProgrammesForm(
                imprint=imprint_of(session, self.staff, self.clock),
                case_number=bar.case_number,
                head_name=bar.head_name,
                district_name=f"{bar.district_code} {bar.district_name}",
                checked_on=today,
                people=members,
                issues=self._issues(session, household_id),
                names={person.person_id: person.name for person in members},
            )

    @needs(Permission.PRINT_DRAFTS)
    def record(
        self,
        batch_id: UUID,
        household_ids: Sequence[UUID],
        mark: FormMark,
        *,
        pages: int,
        sha256: str,
    ) -> None:
        """Note a print run: who, when, whose list, the PDF's hash. Repeating it changes nothing."""
        with self.work() as session:
            if not note_batch(
                session,
                batch_id,
                mark,
                staff=self.staff,
                at=self.clock.now(),
                pages=pages,
                sha256=sha256,
            ):
                return
            for household_id in household_ids:
                household = session.get(Household, household_id)
                if household is None or household.office_id != self.staff.office_id:
                    raise NotPermittedError("この世帯は見つかりません。")
                session.add(
                    PrintedFile(
                        batch_id=batch_id,
                        household_id=household_id,
                        office_id=household.office_id,
                        form=FORM_CODE,
                    )
                )

    def _people(self, session: Session, household_id: UUID, today: date) -> Iterator[PersonToCheck]:
        """The members of the day, the head first, then the oldest."""
        programmes = lookup.other_programmes(session, self.staff.office_id, today)
        rows = session.execute(
            select(Person, Member.relation)
            .join(Member, Member.person_id == Person.id)
            .where(
                Member.household_id == household_id,
                holds_on(Member, today),
                Person.died_on.is_(None),
            )
            .order_by(Member.is_head.desc(), Person.birth_date, Person.id)
        )
        for person, relation in rows:
            age = None if person.birth_date is None else age_on(person.birth_date, today)
            yield PersonToCheck(
                person_id=person.id,
                name=person.name,
                relation=RELATION[relation],
                age=age,
                items=to_check(programmes, age),
            )

    def _issues(self, session: Session, household_id: UUID) -> tuple[Issue, ...]:
        policy_id = in_force(session, household_id)
        policy = None if policy_id is None else load_policy(session, self.staff, policy_id)
        issues = policy.goes_on if policy else ()
        return tuple(i for i in issues if i.domain is IssueDomain.OTHER_PROGRAMMES)

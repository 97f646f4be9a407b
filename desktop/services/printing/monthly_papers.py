"""Papers around monthly papers: cards that ask (S-33), forms for a person to fill in (S-18 to S-20, S-23, S-24), and their log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import declaring, issuing
from desktop.database import monthly_papers as door
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.declarations import DECLARATION_KIND, DeclarationKind, Due
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import PrintedRun
from desktop.domain.monthly_paper_forms import (
    CAME,
    MONTHLY_FORMS,
    NOT_YOURS,
    FormsAsked,
    FormWish,
    PersonForm,
    PersonFormKind,
    ReminderCard,
)
from desktop.domain.monthly_papers import INCOME_COLUMN, MonthlyDue
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.declarations import DeclarationReceipt
from desktop.models.households import Household, Member, Person
from desktop.models.monthly_papers import MonthlyPaperReceipt
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.masters.lookup_monthly import monthly_number, monthly_papers
from desktop.services.monthly_papers.service import office_tables
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch
from desktop.services.printing.declarations import addresses_of, names_of


@dataclass(frozen=True, slots=True)
class MonthlyPaperPrinting:
    """Printing for the signed-in person. Cards and forms hold facts: no file is opened."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.PRINT_DRAFTS)
    def prepare_cards(self, wanted: Sequence[Sequence[MonthlyDue]]) -> tuple[ReminderCard, ...]:
        """A card for each group of one person's papers. Raises ConflictError where one has come meanwhile."""
        groups = [group for group in wanted if group]
        with self.work() as session:
            if _any_came(session, [due for group in groups for due in group]):
                raise ConflictError(CAME)
            households = self._households(session, {g[0].household_id for g in groups})
            return self._cards(session, groups, households)

    @needs(Permission.PRINT_DRAFTS)
    def record_cards(self, run: PrintedRun, dues: Sequence[MonthlyDue]) -> None:
        """Note a run of issued cards and, for each paper, that it was asked for. Repeating it changes nothing."""
        now = self.clock.now()
        with self.work() as session:
            if session.get(PrintBatch, run.batch_id) is not None:
                return
            tables = office_tables(session, self.staff.office_id, self.clock.today())
            issuing.note_printed(session, self.staff, run, now)
            for due in dues:
                if due.paper == INCOME_COLUMN:
                    declaring.note_reminder(session, self.staff, run.batch_id, _declared(due), now)
                else:
                    door.note_reminder(session, self.staff, run.batch_id, due, tables, now)

    @needs(Permission.PRINT_DRAFTS)
    def prepare_forms(self, asked: FormsAsked) -> tuple[PersonForm, ...]:
        """The form for each person, or one blank form."""
        with self.work() as session:
            imprint = imprint_of(session, self.staff, self.clock)
            month = asked.month if asked.kind in MONTHLY_FORMS else None
            if not asked.people:
                return (
                    PersonForm(
                        imprint=imprint,
                        case_number="",
                        name="",
                        birth_date=None,
                        address="",
                        caseworker="",
                    ),
                )
            households = self._households(session, {each.household_id for each in asked.people})
            known = _Known.read(session, households, asked.people, self.clock.today())
            return tuple(
                PersonForm(
                    imprint=imprint,
                    household_id=wish.household_id,
                    case_number=households[wish.household_id].case_number,
                    name=known.names.get(wish.person_id, ""),
                    birth_date=known.births.get(wish.person_id),
                    address=known.addresses.get(wish.household_id, ("", ""))[1],
                    caseworker=known.caseworker(households[wish.household_id]),
                    month=month,
                    is_short=wish.is_short,
                    members=known.members[wish.household_id],
                )
                for wish in asked.people
            )

    @needs(Permission.PRINT_DRAFTS)
    def record_forms(
        self,
        batch_id: UUID,
        kind: PersonFormKind,
        household_ids: Collection[UUID],
        *,
        pages: int,
        sha256: str,
    ) -> None:
        """Note that forms went to paper, for each household. A retry notes once."""
        with self.work() as session:
            is_new = note_batch(
                session,
                batch_id,
                FormMark.PLAIN,
                staff=self.staff,
                at=self.clock.now(),
                pages=pages,
                sha256=sha256,
            )
            if is_new:
                session.add_all(
                    PrintedFile(
                        batch_id=batch_id,
                        household_id=household_id,
                        office_id=self.staff.office_id,
                        form=kind.value,
                    )
                    for household_id in sorted(set(household_ids))
                )

    def _households(self, session: Session, ids: Collection[UUID]) -> dict[UUID, Household]:
        found = {
            h.id: h
            for h in session.scalars(
                select(Household).where(
                    Household.id.in_(ids), Household.office_id == self.staff.office_id
                )
            )
            if self.staff.has_duty_for(h.id, h.district_id)
        }
        if len(found) < len(set(ids)):
            raise NotPermittedError(NOT_YOURS)
        return found

    def _cards(
        self,
        session: Session,
        groups: Sequence[Sequence[MonthlyDue]],
        households: Mapping[UUID, Household],
    ) -> tuple[ReminderCard, ...]:
        office_id, today = self.staff.office_id, self.clock.today()
        addresses = addresses_of(session, households, today)
        names = names_of(session, {group[0].person_id for group in groups})
        main = main_caseworkers(session, today, {h.district_id for h in households.values()})
        contact, phone, hours = lookup.letter_contact(session, office_id, today)
        days = monthly_number(session, office_id, today, "answer_days")
        asked_for = lookup.business_calendar(session, office_id, today).next_open(
            today + timedelta(days=days)
        )
        labels, due_days = _papers(session, office_id, today)
        cards = []
        for group in groups:
            household = households[group[0].household_id]
            postal_code, address = addresses.get(household.id, ("", ""))
            last = max((due_days(due) for due in group), default=today)
            cards.append(
                ReminderCard(
                    imprint=imprint_of(session, self.staff, self.clock),
                    postal_code=postal_code,
                    address=address,
                    name=names.get(group[0].person_id, ""),
                    papers=tuple((labels(due), due.month) for due in group),
                    answer_by=last if last >= today else asked_for,
                    is_late=any(due_days(due) < today for due in group),
                    contact=contact,
                    caseworker=main.get(household.district_id, ("", None))[0],
                    phone=phone,
                    hours=hours,
                    dues=tuple(group),
                )
            )
        return tuple(cards)

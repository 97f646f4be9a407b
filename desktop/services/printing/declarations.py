"""Papers of declarations: letters that ask for them (申告のお願い), the register K-21, and the log of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import declaring, issuing
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock, japan_day
from desktop.domain.declaration_forms import FollowUpLine, FollowUpTable, ReminderLetter
from desktop.domain.declarations import MISSING_REASON, BoardOwner, BoardRow, Cell, Due, months_from
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import PrintedRun
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import PaperState
from desktop.domain.roles import Permission
from desktop.models.declarations import DeclarationReceipt
from desktop.models.households import Household, Person
from desktop.models.ledger import AddressPeriod
from desktop.models.papers import PaperStepRecord
from desktop.models.records import PrintBatch
from desktop.services.declarations import loading
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch

_CAME = "選んだ申告の中に、すでに受領したものがあります。表を読み直して、もう一度選んでください。"
_NOT_YOURS = "選んだ世帯の中に、担当する世帯ではないものがあります。"
#: When a paper reached a state.
_Steps = Mapping[UUID, Mapping[PaperState, date]]


@dataclass(frozen=True, slots=True)
class DeclarationPrinting:
    """Printing for the signed-in person. Letters and register hold facts: no file is opened."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.PRINT_DRAFTS)
    def prepare_letters(self, wanted: Sequence[Sequence[Due]]) -> tuple[ReminderLetter, ...]:
        """A letter for each group of one person's declarations. Raises ConflictError where one has come meanwhile."""
        with self.work() as session:
            if _any_received(session, [due for group in wanted for due in group]):
                raise ConflictError(_CAME)
            households = self._households(session, {g[0].household_id for g in wanted if g})
            return self._letters(session, wanted, households)

    @needs(Permission.PRINT_DRAFTS)
    def record_letters(self, run: PrintedRun, dues: Sequence[Due]) -> None:
        """Note a run of issued letters and, for each declaration, that it was asked for. Repeating it changes nothing."""
        now = self.clock.now()
        with self.work() as session:
            if session.get(PrintBatch, run.batch_id) is not None:
                return
            issuing.note_printed(session, self.staff, run, now)
            for due in dues:
                declaring.note_reminder(session, self.staff, run.batch_id, due, now)

    @needs(Permission.PRINT_DRAFTS)
    def prepare_table(self, owner: BoardOwner, month: date) -> FollowUpTable:
        """The K-21 of a caseworker's districts for a month."""
        today = self.clock.today()
        with self.work() as session:
            cycles = lookup.declaration_cycles(session, self.staff.office_id, today)
            rows = loading.board(
                session, self.staff, owner.district_ids, months_from(month, 1), cycles, today
            ).rows
            found = [(row, cell) for row in rows for cell in row.cells if cell is not None]
            steps = _steps(session, [c.receipt.paper_id for _, c in found if c.receipt])
            imprint = imprint_of(session, self.staff, self.clock)
        return FollowUpTable(
            imprint=imprint,
            caseworker=owner.name,
            month=month,
            lines=tuple(_line(row, cell, steps) for row, cell in found),
        )

    @needs(Permission.PRINT_DRAFTS)
    def record_table(self, batch_id: UUID, *, pages: int, sha256: str) -> None:
        """Note that a register went to paper."""
        with self.work() as session:
            note_batch(
                session,
                batch_id,
                FormMark.PLAIN,
                staff=self.staff,
                at=self.clock.now(),
                pages=pages,
                sha256=sha256,
                form="K-21",
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
            raise NotPermittedError(_NOT_YOURS)
        return found

    def _letters(
        self,
        session: Session,
        wanted: Sequence[Sequence[Due]],
        households: Mapping[UUID, Household],
    ) -> tuple[ReminderLetter, ...]:
        today = self.clock.today()
        addresses = addresses_of(session, households, today)
        names = names_of(session, {g[0].person_id for g in wanted if g})
        main = main_caseworkers(session, today, {h.district_id for h in households.values()})
        imprint = imprint_of(session, self.staff, self.clock)
        contact, phone, hours = lookup.letter_contact(session, self.staff.office_id, today)
        days = lookup.thresholds(session, self.staff.office_id, today).declaration_letter_days
        calendar = lookup.business_calendar(session, self.staff.office_id, today)
        answer_by = calendar.next_open(today + timedelta(days=days))
        letters = []
        for group in filter(None, wanted):
            household = households[group[0].household_id]
            postal_code, address = addresses.get(household.id, ("", ""))
            letters.append(
                ReminderLetter(
                    imprint=imprint,
                    case_number=household.case_number,
                    postal_code=postal_code,
                    address=address,
                    name=names.get(group[0].person_id, ""),
                    wanted=tuple((due.kind, due.month) for due in group),
                    written_on=today,
                    answer_by=answer_by,
                    contact=contact,
                    caseworker=main.get(household.district_id, ("", None))[0],
                    phone=phone,
                    hours=hours,
                    dues=tuple(group),
                )
            )
        return tuple(letters)


def _any_received(session: Session, dues: Sequence[Due]) -> bool:
    r = DeclarationReceipt
    rows = session.execute(
        select(r.household_id, r.person_id, r.kind, r.month).where(
            r.household_id.in_({due.household_id for due in dues}), r.struck_at.is_(None)
        )
    )
    came = {tuple(row) for row in rows}
    return any((d.household_id, d.person_id, d.kind, d.month) in came for d in dues)


def addresses_of(
    session: Session, household_ids: Iterable[UUID], today: date
) -> dict[UUID, tuple[str, str]]:
    """Household → postal code and address of today."""
    a = AddressPeriod
    rows = session.execute(
        select(a.household_id, a.postal_code, a.address)
        .where(a.household_id.in_(list(household_ids)), holds_on(a, today))
        .order_by(a.valid_from)
    )
    return {household_id: (code, address) for household_id, code, address in rows}


def names_of(session: Session, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Person → name."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {person_id: name for person_id, name in rows}  # noqa: C416 - rows are not pairs to the type checker


def _steps(session: Session, paper_ids: Sequence[UUID]) -> dict[UUID, dict[PaperState, date]]:
    s = PaperStepRecord
    rows = session.execute(
        select(s.paper_id, s.state, s.at).where(
            s.paper_id.in_(paper_ids), s.state != PaperState.RECEIVED
        )
    )
    found: dict[UUID, dict[PaperState, date]] = defaultdict(dict)
    for paper_id, state, at in rows:
        found[paper_id][state] = japan_day(at)
    return found


def _line(row: BoardRow, cell: Cell, steps: _Steps) -> FollowUpLine:
    reached = steps.get(cell.receipt.paper_id, {}) if cell.receipt else {}
    drafted = reached.get(PaperState.DRAFTED)
    settled = PaperState.SETTLED in reached
    return FollowUpLine(
        case_number=row.case_number,
        person=row.person,
        kind=row.kind,
        cycle_label=row.cycle_label,
        month=cell.month,
        due_on=cell.due_on,
        received_on=cell.receipt.received_on if cell.receipt else None,
        paper_label=cell.receipt.label if cell.receipt else "",
        reminded_on=cell.reminded_on,
        checked_on=reached.get(PaperState.CHECKED),
        needs_change=True if drafted else (False if settled else None),
        drafted_on=drafted,
        reason=MISSING_REASON[cell.missing.reason] if cell.missing and not cell.receipt else "",
    )

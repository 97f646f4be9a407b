"""Use cases of received papers (受領書類)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from desktop.database import paper_linking, papering
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff, StaffRow
from desktop.domain.paper_links import PaperOfEntry
from desktop.domain.papers import (
    NO_MOVE,
    NO_PAPER,
    PaperInFile,
    PaperInput,
    PaperKind,
    PaperLine,
    PaperPerson,
    PaperPool,
    PaperState,
    ReceivedPaper,
    next_state,
)
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.households import Household, Member, Person
from desktop.models.papers import PaperRecord
from desktop.services.masters import lookup
from desktop.services.office import people_with
from desktop.services.papers import linking, loading
from desktop.services.periods import holds_on
from desktop.services.permission import needs

#: So many lines of the pool are loaded; whoever has more begins with the oldest.
MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class PaperService:
    """The signed-in person's work on received papers. Taking one in opens no file."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.RECEIVE_PAPERS)
    def kinds(self) -> tuple[PaperKind, ...]:
        """The kinds of paper in force, in the office's order."""
        with self.work() as session:
            labels = lookup.labels(
                session, self.staff.office_id, Master.PAPER_KINDS, self.clock.today()
            )
        return tuple(PaperKind(code=code, label=label) for code, label in labels.items())

    @needs(Permission.RECEIVE_PAPERS)
    def people(self, household_id: UUID) -> tuple[PaperPerson, ...]:
        """The household's members today, the head first; none where the household is not the person's duty."""
        with self.work() as session:
            household = session.get(Household, household_id)
            if household is None or not self.staff.has_duty_for(
                household_id, household.district_id
            ):
                return ()
            found = session.execute(
                select(Person.id, Person.name)
                .join(Member, Member.person_id == Person.id)
                .where(Member.household_id == household_id, holds_on(Member, self.clock.today()))
                .order_by(Member.is_head.desc(), Person.birth_date, Person.id)
            )
            return tuple(PaperPerson(person_id=i, name=name) for i, name in found)

    @needs(Permission.RECEIVE_PAPERS)
    def receive(self, given: PaperInput) -> ReceivedPaper:
        """Take a paper in for any household of the office and return its number; a retry gives the same.

        Raises ValidationError per field, NotPermittedError for a household of another office.
        """
        with self.work() as session:
            known = lookup.labels(
                session, self.staff.office_id, Master.PAPER_KINDS, self.clock.today()
            )
            papering.receive(
                session,
                self.staff,
                given,
                self.clock.now(),
                is_known_kind=given.kind in known,
            )
            paper = session.get_one(PaperRecord, given.paper_id)
            return ReceivedPaper(
                paper_id=paper.id, fiscal_year=paper.fiscal_year, number=paper.number
            )

    @needs(Permission.RECEIVE_PAPERS)
    def step(self, paper_id: UUID, shown: PaperState) -> PaperState:
        """Move a paper on to the next state. ConflictError where somebody moved it on from the one shown."""
        to = next_state(shown)
        if to is None:
            raise NotPermittedError(NO_MOVE)
        return self._move(paper_id, shown, to, "")

    @needs(Permission.RECEIVE_PAPERS)
    def settle(self, paper_id: UUID, shown: PaperState, reason: str) -> PaperState:
        """Settle a paper at once, with the reason why nothing is to be decided."""
        return self._move(paper_id, shown, PaperState.SETTLED, reason)

    @needs(Permission.RECEIVE_PAPERS)
    def hand_over(self, paper_id: UUID, shown_owner: UUID | None, to: UUID | None = None) -> None:
        """Give a paper to a colleague, or take it oneself (担当替え). ConflictError where another was faster."""
        with self.work() as session:
            papering.hand_over(
                session,
                self.staff,
                paper_id,
                shown_owner,
                to or self.staff.staff_id,
                self.clock.now(),
            )

    @needs(Permission.RECEIVE_PAPERS)
    def pool(self) -> PaperPool:
        """What is not settled: of the own team or the office, and what the person took in or owns; oldest first."""
        with self.work() as session:
            return loading.pool(session, self.staff, self.clock.today(), MOST_LINES)

    @needs(Permission.RECEIVE_PAPERS)
    def find(self, year: int, number: int) -> PaperLine | None:
        """The paper of a number that was scanned or typed, settled or not; None where it is not before the person."""
        with self.work() as session:
            return loading.numbered(session, self.staff, year, number, self.clock.today())

    @needs(Permission.RECEIVE_PAPERS)
    def handlers(self) -> tuple[StaffRow, ...]:
        """Who handles papers today: to whom one may be handed over, by kana."""
        with self.work() as session:
            return people_with(
                session, self.staff.office_id, Permission.RECEIVE_PAPERS, self.clock.today()
            )

    @needs(Permission.RECEIVE_PAPERS)
    def draft(self, paper_id: UUID) -> date:
        """Give the paper's owner the to-do to start the decision draft (保護変更の起案), and say until when.

        ConflictError where there is one already or the draft was made, ValidationError where nobody owns the paper.
        """
        today = self.clock.today()
        with self.work() as session:
            limits = lookup.thresholds(session, self.staff.office_id, today)
            kinds = lookup.labels(session, self.staff.office_id, Master.PAPER_KINDS, today)
            paper = session.get(PaperRecord, paper_id)
            if paper is None:
                raise NotPermittedError(NO_PAPER)
            due_on = today + timedelta(days=limits.paper_draft_days)
            paper_linking.draft(
                session,
                self.staff,
                paper_id,
                (new_id(), new_id()),
                due_on,
                self.clock.now(),
                kind_label=kinds.get(paper.kind, paper.kind),
            )
        return due_on

    @needs(Permission.RECEIVE_PAPERS)
    def link_entry(self, entry_id: UUID, paper_ids: Sequence[UUID]) -> None:
        """Name papers in an entry of their household; those that it names already stay as they are."""
        with self.work() as session:
            for paper_id in paper_ids:
                paper_linking.link_entry(
                    session, self.staff, new_id(), paper_id, entry_id, self.clock.now()
                )

    @needs(Permission.RECEIVE_PAPERS)
    def strike(self, link_id: UUID, reason: str) -> None:
        """Strike a wrong link with the reason; it stays to be read."""
        with self.work() as session:
            paper_linking.strike(session, self.staff, link_id, reason, self.clock.now())

    @needs(Permission.OPEN_CASE_FILES)
    def of_entries(self, household_id: UUID) -> Mapping[UUID, tuple[PaperOfEntry, ...]]:
        """Entry → the papers that it names."""
        with self.work() as session:
            return linking.of_entries(session, self.staff, household_id, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def unsettled(self, household_id: UUID) -> tuple[PaperOfEntry, ...]:
        """The household's papers that are not settled: those that a record written now may name."""
        with self.work() as session:
            return linking.unsettled(session, self.staff, household_id, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> tuple[PaperInFile, ...]:
        """Every paper of a file with its words and its way, newest first."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return loading.of_household(session, self.staff, household_id, self.clock.today())

    def _move(self, paper_id: UUID, shown: PaperState, to: PaperState, reason: str) -> PaperState:
        with self.work() as session:
            papering.step(
                session,
                self.staff,
                paper_id,
                shown=shown,
                to=to,
                reason=reason,
                at=self.clock.now(),
            )
        return to

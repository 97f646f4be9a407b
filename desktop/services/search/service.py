"""Use cases of the search: a search is a ticket of its own, committed before anything is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import searching
from desktop.database.searching import Found
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ValidationError
from desktop.domain.kana import fold_digits
from desktop.domain.office import SignedInStaff
from desktop.domain.records import EntryState
from desktop.domain.roles import Permission
from desktop.domain.search import (
    PAGE,
    SearchAsked,
    SearchChoices,
    SearchHit,
    SearchPage,
    SearchPlace,
)
from desktop.domain.search_text import Term, fold_text, marked, read_query, says
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.records import EntryRecord, LegacyAuthor
from desktop.services.masters import lookup
from desktop.services.permission import needs

_NO_HOUSEHOLD = "このケース番号の世帯はありません。"
_TURNED = "「いつから」は「いつまで」より前の日にしてください。"


@dataclass(frozen=True, slots=True)
class SearchService:
    """The signed-in person's search in the entries of the files that the person looks after or has opened."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.OPEN_CASE_FILES)
    def choices(self) -> SearchChoices:
        """What a search can be narrowed by."""
        office_id = self.staff.office_id
        with self.work() as session:
            kinds = lookup.entry_kinds(session, office_id, self.clock.today())
            authors = session.execute(
                select(Staff.id, Staff.name)
                .where(Staff.office_id == office_id)
                .order_by(Staff.login)
            )
            return SearchChoices(
                kinds=tuple((code, kind.label) for code, kind in kinds.items()),
                authors=tuple((row.id, row.name) for row in authors),
            )

    @needs(Permission.OPEN_CASE_FILES)
    def find(self, asked: SearchAsked) -> SearchPage:
        """A page of entries, newest first. What is looked for is noted first; a further page goes on with the same ticket.

        Raises ValidationError for `words`, `case_number` and `last`, NotPermittedError when the ticket no longer holds.
        """
        terms = read_query(asked.words)
        if asked.first and asked.last and asked.first > asked.last:
            raise ValidationError(last=_TURNED)
        with self.work() as session:
            household_id = self._household(session, asked.case_number)
        ticket_id = asked.after.ticket_id if asked.after else self._ask(terms)
        with self.work() as session:
            now = self.clock.now()
            found = searching.find(session, self.staff, ticket_id, asked, household_id, now)
            hits = self._hits(session, found[:PAGE], terms)
        return SearchPage(
            hits=hits,
            total=found[0].total if found else 0,
            next=_place(ticket_id, hits[-1]) if len(found) > PAGE and hits else None,
        )

    def _ask(self, terms: tuple[Term, ...]) -> UUID:
        with self.work() as session:
            return searching.ask(session, self.staff, terms, self.clock.now())

    def _household(self, session: Session, case_number: str) -> UUID | None:
        number = fold_digits(case_number)
        if not number:
            return None
        h = Household
        found = session.scalar(
            select(h.id).where(h.office_id == self.staff.office_id, h.case_number == number)
        )
        if found is None:
            raise ValidationError(case_number=_NO_HOUSEHOLD)
        return found

    def _hits(
        self, session: Session, found: Sequence[Found], terms: tuple[Term, ...]
    ) -> tuple[SearchHit, ...]:
        e, h = EntryRecord, Household
        kinds = lookup.entry_kinds(session, self.staff.office_id, self.clock.today())
        rows = {
            row.id: row
            for row in session.execute(
                select(e.id, e.household_id, e.event_on, e.kind, e.is_annulled, e.state)
                .add_columns(e.approved_version, h.case_number, h.head_name)
                .add_columns(Staff.name.label("author"), LegacyAuthor.name.label("former"))
                .join(h, h.id == e.household_id)
                .outerjoin(Staff, Staff.id == e.author_id)
                .outerjoin(LegacyAuthor, LegacyAuthor.entry_id == e.id)
                .where(e.id.in_([each.entry_id for each in found]))
            )
        }
        return tuple(
            SearchHit(
                entry_id=row.id,
                household_id=row.household_id,
                case_number=row.case_number,
                head_name=row.head_name,
                event_on=row.event_on,
                kind_label=kinds[row.kind].label if row.kind in kinds else row.kind,
                author=row.author or row.former or "",
                is_annulled=row.is_annulled,
                is_draft=row.state is EntryState.DRAFT and row.approved_version is None,
                snippet=_snippet(each.words, terms),
            )
            for each in found
            if (row := rows.get(each.entry_id)) is not None
        )


def _place(ticket_id: UUID, last: SearchHit) -> SearchPlace:
    return SearchPlace(ticket_id=ticket_id, event_on=last.event_on, entry_id=last.entry_id)


def _snippet(words: Sequence[str], terms: tuple[Term, ...]) -> tuple[tuple[str, bool], ...]:
    """The first of the entry's texts that says a word of the query, around that word."""
    wanted = [term for term in terms if not term.is_excluded]
    hit = next((text for text in words if any(says(fold_text(text), (t,)) for t in wanted)), "")
    return marked(hit, terms)

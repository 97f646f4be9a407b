"""Use cases of the search: a search is a ticket of its own, committed before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import searching
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ValidationError
from desktop.domain.kana import fold_digits
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.search import (
    PAGE,
    SearchAsked,
    SearchChoices,
    SearchHit,
    SearchPage,
    SearchPlace,
)
from desktop.domain.search_text import read_query, widened, with_eras
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.search.hits import hits_of
from desktop.services.search.synonyms import synonyms, told_also

_NO_HOUSEHOLD = "このケース番号の世帯はありません。"
_TURNED = "「いつから」は「いつまで」より前の日にしてください。"


@dataclass(frozen=True, slots=True)
class SearchService:
    """The signed-in person's search in the files that the person looks after or has opened."""

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
    def find(self, asked: SearchAsked, *, saved_id: UUID | None = None) -> SearchPage:
        """A page of what says it, newest first. What is looked for is noted first; a further page goes on with the same ticket.

        `saved_id`: the saved search that is run; its purpose is noted as well. Raises ValidationError for `words`, `case_number`
        and `last`, NotPermittedError when the ticket no longer holds.
        """
        terms = read_query(asked.words)
        if asked.first and asked.last and asked.first > asked.last:
            raise ValidationError(last=_TURNED)
        with self.work() as session:
            household_id = self._household(session, asked.case_number)
            groups = synonyms(session, self.staff.office_id, self.clock.today())
            if asked.is_widened:
                terms = with_eras(widened(terms, groups), self.clock.today().year)
            now = self.clock.now()
            ticket_id = (
                asked.after.ticket_id
                if asked.after
                else searching.ask(session, self.staff, terms, now, saved_id)
            )
        with self.work() as session:
            found = searching.find(session, self.staff, ticket_id, asked, household_id, now)
            hits = hits_of(session, self.staff.office_id, found[:PAGE], terms, self.clock.today())
        return SearchPage(
            hits=hits,
            total=found[0].total if found else 0,
            next=_place(ticket_id, hits[-1]) if len(found) > PAGE and hits else None,
            also=told_also(terms, groups),
        )

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


def _place(ticket_id: UUID, last: SearchHit) -> SearchPlace:
    return SearchPlace(ticket_id=ticket_id, event_on=last.event_on, row_id=last.row_id)

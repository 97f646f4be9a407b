"""Use cases of saved searches (保存した検索): a question is kept with its purpose and a last day, and asked anew each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import saved_searches
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.dates import months_later
from desktop.domain.era import format_date
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.kana import fold_digits
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.saved_searches import (
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_PURPOSE,
    MOST_MONTHS,
    SavedExtension,
    SavedSearch,
    SavedSearchInput,
    SavedShelf,
    days_left,
)
from desktop.domain.search import SearchAsked, SearchPage
from desktop.domain.search_text import read_query
from desktop.domain.thresholds import Thresholds
from desktop.models.saved_searches import SavedSearchRow
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.search.service import SearchService

_GONE = "この保存した検索は見つかりません。"
_TURNED = "「いつから」は「いつまで」より前の日にしてください。"
_NO_PURPOSE = "何のために探すのかを入力してください。"


@dataclass(frozen=True, slots=True)
class SavedSearchService:
    """The signed-in person's saved searches. What is found is never kept: `search` finds it each time by a ticket of its own."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    search: SearchService

    @needs(Permission.OPEN_CASE_FILES)
    def shelf(self) -> SavedShelf:
        """The own ones that were not ended, by name, those that are over among them."""
        r, today = SavedSearchRow, self.clock.today()
        with self.work() as session:
            days = self._limits(session).saved_search_empty_days
            saved_searches.empty_old(session, self.staff, days, self.clock.now())
            rows = session.scalars(
                select(r)
                .where(r.staff_id == self.staff.staff_id, r.ended_at.is_(None))
                .order_by(r.name, r.id)
            )
            found = tuple(_told(row, today, days) for row in rows)
            return SavedShelf(searches=found, latest=self._latest(session))

    @needs(Permission.OPEN_CASE_FILES)
    def keep(self, given: SavedSearchInput) -> UUID:
        """Keep a search; a retry stores once. Raises ValidationError per field."""
        asked = given.asked
        read_query(asked.words)
        errors = {"name": _name_error(given.name), "purpose": _purpose_error(given.purpose)}
        if asked.first and asked.last and asked.first > asked.last:
            errors["last"] = _TURNED
        with self.work() as session:
            last = self._last_day(session, given.valid_until, errors)
            if session.get(SavedSearchRow, given.search_id) is None:
                session.add(self._new(given, last))
        return given.search_id

    @needs(Permission.OPEN_CASE_FILES)
    def extend(self, given: SavedExtension) -> None:
        """Let a search live longer, for a purpose that is written again. Raises ValidationError per field."""
        errors = {"purpose": _purpose_error(given.purpose)}
        with self.work() as session:
            row = self._own(session, given.search_id)
            row.valid_until = self._last_day(session, given.valid_until, errors)
            row.purpose = given.purpose.strip()

    @needs(Permission.OPEN_CASE_FILES)
    def end(self, search_id: UUID) -> None:
        """Use a search no more; its words are emptied, for they may name somebody."""
        with self.work() as session:
            row = self._own(session, search_id)
            row.name = row.words = row.case_number = ""
            row.ended_at = self.clock.now()

    @needs(Permission.OPEN_CASE_FILES)
    def run(self, search_id: UUID) -> SearchPage:
        """What says it now, by an ordinary search whose ticket says the purpose. Raises NotPermittedError after its last day."""
        with self.work() as session:
            asked = _asked(self._own(session, search_id))
        return self.search.find(asked, saved_id=search_id)

    def _own(self, session: Session, search_id: UUID) -> SavedSearchRow:
        row = session.get(SavedSearchRow, search_id)
        if row is None or row.staff_id != self.staff.staff_id or row.ended_at is not None:
            raise NotPermittedError(_GONE)
        return row

    def _latest(self, session: Session) -> date:
        months = self._limits(session).saved_search_months
        return months_later(self.clock.today(), min(months, MOST_MONTHS))

    def _limits(self, session: Session) -> Thresholds:
        return lookup.thresholds(session, self.staff.office_id, self.clock.today())

    def _last_day(self, session: Session, day: date | None, errors: dict[str, str]) -> date:
        """The day, where nothing else is wrong. Raises ValidationError with all that is."""
        latest = self._latest(session)
        if day is None or not self.clock.today() <= day <= latest:
            errors["valid_until"] = f"期限は、今日から{format_date(latest)}までの日にしてください。"
        wrong = {name: sentence for name, sentence in errors.items() if sentence}
        if day is None or wrong:
            raise ValidationError(**wrong)
        return day

    def _new(self, given: SavedSearchInput, valid_until: date) -> SavedSearchRow:
        asked = given.asked
        return SavedSearchRow(
            id=given.search_id,
            office_id=self.staff.office_id,
            staff_id=self.staff.staff_id,
            name=given.name.strip(),
            purpose=given.purpose.strip(),
            words=asked.words.strip(),
            case_number=fold_digits(asked.case_number)[:LONGEST_NUMBER],
            noun=asked.noun,
            kind=asked.kind,
            author_id=asked.author_id,
            first_on=asked.first,
            last_on=asked.last,
            is_widened=asked.is_widened,
            valid_until=valid_until,
            created_at=self.clock.now(),
        )


def _told(row: SavedSearchRow, today: date, empty_days: int) -> SavedSearch:
    return SavedSearch(
        search_id=row.id,
        name=row.name,
        purpose=row.purpose,
        valid_until=row.valid_until,
        is_over=row.valid_until < today,
        goes_in=days_left(row.valid_until, today, empty_days),
        asked=_asked(row),
    )


def _asked(row: SavedSearchRow) -> SearchAsked:
    return SearchAsked(
        words=row.words,
        case_number=row.case_number,
        noun=row.noun,
        kind=row.kind,
        author_id=row.author_id,
        first=row.first_on,
        last=row.last_on,
        is_widened=row.is_widened,
    )


def _name_error(name: str) -> str:
    if not name.strip():
        return "名前を入力してください。"
    return "" if len(name) <= LONGEST_NAME else f"名前は{LONGEST_NAME}文字までにしてください。"


def _purpose_error(purpose: str) -> str:
    if not purpose.strip():
        return _NO_PURPOSE
    if len(purpose) > LONGEST_PURPOSE:
        return f"目的は{LONGEST_PURPOSE}文字までにしてください。"
    return ""

"""Use cases of telephone memos: take one, say whose household it is, say what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import telephoning
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.era import format_date
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.telephone_memos import (
    READING_REASON,
    MemoInput,
    MemoTaken,
    UnidentifiedCall,
    due_on,
    entry_words,
)
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.records import EntryRecord
from desktop.models.telephone_memos import TelephoneMemo, TelephoneMemoText
from desktop.services.duty import duty_households
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers
from desktop.services.permission import needs
from desktop.services.records.calls import Call, file_call

_NO_HOUSEHOLD = "この世帯は見つからないか、ほかの福祉事務所の世帯です。"
_NO_MEMO = "この電話メモは見つからないか、担当する世帯のものではありません。"
_NO_ANSWER = "折り返しの結果を一言入力してください。"
_MISSING: Mapping[str, str] = {
    "who": "だれからの電話かを入力してください。",
    "what": "用件を入力してください。",
}


@dataclass(frozen=True, slots=True)
class TelephoneMemoService:
    """Telephone memos of one signed-in person.

    Files are opened by a door of its own: the reason 電話メモ is logged, and does not open the file on screen.
    """

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.OPEN_CASE_FILES)
    def take(self, given: MemoInput) -> MemoTaken:
        """Keep a call. With a household it also stands in its file, where the person may write records.

        Raises ValidationError on `who` or `what`. The same memo again changes nothing.
        """
        self._check(given)
        if given.household_id is not None:
            self._open(given.household_id)
        with self.work() as session:
            if session.get(TelephoneMemo, given.memo_id) is not None:
                raise ConflictError("この電話メモは、もう届いています。")
            entry_id = self._filed(session, given.household_id, given)
            self._add(session, given, entry_id)
            return MemoTaken(
                memo_id=given.memo_id,
                is_unidentified=given.household_id is None,
                has_entry=entry_id is not None,
                caseworker=self._caseworker(session, given.household_id),
            )

    @needs(Permission.OPEN_CASE_FILES)
    def unidentified(self) -> tuple[UnidentifiedCall, ...]:
        """The office's open calls whose household nobody knows, those that wait shortest for an answer first."""
        m, t = TelephoneMemo, TelephoneMemoText
        with self.work() as session:
            rows = session.execute(
                select(m, t, Staff.name)
                .join(t, t.memo_id == m.id)
                .join(Staff, Staff.id == m.taken_by)
                .where(
                    m.office_id == self.staff.office_id,
                    m.household_id.is_(None),
                    m.answered_at.is_(None),
                )
                .order_by(m.due_on.is_(None), m.due_on, m.taken_at, m.id)
            )
            return tuple(
                UnidentifiedCall(
                    memo_id=memo.id,
                    taken_at=memo.taken_at,
                    taken_by=name,
                    who=words.who,
                    what=words.what,
                    call_back=memo.call_back,
                    due_on=memo.due_on,
                )
                for memo, words, name in rows
            )

    @needs(Permission.OPEN_CASE_FILES)
    def identify(self, memo_id: UUID, household_id: UUID) -> MemoTaken:
        """Say which household an unidentified call is about; from then on it lies on its caseworker's desk.

        Raises ConflictError where somebody was faster.
        """
        self._open(household_id)
        with self.work() as session:
            memo = self._memo(session, memo_id)
            if memo.household_id is not None or memo.answered_at is not None:
                raise ConflictError("この電話メモは、ほかの人がもう進めました。")
            words = session.get_one(TelephoneMemoText, memo_id)
            taker = session.get_one(Staff, memo.taken_by).name
            given = MemoInput(
                memo_id=memo_id,
                household_id=household_id,
                who=words.who,
                what=words.what,
                call_back=memo.call_back,
            )
            day = format_date(memo.taken_at.date())
            entry_id = self._filed(
                session, household_id, given, source=f"電話を受けた{taker}のメモ（{day}）"
            )
            now = self.clock.now()
            telephoning.identify(session, self.staff, memo_id, household_id, entry_id, now)
            return MemoTaken(
                memo_id=memo_id,
                is_unidentified=False,
                has_entry=entry_id is not None,
                caseworker=self._caseworker(session, household_id),
            )

    @needs(Permission.OPEN_CASE_FILES)
    def answer(self, memo_id: UUID, words: str = "") -> None:
        """Say that somebody called back (折り返し済み). What the person recorded about the household since is linked.

        Raises ValidationError on `answer` where there are neither words nor a record, ConflictError where somebody was faster.
        """
        words = words.strip()
        with self.work() as session:
            memo = self._memo(session, memo_id)
            entry_id = self._record_since(session, memo)
            household_id = memo.household_id
        if not words and entry_id is None:
            raise ValidationError(answer=_NO_ANSWER)
        if household_id is not None:
            self._open(household_id)
        with self.work() as session:
            now = self.clock.now()
            telephoning.answer(session, self.staff, memo_id, words, entry_id, now)

    def _check(self, given: MemoInput) -> None:
        missing = {
            name: said for name, said in _MISSING.items() if not getattr(given, name).strip()
        }
        if missing:
            raise ValidationError(**missing)

    def _open(self, household_id: UUID) -> None:
        door = ReadingDoor(self.work, self.clock, self.staff)
        door.open(Purpose.FILE, [household_id], reason=READING_REASON)

    def _filed(
        self, session: Session, household_id: UUID | None, given: MemoInput, source: str = ""
    ) -> UUID | None:
        """The entry that the call becomes; none without a household or the right to write records."""
        if household_id is None or not self.staff.may(Permission.WRITE_RECORDS):
            return None
        call = Call(
            household_id=household_id,
            who=given.who.strip(),
            words=entry_words(given.what.strip(), given.call_back),
            source=source,
        )
        return file_call(session, self.staff, call, self.clock.now())

    def _add(self, session: Session, given: MemoInput, entry_id: UUID | None) -> None:
        today = self.clock.today()
        calendar = lookup.business_calendar(session, self.staff.office_id, today)
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        session.add(
            TelephoneMemo(
                id=given.memo_id,
                entry_id=entry_id,
                call_back=given.call_back,
                due_on=due_on(given.call_back, today, calendar.add_open_days(today, 1)),
                taken_by=self.staff.staff_id,
                taken_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        session.add(
            TelephoneMemoText(
                memo_id=given.memo_id, who=given.who.strip(), what=given.what.strip(), **owner
            )
        )

    def _caseworker(self, session: Session, household_id: UUID | None) -> str:
        if household_id is None:
            return ""
        household = session.get(Household, household_id)
        if household is None or household.office_id != self.staff.office_id:
            raise NotPermittedError(_NO_HOUSEHOLD)
        found = main_caseworkers(session, self.clock.today(), {household.district_id})
        return found.get(household.district_id, ("", None))[0]

    def _memo(self, session: Session, memo_id: UUID) -> TelephoneMemo:
        """A memo before the person: of the own duty, or unidentified."""
        m = TelephoneMemo
        near = select(Household.id).where(duty_households(self.staff))
        memo = session.scalar(
            select(m).where(
                m.id == memo_id,
                m.office_id == self.staff.office_id,
                m.household_id.is_(None) | m.household_id.in_(near),
            )
        )
        if memo is None:
            raise NotPermittedError(_NO_MEMO)
        return memo

    def _record_since(self, session: Session, memo: TelephoneMemo) -> UUID | None:
        """The person's newest entry about the household since the call."""
        if memo.household_id is None:
            return None
        e = EntryRecord
        return session.scalar(
            select(e.id)
            .where(
                e.household_id == memo.household_id,
                e.author_id == self.staff.staff_id,
                e.recorded_at >= memo.taken_at,
                e.is_annulled.is_(False),
                e.id != memo.entry_id if memo.entry_id else e.id.is_not(None),
            )
            .order_by(e.recorded_at.desc())
            .limit(1)
        )

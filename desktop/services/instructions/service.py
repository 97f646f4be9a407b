"""Use cases of instructions: write one into a household's file, ask again where the answer does not do.

With an approval an instruction goes by the review pane (`services/approvals`). Both lie on a desk as a to-do that is closed
by an answer, stand in the file with it, and are asked about by the radar (R03) when their day has passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.instructions import ENTRY_KIND, InstructionGiven, InstructionInput
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.records import EntryInput, Segment, SegmentKind
from desktop.domain.roles import Permission
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.records import EntryRecord
from desktop.models.todos import Todo
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.records.at_once import hand_in_at_once
from desktop.services.todos import add_todo, owner_of

_NOT_SUPERVISED = "指示を書けるのは、この世帯の地区の査察指導員です。"
_NOBODY = "この地区には、指示を届ける担当者がいません。先に担当者を決めてください。"
_NO_KIND = "記録種別「査察指導員の指示・助言」がありません。設定値を確認してください。"
_NO_WORDS = "何をしてほしいかを入力してください。"
_SENT = "この指示は、もう届いています。"
_PAST = "今日以降の日付を入力してください。"
_NO_ANSWER = "もう一度求められるのは、自分の指示に届いた回答だけです。"


@dataclass(frozen=True, slots=True)
class InstructionService:
    """Instructions of one signed-in supervisor."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.DECIDE_APPROVALS)
    def give(self, given: InstructionInput) -> InstructionGiven:
        """Write an instruction: an entry of the supervisor in the file, and a to-do of who looks after the household.

        Raises ValidationError on `text` or `due_on`, NotPermittedError for a household of another supervisor.
        """
        self._check(given.text, given.due_on)
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            household = self._supervised(session, given.household_id)
            if session.get(EntryRecord, given.entry_id) is not None:
                raise ConflictError(_SENT)
            entry_id = hand_in_at_once(
                session, self.staff, self._entry(session, given), self.clock.now()
            )
            return self._ask(session, household, entry_id, given.text, given.due_on)

    @needs(Permission.DECIDE_APPROVALS)
    def ask_again(self, answer_id: UUID, text: str, due_on: date | None = None) -> InstructionGiven:
        """Ask once more about the same entry after an answer, which is put away by it; to who looks after the household now."""
        self._check(text, due_on)
        with self.work() as session:
            household_id = self._answered(session, answer_id).household_id
        if household_id is None:
            raise NotPermittedError(_NO_ANSWER)
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            asked = self._answered(session, answer_id)
            answer = session.get_one(Todo, answer_id, with_for_update=True)
            if answer.state is TodoState.DONE:
                raise ConflictError("この回答は、すでに済みにしてあります。")
            household = self._supervised(session, household_id)
            given = self._ask(session, household, asked.origin_id, text, due_on)
            answer.state, answer.closed_at = TodoState.DONE, self.clock.now()
            answer.version += 1
            return given

    def _ask(
        self,
        session: Session,
        household: Household,
        entry_id: UUID | None,
        text: str,
        due_on: date | None,
    ) -> InstructionGiven:
        today = self.clock.today()
        owner_id = owner_of(session, household, today)
        if owner_id == self.staff.staff_id:
            raise UserError(_NOBODY)
        days = lookup.thresholds(session, self.staff.office_id, today).instruction_reply_days
        due = due_on or today + timedelta(days=days)
        add_todo(
            session,
            staff=self.staff,
            owner_id=owner_id,
            household_id=household.id,
            origin=TodoOrigin.INSTRUCTION,
            origin_id=entry_id,
            text=text,
            due_on=due,
            at=self.clock.now(),
        )
        return InstructionGiven(to=session.get_one(Staff, owner_id).name, due_on=due)

    def _entry(self, session: Session, given: InstructionInput) -> EntryInput:
        today = self.clock.today()
        kind = lookup.entry_kinds(session, self.staff.office_id, today).get(ENTRY_KIND)
        if kind is None:
            raise UserError(_NO_KIND)
        words = ((SegmentKind.SUBJECT, kind.subject), (SegmentKind.ADVICE, given.text.strip()))
        return EntryInput(
            entry_id=given.entry_id,
            household_id=given.household_id,
            shown_version=0,
            kind=kind.code,
            event_on=today,
            method=kind.method,
            place=kind.place,
            went=(self.staff.staff_id,),
            segments=tuple(Segment(segment_id=new_id(), kind=k, text=text) for k, text in words),
        )

    def _check(self, text: str, due_on: date | None) -> None:
        if not text.strip():
            raise ValidationError(text=_NO_WORDS)
        if due_on is not None and due_on < self.clock.today():
            raise ValidationError(due_on=_PAST)

    def _supervised(self, session: Session, household_id: UUID) -> Household:
        household = session.get(Household, household_id)
        if (
            household is None
            or not self.staff.may(Permission.WRITE_RECORDS)
            or household.district_id not in self.staff.supervised_district_ids
        ):
            raise NotPermittedError(_NOT_SUPERVISED)
        return household

    def _answered(self, session: Session, answer_id: UUID) -> Todo:
        """The own instruction that this to-do of the own desk answers."""
        answer = session.get(Todo, answer_id)
        asked = session.get(Todo, answer.origin_id) if answer and answer.origin_id else None
        if (
            answer is None
            or asked is None
            or answer.owner_id != self.staff.staff_id
            or asked.origin is not TodoOrigin.INSTRUCTION
            or asked.created_by != self.staff.staff_id
        ):
            raise NotPermittedError(_NO_ANSWER)
        return asked

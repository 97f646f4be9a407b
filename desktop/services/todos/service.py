"""Use cases of the desk's to-dos: see them, give one, ask the supervisor, finish one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import handing_over, informing
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.todos import InformationInput, TodoInput, TodoOrigin, TodoRow, TodoState
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.policy_duties import PolicyDuty
from desktop.models.records import PromiseText
from desktop.models.support_policies import PolicyAction, SupportPolicyRecord
from desktop.models.todos import Todo, TodoText
from desktop.services.permission import needs
from desktop.services.todos import information
from desktop.services.todos.adding import add_todo
from desktop.services.todos.answering import answering_record
from desktop.services.todos.asking import supervisor_to_ask
from desktop.services.todos.gathering import ANSWERED, Desk
from desktop.services.todos.lines import Line
from desktop.services.todos.memos import memo_words

_OWN_DESK = "自分の机のやること"
_CONSULTED = "この世帯について相談があります。"


@dataclass(frozen=True, slots=True)
class TodoService:
    """To-dos of one signed-in person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.FIND_HOUSEHOLDS)
    def mine(self) -> tuple[TodoRow, ...]:
        """Everything on the person's desk, the most urgent first; derived lines vanish with their reason."""
        with self.work() as session:
            handing_over.follow_due(session, self.staff, self.clock.now())
            lines = Desk(session, self.staff, self.clock.now()).lines()
        files = {line.household_id for line in lines if line.has_words and line.household_id}
        self.reading.open(Purpose.BRIEF, files, reason=_OWN_DESK)
        with self.work() as session:
            words = _words(session, lines)
        return tuple(_row(line, words) for line in lines)

    @needs(Permission.OPEN_CASE_FILES)
    def assign(self, given: TodoInput) -> UUID:
        """Give somebody a task; anybody may write himself one. Returns its id.

        A task about a file needs the right to open it (ReasonNeededError).
        """
        if given.owner_id != self.staff.staff_id:
            self._may_assign()
        if given.household_id is not None:
            self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            errors = self._errors(session, given)
            if errors:
                raise ValidationError(**errors)
            return add_todo(
                session,
                staff=self.staff,
                owner_id=given.owner_id,
                household_id=given.household_id,
                origin=given.origin,
                text=given.text,
                at=self.clock.now(),
                due_on=given.due_on,
                origin_id=given.origin_id,
            )

    @needs(Permission.OPEN_CASE_FILES)
    def consult(self, household_id: UUID, text: str = "") -> UUID:
        """Ask the household's supervisor about it (相談する). UserError when the district has no other supervisor."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            self._household(session, household_id)
            return add_todo(
                session,
                staff=self.staff,
                owner_id=self._supervisor(session, household_id),
                household_id=household_id,
                origin=TodoOrigin.CONSULTATION,
                text=text.strip() or _CONSULTED,
                at=self.clock.now(),
            )

    @needs(Permission.OPEN_CASE_FILES)
    def take_information(self, given: InformationInput) -> UUID:
        """Note what was told of any household of the office; its file stays closed. Goes to its caseworker, due next working day."""
        errors = {
            name: sentence
            for name, text, sentence in (
                ("who", given.who, "だれからの情報かを入力してください。"),
                ("what", given.what, "内容を入力してください。"),
            )
            if not text.strip()
        }
        if errors:
            raise ValidationError(**errors)
        today = self.clock.today()
        with self.work() as session:
            household = self._household(session, given.household_id)
            return add_todo(
                session,
                staff=self.staff,
                owner_id=information.owner_of(session, household, today),
                household_id=household.id,
                origin=TodoOrigin.OUTSIDE_INFO,
                text=f"{given.who.strip()}：{given.what.strip()}",
                at=self.clock.now(),
                due_on=information.due_on(session, self.staff.office_id, today),
            )

    @needs(Permission.FIND_HOUSEHOLDS)
    def finish(self, todo_id: UUID, reply: str = "") -> None:
        """Close one's own to-do. An instruction, a consultation and what was told from outside need a reply, which goes back to who gave them.

        An instruction is also answered by what the person handed in about the household since: its number is the reply then.
        """
        reply = reply.strip()
        with self.work() as session:
            todo = self._own(session, todo_id)
            if todo.origin is TodoOrigin.INSTRUCTION and not reply:
                reply = answering_record(session, todo)
            if todo.origin in ANSWERED and not reply:
                raise ValidationError(reply="回答を入力してください。")
            household_id = todo.household_id
        if household_id is not None:
            self.reading.open(Purpose.BRIEF, [household_id], reason=_OWN_DESK)
        with self.work() as session:
            todo = self._own(session, todo_id)
            words = session.get_one(TodoText, todo_id)
            if todo.origin is TodoOrigin.OUTSIDE_INFO:
                informing.answer(session, todo_id, reply, self.clock.now())
                reply = words.reply
            else:
                todo.state, todo.closed_at = TodoState.DONE, self.clock.now()
                todo.version += 1
                words.reply = reply
            if reply and todo.created_by != self.staff.staff_id:
                self._send_back(session, todo, f"回答：{reply}（「{words.text}」への回答）")

    def _send_back(self, session: Session, todo: Todo, text: str) -> None:
        add_todo(
            session,
            staff=self.staff,
            owner_id=todo.created_by,
            household_id=todo.household_id,
            origin=TodoOrigin.ASSIGNED,
            text=text,
            at=self.clock.now(),
            origin_id=todo.id,
        )

    def _may_assign(self) -> None:
        if not self.staff.may(Permission.ASSIGN_TODOS):
            raise NotPermittedError("ほかの職員に仕事を割り当てる権限がありません。")

    def _errors(self, session: Session, given: TodoInput) -> dict[str, str]:
        today = self.clock.today()
        owner = session.get(Staff, given.owner_id)
        errors = {}
        if given.origin is not TodoOrigin.ASSIGNED:
            errors["origin"] = "この種類のやることは、ここでは作れません。"
        if not given.text.strip():
            errors["text"] = "内容を入力してください。"
        if owner is None or owner.office_id != self.staff.office_id:
            errors["owner_id"] = "この福祉事務所の職員を選んでください。"
        elif owner.active_to is not None and owner.active_to < today:
            errors["owner_id"] = "在職中の職員を選んでください。"
        if given.due_on is not None and given.due_on < today:
            errors["due_on"] = "今日以降の日付を入力してください。"
        if given.household_id is not None:
            self._household(session, given.household_id)
        return errors

    def _household(self, session: Session, household_id: UUID) -> Household:
        household = session.get(Household, household_id)
        if household is None or household.office_id != self.staff.office_id:
            raise NotPermittedError("この世帯は見つからないか、ほかの福祉事務所の世帯です。")
        return household

    def _supervisor(self, session: Session, household_id: UUID) -> UUID:
        """The supervisor to ask: not oneself, and one who is in the office if there is one."""
        asked = supervisor_to_ask(session, self.staff, household_id, self.clock.today())
        if asked is None:
            raise UserError("この地区にはほかの査察指導員がいません。課長に直接相談してください。")
        return asked

    def _own(self, session: Session, todo_id: UUID) -> Todo:
        todo = session.scalars(
            select(Todo).where(Todo.id == todo_id).with_for_update()
        ).one_or_none()
        if todo is None or todo.owner_id != self.staff.staff_id:
            raise NotPermittedError("完了できるのは自分のやることだけです。")
        if todo.state is TodoState.DONE:
            raise ConflictError("このやることはすでに完了しています。")
        return todo


def _words(session: Session, lines: list[Line]) -> dict[UUID, str]:
    """Words by the id of the to-do, promise or duty. The files' tickets are held already."""
    todos = [line.todo_id for line in lines if line.todo_id]
    promises = [line.promise_id for line in lines if line.promise_id]
    words = dict[UUID, str]()
    for todo_id, text in session.execute(
        select(TodoText.todo_id, TodoText.text).where(TodoText.todo_id.in_(todos))
    ):
        words[todo_id] = text
    for promise_id, who, what in session.execute(
        select(PromiseText.promise_id, PromiseText.who, PromiseText.what).where(
            PromiseText.promise_id.in_(promises)
        )
    ):
        words[promise_id] = f"{who}：{what}" if who else what
    words.update(_actions(session, [line.duty_id for line in lines if line.duty_id]))
    words.update(memo_words(session, [line.memo_id for line in lines if line.memo_id]))
    return words


def _actions(session: Session, duty_ids: list[UUID]) -> dict[UUID, str]:
    """What the policies say of these duties, with what shows that it was done."""
    a = PolicyAction
    rows = session.execute(
        select(PolicyDuty.id, a.what, a.measure)
        .join(SupportPolicyRecord, SupportPolicyRecord.id == PolicyDuty.policy_id)
        .join(
            a,
            (a.policy_id == PolicyDuty.policy_id)
            & (a.version == SupportPolicyRecord.approved_version)
            & (a.action_id == PolicyDuty.line_id),
        )
        .where(PolicyDuty.id.in_(duty_ids))
    )
    return {duty_id: f"{what}（{how}）" if how else what for duty_id, what, how in rows}


def _row(line: Line, words: dict[UUID, str]) -> TodoRow:
    source = line.source
    return TodoRow(
        todo_id=line.todo_id,
        origin=line.origin,
        household_id=line.household_id,
        case_number=line.case_number,
        head_name=line.head_name,
        text=words.get(source, line.text) if source else line.text,
        due_on=line.due_on,
        from_name=line.from_name,
        subject_id=line.subject_id,
        needs_reply=line.todo_id is not None and line.origin in ANSWERED,
        memo_id=line.memo_id,
        answers_instruction=line.answers_instruction,
        is_late=line.is_late,
    )

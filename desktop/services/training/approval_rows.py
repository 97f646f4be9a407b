"""The rows of submissions: route, stamps, moves, and what supervisors wrote with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from desktop.domain.approvals import Move
from desktop.domain.roles import Role
from desktop.services.training.bank import Bank
from desktop.services.training.cases import Case
from desktop.services.training.course import Course, Outcome, instruction_due
from desktop.services.training.days import OpenDays
from desktop.services.training.ids import IdMaker
from desktop.services.training.rows import Rows
from desktop.services.training.staffing import Officer
from desktop.services.training.story import Event

ENTRY, POLICY = "entry", "support_policy"
_ANSWERED_EARLY = 0.4


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was handed in, by whom, on which route; `entry_id` is the subject's id."""

    entry_id: str
    case: Case
    event: Event
    author: Officer
    positions: Sequence[Role]
    version: int
    content_hash: str
    subject: str = ENTRY


class ApprovalRows:
    """Writes submissions, their moves, and the to-dos that instructions make."""

    def __init__(
        self,
        *,
        rows: Rows,
        ids: IdMaker,
        office_id: str,
        days: OpenDays,
        bank: Bank,
        posts: Mapping[Role, Officer],
        routes: Mapping[str, Sequence[Role]],
    ) -> None:
        self._rows, self._ids, self._office = rows, ids, office_id
        self._today = days.today
        self._posts, self._routes = posts, routes
        self._texts = {g: bank.texts(g) for g in ("instructions", "returns", "holds", "replies")}
        self.first_hash = ""

    def route(self, case: Case, author: Officer, kind: str, subject: str = ENTRY) -> Sequence[Role]:
        """The positions of a subject's route, without those its author holds."""
        positions = self._routes.get(f"{subject}.{kind}", self._routes[subject])
        if Role.SUPERVISOR in author.roles or case.district.supervisor is None:
            positions = [role for role in positions if role is not Role.SUPERVISOR]
        return positions or [Role.SECTION_HEAD]

    def add(self, chance: Random, given: Submitted, course: Course) -> None:
        """All rows of a subject's submissions."""
        round_ = 1
        if course.first_round:
            self._returned_round(chance, given, course.first_round)
            round_ = 2
        approval_id = self._ids()
        stamped = len(course.stamps)
        waits = course.outcome in {Outcome.WAITING, Outcome.HELD}
        decided = (
            course.stamps[-1] if course.outcome is Outcome.APPROVED else course.answered_at or None
        )
        self._approval(
            given,
            approval_id,
            round_=round_,
            state=course.outcome.value,
            position=given.positions[stamped] if waits else None,
            submitted_at=course.submitted_at,
            decided_at=None if waits else decided,
        )
        self._steps(given, approval_id, course.stamps)
        self._move(given, approval_id, Move.SUBMIT, given.author, course.submitted_at, step=None)
        for step, at in enumerate(course.stamps, start=1):
            self._stamped(chance, given, approval_id, course, step, at)
        if course.outcome is Outcome.RETURNED:
            self._answer(chance, given, approval_id, Move.RETURN, course.answered_at, "returns")
        elif course.outcome is Outcome.HELD:
            self._answer(chance, given, approval_id, Move.HOLD, course.answered_at, "holds")

    def _returned_round(self, chance: Random, given: Submitted, times: tuple[str, str]) -> None:
        submitted_at, answered_at = times
        approval_id = self._ids()
        first = replace(given, version=1, content_hash=self.first_hash)
        self._approval(
            first,
            approval_id,
            round_=1,
            state="returned",
            position=None,
            submitted_at=submitted_at,
            decided_at=answered_at,
        )
        self._steps(first, approval_id, [])
        self._move(first, approval_id, Move.SUBMIT, given.author, submitted_at, step=None)
        self._answer(chance, first, approval_id, Move.RETURN, answered_at, "returns")

    def _approval(
        self,
        given: Submitted,
        approval_id: str,
        *,
        round_: int,
        state: str,
        position: Role | None,
        submitted_at: str,
        decided_at: str | None,
    ) -> None:
        self._rows.add(
            "approval", approval_id, self._office, given.subject, given.entry_id, given.case.id, round_,
            given.version, given.content_hash, state, position.value if position else None, given.author.id, given.author.id,
            submitted_at, decided_at, 0, 2,
        )  # fmt: skip

    def _steps(self, given: Submitted, approval_id: str, stamps: Sequence[str]) -> None:
        for number, position in enumerate(given.positions, start=1):
            at = stamps[number - 1] if number <= len(stamps) else None
            self._rows.add(
                "approval_step", approval_id, number, self._office, given.case.id, position.value, "approve",
                "approved" if at else "open", self._holder(given, position).id if at else None, at,
                "read" if at else None,
            )  # fmt: skip

    def _stamped(
        self, chance: Random, given: Submitted, approval_id: str, course: Course, step: int, at: str
    ) -> None:
        by = self._holder(given, given.positions[step - 1])
        instructed = (
            course.is_instructed and step == len(course.stamps) and course.decided_on is not None
        )
        if not instructed or course.decided_on is None:
            self._move(given, approval_id, Move.APPROVE, by, at, step=step)
            return
        plant = given.event.plant
        due = instruction_due(course.decided_on)
        if plant and plant.rule == "R03":
            due = self._today - timedelta(days=plant.days)
        move_id = self._move(
            given, approval_id, Move.APPROVE_WITH_INSTRUCTION, by, at, step=step, reply_due=due
        )
        text = chance.choice(self._texts["instructions"])
        self._note(given, move_id, text)
        answered = plant is None and (due < self._today or chance.random() < _ANSWERED_EARLY)
        self._todo(chance, given, by, text, at, due, answered=answered)

    def _todo(
        self,
        chance: Random,
        given: Submitted,
        by: Officer,
        text: str,
        at: str,
        due: date,
        *,
        answered: bool,
    ) -> None:
        todo_id = self._ids()
        closed = (
            f"{(min(due, self._today) - timedelta(days=2)).isoformat()} 06:30:00.000000"
            if answered
            else None
        )
        if closed and closed < at:
            closed = None
        self._rows.add(
            "todo", todo_id, self._office, given.author.id, given.case.id, "instruction", given.entry_id,
            due.isoformat(), "done" if closed else "open", by.id, at, closed, 1,
        )  # fmt: skip
        reply = chance.choice(self._texts["replies"]) if closed else ""
        self._rows.add("todo_text", todo_id, self._office, given.case.id, text, reply)

    def _answer(
        self, chance: Random, given: Submitted, approval_id: str, move: Move, at: str, texts: str
    ) -> None:
        by = self._holder(given, given.positions[0])
        self._note(
            given,
            self._move(given, approval_id, move, by, at, step=1),
            chance.choice(self._texts[texts]),
        )

    def _move(
        self,
        given: Submitted,
        approval_id: str,
        move: Move,
        by: Officer,
        at: str,
        *,
        step: int | None,
        reply_due: date | None = None,
    ) -> str:
        move_id = self._ids()
        self._rows.add(
            "approval_move", move_id, self._office, approval_id, given.case.id, move.value, by.id, at,
            given.version, given.content_hash, step, reply_due.isoformat() if reply_due else None,
        )  # fmt: skip
        return move_id

    def _note(self, given: Submitted, move_id: str, text: str) -> None:
        self._rows.add("approval_note", move_id, self._office, given.case.id, text)

    def _holder(self, given: Submitted, position: Role) -> Officer:
        if position is Role.SUPERVISOR and given.case.district.supervisor:
            return given.case.district.supervisor
        return self._posts[position]

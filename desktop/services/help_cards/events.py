"""What has happened in a household (できごと), and the to-dos that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError, UserError, ValidationError
from desktop.domain.help_cards import EventBegun, EventStart, HelpCard, due_after
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.households import Household
from desktop.models.todos import Todo, TodoText
from desktop.services.help_cards.shelf import office_cards
from desktop.services.permission import needs
from desktop.services.todos import add_todo, owner_of

#: How far the day of an event may lie back or ahead.
_REACH = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class EventChecklistService:
    """Checklists of events, begun by one signed-in person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def begin(self, start: EventStart) -> EventBegun:
        """Give the household's caseworker a to-do for each chosen task; one that is open already is not given again.

        All of them or none. Raises ReasonNeededError for a file outside the duty, NotPermittedError where somebody else
        than the caseworker may not give tasks, ValidationError on `event_on` or `tasks`.
        """
        today = self.clock.today()
        with self.work() as session:
            card = _event(office_cards(session, self.staff.office_id, today), start.card)
        self._check(card, start, today)
        self.reading.open(Purpose.FILE, [start.household_id])
        with self.work() as session:
            household = session.get(Household, start.household_id)
            if household is None or household.office_id != self.staff.office_id:
                raise NotPermittedError("この世帯は見つからないか、ほかの福祉事務所の世帯です。")
            owner_id = owner_of(session, household, today)
            is_own = owner_id == self.staff.staff_id
            if not is_own and not self.staff.may(Permission.ASSIGN_TODOS):
                raise NotPermittedError(
                    "できごとをやることにできるのは、この世帯の地区担当員と、仕事を割り当てられる職員です。"
                )
            standing = _standing(session, household.id)
            made = 0
            for place in sorted(start.tasks):
                task = card.tasks[place]
                text = f"【{card.title}】{task.text}"
                if text not in standing:
                    made += 1
                    add_todo(
                        session,
                        staff=self.staff,
                        owner_id=owner_id,
                        household_id=household.id,
                        origin=TodoOrigin.ASSIGNED,
                        text=text,
                        at=self.clock.now(),
                        due_on=due_after(start.event_on, task, today),
                    )
        return EventBegun(made=made, stood=len(start.tasks) - made, is_own=is_own)

    def _check(self, card: HelpCard, start: EventStart, today: date) -> None:
        errors = {}
        if abs(start.event_on - today) > _REACH:
            errors["event_on"] = "前後1年以内の日付を入力してください。"
        if not start.tasks:
            errors["tasks"] = "やることにする項目に印を付けてください。"
        if errors:
            raise ValidationError(**errors)
        if start.shown != card.tasks or not start.tasks <= set(range(len(card.tasks))):
            raise UserError("手引が新しくなっています。もう一度開いて選んでください。")


def _event(cards: Sequence[HelpCard], key: str) -> HelpCard:
    card = next((card for card in cards if card.key == key and card.tasks), None)
    if card is None:
        raise UserError("このできごとの手引はありません。手引を開き直してください。")
    return card


def _standing(session: Session, household_id: UUID) -> set[str]:
    """The words of the household's open to-dos. Its ticket is held already."""
    return set(
        session.scalars(
            select(TodoText.text)
            .join(Todo, Todo.id == TodoText.todo_id)
            .where(Todo.household_id == household_id, Todo.state == TodoState.OPEN)
        )
    )

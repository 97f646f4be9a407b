"""What every gatherer of lines knows: whose desk it is, and how households are named on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.office import SignedInStaff
from desktop.domain.todos import TodoOrigin
from desktop.models.households import Household
from desktop.services.households.identity import shielded_names
from desktop.services.todos.lines import Line

#: Case number, name, id and district of the household, always last in a row.
HOUSEHOLD = (
    Household.case_number,
    Household.head_name,
    Household.id,
    Household.district_id,
)


class Gathering:
    """One person's desk in one session."""

    def __init__(self, session: Session, staff: SignedInStaff, now: datetime) -> None:
        self.session = session
        self.staff = staff
        self.now, self.today = now, japan_day(now)

    def dated(
        self, origin: TodoOrigin, text: str, found: Select[*tuple[Any, ...]]
    ) -> Iterator[Line]:
        """One line a household, by its earliest day. The statement gives household, person and day."""
        due = dict[UUID, date]()
        for household_id, _, day in self.session.execute(found):
            due[household_id] = min(day, due.get(household_id, day))
        rows = select(Household.id, *HOUSEHOLD).where(Household.id.in_(due))
        for household_id, *household in self.named(rows) if due else ():
            yield Line(
                origin=origin,
                household_id=household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=due[household_id],
                text=text,
            )

    def named(self, found: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows with the names of shielded heads put in where they are the person's duty."""
        rows = self.session.execute(found).all()
        shielded = {row[-2]: row[-1] for row in rows if row[-2] is not None and not row[-3]}
        names = shielded_names(self.session, self.staff, shielded, self.today)
        return [(*row[:-3], names.get(row[-2], (row[-3],))[0]) for row in rows]

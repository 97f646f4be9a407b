"""The months of a person's declarations, from the cycles given and what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.declarations import (
    Cell,
    Cycle,
    DeclarationKind,
    Duty,
    Missing,
    Receipt,
    cell_state,
    due_day,
)
from desktop.models.declarations import (
    DeclarationDuty,
    DeclarationMissing,
    DeclarationMissingText,
    DeclarationReceipt,
    DeclarationReminder,
)
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.papers import PaperRecord

#: Household, person and kind: whose declarations.
Whose = tuple[UUID, UUID, DeclarationKind]
WhoseMonth = tuple[UUID, UUID, DeclarationKind, date]


@dataclass(slots=True)
class Happened:
    """Everything that is known of the declarations of some households."""

    cycles: Mapping[str, Cycle]
    today: date
    duties: dict[Whose, list[Duty]] = field(default_factory=lambda: defaultdict(list))
    receipts: dict[WhoseMonth, Receipt] = field(default_factory=dict)
    missing: dict[WhoseMonth, Missing] = field(default_factory=dict)
    reminded: dict[WhoseMonth, list[date]] = field(default_factory=lambda: defaultdict(list))

    def cells(
        self, whose: Whose, months: Sequence[date], until: date | None = None
    ) -> tuple[Cell | None, ...]:
        """A cell for each month in which a declaration is due; none after `until`, when the person left."""
        return tuple(self._cell(whose, month, until) for month in months)

    def duty_on(self, whose: Whose, day: date) -> Duty | None:
        """The cycle that holds on a day, else the one to come."""
        duties = self.duties.get(whose, [])
        holding = [
            d for d in duties if d.valid_from <= day and (not d.valid_to or day <= d.valid_to)
        ]
        return next(iter(holding or [d for d in duties if d.valid_from > day]), None)

    def _cell(self, whose: Whose, month: date, until: date | None) -> Cell | None:
        if until is not None and month > until:
            return None
        for duty in self.duties.get(whose, ()):
            cycle = self.cycles.get(duty.cycle)
            if cycle is not None and duty.falls_in(month, cycle.months):
                return self._due(whose, month, cycle)
        return None

    def _due(self, whose: Whose, month: date, cycle: Cycle) -> Cell:
        key = (*whose, month)
        due_on, reminded_on = due_day(month, cycle.due_days), tuple(self.reminded.get(key, ()))
        receipt, missing = self.receipts.get(key), self.missing.get(key)
        state = cell_state(
            due_on, self.today, receipt=receipt, missing=missing, reminded_on=reminded_on
        )
        return Cell(
            month=month,
            due_on=due_on,
            state=state,
            receipt=receipt,
            missing=missing,
            reminded_on=reminded_on,
        )


def happened(
    session: Session,
    where: ColumnElement[bool],
    first: date,
    cycles: Mapping[str, Cycle],
    today: date,
    *,
    with_words: bool = False,
) -> Happened:
    """Everything since a month of the households of a condition. `with_words` where their files are open."""
    found = Happened(cycles, today)
    _add_duties(session, where, found)
    _add_receipts(session, where, first, found)
    _add_missing(session, where, first, found, with_words=with_words)
    r = DeclarationReminder
    rows = session.execute(
        select(r.household_id, r.person_id, r.kind, r.month, r.printed_at)
        .join(Household, Household.id == r.household_id)
        .where(where, r.month >= first)
        .order_by(r.number)
    )
    for *key, at in rows:
        found.reminded[_month_key(key)].append(japan_day(at))
    return found


def _add_duties(session: Session, where: ColumnElement[bool], found: Happened) -> None:
    d = DeclarationDuty
    rows = session.execute(
        select(d.id, d.household_id, d.person_id, d.kind, d.cycle, d.valid_from, d.valid_to)
        .join(Household, Household.id == d.household_id)
        .where(where)
        .order_by(d.valid_from)
    )
    for duty_id, household_id, person_id, kind, cycle, valid_from, valid_to in rows:
        duty = Duty(
            duty_id=duty_id,
            household_id=household_id,
            person_id=person_id,
            kind=kind,
            cycle=cycle,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        found.duties[household_id, person_id, kind].append(duty)


def _add_receipts(
    session: Session, where: ColumnElement[bool], first: date, found: Happened
) -> None:
    r, p = DeclarationReceipt, PaperRecord
    rows: Iterable[Any] = session.execute(
        select(
            *(r.household_id, r.person_id, r.kind, r.month),
            *(r.id, p.id, p.fiscal_year, p.number, p.received_at),
        )
        .join(p, p.id == r.paper_id)
        .join(Household, Household.id == r.household_id)
        .where(where, r.month >= first, r.struck_at.is_(None))
    )
    for *key, receipt_id, paper_id, year, number, at in rows:
        found.receipts[_month_key(key)] = Receipt(
            receipt_id=receipt_id,
            paper_id=paper_id,
            fiscal_year=year,
            number=number,
            received_on=japan_day(at),
        )


def _add_missing(
    session: Session, where: ColumnElement[bool], first: date, found: Happened, *, with_words: bool
) -> None:
    m, t = DeclarationMissing, DeclarationMissingText
    rows = session.execute(
        select(m.household_id, m.person_id, m.kind, m.month, m.id, m.reason, m.noted_at, Staff.name)
        .join(Household, Household.id == m.household_id)
        .join(Staff, Staff.id == m.noted_by)
        .where(where, m.month >= first)
        .order_by(m.noted_at, m.id)
    ).all()
    words: dict[UUID, str] = {}
    if with_words:
        texts = session.execute(
            select(t.missing_id, t.words)
            .join(Household, Household.id == t.household_id)
            .where(where)
        )
        words = {missing_id: said for missing_id, said in texts}  # noqa: C416 - rows are not pairs to the type checker
    for *key, missing_id, reason, at, name in rows:  # the newest comes last and counts
        found.missing[_month_key(key)] = Missing(
            reason=reason, noted_on=japan_day(at), noted_by=name, words=words.get(missing_id, "")
        )


def _month_key(key: Iterable[Any]) -> WhoseMonth:
    household_id, person_id, kind, month = key
    return household_id, person_id, kind, month

"""What became of the monthly papers of some households: what came and by which paper, why something did not, which cards asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.monthly_papers import (
    MonthlyDue,
    MonthlyPaper,
    PaperMissing,
    PaperReceipt,
    month_served,
)
from desktop.models.households import Household
from desktop.models.monthly_papers import (
    MonthlyPaperMissing,
    MonthlyPaperReceipt,
    MonthlyPaperReminder,
)
from desktop.models.office import Staff
from desktop.models.papers import PaperRecord

_r, _m, _p = MonthlyPaperReceipt, MonthlyPaperMissing, PaperRecord


@dataclass(slots=True)
class Came:
    """Everything by the paper that it is about."""

    receipts: dict[MonthlyDue, PaperReceipt] = field(default_factory=dict)
    missing: dict[MonthlyDue, PaperMissing] = field(default_factory=dict)
    reminded: dict[MonthlyDue, list[date]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unlinked:
    """A paper that nobody linked nor took away from a month."""

    household_id: UUID
    person_id: UUID | None
    kind: str
    receipt: PaperReceipt


def came_since(
    session: Session,
    where: ColumnElement[bool],
    first: date,
    papers: Sequence[MonthlyPaper],
    reasons: Mapping[str, str],
    asked: Collection[MonthlyDue],
) -> Came:
    """Since a month, for the households of a condition. `asked` are the papers that are due: only they find a paper by themselves."""
    found = Came()
    rows: Iterable[Any] = session.execute(
        select(*_due_of(_r), _r.id, *_PAPER)
        .join(_p, _p.id == _r.paper_id)
        .join(Household, Household.id == _r.household_id)
        .where(where, _r.month >= first, _r.struck_at.is_(None))
    )
    for *due, receipt_id, paper_id, year, number, at in rows:
        found.receipts[MonthlyDue(**dict(zip(_KEY, due, strict=True)))] = _receipt(
            receipt_id, paper_id, year, number, at
        )
    _match(_unlinked(session, where, first, papers), papers, asked, found)
    _add_missing(session, where, first, reasons, found)
    _add_reminders(session, where, first, found)
    return found


def _unlinked(
    session: Session, where: ColumnElement[bool], first: date, papers: Sequence[MonthlyPaper]
) -> list[_Unlinked]:
    kinds = {paper.paper_kind for paper in papers}
    since = datetime.combine(first, datetime.min.time(), tzinfo=JAPAN)
    linked = exists().where(_r.paper_id == _p.id)
    rows: Iterable[Any] = session.execute(
        select(_p.household_id, _p.person_id, _p.kind, *_PAPER)
        .join(Household, Household.id == _p.household_id)
        .where(where, _p.kind.in_(kinds), _p.received_at >= since, ~linked)
        .order_by(_p.received_at, _p.fiscal_year, _p.number)
    )
    return [
        _Unlinked(
            household_id=household_id,
            person_id=person_id,
            kind=kind,
            receipt=_receipt(None, paper_id, year, number, at),
        )
        for household_id, person_id, kind, paper_id, year, number, at in rows
    ]


def _match(
    unlinked: Iterable[_Unlinked],
    papers: Sequence[MonthlyPaper],
    asked: Collection[MonthlyDue],
    found: Came,
) -> None:
    """Give each unlinked paper to the month it is about. One of the whole household counts where one person alone is asked."""
    waiting: dict[tuple[UUID, str], dict[UUID, set[date]]] = defaultdict(lambda: defaultdict(set))
    for due in asked:
        if due not in found.receipts:
            waiting[due.household_id, due.paper][due.person_id].add(due.month)
    for came in unlinked:
        for paper in papers:
            people = waiting.get((came.household_id, paper.code))
            if paper.paper_kind != came.kind or not people:
                continue
            person_id = came.person_id or (next(iter(people)) if len(people) == 1 else None)
            months = people.get(person_id, set()) if person_id else set()
            month = month_served(came.receipt.received_on, months)
            if person_id and month:
                months.discard(month)
                due = MonthlyDue(
                    household_id=came.household_id,
                    person_id=person_id,
                    paper=paper.code,
                    month=month,
                )
                found.receipts[due] = came.receipt
                break


def _add_missing(
    session: Session,
    where: ColumnElement[bool],
    first: date,
    reasons: Mapping[str, str],
    found: Came,
) -> None:
    rows: Iterable[Any] = session.execute(
        select(*_due_of(_m), _m.reason, _m.asked_help, _m.noted_at, Staff.name)
        .join(Household, Household.id == _m.household_id)
        .join(Staff, Staff.id == _m.noted_by)
        .where(where, _m.month >= first)
        .order_by(_m.noted_at, _m.id)
    )
    for *key, reason, asked_help, at, name in rows:  # the newest comes last and counts
        due = MonthlyDue(**dict(zip(_KEY, key, strict=True)))
        before = found.missing.get(due)
        found.missing[due] = PaperMissing(
            reason=reasons.get(reason, reason),
            noted_on=japan_day(at),
            noted_by=name,
            asked_help=asked_help or (before is not None and before.asked_help),
        )


def _add_reminders(session: Session, where: ColumnElement[bool], first: date, found: Came) -> None:
    n = MonthlyPaperReminder
    rows: Iterable[Any] = session.execute(
        select(*_due_of(n), n.printed_at)
        .join(Household, Household.id == n.household_id)
        .where(where, n.month >= first)
        .order_by(n.number)
    )
    for *key, at in rows:
        found.reminded[MonthlyDue(**dict(zip(_KEY, key, strict=True)))].append(japan_day(at))


_KEY = ("household_id", "person_id", "paper", "month")
_PAPER = (_p.id, _p.fiscal_year, _p.number, _p.received_at)


def _due_of(
    table: type[MonthlyPaperReceipt | MonthlyPaperMissing | MonthlyPaperReminder],
) -> tuple[Any, ...]:
    return table.household_id, table.person_id, table.paper, table.month


def _receipt(
    receipt_id: UUID | None, paper_id: UUID, year: int, number: int, at: datetime
) -> PaperReceipt:
    return PaperReceipt(
        receipt_id=receipt_id,
        paper_id=paper_id,
        fiscal_year=year,
        number=number,
        received_on=japan_day(at),
    )

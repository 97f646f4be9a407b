"""The grid of monthly papers: facts only, a row for each person who is asked for something, a cell for each paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.declarations import (
    MISSING_REASON,
    PAPER_KIND,
    CellState,
    DeclarationKind,
    month_of,
    months_from,
)
from desktop.domain.declarations import Cell as DeclarationCell
from desktop.domain.income_months import Earned
from desktop.domain.monthly_papers import (
    INCOME_COLUMN,
    Ladder,
    MonthlyDue,
    MonthlyPaper,
    PaperCell,
    PaperColumn,
    PaperGrid,
    PaperMissing,
    PaperReason,
    PaperRow,
)
from desktop.domain.monthly_replacements import Replaced
from desktop.domain.office import SignedInStaff
from desktop.models.households import Household
from desktop.services.declarations.cells import Happened, happened
from desktop.services.declarations.loading import STATES, Belongs, people
from desktop.services.income_months.loading import earned_in
from desktop.services.masters import lookup
from desktop.services.masters.lookup_monthly import (
    card_languages,
    ladder,
    monthly_papers,
    monthly_reasons,
    paper_replacements,
)
from desktop.services.monthly_papers.asked import Asked, asked_of
from desktop.services.monthly_papers.came import Came, came_since
from desktop.services.monthly_papers.replaced import Logged, logged_of

#: So many months more are read, so that a paper which came early finds the month it is about.
_MORE = 2
_INCOME = PaperColumn(
    code=INCOME_COLUMN, label="収入申告", paper_kind=PAPER_KIND[DeclarationKind.INCOME]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything that the cells of some months are made of."""

    months: tuple[date, ...]
    papers: Sequence[MonthlyPaper]
    asked: Asked
    came: Came
    ladder: Ladder
    reasons: tuple[PaperReason, ...]
    logged: Logged
    today: date
    declared: Happened | None = None
    _days: dict[tuple[str, date], date] = field(default_factory=dict)

    def due_on(self, paper: MonthlyPaper, month: date) -> date:
        """The day of a paper about a month, reckoned once for everybody."""
        key = (paper.code, month)
        if key not in self._days:
            self._days[key] = paper.due_on(month)
        return self._days[key]

    def is_late(self, paper: MonthlyPaper, due: MonthlyDue) -> bool:
        """Whether it is asked for, its day is over and it has not come."""
        return (
            self.due_on(paper, due.month) < self.today
            and self.asked.is_asked(paper, due.person_id, due.month)
            and due not in self.came.receipts
            and self.replaced(due) is None
        )

    def replaced(self, due: MonthlyDue) -> Replaced | None:
        """Why a paper that has not come is not asked for; None where it is."""
        if not self.logged.rules or due in self.came.receipts:
            return None
        return self.logged.stands_for(due, self.asked.group_of(due.person_id, due.month))

    def cell(self, due: MonthlyDue, paper: MonthlyPaper) -> PaperCell:
        """The cell of a paper that is asked for."""
        receipt, missing = self.came.receipts.get(due), self.came.missing.get(due)
        reminded_on = tuple(self.came.reminded.get(due, ()))
        due_on = self.due_on(paper, due.month)
        group = self.asked.group_of(due.person_id, due.month)
        return PaperCell(
            due=due,
            due_on=due_on,
            state=_state(
                due_on, self.today, came=receipt is not None, missing=missing, reminded=reminded_on
            ),
            step=self.ladder.step(due_on, self.today),
            receipt=receipt,
            missing=missing,
            reminded_on=reminded_on,
            in_a_row=self._in_a_row(due, paper),
            is_short=paper.is_short_for(group),
            replaced=self.replaced(due),
        )

    def _in_a_row(self, due: MonthlyDue, paper: MonthlyPaper) -> int:
        """How many months running, up to this one, did not come although their day is over."""
        count = 0
        for month in reversed([m for m in self.months if m <= due.month]):
            at = due if month == due.month else replace(due, month=month)
            if not self.is_late(paper, at):
                return count
            count += 1
        return count


def grid(
    session: Session,
    staff: SignedInStaff,
    district_ids: Collection[UUID],
    month: date,
    today: date,
) -> PaperGrid:
    """The papers about a month of these districts' people, as far as they are the person's duty."""
    near = frozenset(district_ids)
    if not staff.is_office_wide:
        near &= staff.duty_district_ids
    where = (
        (Household.office_id == staff.office_id)
        & Household.district_id.in_(near)
        & Household.state.in_(STATES)
    )
    # Nobody who left or died is asked for anything, however lately.
    here = people(session, staff, where, today, since=today)
    members = [person for person in here if person.until is None or person.until >= today]
    known = known_of(session, staff.office_id, where, members, month, today, with_income=True)
    columns = (
        _INCOME,
        *(PaperColumn(code=p.code, label=p.label, paper_kind=p.paper_kind) for p in known.papers),
    )
    earned = earned_in(session, where, month)
    made = (_row(person, known, month, earned) for person in members)
    rows = [row for row in made if any(row.cells)]
    # A column that nobody is asked for stays away.
    used = [n for n, _ in enumerate(columns) if n == 0 or any(row.cells[n] for row in rows)]
    return PaperGrid(
        month=month,
        columns=tuple(columns[n] for n in used),
        rows=tuple(replace(row, cells=tuple(row.cells[n] for n in used)) for row in rows),
        reasons=known.reasons,
        in_a_row=known.ladder.in_a_row,
        languages=card_languages(session, staff.office_id, today),
    )


def known_of(
    session: Session,
    office_id: UUID,
    where: ColumnElement[bool],
    members: Sequence[Belongs],
    month: date,
    today: date,
    *,
    papers: Sequence[MonthlyPaper] | None = None,
    with_income: bool = False,
    back: int = 0,
) -> Known:
    """Read what the cells up to a month are made of, for these people of the households of a condition.

    `back`: at least so many months, where more are looked at than the office's months running.
    """
    steps = ladder(session, office_id, today)
    chosen = monthly_papers(session, office_id, today) if papers is None else papers
    count = max(steps.in_a_row, back) + _MORE
    months = months_from(months_later(month_of(month), 1 - count), count)
    asked = asked_of(session, where, months, chosen, today)
    dues = set(_dues(members, asked, months))
    reasons = monthly_reasons(session, office_id, today)
    reason_words = {each.code: each.label for each in reasons}
    cycles = lookup.declaration_cycles(session, office_id, today) if with_income else {}
    return Known(
        months=months[_MORE:],
        papers=chosen,
        asked=asked,
        came=came_since(session, where, months[0], chosen, reason_words, dues),
        ladder=steps,
        reasons=reasons,
        logged=logged_of(session, where, months, paper_replacements(session, office_id, today)),
        today=today,
        declared=happened(session, where, months[0], cycles, today) if with_income else None,
    )


def _dues(members: Sequence[Belongs], asked: Asked, months: Sequence[date]) -> Iterator[MonthlyDue]:
    for person in members:
        for month in months:
            if person.until is not None and person.until < month:
                continue
            for paper in asked.papers_of(person.person_id, month):
                yield MonthlyDue(
                    household_id=person.household_id,
                    person_id=person.person_id,
                    paper=paper.code,
                    month=month,
                )


def _row(
    person: Belongs, known: Known, month: date, earned: Mapping[tuple[UUID, UUID], Earned]
) -> PaperRow:
    cells = [_income(person, known, month)]
    for paper in known.papers:
        due = MonthlyDue(
            household_id=person.household_id,
            person_id=person.person_id,
            paper=paper.code,
            month=month,
        )
        is_asked = known.asked.is_asked(paper, person.person_id, month)
        cells.append(known.cell(due, paper) if is_asked else None)
    return PaperRow(
        household_id=person.household_id,
        case_number=person.case_number,
        head_name=person.head_name,
        person_id=person.person_id,
        person=person.name,
        group=known.asked.group_of(person.person_id, month),
        cells=tuple(cells),
        earned=earned.get((person.household_id, person.person_id)),
    )


def _income(person: Belongs, known: Known, month: date) -> PaperCell | None:
    """The income declaration by the cycle that the person was given, as it stands on the board of declarations."""
    if known.declared is None:
        return None
    whose = (person.household_id, person.person_id, DeclarationKind.INCOME)
    cells = known.declared.cells(whose, known.months, person.until)
    (cell,) = (found for at, found in zip(known.months, cells, strict=True) if at == month)
    if cell is None:
        return None
    return PaperCell(
        due=MonthlyDue(
            household_id=person.household_id,
            person_id=person.person_id,
            paper=INCOME_COLUMN,
            month=month,
        ),
        due_on=cell.due_on,
        state=cell.state,
        step=known.ladder.step(cell.due_on, known.today),
        receipt=cell.receipt,
        missing=_declared_missing(cell),
        reminded_on=cell.reminded_on,
        in_a_row=_late(cells, month, known.today),
    )


def _declared_missing(cell: DeclarationCell) -> PaperMissing | None:
    if cell.missing is None:
        return None
    return PaperMissing(
        reason=MISSING_REASON[cell.missing.reason],
        noted_on=cell.missing.noted_on,
        noted_by=cell.missing.noted_by,
    )


def _late(cells: Sequence[DeclarationCell | None], month: date, today: date) -> int:
    """How many declarations running, up to the month's, did not come although their day is over."""
    count = 0
    for cell in reversed([c for c in cells if c is not None and c.month <= month]):
        if not cell.is_open or cell.due_on >= today:
            return count
        count += 1
    return count


def _state(
    due_on: date,
    today: date,
    *,
    came: bool,
    missing: PaperMissing | None,
    reminded: Sequence[date],
) -> CellState:
    """What a cell says first: that it came, then what was noted last, then the day."""
    if came:
        return CellState.RECEIVED
    if missing is not None and missing.noted_on >= max(reminded, default=date.min):
        return CellState.EXPLAINED
    if reminded:
        return CellState.REMINDED if len(reminded) == 1 else CellState.REMINDED_AGAIN
    return CellState.NOT_YET if today <= due_on else CellState.MISSING

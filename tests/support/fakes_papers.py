"""Received papers from memory. All people and cases are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.office import StaffRow
from desktop.domain.paper_links import DraftTask
from desktop.domain.papers import (
    PaperInput,
    PaperKind,
    PaperLine,
    PaperPerson,
    PaperPool,
    PaperState,
    ReceivedPaper,
    next_state,
)
from tests.support.fakes import CLOCK, fake_id

ME = fake_id("tanto1")


def make_line(number: int, **changes: Any) -> PaperLine:
    """A paper that was taken in at the counter."""
    line = PaperLine(
        paper_id=fake_id(f"paper {number}"),
        fiscal_year=2024,
        number=number,
        household_id=fake_id(f"household {number}"),
        case_number=f"0{number:03}",
        head_name="架空 太郎",
        kind="pay_slip",
        kind_label="給与明細",
        person="架空 太郎",
        sheets=2,
        state=PaperState.RECEIVED,
        received_at=CLOCK.now(),
        received_by="庶務 見本",
        owner_id=ME,
        owner="担当 見本",
        age=0,
    )
    return replace(line, **changes)


def make_pool(*lines: PaperLine) -> PaperPool:
    """These papers, and no more."""
    return PaperPool(lines=lines, total=len(lines))


LINES = (
    make_line(
        1,
        age=31,
        is_late=True,
        received_at=CLOCK.now() - timedelta(days=31),
        state=PaperState.CHECKED,
        kind_label="収入申告書",
    ),
    make_line(2, age=4, owner_id=fake_id("tanto2"), owner="隣席 見本", head_name="", person=""),
    make_line(3, age=1, owner_id=None, owner="", kind_label="医療要否意見書", sheets=1),
    make_line(4, state=PaperState.DECIDED, kind_label="契約書・領収書", person=""),
)


COLLEAGUES = (
    StaffRow(staff_id=ME, name="担当 見本", role_label="地区担当員"),
    StaffRow(staff_id=fake_id("tanto2"), name="隣席 見本", role_label="地区担当員"),
    StaffRow(staff_id=fake_id("shomu"), name="庶務 見本", role_label="記録・庶務職員"),
)


class FakePapers:
    """Papers in a list; `elsewhere` lie outside the pool. `refusals` are raised by the next call of that name."""

    def __init__(self, *lines: PaperLine) -> None:
        self.lines = list(lines)
        self.given: list[PaperInput] = []
        self.calls: list[tuple[object, ...]] = []
        self.refusals: dict[str, UserError] = {}
        self.elsewhere: list[PaperLine] = []

    def kinds(self) -> tuple[PaperKind, ...]:
        return (
            PaperKind(code="income_declaration", label="収入申告書"),
            PaperKind(code="pay_slip", label="給与明細"),
            PaperKind(code="other", label="その他"),
        )

    def people(self, household_id: UUID) -> tuple[PaperPerson, ...]:
        self.calls.append(("people", household_id))
        return (
            PaperPerson(person_id=fake_id("head"), name="架空 太郎"),
            PaperPerson(person_id=fake_id("child"), name="架空 花子"),
        )

    def receive(self, given: PaperInput) -> ReceivedPaper:
        self._refuse("receive")
        self.given.append(given)
        number = 100 + len(self.given)
        self.lines.append(make_line(number, paper_id=given.paper_id, sheets=given.sheets))
        return ReceivedPaper(paper_id=given.paper_id, fiscal_year=2024, number=number)

    def step(self, paper_id: UUID, shown: PaperState) -> PaperState:
        self._refuse("step")
        self.calls.append(("step", paper_id, shown))
        to = next_state(shown)
        assert to is not None
        return self._move(paper_id, to)

    def settle(self, paper_id: UUID, shown: PaperState, reason: str) -> PaperState:
        self._refuse("settle")
        self.calls.append(("settle", paper_id, shown, reason))
        return self._move(paper_id, PaperState.SETTLED)

    def hand_over(self, paper_id: UUID, shown_owner: UUID | None, to: UUID | None = None) -> None:
        self._refuse("hand_over")
        self.calls.append(("hand_over", paper_id, shown_owner, to))
        names = {row.staff_id: row.name for row in COLLEAGUES}
        self._change(paper_id, owner_id=to or ME, owner=names[to or ME])

    def handlers(self) -> tuple[StaffRow, ...]:
        return COLLEAGUES

    def draft(self, paper_id: UUID) -> date:
        self._refuse("draft")
        self.calls.append(("draft", paper_id))
        due_on = CLOCK.today() + timedelta(days=7)
        self._change(paper_id, draft=DraftTask(due_on=due_on, is_done=False))
        return due_on

    def find(self, year: int, number: int) -> PaperLine | None:
        self.calls.append(("find", year, number))
        known = (*self.lines, *self.elsewhere)
        return next((p for p in known if (p.fiscal_year, p.number) == (year, number)), None)

    def pool(self) -> PaperPool:
        return make_pool(*self.lines)

    def _move(self, paper_id: UUID, to: PaperState) -> PaperState:
        if to is PaperState.SETTLED:
            self.lines = [line for line in self.lines if line.paper_id != paper_id]
        else:
            self._change(paper_id, state=to)
        return to

    def _change(self, paper_id: UUID, **changes: Any) -> None:
        self.lines = [
            replace(line, **changes) if line.paper_id == paper_id else line for line in self.lines
        ]

    def _refuse(self, name: str) -> None:
        if name in self.refusals:
            raise self.refusals.pop(name)

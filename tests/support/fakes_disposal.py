"""Disposal from memory. All people and cases are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.domain.disposal import (
    CLOSED_CASE,
    HELD,
    STILL_KEPT,
    ClosedCase,
    DisposalCandidate,
    DisposalDecision,
    DisposalItemRow,
    DisposalListRow,
    DisposalState,
    DisposalStep,
    TombstoneRow,
)
from desktop.domain.errors import ConflictError, NotPermittedError, UserError
from desktop.domain.holds import HoldKind, HoldRow, NewHold
from desktop.domain.households import HouseholdState
from tests.support.fakes import CLOCK, TODAY, fake_id

CLOSED_ON, KEPT_UNTIL = date(2017, 10, 1), date(2023, 3, 31)


def make_item(number: int) -> DisposalItemRow:
    """A household on a list."""
    return DisposalItemRow(
        household_id=fake_id(f"old {number}"),
        case_number=f"0{number:04}",
        retention_class=CLOSED_CASE,
        retention_label="保護廃止ケース",
        protected_from=date(2010, 4, 1),
        closed_on=CLOSED_ON,
        kept_until=KEPT_UNTIL,
    )


def make_step(number: int, **changes: Any) -> DisposalStep:
    """The supervisor's check or the head's approval."""
    login, name = (("sasatsu1", "査察 見本"), ("kacho", "課長 見本"))[number - 1]
    step = DisposalStep(
        number=number,
        decision=DisposalDecision.APPROVED,
        by_id=fake_id(login),
        by=name,
        at=CLOCK.now(),
    )
    return replace(step, **changes)


def make_list(
    number: int, state: DisposalState, households: int = 2, **changes: Any
) -> DisposalListRow:
    """A list by the records person `kiroku1`, with the decisions its state has."""
    decided = {DisposalState.DRAWN_UP: 0, DisposalState.CHECKED: 1}.get(state, 2)
    row = DisposalListRow(
        list_id=fake_id(f"list {number}"),
        number=number,
        as_of=TODAY,
        state=state,
        drawn_up_by_id=fake_id("kiroku1"),
        drawn_up_by="記録 見本人",
        drawn_up_at=CLOCK.now(),
        content_hash=bytes(range(32)).hex(),
        items=tuple(make_item(n) for n in range(1, households + 1)),
        steps=tuple(make_step(n) for n in range(1, decided + 1)),
    )
    return replace(row, **changes)


def make_candidate(number: int, refusal: str = "") -> DisposalCandidate:
    """A closed household."""
    case = ClosedCase(
        household_id=fake_id(f"old {number}"),
        case_number=f"0{number:04}",
        head_name=f"架空 {'一二三四五六'[number % 6]}郎",
        state=HouseholdState.CLOSED,
        protected_from=date(2010, 4, 1),
        closed_on=CLOSED_ON,
    )
    return DisposalCandidate(
        case=case, retention_label="保護廃止ケース", kept_until=KEPT_UNTIL, refusal=refusal
    )


def make_hold(number: int, **changes: Any) -> HoldRow:
    """A debt that is open."""
    row = HoldRow(
        hold_id=fake_id(f"hold {number}"),
        household_id=fake_id(f"old {number}"),
        case_number=f"0{number:04}",
        kind=HoldKind.DEBT,
        valid_from=TODAY,
        valid_to=None,
        set_by="担当 見本子",
        is_open=True,
    )
    return replace(row, **changes)


def make_tombstone(number: int, **changes: Any) -> TombstoneRow:
    """What remains of a file."""
    row = TombstoneRow(
        case_number=f"0{number:04}",
        retention_class=CLOSED_CASE,
        protected_from=date(2010, 4, 1),
        closed_on=CLOSED_ON,
        kept_until=KEPT_UNTIL,
        list_number=1,
        carried_out_at=CLOCK.now(),
        rows=1234,
        digest=bytes(range(32)).hex(),
    )
    return replace(row, **changes)


class FakeDisposals:
    """Four lists, four closed households, one hold; remembers what was done."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []
        self.refusal: UserError | None = None
        done: dict[str, Any] = {"closed_by": "記録 見本人", "closed_at": CLOCK.now()}
        self.rows = [
            make_list(4, DisposalState.DRAWN_UP, 3),
            make_list(3, DisposalState.CHECKED),
            make_list(2, DisposalState.APPROVED, 40),
            make_list(1, DisposalState.CARRIED_OUT, **done),
        ]
        self.closed = [
            make_candidate(1),
            make_candidate(2),
            make_candidate(3, STILL_KEPT),
            make_candidate(4, HELD),
        ]
        self.held = [make_hold(4)]
        self.gone = [make_tombstone(8), make_tombstone(9, protected_from=None)]

    def candidates(self) -> tuple[DisposalCandidate, ...]:
        return tuple(self.closed)

    def lists(self) -> tuple[DisposalListRow, ...]:
        return tuple(self.rows)

    def holds(self) -> tuple[HoldRow, ...]:
        return tuple(self.held)

    def tombstones(self) -> tuple[TombstoneRow, ...]:
        return tuple(self.gone)

    def draw_up(self, household_ids: Sequence[UUID]) -> UUID:
        self._do("draw up", tuple(household_ids))
        made = make_list(5, DisposalState.DRAWN_UP)
        self.rows.insert(0, made)
        return made.list_id

    def decide(
        self, list_id: UUID, shown_hash: str, decision: DisposalDecision, reason: str = ""
    ) -> None:
        self._do("decide", list_id, shown_hash, decision, reason)
        self.rows = [
            replace(row, state=DisposalState.CHECKED) if row.list_id == list_id else row
            for row in self.rows
        ]

    def withdraw(self, list_id: UUID) -> None:
        self._do("withdraw", list_id)

    def carry_out(self, list_id: UUID, shown_hash: str) -> int:
        self._do("carry out", list_id, shown_hash)
        return 1

    def household_named(self, case_number: str) -> UUID:
        if not case_number.startswith("0"):
            raise NotPermittedError("このケース番号の世帯はありません。番号を確認してください。")
        return fake_id(case_number)

    def set_hold(self, given: NewHold) -> UUID:
        self._do("hold", given)
        return fake_id("hold")

    def end_hold(self, hold_id: UUID) -> None:
        self._do("end", hold_id)
        self.held = []

    def _do(self, *what: Any) -> None:
        if self.refusal:
            raise self.refusal
        self.done.append(what)


class FakePaper:
    """Remembers what was saved where."""

    def __init__(self) -> None:
        self.saved: list[tuple[int, Path]] = []

    def save(self, row: DisposalListRow, path: Path) -> int:
        self.saved.append((row.number, path))
        return 2


CONFLICT = ConflictError("廃棄できない世帯が1件あります（保留（債務・不服申立など）があります。）")

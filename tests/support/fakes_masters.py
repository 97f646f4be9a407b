"""Office data from memory, with the rules that the screen must show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.master_tables import MASTER_TABLES
from desktop.domain.masters import MasterInput, MasterRow, MasterTable
from tests.support.fakes import CLOCK, fake_id


def make_master_row(name: str, **changes: Any) -> MasterRow:
    """A visit grade in force since 2020."""
    fields: dict[str, Any] = {
        "row_id": fake_id(f"master {name}"),
        "table": "visit_grades",
        "key": name[0],
        "valid_from": date(2020, 4, 1),
        "value": {
            "label": f"{name[0]}格付",
            "visits_per_year": 4,
            "interval_months": 3,
            "who": "経過を見守る世帯",
        },
        "source": "実施機関の訪問基準 第3条",
        "confirmed": True,
        "is_retired": False,
        "entered_by": "管理 見本子",
        "entered_at": CLOCK.now(),
        "approved_by": "指導 見本人",
        "approved_at": CLOCK.now(),
    }
    return MasterRow(**fields | changes)


A_NOW = make_master_row("A", value={"label": "A格付", "visits_per_year": 12, "interval_months": 1})
B_NOW = make_master_row("B", confirmed=False)
B_NEXT = make_master_row(
    "B next",
    valid_from=date(2024, 11, 1),
    value={**B_NOW.value, "visits_per_year": 6, "interval_months": 2},
    source="令和6年度の見直し",
    approved_by="",
    approved_at=None,
)
C_NOW = make_master_row("C")
KIND = make_master_row(
    "visit",
    table="entry_kinds",
    key="visit",
    value={
        "label": "定期訪問",
        "method": "visit",
        "place": "home",
        "segments": ["subject", "facts", "words", "view", "next"],
        "asks": ["times", "place", "met", "result"],
        "result_codes": ["11", "12", "21"],
        "default_result": "11",
        "in_bulk": False,
        "subject": "定期訪問",
    },
)
TEMPLATE = make_master_row(
    "template",
    table="templates",
    key="visit",
    value={"subject": "定期訪問", "facts": "{世帯主}宅を訪問した。\n前回は{前回面接日}。"},
)


class FakeOfficeData:
    """Rows that can be proposed, approved and refused; errors by field as the test says."""

    def __init__(self, *rows: MasterRow) -> None:
        self.stored = list(rows or (A_NOW, B_NEXT, B_NOW, C_NOW, KIND, TEMPLATE))
        self.proposed: list[MasterInput] = []
        self.refusal: UserError | None = None

    def tables(self) -> tuple[MasterTable, ...]:
        """The registered tables."""
        return tuple(MASTER_TABLES.values())

    def rows(self, table: str) -> tuple[MasterRow, ...]:
        """By key, newest first."""
        found = [row for row in self.stored if row.table == table]
        found.sort(key=lambda row: row.valid_from, reverse=True)
        return tuple(sorted(found, key=lambda row: row.key))

    def propose(self, given: MasterInput) -> UUID:
        """Store a row that waits."""
        if self.refusal is not None:
            raise self.refusal
        self.proposed.append(given)
        row = make_master_row(
            f"{given.key} new {len(self.proposed)}",
            table=given.table,
            key=given.key,
            valid_from=given.valid_from,
            value=given.value,
            source=given.source,
            confirmed=given.confirmed,
            is_retired=given.is_retired,
            entered_by_me=True,
            approved_by="",
            approved_at=None,
        )
        self.stored.append(row)
        return row.row_id

    def approve(self, row_id: UUID) -> None:
        """Put a row in force."""
        self._change(row_id, approved_by="指導 見本人", approved_at=CLOCK.now())

    def reject(self, row_id: UUID) -> None:
        """Refuse a row."""
        self._change(row_id, rejected_at=CLOCK.now())

    def _change(self, row_id: UUID, **changes: Any) -> None:
        self.stored = [
            replace(row, **changes) if row.row_id == row_id else row for row in self.stored
        ]

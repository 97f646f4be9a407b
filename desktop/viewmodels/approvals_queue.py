"""The review queue (決裁待ち): its lines, its ticks, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.approvals import ApprovalState, Decision, Move, QueueRow, Shown
from desktop.domain.era import DateStyle, format_date
from desktop.override import override
from desktop.viewmodels.records_text import Badge

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class QueueModel(QAbstractListModel):
    """Oldest first, as the service gives them. Only rows whose kind the office marks for it can be ticked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[QueueRow] = []
        self._ticked: set[UUID] = set()

    def set_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show these rows; ticks stay only on what is unchanged."""
        before = {row.approval_id: row.content_hash for row in self._rows}
        self.beginResetModel()
        self._rows = list(rows)
        same = {r.approval_id for r in rows if before.get(r.approval_id) == r.content_hash}
        self._ticked &= same & {r.approval_id for r in rows if r.in_bulk}
        self.endResetModel()

    def rows(self) -> tuple[QueueRow, ...]:
        """The rows as shown."""
        return tuple(self._rows)

    def row_at(self, index: Index) -> QueueRow | None:
        """The row of an index; None for an invalid one."""
        return self._rows[index.row()] if index.isValid() else None

    def place_of(self, approval_id: UUID | None) -> int:
        """Where a row stands; -1 when it is gone."""
        return next((i for i, r in enumerate(self._rows) if r.approval_id == approval_id), -1)

    def after(self, approval_id: UUID) -> QueueRow | None:
        """The row that comes next, around the end; None when there is no other."""
        place = self.place_of(approval_id)
        if place < 0 or len(self._rows) == 1:
            return None
        return self._rows[(place + 1) % len(self._rows)]

    def drop(self, approval_id: UUID) -> None:
        """Take a decided row away."""
        place = self.place_of(approval_id)
        if place >= 0:
            self.beginRemoveRows(_NOWHERE, place, place)
            del self._rows[place]
            self._ticked.discard(approval_id)
            self.endRemoveRows()

    def toggle(self, index: Index) -> bool:
        """Tick or untick a row; whether that was possible."""
        row = self.row_at(index)
        if row is None or not row.in_bulk:
            return False
        self._ticked ^= {row.approval_id}
        self.dataChanged.emit(index, index, [int(Qt.ItemDataRole.CheckStateRole)])
        return True

    def tick_all(self) -> None:
        """Tick everything that can be; untick all when all are ticked."""
        possible = {row.approval_id for row in self._rows if row.in_bulk}
        self._ticked = set() if possible == self._ticked else possible
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def ticked(self) -> tuple[QueueRow, ...]:
        """The ticked rows."""
        return tuple(row for row in self._rows if row.approval_id in self._ticked)

    def bulk_decisions(self) -> tuple[Decision, ...]:
        """Approvals of the ticked rows, by exactly what the list displayed of them."""
        return tuple(
            Decision(
                approval_id=row.approval_id,
                move=Move.APPROVE,
                root_version=row.root_version,
                content_hash=row.content_hash,
                shown=Shown.LIST,
            )
            for row in self.ticked()
        )

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            marks = "".join(f"［{badge.text}］" for badge in queue_badges(row))
            return f"{first_line(row)}{marks} {second_line(row)}"
        if role == Qt.ItemDataRole.CheckStateRole and row.in_bulk:
            is_on = row.approval_id in self._ticked
            return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        return None


def first_line(row: QueueRow) -> str:
    """How long it waits, and what it is."""
    age = f"{row.age_days}日" if row.age_days else "本日"
    return f"{age}　{row.kind_label}"


def second_line(row: QueueRow) -> str:
    """Whose file, which day, who wrote it."""
    day = format_date(row.event_on, DateStyle.SHORT)
    return "　".join(part for part in (row.case_number, row.head_name, day, row.author) if part)


def queue_badges(row: QueueRow) -> tuple[Badge, ...]:
    """再提出, 保留, 後閲."""
    found = []
    if row.round > 1:
        found.append(Badge(text="再提出", tone="warning"))
    if row.state is ApprovalState.HELD:
        found.append(Badge(text="保留", tone="info"))
    if row.needs_inspection:
        found.append(Badge(text="後閲", tone="warning"))
    return tuple(found)

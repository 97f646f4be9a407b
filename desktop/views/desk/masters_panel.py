"""承認待ちの設定: office data that waits for a second person."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.masters import MasterRow, MasterTable
from desktop.override import override
from desktop.viewmodels.masters import waiting_columns
from desktop.views.desk.panel import DeskPanel
from desktop.views.look import Look
from desktop.views.requests import ScreenRequest

MASTERS_SCREEN = "masters"
_WIDTHS = {0: 6, 1: 8, 2: 5, 3: 12, 4: 9}
_EMPTY = "承認を待っている設定の変更はありません。変更は「設定値」の画面で提案します。"


class MastersPanel(DeskPanel[MasterRow]):
    """Proposals of every table. Enter goes to the editor at that row."""

    def __init__(self, look: Look) -> None:
        self._tables: dict[str, MasterTable] = {}
        super().__init__(
            "waiting_masters",
            "承認待ちの設定(&S)",
            waiting_columns(self._tables),
            key=lambda row: row.row_id,
            characters=_WIDTHS,
            stretch=3,
            empty=_EMPTY,
            brush_of=look.brush_of,
        )

    def show_waiting(self, tables: Sequence[MasterTable], rows: Sequence[MasterRow]) -> None:
        """Show the proposals of these tables."""
        self._tables.update({table.name: table for table in tables})
        self.summary.setText(f"{len(rows)}件" if rows else "")
        self.show_rows(rows)

    @override
    def open_row(self, row: MasterRow) -> None:
        """Go to the editor."""
        self.screen_requested.emit(ScreenRequest(key=MASTERS_SCREEN, item_id=row.row_id))

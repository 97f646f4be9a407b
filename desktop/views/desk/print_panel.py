"""今日印刷するもの: what waits for paper, by district."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.printing import PrintQueueRow
from desktop.override import override
from desktop.viewmodels.printing import DistrictCount, by_district, district_columns
from desktop.views.desk.panel import DeskPanel
from desktop.views.look import Look
from desktop.views.requests import ScreenRequest

PRINTING_SCREEN = "printing"
_WIDTHS = {0: 8, 1: 4, 2: 4, 3: 6}
_EMPTY = "印刷を待っている記録はありません。記録が承認されると、ここに地区ごとに並びます。"


class PrintPanel(DeskPanel[DistrictCount]):
    """Approved and never printed. Enter goes to the printing screen."""

    def __init__(self, look: Look) -> None:
        super().__init__(
            "prints",
            "今日印刷するもの(&P)",
            district_columns(),
            key=lambda row: row.code,
            characters=_WIDTHS,
            stretch=0,
            empty=_EMPTY,
            brush_of=look.brush_of,
        )

    def show_queue(self, rows: Sequence[PrintQueueRow]) -> None:
        """Show what waits, counted by district."""
        self.summary.setText(f"{len(rows):,}件" if rows else "")
        self.show_rows(by_district(rows))

    @override
    def open_row(self, row: DistrictCount) -> None:
        """Go to the printing screen."""
        self.screen_requested.emit(ScreenRequest(key=PRINTING_SCREEN))

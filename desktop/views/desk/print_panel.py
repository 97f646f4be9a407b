"""今日印刷するもの: what waits for paper, by form and district."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.printing import ReadyToPrint
from desktop.override import override
from desktop.viewmodels.printing import WaitingGroup, group_columns, groups
from desktop.views.desk.panel import DeskPanel
from desktop.views.look import Look
from desktop.views.requests import ScreenRequest

PRINTING_SCREEN = "printing"
_WIDTHS = {0: 8, 1: 3, 2: 4, 3: 3, 4: 6}
_EMPTY = "印刷を待っている帳票はありません。記録や援助方針が承認されると、ここに帳票と地区ごとに並びます。"


class PrintPanel(DeskPanel[WaitingGroup]):
    """Approved and never printed. Enter goes to the printing screen."""

    def __init__(self, look: Look) -> None:
        super().__init__(
            "prints",
            "今日印刷するもの(&P)",
            group_columns(),
            key=lambda row: (row.form_code, row.district_code),
            characters=_WIDTHS,
            stretch=0,
            empty=_EMPTY,
            brush_of=look.brush_of,
        )

    def show_queue(self, rows: Sequence[ReadyToPrint]) -> None:
        """Show what waits, by form and district."""
        self.summary.setText(f"{len(rows):,}件" if rows else "")
        self.show_rows(groups(rows))

    @override
    def open_row(self, row: WaitingGroup) -> None:
        """Go to the printing screen."""
        self.screen_requested.emit(ScreenRequest(key=PRINTING_SCREEN))

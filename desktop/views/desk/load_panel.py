"""班の状況: what each district's caseworker has before him. In the order of the districts, never a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from desktop.domain.approvals import QueueRow
from desktop.domain.supervision import Finding
from desktop.override import override
from desktop.viewmodels.radar import Load, TeamFigures, load_columns, team_load
from desktop.views.desk.panel import DeskPanel
from desktop.views.look import Look

_WIDTHS = {0: 7, 1: 5, 2: 3, 3: 4, 4: 4}
_EMPTY = "担当する班の地区がありません。地区の割当は台帳の取込で決まります。"


class LoadPanel(DeskPanel[Load]):
    """One line a district. Enter narrows the findings to its caseworker: `caseworker_requested`."""

    caseworker_requested = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(
            "load",
            "班の状況(&L)",
            load_columns(),
            key=_district,
            characters=_WIDTHS,
            stretch=0,
            empty=_EMPTY,
            brush_of=look.brush_of,
        )
        self._figures = TeamFigures(districts=(), households={})
        self._queue: tuple[QueueRow, ...] = ()
        self._findings: tuple[Finding, ...] = ()

    def show_figures(self, figures: TeamFigures) -> None:
        """Know the districts and their households."""
        self._figures = figures
        self._show()

    def show_queue(self, rows: Sequence[QueueRow]) -> None:
        """Know what waits."""
        self._queue = tuple(rows)
        self._show()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Know what was found."""
        self._findings = tuple(findings)
        self._show()

    @override
    def open_row(self, row: Load) -> None:
        """Show the findings behind the figure."""
        self.caseworker_requested.emit(row.district.caseworker)

    def _show(self) -> None:
        rows = team_load(self._figures, self._queue, self._findings)
        total = sum(row.households for row in rows)
        self.summary.setText(f"{len(rows)}地区　{total:,}世帯" if rows else "")
        self.show_rows(rows)


def _district(row: Load) -> UUID:
    return row.district.district_id

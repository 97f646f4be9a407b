"""決裁待ち: what waits for this person's decision."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.approvals import QueueRow
from desktop.override import override
from desktop.viewmodels.desk import household_text, queue_columns, queue_summary
from desktop.views.desk.panel import DeskPanel
from desktop.views.look import Look
from desktop.views.requests import HouseholdAtHand, ScreenRequest

APPROVALS_SCREEN = "approvals"
_WIDTHS = {0: 4, 1: 9, 2: 4, 3: 5}
_EMPTY = "決裁を待っているものはありません。提出されると、ここに古い順に並びます。"


class QueuePanel(DeskPanel[QueueRow]):
    """Oldest first. Enter goes to the review pane at that submission."""

    def __init__(self, look: Look) -> None:
        super().__init__(
            "queue",
            "決裁待ち(&Q)",
            queue_columns(),
            key=lambda row: row.approval_id,
            characters=_WIDTHS,
            stretch=1,
            empty=_EMPTY,
            brush_of=look.brush_of,
        )

    @override
    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show the queue, how long it is and how old."""
        self.summary.setText(queue_summary(rows))
        super().show_rows(rows)

    @override
    def open_row(self, row: QueueRow) -> None:
        """Go to the review pane."""
        self.screen_requested.emit(ScreenRequest(key=APPROVALS_SCREEN, item_id=row.approval_id))

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household of the submission."""
        row = self.current()
        return (
            None
            if row is None or row.household_id is None
            else HouseholdAtHand(
                household_id=row.household_id, label=household_text(row.case_number, row.head_name)
            )
        )

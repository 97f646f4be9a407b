"""Own entries that came back or were never submitted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop.override import override
from desktop.viewmodels.desk import DeskDraft, draft_columns, draft_summary, household_text
from desktop.views.desk.panel import DeskPanel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest, HouseholdAtHand
from desktop.views.widgets import named

_WIDTHS = {0: 5, 1: 7, 2: 11, 3: 5, 4: 5, 5: 6}
_EMPTY = "差し戻された記録も、提出していない下書きもありません。記録は世帯のファイルの「記録」で書きます（Ctrl+K で世帯を探せます）。"


class DraftsPanel(DeskPanel[DeskDraft]):
    """Returned entries first, with the supervisor's words beneath. Enter opens the entry in its file."""

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__(
            "drafts",
            "差戻し・下書き(&R)",
            draft_columns(today),
            key=lambda draft: draft.row.entry_id,
            characters=_WIDTHS,
            stretch=5,
            empty=_EMPTY,
            brush_of=look.brush_of,
        )
        self.reason = named(Paragraph(), "return_reason")
        self.footer.addWidget(self.reason)
        self.chosen.connect(self._show_reason)

    @override
    def show_rows(self, rows: Sequence[DeskDraft]) -> None:
        """Show the entries and count them."""
        self.summary.setText(draft_summary(rows))
        super().show_rows(rows)

    @override
    def open_row(self, row: DeskDraft) -> None:
        """Open the file at the entry."""
        self.file_requested.emit(
            FileRequest(
                household_id=row.row.household_id, section="chronicle", entry_id=row.row.entry_id
            )
        )

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household of the entry."""
        draft = self.current()
        return (
            None
            if draft is None
            else HouseholdAtHand(
                household_id=draft.row.household_id,
                label=household_text(draft.row.case_number, draft.row.head_name),
            )
        )

    def _show_reason(self) -> None:
        draft = self.current()
        words = draft.reason if draft else ""
        self.reason.say(f"差戻しの理由：{words}" if words else "")

"""開示: the requests, the parts of one with what is struck, the second look, and the way to paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget

from desktop.domain.clock import Clock
from desktop.domain.disclosures import MOVE, DisclosureMove, DisclosureRow, DisclosureSheet
from desktop.domain.disclosures_marks import MarkInput
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.imprint import FormMark
from desktop.domain.office import SignedInStaff
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.disclosures import acts_for, heading, request_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.disclosures.marking_panel import MarkingPanel
from desktop.views.disclosures.move_bar import MoveBar
from desktop.views.disclosures.ports import Disclosures
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.requests import HouseholdAtHand
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView

_HELP = "開示請求のあった世帯の記録の写しを、不開示の箇所を黒塗りにして作ります。別の職員の確認が済むまで、写しは出せません。"
_EMPTY = "開示請求はまだありません。記録・庶務職員が世帯のファイルの「開示」で受け付けると、ここに並びます。"
_WIDTHS = {0: 5, 1: 6, 2: 8, 3: 3, 4: 5, 5: 5, 6: 7, 7: 5, 8: 6, 9: 6}
_STRETCH = 2
MakePaper = Callable[[ScreenView], "PrintRunView"]


class DisclosuresScreen(ScreenView):
    """Enter opens a request; in it the letters on the buttons decide, Ctrl+Enter moves on, Esc goes back."""

    def __init__(
        self,
        disclosures: Disclosures,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        make_paper: MakePaper,
    ) -> None:
        super().__init__(runner, title="開示", help_line=_HELP)
        self._disclosures, self._staff = disclosures, staff
        self._sheet: DisclosureSheet | None = None
        self._opening: Job[DisclosureSheet] | None = None
        self.model: RowTableModel[DisclosureRow] = RowTableModel(
            request_columns(clock.today()),
            key=lambda r: r.disclosure_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="開示請求", characters=_WIDTHS, stretch=_STRETCH),
            "disclosures",
        )
        self.heading = named(QLabel(), "section_title")
        self.marking = MarkingPanel(look)
        self.moves = MoveBar()
        self.paper = make_paper(self)
        self._pages = QStackedWidget()
        self._work = FollowingScroll()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the requests again, and for the open one."""
        self.run(self._disclosures.requests, self._show_requests)
        if self._sheet is not None:
            self.show_item(self._sheet.row.disclosure_id)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or in the parts of the open request."""
        if self._pages.currentWidget() is self._work:
            self.marking.focus_first()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether a reason is half typed, or paper came out that the log does not know."""
        return bool(self.moves.reason.text().strip()) or self.paper.is_unrecorded

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household of the open request."""
        if self._sheet is None or self._pages.currentWidget() is not self._work:
            return None
        row = self._sheet.row
        return HouseholdAtHand(
            household_id=row.household_id, label=f"{row.case_number} {row.head_name}"
        )

    def show_item(self, disclosure_id: UUID) -> None:
        """Open a request."""
        self._opening = self.run(
            lambda: self._disclosures.sheet(disclosure_id),
            self._show_opened,
            replaces=self._opening,
        )

    def _show_requests(self, rows: tuple[DisclosureRow, ...]) -> None:
        place = max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        self.table.select_row(min(place, len(rows) - 1))
        if rows:
            self.show_body()
        else:
            self.show_empty(_EMPTY)

    def _open_current(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is not None:
            self.show_item(row.disclosure_id)

    def _show_opened(self, sheet: DisclosureSheet) -> None:
        self.show_body()
        self._show_sheet(sheet)
        self._pages.setCurrentWidget(self._work)
        self.marking.focus_first()

    def _show_sheet(self, sheet: DisclosureSheet) -> None:
        self._sheet = sheet
        self.heading.setText(heading(sheet))
        may_mark = acts_for(sheet, self._staff, 0).may_mark
        self.marking.show_sheet(sheet, may_mark=may_mark)
        self.moves.show_acts(acts_for(sheet, self._staff, self.marking.waiting))

    def _mark(self, given: Sequence[MarkInput]) -> None:
        self.run(lambda: self._disclosures.mark(given), self._was_marked, self._refused)

    def _lift(self, mark_ids: Sequence[UUID]) -> None:
        sheet = self._sheet
        if sheet is not None:
            disclosure_id = sheet.row.disclosure_id
            self.run(
                lambda: self._disclosures.lift(disclosure_id, mark_ids),
                self._was_marked,
                self._refused,
            )

    def _was_marked(self, sheet: DisclosureSheet) -> None:
        self.messages.clear()
        self._show_sheet(sheet)

    def _move(self, move: DisclosureMove, reason: str) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self.moves.hold()
        row = sheet.row
        self.run(
            lambda: self._disclosures.move(row.disclosure_id, move, sheet.content_hash, reason),
            lambda after: self._was_moved(move, after),
            self._refused,
        )

    def _was_moved(self, move: DisclosureMove, sheet: DisclosureSheet) -> None:
        self.messages.clear()
        self.moves.reason.clear()
        self.announced.emit(f"開示請求 {sheet.row.label}：{MOVE[move]}")
        self._show_sheet(sheet)
        self.run(self._disclosures.requests, self._show_requests)

    def _refused(self, error: UserError) -> None:
        """What belongs to a field stands there; the rest stays readable over what is loaded anew."""
        fields = error.fields if isinstance(error, ValidationError) else {}
        if "reason" in fields and not self.moves.reason.isHidden():
            self.moves.ask_reason()
        self.messages.show_error(error)
        if self._sheet is not None:
            disclosure_id = self._sheet.row.disclosure_id
            self.run(lambda: self._disclosures.sheet(disclosure_id), self._show_sheet)

    def _print(self, mark: FormMark) -> None:
        if self._sheet is not None:
            self.paper.draw([self._sheet.row.disclosure_id], mark, 1)

    def _back(self) -> None:
        self.messages.clear()
        self._pages.setCurrentWidget(self.table)
        self._sheet = None
        self.reload()
        self.focus_first()

    def _leave_paper(self) -> None:
        self._pages.setCurrentWidget(self._work)
        if self._sheet is not None:
            self.show_item(self._sheet.row.disclosure_id)

    def _lay_out(self) -> None:
        self.heading.setWordWrap(True)
        self._work.add_part(self.heading)
        self._work.add_part(self.marking, 1)
        self._work.add_part(self.moves)
        for page in (self.table, self._work, self.paper):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.table.row_opened.connect(lambda *_: self._open_current())
        self.marking.marked.connect(self._mark)
        self.marking.lifted.connect(self._lift)
        self.moves.moved.connect(self._move)
        self.moves.proof_requested.connect(lambda: self._print(FormMark.DRAFT))
        self.moves.copy_requested.connect(lambda: self._print(FormMark.DISCLOSED))
        self.moves.back_requested.connect(self._back)
        self.paper.begun.connect(lambda: self._pages.setCurrentWidget(self.paper))
        self.paper.left.connect(self._leave_paper)
        self.paper.noted.connect(self.announced)

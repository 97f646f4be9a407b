"""The list of households, of any size, filtered while typing."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.domain.errors import UserError
from desktop.domain.households import HouseholdFilter, HouseholdRow
from desktop.domain.office import DistrictRow, SignedInStaff
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.households import household_columns
from desktop.viewmodels.paged_rows import PAGE_ROWS, PagedTableModel
from desktop.views.households.filter_bar import FilterBar
from desktop.views.look import Look
from desktop.views.requests import FileRequest, HouseholdAtHand
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_Rows = tuple[HouseholdRow, ...]
_WIDTHS = {0: 6, 1: 8, 2: 9, 3: 3, 4: 7, 5: 4, 6: 4, 7: 3}
_NOTHING_NARROWED = "この条件に当てはまる世帯はありません。「すべてから探す」（Ctrl+Enter）で、地区・類型・状態を限らずに探せます。"
_NOTHING = "当てはまる世帯はありません。かな・漢字の一部、ケース番号、住所、生年月日（S30.4.1 など）で探せます。"


class HouseholdPages(Protocol):
    """Whoever counts and lists households."""

    def count(self, given: HouseholdFilter) -> int:
        """How many the filter finds."""

    def page(
        self, given: HouseholdFilter, offset: int, limit: int = 200
    ) -> tuple[HouseholdRow, ...]:
        """A stretch of the list."""


class Districts(Protocol):
    """Whoever knows the office's districts."""

    def districts(self) -> tuple[DistrictRow, ...]:
        """All districts by code."""


class HouseholdList(ScreenView):
    """Type to filter, arrow keys to choose, Enter to open the file."""

    def __init__(
        self,
        households: HouseholdPages,
        office: Districts,
        staff: SignedInStaff,
        runner: JobRunner,
        look: Look,
    ) -> None:
        super().__init__(
            runner,
            title="世帯一覧",
            help_line="入力すると絞り込まれます。↑↓で選び、Enterでファイルを開きます。",
        )
        self._households = households
        self._office = office
        self._pending: Job[_Rows] | None = None
        self._counting: Job[int] | None = None
        self._shown = HouseholdFilter()
        self.filter = FilterBar(staff)
        self.model = PagedTableModel(household_columns(), brush_of=look.brush_of, parent=self)
        self.table = named(
            TableView(self.model, name="世帯の一覧", characters=_WIDTHS, stretch=2),
            "household_table",
        )
        self.count_label = named(QLabel(), "household_count")
        self.widen_button = named(QPushButton("すべてから探す"), "widen")
        self.widen_button.setShortcut("Ctrl+Return")
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the list again; an older answer still under way is dropped."""
        given = self.filter.given()
        self._pending = self.run(
            lambda: self._households.page(given, 0, PAGE_ROWS),
            lambda rows: self._show(given, rows),
            replaces=self._pending,
        )
        if self._counting is not None:
            self._counting.cancel()

    @override
    def activate(self) -> None:
        """Load the districts once, besides the list."""
        if not self.count_label.text():
            self.run(self._office.districts, self.filter.show_districts)
        super().activate()

    @override
    def focus_first(self) -> None:
        """Put the keyboard into the filter box."""
        self.filter.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.box.selectAll()

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household of the selected line."""
        row = self.model.row_at(self.table.currentIndex())
        if row is None:
            return None
        return HouseholdAtHand(
            household_id=row.household_id, label=f"{row.case_number}　{row.head_name}".rstrip("　")
        )

    def _show(self, given: HouseholdFilter, rows: _Rows) -> None:
        """Show the first page at once; a page that is full is counted after it."""
        self._shown = given
        self.messages.clear()
        self.model.show_list(len(rows), rows)
        if len(rows) < PAGE_ROWS:
            self.count_label.setText(f"{len(rows):,} 世帯")
        else:
            self.count_label.setText(f"{len(rows):,} 世帯以上")
            self._count(given, self.model.generation)
        self.widen_button.setEnabled(self.filter.is_narrowed())
        self.table.select_row(0)
        if rows:
            self.show_body()
        else:
            self.show_empty(_NOTHING_NARROWED if self.filter.is_narrowed() else _NOTHING)

    def _count(self, given: HouseholdFilter, generation: int) -> None:
        self._counting = self.run(
            lambda: self._households.count(given),
            lambda count: self._counted(generation, count),
            replaces=self._counting,
        )

    def _counted(self, generation: int, count: int) -> None:
        self.model.lengthen(generation, count)
        self.count_label.setText(f"{count:,} 世帯")

    def _load_page(self, generation: int, offset: int) -> None:
        given = self._shown
        self.run(
            lambda: self._households.page(given, offset, PAGE_ROWS),
            lambda rows: self.model.page_loaded(generation, offset, rows),
            lambda error: self._page_failed(generation, offset, error),
        )

    def _page_failed(self, generation: int, offset: int, error: UserError) -> None:
        self.model.page_failed(generation, offset)
        self.messages.show_error(error)

    def _open_current(self) -> None:
        self._open(self.table.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.file_requested.emit(FileRequest(household_id=row.household_id))

    def _go_into_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.select_row(max(self.table.current_row(), 0))

    def _type_on(self, letters: str) -> None:
        self.filter.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.box.insert(letters)

    def _lay_out(self) -> None:
        self.buttons.addWidget(self.count_label)
        self.buttons.addWidget(self.widen_button)
        self.top.addWidget(self.filter)
        self.body.addWidget(self.table)

    def _connect(self) -> None:
        self.filter.changed.connect(self.reload)
        self.filter.left_downwards.connect(self._go_into_list)
        self.filter.entered.connect(self._open_current)
        self.table.row_opened.connect(self._open)
        self.table.typed.connect(self._type_on)
        self.model.page_wanted.connect(self._load_page)
        self.widen_button.clicked.connect(self.filter.widen)

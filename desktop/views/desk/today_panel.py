"""今日の訪問: the visits that are still to be made today, with their sheet and their brief at a key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desktop.domain.visit_plan_views import MonthLine, TodayVisits
from desktop.override import override
from desktop.viewmodels.desk import household_text
from desktop.viewmodels.desk_today import today_columns, today_summary
from desktop.viewmodels.visit_plans_month import carry_items
from desktop.views.desk.panel import DeskPanel
from desktop.views.requests import (
    CARRY_OUTS_SCREEN,
    FileRequest,
    HouseholdAtHand,
    ScreenRequest,
)
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 5, 1: 6, 2: 8, 4: 10}
_MOST_ROWS = 6
_EMPTY = "今日の訪問はありません。"
_KEYS = "Enter で記録を開きます。Ctrl+B で訪問前のまとめを開きます。"


class TodayPanel(DeskPanel[MonthLine]):
    """In the order of the way. K begins the carry sheet (K-09) of all of them with their purposes, Enter opens the file."""

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        super().__init__(
            "today",
            "今日の訪問(&D)",
            today_columns(self._labels),
            key=lambda line: line.visit.visit_id if line.visit else line.household_id,
            characters=_WIDTHS,
            stretch=3,
            empty=_EMPTY,
        )
        self.carry_button = named(QPushButton("今日の携行票を作る（K）"), "carry_today")
        self.carry_button.clicked.connect(self.carry)
        foot = QHBoxLayout()
        foot.addWidget(muted_label(_KEYS), 1)
        foot.addWidget(self.carry_button)
        self.footer.addLayout(foot)
        shortcut = QShortcut(QKeySequence("K"), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.carry)

    def show_visits(self, today: TodayVisits) -> None:
        """Show them and count them."""
        self._labels.clear()
        self._labels.update(today.purposes)
        self.summary.setText(today_summary(today.lines))
        self.show_rows(today.lines)
        self.fit()

    def carry(self) -> None:
        """Begin a sheet of everything that is shown."""
        lines = self.model.rows()
        if lines:
            request = ScreenRequest(key=CARRY_OUTS_SCREEN, carry=carry_items(lines))
            self.screen_requested.emit(request)

    @override
    def fit(self) -> None:
        """As high as its lines: a day has few visits."""
        self._pages.setMinimumHeight(0)
        self.table.show_all_rows(_MOST_ROWS)

    @override
    def open_row(self, row: MonthLine) -> None:
        """Open the household's chronicle."""
        self.file_requested.emit(FileRequest(household_id=row.household_id, section="chronicle"))

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household of the visit."""
        row = self.current()
        if row is None:
            return None
        label = household_text(row.case_number, row.head_name)
        return HouseholdAtHand(household_id=row.household_id, label=label)

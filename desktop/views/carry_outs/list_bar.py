"""The row above the register: the number of a sheet that is back, a new trip, which trips are shown, and the papers."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.widgets import muted_label, named

_FIND = "絞り込み（Ctrl+F）"
_RETURN = "戻った番号（読取り可・Ctrl+B）"
_MONTHS = 13


class ListBar(FlowingRow):
    """Its widgets are the screen's to connect; `period` is None for what still waits for somebody."""

    def __init__(self, staff: SignedInStaff, today: date) -> None:
        super().__init__()
        self._today = today
        self.scope = named(QComboBox(), "carry_out_scope")
        self.filter = named(QLineEdit(), "carry_out_filter")
        self.number = named(QLineEdit(), "returned_number")
        self.count = named(muted_label(), "carry_out_count")
        self.new_button = named(QPushButton("新しい持出し（N）"), "new_carry_out")
        self.register_button = named(QPushButton("管理簿を印刷（K）"), "print_register")
        self.incidents_button = named(QPushButton("漏えい等の事案（G）"), "show_incidents")
        self.new_button.setEnabled(staff.may(Permission.WRITE_RECORDS))
        self.register_button.setEnabled(staff.may(Permission.PRINT_DRAFTS))
        self._fill()

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day of the month that is shown; None for what is not ended."""
        return self.scope.currentData()  # type: ignore[no-any-return]

    @property
    def paper_period(self) -> tuple[date, date]:
        """The month that the register is printed of: the one shown, else this one."""
        return self.period or _month(self._today.year, self._today.month)

    def _fill(self) -> None:
        self.scope.setAccessibleName("範囲")
        self.scope.addItem("終わっていない持出し", None)
        year, month = self._today.year, self._today.month
        for _ in range(_MONTHS):
            self.scope.addItem(f"{year}年{month}月", _month(year, month))
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for field, label, wide in ((self.filter, _FIND, 12), (self.number, _RETURN, 16)):
            field.setAccessibleName(label)
            field.setPlaceholderText(label)
            field.setClearButtonEnabled(True)
            field.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * wide)
        for widget in (
            *(self.number, self.new_button, self.scope, self.filter),
            *(self.register_button, self.incidents_button),
        ):
            self.add(widget)


def _month(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])

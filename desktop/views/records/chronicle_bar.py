"""What the chronicle is narrowed by, and where to go in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.domain.era import fiscal_year, fiscal_year_label
from desktop.domain.errors import ValidationError
from desktop.domain.records import Entry
from desktop.viewmodels.records_chronicle import ChronicleFilter
from desktop.views.fields.date_field import DateField
from desktop.views.two_rows import TwoRows
from desktop.views.widgets import muted_label, named

_FIRST_MONTH = 4
_DAYS_OF_YEAR = 365
_DAYS_OF_QUARTER = 92
_UNSETTLED = "unsettled"


class ChronicleBar(QWidget):
    """Kind, period, a day to go to; `find_wanted` opens the search."""

    changed = Signal()
    day_wanted = Signal(object)
    find_wanted = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.kind = named(QComboBox(), "kind_filter")
        self.period = named(QComboBox(), "period_filter")
        self.day = named(DateField("日付へ", today=today), "jump_day")
        self.find_button = named(QToolButton(), "open_find")
        self.count = named(muted_label(), "entry_count")
        self._build()

    def offer(self, entries: Sequence[Entry], kinds: Sequence[tuple[str, str]]) -> None:
        """Offer the kinds and years that occur; what is chosen stays if it is still there."""
        kind, period = self.kind.currentData(), self.period.currentData()
        for box, items, chosen in (
            (self.kind, [("すべての種別", None), *((label, code) for code, label in kinds)], kind),
            (self.period, self._periods(entries), period),
        ):
            box.blockSignals(True)
            box.clear()
            for label, data in items:
                box.addItem(label, data)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)

    def wanted(self) -> ChronicleFilter:
        """What is chosen now."""
        kind, period = self.kind.currentData(), self.period.currentData()
        is_span = isinstance(period, tuple)
        return ChronicleFilter(
            kinds=frozenset({kind}) if kind else frozenset(),
            since=period[0] if is_span else None,
            until=period[1] if is_span else None,
            is_unsettled=period == _UNSETTLED,
        )

    def widen(self) -> None:
        """Show everything again."""
        self.kind.setCurrentIndex(0)
        self.period.setCurrentIndex(0)

    def add_button(self, button: QWidget) -> None:
        """Put a button at the end of the bar."""
        self._row.addWidget(button)

    def _periods(self, entries: Sequence[Entry]) -> list[tuple[str, object]]:
        today = self._today()
        years = sorted({fiscal_year(entry.event_on) for entry in entries}, reverse=True)
        return [
            ("すべての期間", None),
            ("この3か月", (today - timedelta(days=_DAYS_OF_QUARTER), None)),
            ("この1年", (today - timedelta(days=_DAYS_OF_YEAR), None)),
            *((fiscal_year_label(year), _year(year)) for year in years),
            ("決裁の済んでいない記録", _UNSETTLED),
        ]

    def _jump(self) -> None:
        try:
            day = self.day.entered()
        except ValidationError:
            return
        if day is not None:
            self.day_wanted.emit(day)

    def _build(self) -> None:
        self.find_button.setText("検索（Ctrl+F）")
        self.find_button.clicked.connect(self.find_wanted)
        choices, ways = QWidget(), QWidget()
        layout = QHBoxLayout(choices)
        self._row = row = QHBoxLayout(ways)
        for part in (layout, row):
            part.setContentsMargins(0, 0, 0, 0)
        for box, name, letters in ((self.kind, "種別", 7), (self.period, "期間", 7)):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(letters)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.currentIndexChanged.connect(self.changed)
            layout.addWidget(box, 1)
        label = QLabel("日付へ(&G)")
        label.setBuddy(self.day.editor())
        for widget in (label, self.day, self.find_button, self.count):
            row.addWidget(widget)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(TwoRows(choices, ways, first_stretches=True))
        self.day.editor().setPlaceholderText("R6.4.1")
        self.day.editor().returnPressed.connect(self._jump, Qt.ConnectionType.QueuedConnection)


def _year(year: int) -> tuple[date, date]:
    return date(year, _FIRST_MONTH, 1), date(year + 1, _FIRST_MONTH, 1) - timedelta(days=1)

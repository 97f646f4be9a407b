"""印刷待ち: approved entries that were never printed, by district, to be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.forms import FormMark
from desktop.domain.printing import PrintQueueRow
from desktop.viewmodels.printing import (
    MARK_NOTES,
    MARKS,
    RECORD_MARKS,
    DistrictCount,
    by_district,
    district_columns,
)
from desktop.viewmodels.printing import entry_columns as columns_of_entries
from desktop.viewmodels.ticks import TickedRows, Ticks
from desktop.views.look import Look
from desktop.views.printing.tick_table import TickTable
from desktop.views.requests import FileRequest
from desktop.views.widgets import muted_label, named

_DISTRICT_WIDTHS = {0: 4, 1: 4, 2: 3, 3: 5}
_ENTRY_WIDTHS = {0: 11, 1: 6, 2: 6, 3: 6, 4: 5, 5: 4}
_DRAFTS = "承認前の記録の案は、ケースファイルの「記録」で P を押すと印刷できます。"
_EMPTY = "印刷を待っている記録はありません。記録が承認されると、ここに地区ごとに並びます。印刷済みの記録は「印刷の記録」から写しを印刷できます。"


class WaitingView(QWidget):
    """Districts left, the entries of the selected district right. `draw_requested` carries entry ids and mark.

    Everything is ticked at first: the usual work of the day is to print all of it.
    """

    draw_requested = Signal(object, object)
    file_requested = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PrintQueueRow, ...] = ()
        self._known: frozenset[UUID] = frozenset()
        self.ticks = Ticks(self)
        self.districts = TickedRows(district_columns(), self.ticks, _entries_of, parent=self)
        self.entries = TickedRows(
            columns_of_entries(), self.ticks, _entry_of, brush_of=look.brush_of, parent=self
        )
        self.district_table = _table(self.districts, "地区", _DISTRICT_WIDTHS, 3)
        self.entry_table = _table(self.entries, "印刷待ちの記録", _ENTRY_WIDTHS, 0)
        self.mark = named(QComboBox(), "mark_choice")
        self.mark_note = named(muted_label(), "mark_note")
        self.draw_button = named(QPushButton("PDFを作成（Ctrl+P）"), "draw")
        self.all_button = named(QPushButton("すべて選択（Ctrl+A）"), "tick_all")
        self.none_button = named(QPushButton("解除（Ctrl+Shift+A）"), "tick_none")
        self.count = named(QLabel(), "ticked_count")
        self._empty = named(QLabel(_EMPTY), "empty_sentence")
        self._pages = QStackedWidget()
        self._build()
        self._connect()

    def show_queue(self, rows: Sequence[PrintQueueRow]) -> None:
        """Show what waits. Ticks stay; what is new is ticked."""
        place = max(self.district_table.current_row(), 0)
        ids = frozenset(row.entry_id for row in rows)
        self._rows = tuple(rows)
        self.districts.set_rows(by_district(rows))
        self.ticks.keep_only(ids)
        self.ticks.set(ids - self._known, ticked=True)
        self._known = ids
        self.district_table.select_row(min(place, self.districts.rowCount() - 1))
        self._show_district()
        self._pages.setCurrentIndex(0 if rows else 1)

    def chosen_mark(self) -> FormMark:
        """Which kind of print."""
        return FormMark[self.mark.currentData()]

    def ticked(self) -> tuple[PrintQueueRow, ...]:
        """The ticked entries in the order of the paper."""
        return tuple(row for row in self._rows if row.entry_id in self.ticks)

    def empty_sentence(self) -> str:
        """What is said instead of a list; "" while there is one."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def focus_first(self) -> None:
        """Begin with the districts."""
        self.district_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        if self.draw_button.isEnabled():
            self.draw_requested.emit(self.ticked(), self.chosen_mark())

    def _show_mark(self) -> None:
        mark = self.chosen_mark()
        more = _DRAFTS if mark is FormMark.DRAFT else ""
        self.mark_note.setText(MARK_NOTES[mark] + more)

    def _show_district(self) -> None:
        district = self.districts.row_at(self.district_table.currentIndex())
        code = district.code if district else ""
        self.entries.set_rows([row for row in self._rows if row.district_code == code])
        if self.entry_table.current_row() < 0:
            self.entry_table.select_row(0)

    def _show_count(self) -> None:
        rows = self.ticked()
        households = len({row.household_id for row in rows})
        self.count.setText(
            f"{len(rows):,}件（{households:,}世帯）を選択中　全{len(self._rows):,}件"
        )
        self.draw_button.setEnabled(bool(rows))

    def _tick_all(self, *, ticked: bool) -> None:
        self.ticks.set([row.entry_id for row in self._rows], ticked=ticked)

    def _open_entry(self) -> None:
        row = self.entries.row_at(self.entry_table.currentIndex())
        if row is not None:
            self.file_requested.emit(
                FileRequest(
                    household_id=row.household_id, section="chronicle", entry_id=row.entry_id
                )
            )

    def _build(self) -> None:
        self.mark.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for mark in RECORD_MARKS:
            self.mark.addItem(MARKS[mark], mark.name)
        self.mark.setAccessibleName("印の種類")
        self.mark_note.setWordWrap(True)
        self._show_mark()
        self.draw_button.setProperty("primary", True)
        label = QLabel("印(&K)")
        label.setBuddy(self.mark)
        choices = QHBoxLayout()
        choices.addWidget(label)
        choices.addWidget(self.mark)
        choices.addWidget(self.draw_button)
        choices.addWidget(self.mark_note, 1)
        ticking = QHBoxLayout()
        ticking.addWidget(self.count, 1)
        ticking.addWidget(self.all_button)
        ticking.addWidget(self.none_button)
        tables = QSplitter(Qt.Orientation.Horizontal)
        tables.addWidget(self.district_table)
        tables.addWidget(self.entry_table)
        tables.setStretchFactor(0, 1)
        tables.setStretchFactor(1, 2)
        tables.setChildrenCollapsible(False)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(tables)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(choices)
        layout.addLayout(ticking)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.ticks.changed.connect(self._show_count)
        self.mark.currentIndexChanged.connect(self._show_mark)
        self.district_table.selectionModel().currentRowChanged.connect(self._show_district)
        self.entry_table.row_opened.connect(self._open_entry)
        self.draw_button.clicked.connect(self._draw)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._draw)
        self.all_button.clicked.connect(lambda: self._tick_all(ticked=True))
        self.none_button.clicked.connect(lambda: self._tick_all(ticked=False))
        for table in (self.district_table, self.entry_table):
            table.all_requested.connect(lambda: self._tick_all(ticked=True))
            table.none_requested.connect(lambda: self._tick_all(ticked=False))


def _entries_of(district: DistrictCount) -> tuple[UUID, ...]:
    return district.entry_ids


def _entry_of(row: PrintQueueRow) -> tuple[UUID, ...]:
    return (row.entry_id,)


def _table(
    model: TickedRows,  # type: ignore[type-arg]  # districts and entries
    name: str,
    widths: dict[int, int],
    stretch: int,
) -> TickTable:
    return named(
        TickTable(model, name=name, characters=widths, stretch=stretch),
        "district_table" if stretch else "entry_table",
    )

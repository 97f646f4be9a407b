"""The parts of a copy, or the places of a word in them; what is chosen is shown beside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.disclosures import DisclosureSheet
from desktop.domain.disclosures_marks import Found, find
from desktop.viewmodels.disclosures import PartRow, found_columns, part_columns, part_rows
from desktop.viewmodels.rows import RowTableModel
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.papers.low_table import LowTable
from desktop.views.widgets import keep_height_for_width, named

_PART_WIDTHS = {0: 4, 1: 6, 2: 6, 3: 7, 4: 16, 5: 8}
_FOUND_WIDTHS = {0: 4, 1: 6, 2: 6, 3: 7, 4: 24}
_TEXT_COLUMN = 4


class PartList(QWidget):
    """`chosen` tells that another part or place is before the person; `F` goes to the word, Esc back to all parts."""

    chosen = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: DisclosureSheet | None = None
        self._rows: tuple[PartRow, ...] = ()
        self.model: RowTableModel[PartRow] = RowTableModel(
            part_columns(), key=lambda r: r.part.key, brush_of=look.brush_of, parent=self
        )
        self.found_model: RowTableModel[Found] = RowTableModel(
            found_columns(),
            key=lambda f: (f.part.key, f.start),
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            LowTable(self.model, name="記録の箇所", characters=_PART_WIDTHS, stretch=_TEXT_COLUMN),
            "disclosure_parts",
        )
        self.found_table = named(
            LowTable(
                self.found_model,
                name="言葉の見つかった箇所",
                characters=_FOUND_WIDTHS,
                stretch=_TEXT_COLUMN,
            ),
            "disclosure_found",
        )
        self.only_waiting = named(QCheckBox("決めていない箇所だけ(&W)"), "only_waiting")
        self.word = named(QLineEdit(), "disclosure_word")
        self.count = named(QLabel(), "found_count")
        self.all_button = named(QPushButton("すべて不開示（A）"), "strike_found")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_sheet(self, sheet: DisclosureSheet) -> None:
        """Show the parts of a request; the current one stays, and so does a word that is looked for."""
        self._sheet, self._rows = sheet, part_rows(sheet)
        self._show_rows()
        if self.is_finding:
            self._find()
        self.chosen.emit()

    @property
    def is_finding(self) -> bool:
        """Whether places of a word are shown instead of parts."""
        return self._pages.currentWidget() is self.found_table

    @property
    def waiting(self) -> int:
        """How many parts wait for a decision."""
        return sum(row.waits for row in self._rows)

    def current(self) -> PartRow | None:
        """The part that is before the person."""
        if not self.is_finding:
            return self.model.row_at(self.table.currentIndex())
        found = self.found_model.row_at(self.found_table.currentIndex())
        return next((r for r in self._rows if found and r.part.key == found.part.key), None)

    def place(self) -> tuple[int, int] | None:
        """The place of the word that is before the person; None while parts are shown."""
        if not self.is_finding:
            return None
        found = self.found_model.row_at(self.found_table.currentIndex())
        return (found.start, found.end) if found else None

    def open_places(self) -> tuple[Found, ...]:
        """The places of the word that are not struck yet."""
        return tuple(f for f in self.found_model.rows() if not f.is_struck)

    def next_waiting(self) -> None:
        """Go to the next part that waits for a decision, from the end back to the first."""
        rows = self.model.rows()
        here = self.table.current_row()
        order = (*range(here + 1, len(rows)), *range(here + 1))
        self.table.select_row(next((n for n in order if rows[n].waits), here))

    def waiting_of_entry(self) -> tuple[PartRow, ...]:
        """The parts of the current entry that wait for a decision."""
        row = self.current()
        entry_id = row.part.key.entry_id if row else None
        return tuple(r for r in self._rows if r.waits and r.part.key.entry_id == entry_id)

    def take_word(self) -> None:
        """Ask for the word to look for."""
        self.word.setFocus(Qt.FocusReason.OtherFocusReason)
        self.word.selectAll()

    def leave_word(self) -> None:
        """Back to all parts, at the one that was found."""
        row = self.current()
        self._pages.setCurrentWidget(self.table)
        self.count.clear()
        self.all_button.setEnabled(False)
        if row is not None:
            self.only_waiting.setChecked(False)
            self.table.setCurrentIndex(self.model.index_of(row.part.key))
        self.focus_list()
        self.chosen.emit()

    def focus_list(self) -> None:
        """Put the keyboard into what is shown."""
        shown = self.found_table if self.is_finding else self.table
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        place = max(self.table.current_row(), 0)
        rows = [row for row in self._rows if row.waits or not self.only_waiting.isChecked()]
        self.model.set_rows(rows)
        if self.table.current_row() < 0:
            self.table.select_row(min(place, len(rows) - 1))

    def _look_for(self) -> None:
        if self.word.text().strip():
            self._pages.setCurrentWidget(self.found_table)
            self._find()
            self.found_table.select_row(0)
            self.focus_list()
            self.chosen.emit()
        else:
            self.leave_word()

    def _find(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        found = find((row.part for row in self._rows), self.word.text(), sheet.marks)
        self.found_model.set_rows(found)
        if self.found_table.current_row() < 0:
            self.found_table.select_row(0)
        still = len(self.open_places())
        self.count.setText(f"{len(found):,}か所（まだ不開示でないもの {still:,}か所）")
        self.all_button.setEnabled(bool(still))

    def _only_waiting(self) -> None:
        self._show_rows()
        self.chosen.emit()

    def _lay_out(self) -> None:
        self.word.setAccessibleName("探す言葉")
        self.word.setPlaceholderText("第三者の氏名など、探す言葉（F）")
        self.word.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 18)
        self.all_button.setEnabled(False)
        bar = QWidget()
        keep_height_for_width(bar)
        row = FlowLayout(bar)
        for widget in (self.only_waiting, self.word, self.count, self.all_button):
            row.addWidget(widget)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.found_table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(bar)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        for table in (self.table, self.found_table):
            table.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())
        self.only_waiting.toggled.connect(lambda *_: self._only_waiting())
        self.word.returnPressed.connect(self._look_for)

"""保存した検索: the list under the box while nothing is searched for."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.saved_searches import (
    SavedExtension,
    SavedSearch,
    SavedSearchInput,
    SavedShelf,
)
from desktop.domain.search import SearchPage
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.saved_searches import PURPOSE, saved_columns
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 8, 1: 17, PURPOSE: 12, 3: 9}
_MOST_ROWS = 8
_EMPTY = (
    "まだありません。くり返し探すものは、探してから「この検索を保存（Ctrl+D）」で、目的と期限を付けて残せます。"
    "開くたびに新しく探すので、いつも今の一覧になります。"
)


class Saves(Protocol):
    """The saved searches (`services/search/saved`)."""

    def shelf(self) -> SavedShelf:
        """The own ones."""

    def keep(self, given: SavedSearchInput) -> UUID:
        """Keep one."""

    def extend(self, given: SavedExtension) -> None:
        """Give one more time."""

    def end(self, search_id: UUID) -> None:
        """Use one no more."""

    def run(self, search_id: UUID) -> SearchPage:
        """What says it now."""


class SavedList(QWidget):
    """Enter asks for the search to be run, E for more time, X for its end; each signal carries a SavedSearch."""

    run_asked = Signal(object)
    more_asked = Signal(object)
    end_asked = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saved_searches")
        self.nothing = named(Paragraph(tone="muted"), "no_saved_searches")
        self.model: RowTableModel[SavedSearch] = RowTableModel(
            saved_columns(), key=lambda s: s.search_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="保存した検索", characters=_WIDTHS, stretch=PURPOSE),
            "saved_table",
        )
        self.run_button = named(QPushButton("探す（Enter）"), "run_saved")
        self.more_button = named(QPushButton("目的を書いて延ばす（E）"), "extend_saved")
        self.end_button = named(QPushButton("使うのをやめる（X）"), "end_saved")
        self._acts = FlowingRow()
        self._lay_out()
        self.show_rows(())

    def show_rows(self, rows: tuple[SavedSearch, ...]) -> None:
        """Show these; the chosen one stays chosen where it is still there."""
        place = max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.select_row(min(place, len(rows) - 1))
        self.nothing.say("" if rows else _EMPTY)
        for part in (self.table, self._acts):
            part.setVisible(bool(rows))

    def focus(self) -> bool:
        """Take the keyboard; False where there is nothing to choose."""
        if not self.model.rowCount():
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _send(self, signal: SignalInstance) -> None:
        saved = self.model.row_at(self.table.currentIndex())
        if saved is not None:
            signal.emit(saved)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(named(QLabel("保存した検索"), "section_title"))
        for part in (self.nothing, self._acts, self.table):
            layout.addWidget(part)
        self.table.row_opened.connect(lambda *_: self._send(self.run_asked))
        for key, button, signal in (
            ("", self.run_button, self.run_asked),
            ("E", self.more_button, self.more_asked),
            ("X", self.end_button, self.end_asked),
        ):
            self._acts.add(button)
            button.clicked.connect(lambda _=False, s=signal: self._send(s))
            if key:
                shortcut = QShortcut(QKeySequence(key), self.table)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(button.click)

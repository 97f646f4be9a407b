"""An open reading pack: its households at the left, the sheet of the one at hand at the right. Nothing can be changed or copied."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.domain.reading_packs import PackSheet, ReadingPack
from desktop.viewmodels.reading_packs import groups_to_read, header_text, sheet_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.briefs.brief_browser import BriefBrowser
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.table_view import TableView
from desktop.views.widgets import named

#: Width of the list, in full-width characters.
_LIST_WIDTH = 19


class ReadingPage(QWidget):
    """Arrows choose a household, Tab goes on to its sheet. `left` and `delete_requested` are wishes."""

    left = Signal()
    delete_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._pack: ReadingPack | None = None
        self.told = named(QLabel(), "pack_header")
        self.told.setWordWrap(True)
        self.model: RowTableModel[PackSheet] = RowTableModel(
            sheet_columns(), key=lambda s: s.case_number, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="閲覧パックの世帯", characters={0: 6}, stretch=1),
            "pack_households",
        )
        self.sheet = BriefBrowser(look)
        self.sheet.setAccessibleName("世帯の内容")
        self.sheet.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.sheet.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._panes = QSplitter(Qt.Orientation.Horizontal)
        self.close_button = named(QPushButton("閉じる（Esc）"), "shut_pack")
        self.delete_button = named(QPushButton("ファイルを消す（Ctrl+D）"), "delete_open_pack")
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.close_button.clicked.connect(self.left)
        self.delete_button.clicked.connect(self.delete_requested)

    def show_pack(self, pack: ReadingPack, now: datetime) -> None:
        """Show a pack from its first household on."""
        self._pack = pack
        wide = self.fontMetrics().horizontalAdvance("国") * _LIST_WIDTH
        self._panes.setSizes([wide, max(self.width() - wide, wide)])
        self.table.fit()
        self.model.set_rows(pack.sheets)
        self.table.select_row(0)
        self.show_time(now)
        self._show_current()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_time(self, now: datetime) -> None:
        """Say how long it opens yet."""
        self.told.setText(header_text(self._pack.header, now) if self._pack else "")

    def forget(self) -> None:
        """Let go of everything that was read."""
        self._pack = None
        self.model.set_rows(())
        self.sheet.show_groups(())
        self.told.clear()

    def _show_current(self) -> None:
        sheet = self.model.row_at(self.table.currentIndex())
        self.sheet.show_groups(groups_to_read(sheet) if sheet is not None else ())

    def _lay_out(self) -> None:
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self.table)
        self._panes.addWidget(self.sheet)
        self._panes.setStretchFactor(1, 1)
        buttons = FlowingRow()
        for button in (self.close_button, self.delete_button):
            buttons.add(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.told)
        layout.addWidget(self._panes, 1)
        layout.addWidget(buttons)

"""廃棄した世帯: what remains of files that are gone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.disposal import TombstoneRow
from desktop.viewmodels.disposal import gone_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 7, 1: 11, 2: 6, 3: 5, 4: 6, 5: 6, 6: 9}
_EMPTY = "廃棄した世帯はまだありません。廃棄を実行すると、ケース番号と保護の期間がここに残ります。"


class GonePanel(QWidget):
    """A list to be looked through."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: RowTableModel[TombstoneRow] = RowTableModel(
            gone_columns(), brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="廃棄した世帯", characters=_WIDTHS, stretch=6), "tombstones"
        )
        self._empty = named(QLabel(_EMPTY), "empty_sentence")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._pages)

    def show_gone(self, rows: tuple[TombstoneRow, ...]) -> None:
        """Show what remains."""
        self.model.set_rows(rows)
        self.table.select_row(0)
        self._pages.setCurrentIndex(0 if rows else 1)

    def empty_sentence(self) -> str:
        """What is said instead of a list; "" while there is one."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def focus_first(self) -> None:
        """Begin with the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

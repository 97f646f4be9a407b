"""印刷の記録: who printed what when, and copies of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.forms import FormMark
from desktop.domain.printing import PrintLogRow
from desktop.viewmodels.printing import log_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 8, 1: 7, 2: 3, 3: 7, 4: 4, 5: 4, 6: 4, 7: 10}
_EMPTY = "まだ何も印刷されていません。印刷またはPDFで保存すると、ここに残ります。"
_HELP = "記録は消せません。写しには「写」、案には「案」の印が入ります。発行した帳票は「登録簿」から、そのままの形で印刷し直せます。照合値は、作成したPDFが同じものかを確かめる値です。"
_COPY, _DRAFT = "写しを作成（Enter）", "案をもう一度作成（Enter）"


class LogView(QWidget):
    """Newest first. `again_requested` carries the run and the mark: a copy, or of a draft another draft."""

    again_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowTableModel(log_columns(), key=lambda row: row.batch_id, parent=self)
        self.table = named(
            TableView(self.model, name="印刷の記録", characters=_WIDTHS, stretch=7), "log_table"
        )
        self.again_button = named(QPushButton(_COPY), "print_again")
        self._empty = named(QLabel(_EMPTY), "empty_sentence")
        self._pages = QStackedWidget()
        self._build()

    def show_runs(self, rows: Sequence[PrintLogRow]) -> None:
        """Show the log; the selected run stays selected."""
        current = self.current()
        self.model.set_rows(rows)
        kept = self.model.index_of(current.batch_id) if current else self.model.index(0, 0)
        self.table.select_row(max(kept.row(), 0))
        self._show_current()
        self._pages.setCurrentIndex(0 if rows else 1)

    def current(self) -> PrintLogRow | None:
        """The selected run."""
        return self.model.row_at(self.table.currentIndex())

    def focus_first(self) -> None:
        """Begin with the newest run."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self) -> FormMark:
        run = self.current()
        drafted = run is not None and run.mark == FormMark.DRAFT.value
        return FormMark.DRAFT if drafted else FormMark.COPY

    def _show_current(self) -> None:
        run = self.current()
        self.again_button.setEnabled(run is not None and run.entries > 0)
        self.again_button.setText(_DRAFT if self._mark() is FormMark.DRAFT else _COPY)

    def _request_again(self) -> None:
        run = self.current()
        if run is not None and run.entries:
            self.again_requested.emit(run, self._mark())

    def _build(self) -> None:
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setWordWrap(True)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        row = QHBoxLayout()
        explanation = muted_label(_HELP)
        explanation.setWordWrap(True)
        row.addWidget(explanation, 1)
        row.addWidget(self.again_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._pages, 1)
        self.table.row_opened.connect(self._request_again)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self.again_button.clicked.connect(self._request_again)

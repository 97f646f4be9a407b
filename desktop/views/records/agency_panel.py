"""The agencies of a household with the last contact (関係機関): Enter begins an entry to one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.agency_contacts import AgencyContact
from desktop.viewmodels.agencies import agency_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_HELP = "記録に出てきた機関と、事務所の連携先です。選ぶと関係機関連絡の記録になり、相手が入ります。書いた文は残ります。"
_WIDTHS = {0: 12, 1: 7, 2: 8, 3: 6, 4: 3}
_STRETCH = 0


class AgencyPanel(QFrame):
    """`given` once one was chosen; `left` without."""

    given = Signal()
    left = Signal()

    def __init__(
        self, agencies: Sequence[AgencyContact], look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("agency_panel")
        self.model: RowTableModel[AgencyContact] = RowTableModel(
            agency_columns(), key=lambda a: a.name, brush_of=look.brush_of, parent=self
        )
        self.model.set_rows(agencies)
        self.table = named(
            TableView(self.model, name="関係機関", characters=_WIDTHS, stretch=_STRETCH),
            "agencies",
        )
        self.give = named(QPushButton("この機関への記録にする（Enter）"), "agency_give")
        self.cancel = named(QPushButton("やめる（Esc）"), "agency_cancel")
        self._build()

    def begin(self) -> None:
        """Go to the one last spoken to."""
        self.table.select_row(0)
        self.table.setFocus()

    def chosen(self) -> AgencyContact | None:
        """The agency of the current row."""
        return self.model.row_at(self.table.currentIndex())

    def _build(self) -> None:
        self.give.setProperty("primary", True)
        help_line = muted_label(_HELP)
        help_line.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.give)
        foot.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(help_line)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.table.row_opened.connect(lambda _: self.given.emit())
        self.give.clicked.connect(self.given)
        self.cancel.clicked.connect(self.left)

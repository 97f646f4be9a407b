"""対象の世帯: closed households with what is said about each; those that may go are ticked."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.disposal import DisposalCandidate
from desktop.viewmodels.disposal import candidate_columns
from desktop.viewmodels.ticks import TickedRows, Ticks
from desktop.views.look import Look
from desktop.views.printing.tick_table import TickTable
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 9, 1: 10, 2: 10, 3: 7, 4: 7, 5: 20}
_EMPTY = "廃止された世帯はありません。台帳の取込で廃止になると、ここに並びます。"
_HELP = "空白キーで選択を変えます。廃棄できない世帯は選んでも載せられません。"


class CandidatePanel(QWidget):
    """`draw_up_requested` carries the ids of the ticked households."""

    draw_up_requested = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks = Ticks(self)
        self.model: TickedRows[DisposalCandidate] = TickedRows(
            candidate_columns(), self.ticks, _id_of, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TickTable(self.model, name="廃止された世帯", characters=_WIDTHS, stretch=5),
            "disposal_candidates",
        )
        self.count = named(QLabel(), "ticked_count")
        self.draw_up_button = named(QPushButton("廃棄簿を作る（Ctrl+Enter）"), "draw_up_disposal")
        self._empty = named(QLabel(_EMPTY), "empty_sentence")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_candidates(self, rows: tuple[DisposalCandidate, ...]) -> None:
        """Show who is closed; whoever may go is ticked."""
        ordered = sorted(rows, key=lambda c: bool(c.refusal))
        self.model.set_rows(ordered)
        self.ticks.keep_only(())
        self.ticks.set([c.case.household_id for c in rows if not c.refusal], ticked=True)
        self.table.select_row(0)
        self._pages.setCurrentIndex(0 if rows else 1)

    def ticked(self) -> tuple[UUID, ...]:
        """The ticked households that may go."""
        return tuple(
            c.case.household_id
            for c in self.model.rows()
            if c.case.household_id in self.ticks and not c.refusal
        )

    def empty_sentence(self) -> str:
        """What is said instead of a list; "" while there is one."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def focus_first(self) -> None:
        """Begin with the households."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_count(self) -> None:
        count = len(self.ticked())
        self.count.setText(f"{count:,}世帯を選択中　廃止 {self.model.rowCount():,}世帯")
        self.draw_up_button.setEnabled(count > 0)

    def _tick_all(self, *, ticked: bool) -> None:
        ids = [c.case.household_id for c in self.model.rows() if not c.refusal]
        self.ticks.set(ids, ticked=ticked)

    def _draw_up(self) -> None:
        if self.draw_up_button.isEnabled():
            self.draw_up_requested.emit(self.ticked())

    def _lay_out(self) -> None:
        self.draw_up_button.setProperty("primary", True)
        line = QHBoxLayout()
        line.addWidget(self.count)
        line.addWidget(muted_label(_HELP), 1)
        line.addWidget(self.draw_up_button)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.ticks.changed.connect(self._show_count)
        self.draw_up_button.clicked.connect(self._draw_up)
        self.table.all_requested.connect(lambda: self._tick_all(ticked=True))
        self.table.none_requested.connect(lambda: self._tick_all(ticked=False))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._draw_up)


def _id_of(candidate: DisposalCandidate) -> tuple[UUID, ...]:
    return (candidate.case.household_id,)

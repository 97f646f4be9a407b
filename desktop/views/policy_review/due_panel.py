"""The policies to review, by the day they are due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from desktop.domain.policy_review import DuePolicy
from desktop.viewmodels.policy_review import (
    Span,
    counts_of,
    due_columns,
    empty_sentence,
    within,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 5, 2: 10}
#: As wide as the columns ask, in full-width characters.
WIDTH = sum(_WIDTHS.values()) + len(_WIDTHS) + 1
_HOUSEHOLD = 2


class DuePanel(QWidget):
    """Arrows choose; Enter opens: `opened` carries the DuePolicy. Nothing is read before that."""

    opened = Signal(object)

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("due_panel")
        self._today = today
        self._lines: tuple[DuePolicy, ...] = ()
        self.span = named(QComboBox(), "review_span")
        self.waiting = named(QCheckBox("決裁待ちも表示"), "review_waiting")
        self.count = named(QLabel(), "review_count")
        self.empty = named(Paragraph(tone="muted"), "review_empty")
        self.model = RowTableModel(
            due_columns(today),
            key=lambda line: line.household_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="見直す援助方針", characters=_WIDTHS, stretch=_HOUSEHOLD),
            "due_policies",
        )
        self._lay_out()
        self._connect()

    def show_lines(self, lines: Sequence[DuePolicy]) -> None:
        """Show what is due; the chosen household stays chosen."""
        self._lines = tuple(lines)
        self._narrow()

    def lines(self) -> tuple[DuePolicy, ...]:
        """The lines shown."""
        return self.model.rows()

    def current(self) -> DuePolicy | None:
        """The chosen line."""
        return self.model.row_at(self.table.currentIndex())

    def line_of(self, household_id: UUID) -> DuePolicy | None:
        """The line of a household, whether it is shown or not."""
        return next((line for line in self._lines if line.household_id == household_id), None)

    def after(self, household_id: UUID) -> tuple[DuePolicy, ...]:
        """The other lines, beginning with the one that comes next, around the end."""
        rows = self.model.rows()
        place = self.model.index_of(household_id).row()
        return (*rows[place + 1 :], *rows[: max(place, 0)])

    def choose(self, household_id: UUID) -> None:
        """Make a line the chosen one; a wider span is taken where it is not in this one."""
        line = self.line_of(household_id)
        if line is None:
            return
        if not self.model.index_of(household_id).isValid():
            self.waiting.setChecked(True)
            self.span.setCurrentIndex(self.span.findData(Span.EVERY))
        self.table.select_row(self.model.index_of(household_id).row())

    def replace(self, line: DuePolicy) -> None:
        """A line has come further."""
        household_id = line.household_id
        self._lines = tuple(line if x.household_id == household_id else x for x in self._lines)
        self._narrow()

    def _narrow(self) -> None:
        span, today = self.span.currentData(), self._today()
        chosen, place = self.current(), self.table.current_row()
        shown = within(self._lines, span, today, with_waiting=self.waiting.isChecked())
        self.model.set_rows(shown)
        kept = self.model.index_of(chosen.household_id).row() if chosen else -1
        self.table.select_row(kept if kept >= 0 else min(max(place, 0), len(shown) - 1))
        self.count.setText(counts_of(self._lines, span, today).sentence)
        self.empty.say("" if shown else empty_sentence(self._lines, span, today))
        self.table.setVisible(bool(shown))

    def _open(self) -> None:
        line = self.current()
        if line is not None:
            self.opened.emit(line)

    def _lay_out(self) -> None:
        for span in Span:
            self.span.addItem(span.value, span)
        self.span.setCurrentIndex(self.span.findData(Span.SOON))
        self.span.setAccessibleName("見直しの期間")
        self.span.setToolTip("見直しの期間")
        self.span.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.count.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.span)
        layout.addWidget(self.waiting)
        layout.addWidget(self.count)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty)
        layout.addStretch(0)

    def _connect(self) -> None:
        self.span.currentIndexChanged.connect(self._narrow)
        self.waiting.toggled.connect(self._narrow)
        self.table.row_opened.connect(self._open)

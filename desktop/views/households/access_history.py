"""閲覧履歴: who opened this household's file, put it on paper or asked for its history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from desktop.domain.audit import Access
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.households_access import (
    PERIODS,
    AccessFilter,
    access_columns,
    count_sentence,
    narrowed,
    people_in,
)
from desktop.viewmodels.paged_rows import PAGE_ROWS, PagedTableModel
from desktop.views.look import Look
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 9, 1: 9, 2: 8, 3: 5, 4: 14, 5: 10}
_FIRST_PERIOD = 1
_EVERYBODY = "全員"
_NOTED = "この一覧を見たことも、ここに残ります。"
_NOTED_TRAINING = (
    "研修用では、開いたことと印刷だけが残ります。端末とこの一覧を見たことは残りません。"
)
_NONE = "この世帯のファイルが開かれた記録はまだありません。"
_NARROWED = (
    "この期間とこの人に当てはまる閲覧はありません。「すべての期間」と「全員」に戻してください。"
)


class Accesses(Protocol):
    """Reads who opened a file (`services/audit`); each asking is noted."""

    def accesses(self, household_id: UUID) -> tuple[Access, ...]:
        """Everything, newest first."""


class AccessHistory(ScreenView):
    """Asked for once and narrowed here: asking again for every choice would itself fill the list."""

    def __init__(
        self,
        household_id: UUID,
        accesses: Accesses,
        runner: JobRunner,
        *,
        look: Look,
        today: Callable[[], date],
        is_training: bool,
    ) -> None:
        super().__init__(runner, title="")
        self.setObjectName("access_history")
        self._household_id = household_id
        self._accesses = accesses
        self._today = today
        self._all: tuple[Access, ...] = ()
        self._shown: tuple[Access, ...] = ()
        self.period = named(QComboBox(), "access_period")
        self.person = named(QComboBox(), "access_person")
        self.count = named(muted_label(), "access_count")
        self.note = named(muted_label(_NOTED_TRAINING if is_training else _NOTED), "access_note")
        self.model = PagedTableModel(access_columns(), brush_of=look.brush_of, parent=self)
        self.table = named(
            TableView(self.model, name="閲覧履歴", characters=_WIDTHS, stretch=4), "accesses"
        )
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the whole history again."""
        self.run(lambda: self._accesses.accesses(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def given(self) -> AccessFilter:
        """What the list is narrowed by."""
        return AccessFilter(days=self.period.currentData(), who=self.person.currentData() or "")

    def _show(self, accesses: tuple[Access, ...]) -> None:
        self.messages.clear()
        self._all = accesses
        chosen = self.person.currentData()
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem(_EVERYBODY, "")
        for name in people_in(accesses):
            self.person.addItem(name, name)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self.person.blockSignals(False)
        self._narrow()

    def _narrow(self) -> None:
        self._shown = narrowed(self._all, self.given(), self._today())
        self.model.show_list(len(self._shown), self._shown[:PAGE_ROWS])
        self.count.setText(count_sentence(self._shown, len(self._all)))
        if self._shown:
            self.show_body()
            self.table.select_row(0)
        else:
            self.show_empty(_NARROWED if self._all else _NONE)

    def _give_page(self, generation: int, offset: int) -> None:
        self.model.page_loaded(generation, offset, self._shown[offset : offset + PAGE_ROWS])

    def _lay_out(self) -> None:
        self.outer.setContentsMargins(0, 8, 0, 0)
        for period, days in PERIODS:
            self.period.addItem(period, days)
        self.period.setCurrentIndex(_FIRST_PERIOD)
        self.person.addItem(_EVERYBODY, "")
        self.person.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.person.setMinimumContentsLength(10)
        choices = QWidget()
        row = QHBoxLayout(choices)
        row.setContentsMargins(0, 0, 0, 0)
        for title, box in (("期間(&P)", self.period), ("だれが(&W)", self.person)):
            label = QLabel(title)
            label.setBuddy(box)
            box.setAccessibleName(title.partition("(")[0])
            row.addWidget(label)
            row.addWidget(box)
        row.addWidget(self.count)
        row.addStretch(1)
        self.note.setWordWrap(True)
        self.top.addWidget(choices)
        self.top.addWidget(self.note)
        self.body.addWidget(self.table)

    def _connect(self) -> None:
        self.period.currentIndexChanged.connect(self._narrow)
        self.person.currentIndexChanged.connect(self._narrow)
        self.model.page_wanted.connect(self._give_page)

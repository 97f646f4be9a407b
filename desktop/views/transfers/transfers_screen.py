"""移管: what was written to other offices and is not acknowledged yet, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.domain.transfers import TransferLine
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.transfers import list_columns, matching, summary
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.transfers.ports import TransferLists
from desktop.views.widgets import keep_height_for_width, muted_label, named

_HELP = "ほかの福祉事務所への移管連絡です。受領を確認するまで、ここと机に残ります。Enterでケースファイルを開きます。"
_WIDTHS = {0: 4, 1: 7, 2: 6, 3: 5, 4: 6, 5: 7, 6: 6, 7: 6, 8: 6, 9: 5}
_STRETCH = 5
_EMPTY = "受領を待っている移管連絡はありません。転出する世帯のケースファイルの「移管」で書くと、ここに並びます。"
_NONE = "この言葉に合う移管連絡はありません。"
_FILTER = "絞り込み（番号・ケース番号・世帯主・移管先、または受領書のバーコード）"


class TransfersScreen(ScreenView):
    """Arrow keys go through the list, Enter opens the file, letters filter; Ctrl+E shows those that ended, too."""

    def __init__(
        self,
        transfers: TransferLists,
        runner: JobRunner,
        *,
        today: Callable[[], date],
        changes: ChangeBus,
        look: Look,
    ) -> None:
        super().__init__(runner, title="移管", help_line=_HELP)
        self._transfers, self._today = transfers, today
        self._lines: tuple[TransferLine, ...] = ()
        self._loading: Job[tuple[TransferLine, ...]] | None = None
        self.filter = named(QLineEdit(), "transfer_filter")
        self.ended = named(QCheckBox("終わったものも表示（Ctrl+E）"), "with_ended")
        self.count = named(muted_label(), "transfer_count")
        self.model: RowTableModel[TransferLine] = RowTableModel(
            list_columns(today()),
            key=lambda t: t.transfer_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="移管連絡", characters=_WIDTHS, stretch=_STRETCH),
            "transfers",
        )
        self._lay_out()
        self._connect()
        changes.todo_changed.connect(self._changed_elsewhere)

    @override
    def reload(self) -> None:
        """Ask for the list again."""
        with_ended = self.ended.isChecked()
        self._loading = self.run(
            lambda: self._transfers.lines(with_ended=with_ended),
            self._show,
            replaces=self._loading,
        )

    @override
    def focus_first(self) -> None:
        """Begin in the list, or where a slip is scanned."""
        first = self.filter if self.empty_sentence() else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, lines: tuple[TransferLine, ...]) -> None:
        self.messages.clear()
        self._lines = lines
        self.count.setText(summary(lines, self._today()))
        self._show_matching()
        if self.empty_sentence() and self.isVisible() and not self.ended.hasFocus():
            self.focus_first()

    def _show_matching(self) -> None:
        shown = matching(self._lines, self.filter.text())
        place = max(self.table.current_row(), 0)
        self.model.set_rows(shown)
        if shown:
            self.show_body()
            self.table.select_row(min(place, len(shown) - 1))
        else:
            self.show_empty(_NONE if self._lines else _EMPTY)

    def _open(self, index: QModelIndex) -> None:
        line = self.model.row_at(index)
        if line is not None:
            self.file_requested.emit(
                FileRequest(household_id=line.household_id, section="transfers")
            )

    def _open_found(self) -> None:
        """Enter in the filter: a slip was scanned, or one is left."""
        if self.model.rowCount() == 1:
            self._open(self.model.index(0, 0))
        elif self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _type(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.setText(text)

    def _leave_filter(self) -> None:
        self.filter.clear()
        self.focus_first()

    def _changed_elsewhere(self, _initiator: object) -> None:
        self.reload_later()

    def _lay_out(self) -> None:
        self.filter.setAccessibleName(_FILTER)
        self.filter.setPlaceholderText(_FILTER)
        self.filter.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 26)
        bar = QWidget()
        keep_height_for_width(bar)
        row = FlowLayout(bar, gap=12)
        for widget in (self.filter, self.ended, self.count):
            row.addWidget(widget)
        self.top.addWidget(bar)
        self.body.addWidget(self.table)

    def _connect(self) -> None:
        self.table.row_opened.connect(self._open)
        self.table.typed.connect(self._type)
        self.filter.textChanged.connect(lambda *_: self._show_matching())
        self.filter.returnPressed.connect(self._open_found)
        self.ended.toggled.connect(lambda *_: self.reload())
        for key, owner, act in (
            ("Ctrl+E", self, self.ended.toggle),
            ("Escape", self.filter, self._leave_filter),
        ):
            shortcut = QShortcut(QKeySequence(key), owner)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

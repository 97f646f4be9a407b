"""設定値: tables left, keys in the middle, one key's history and form at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QSplitter

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.masters import MasterInput, MasterRow, MasterTable
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.masters import KeyLine, is_waiting, key_columns, key_lines
from desktop.viewmodels.rows import RowTableModel
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.masters.key_panel import KeyPanel
from desktop.views.masters.master_form import RowDraft
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 17, 1: 5, 2: 6, 3: 5, 4: 8}
_DISCARD = "入力した内容はまだ提案されていません。やめると、この内容は失われます。"
_READ_ONLY = "見るだけの画面です。変更の提案はシステム管理者、承認は査察指導員以上が行います。"
_EDITOR = "値は上書きせず、いつからかを付けて足します。別の職員の承認で有効になります。"


class OfficeData(Protocol):
    """Dated office data, looked at and changed by two persons."""

    def tables(self) -> tuple[MasterTable, ...]:
        """All tables."""

    def rows(self, table: str) -> tuple[MasterRow, ...]:
        """Every row of one, by key, newest first."""

    def propose(self, given: MasterInput) -> UUID:
        """Enter a row that waits."""

    def approve(self, row_id: UUID) -> None:
        """Put one in force."""

    def reject(self, row_id: UUID) -> None:
        """Refuse one, or take it back."""


_Loaded = tuple[tuple[MasterTable, ...], Mapping[str, tuple[MasterRow, ...]]]


class MastersScreen(ScreenView):
    """While a proposal is written, the lists wait: nothing typed is lost by a click beside the form."""

    def __init__(
        self,
        masters: OfficeData,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
        dialogs: Dialogs,
    ) -> None:
        may_edit = staff.may(Permission.EDIT_MASTERS)
        may_approve = staff.may(Permission.APPROVE_MASTERS)
        writes = may_edit or may_approve
        super().__init__(runner, title="設定値", help_line=_EDITOR if writes else _READ_ONLY)
        self._masters = masters
        self._clock = clock
        self._changes = changes
        self._dialogs = dialogs
        self._look = look
        self._tables: tuple[MasterTable, ...] = ()
        self._rows: Mapping[str, tuple[MasterRow, ...]] = {}
        self._wanted: UUID | None = None
        self._may_edit = may_edit
        self.list = named(QListWidget(), "master_tables")
        self.list.setAccessibleName("設定の表")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model: RowTableModel[KeyLine] = RowTableModel(())
        self.table = named(
            TableView(self.model, name="項目", characters={}, stretch=0), "master_keys"
        )
        self.key = KeyPanel(look, clock.today, may_edit=may_edit, may_approve=may_approve)
        self.new_button = named(QPushButton("項目を追加…（Ctrl+N）"), "new_master")
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load all tables; they are small."""
        self.run(lambda: _load(self._masters), self._show)

    @override
    def focus_first(self) -> None:
        """Begin with the tables."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether a proposal is being written."""
        return self.key.has_unsaved()

    def show_item(self, row_id: UUID) -> None:
        """Go to a row, as soon as the tables are there."""
        self._wanted = row_id
        if self._tables and not self.key.is_writing:
            self._go_to_wanted()

    def _show(self, loaded: _Loaded) -> None:
        self._tables, self._rows = loaded
        place = max(self.list.currentRow(), 0)
        self.list.blockSignals(True)
        self.list.clear()
        for table in self._tables:
            count = sum(map(is_waiting, self._rows[table.name]))
            mark = f"　●{count}" if count else ""
            item = QListWidgetItem(f"{table.label}{mark}", self.list)
            item.setToolTip(f"{table.label}（承認待ち {count}件）")
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        if not self.key.is_writing:
            self._show_table()
            self._go_to_wanted()

    def _show_table(self) -> None:
        table = self._table()
        if table is None:
            return
        line = self._line()
        if self.key.shown_table() != table.name:
            self.model = RowTableModel(
                key_columns(table),
                key=lambda found: found.key,
                brush_of=self._look.brush_of,
                parent=self,
            )
            self.table.show_model(self.model, _WIDTHS, 0)
            self.table.selectionModel().currentRowChanged.connect(self._show_line)
            self.key.show_table(table)
            line = None
        self.model.set_rows(key_lines(self._rows[table.name], self._clock.today()))
        kept = self.model.index_of(line.key) if line else self.model.index(0, 0)
        self.table.select_row(max(kept.row(), 0))
        self._show_line()

    def _show_line(self) -> None:
        self.key.show_line(self._line())

    def _go_to_wanted(self) -> None:
        for place, table in enumerate(self._tables):
            for row in self._rows[table.name]:
                if row.row_id == self._wanted:
                    self._wanted = None
                    self.list.setCurrentRow(place)
                    self.table.select_row(self.model.index_of(row.key).row())
                    self.key.select(row)
                    self.table.setFocus()
                    return

    def _table(self) -> MasterTable | None:
        place = self.list.currentRow()
        return self._tables[place] if 0 <= place < len(self._tables) else None

    def _line(self) -> KeyLine | None:
        return self.model.row_at(self.table.currentIndex())

    def _propose(self, given: MasterInput) -> None:
        self.run(
            lambda: self._masters.propose(given),
            lambda row_id: self._proposed(given.table, row_id),
            self._refused,
        )

    def _proposed(self, table: str, row_id: UUID) -> None:
        self._wanted = row_id
        self.key.end()
        self._done(table, "提案しました。別の職員の承認を待っています。")

    def _refused(self, error: UserError) -> None:
        rest = self.key.show_refusal(error)
        if rest:
            self.messages.show_error(rest)

    def _approve(self, row_id: UUID) -> None:
        self._decide(self._masters.approve, row_id, "承認しました。決めた日から有効です。")

    def _reject(self, row_id: UUID) -> None:
        self._decide(self._masters.reject, row_id, "却下または取り下げました。履歴に残ります。")

    def _decide(self, act: Callable[[UUID], None], row_id: UUID, done: str) -> None:
        table = self._table()
        if table is not None:
            self.run(lambda: act(row_id), lambda _: self._done(table.name, done))

    def _done(self, table: str, sentence: str) -> None:
        self.messages.clear()
        self.announced.emit(sentence)
        self.reload()
        self._changes.master_changed.emit(table, self)

    def _leave(self) -> None:
        if self.key.has_unsaved():
            self._dialogs.confirm(self, _DISCARD, "入力を捨てる", self._stop)
        else:
            self._stop()

    def _stop(self) -> None:
        self.messages.clear()
        self.key.end()
        self.reload()

    def _add(self) -> None:
        if self._may_edit and not self.key.is_writing:
            self.key.begin(RowDraft())

    def _hold(self, *, is_writing: bool) -> None:
        for widget in (self.list, self.table, self.new_button):
            widget.setEnabled(not is_writing)

    def _changed(self, _table: str, initiator: object) -> None:
        if initiator is self:
            return
        if self.isVisible():
            self.reload()
        else:
            self.reload_later()

    def _lay_out(self) -> None:
        if self._may_edit:
            self.buttons.addWidget(self.new_button)
        else:
            self.new_button.setParent(self)
            self.new_button.hide()
        parts = QSplitter(Qt.Orientation.Horizontal)
        for place, (widget, share) in enumerate(((self.list, 3), (self.table, 11), (self.key, 8))):
            parts.addWidget(widget)
            parts.setStretchFactor(place, share)
        parts.setChildrenCollapsible(False)
        self._fit()
        self.body.addWidget(parts)

    def _fit(self) -> None:
        """The tables' names stay legible in large type."""
        self.list.setMinimumWidth(self.list.fontMetrics().horizontalAdvance("国") * 8)

    def _connect(self) -> None:
        self._look.changed.connect(self._fit)
        self.list.currentRowChanged.connect(lambda _: self._show_table())
        self.key.proposed.connect(self._propose)
        self.key.approved.connect(self._approve)
        self.key.rejected.connect(self._reject)
        self.key.leave_requested.connect(self._leave)
        self.key.began.connect(lambda: self._hold(is_writing=True))
        self.key.ended.connect(lambda: self._hold(is_writing=False))
        self.new_button.clicked.connect(self._add)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._add)
        self._changes.master_changed.connect(self._changed)


def _load(masters: OfficeData) -> _Loaded:
    tables = masters.tables()
    return tables, {table.name: masters.rows(table.name) for table in tables}

"""The history of an entry (記録の履歴): its versions, two of them side by side, and every field's changes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import UserError
from desktop.domain.labels import CHANGE
from desktop.domain.records import Entry, EntryVersionRow
from desktop.jobs.runner import Job, JobRunner
from desktop.viewmodels.records_difference import compare_entries
from desktop.viewmodels.records_text import entry_text, instant_text
from desktop.views.look import Look
from desktop.views.message_bar import MessageBar
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.records.field_history import FieldHistory
from desktop.views.records.ports import Histories, RecordDesk
from desktop.views.records.side_by_side import SideBySide
from desktop.views.widgets import named

_SHARES = (100, 400, 400)
_LIST_CHARACTERS = 14
_Pair = tuple[Entry, Entry | None]


class HistoryView(QWidget):
    """The chosen version beside the one before it, the first one alone; on the second page field by field."""

    closed = Signal()

    def __init__(
        self,
        records: RecordDesk,
        histories: Histories,
        runner: JobRunner,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("entry_history")
        self._records = records
        self._runner = runner
        self._entry: Entry | None = None
        self._pending: Job[_Pair] | None = None
        self.heading = named(QLabel("記録の履歴"), "section_title")
        self.messages = MessageBar()
        self.list = named(QListWidget(), "version_list")
        self.list.setAccessibleName("版の一覧")
        self.single = named(EntryBrowser(look, "最初の版"), "first_version")
        self.comparison = SideBySide(look)
        self.fields = FieldHistory(records, histories, runner, look)
        self.parts = named(QTabWidget(), "history_parts")
        self.close_button = named(QPushButton("閉じる（Esc）"), "close_history")
        self._build()

    def show_history(self, entry: Entry) -> None:
        """Ask for the versions of an entry."""
        self._entry = entry
        self.heading.setText(f"記録の履歴：{entry_text(entry).heading}")
        self.list.clear()
        self.messages.clear()
        self.fields.forget()
        self._runner.run(
            self,
            lambda: self._records.versions(entry.entry_id),
            self._show_versions,
            self._refused,
        )

    def _show_versions(self, rows: tuple[EntryVersionRow, ...]) -> None:
        for row in rows:
            mark = "　有効" if row.is_approved else ""
            item = QListWidgetItem(
                f"第{row.version}版　{CHANGE[row.change]}{mark}\n{instant_text(row.saved_at)}　{row.by}",
                self.list,
            )
            item.setData(Qt.ItemDataRole.UserRole, row.version)
        self.list.setCurrentRow(0)
        self._show_part()

    def _show_part(self) -> None:
        """The fields are asked for when they are looked at: the asking stands in the trail."""
        if self.parts.currentWidget() is not self.fields:
            self.list.setFocus()
        elif self._entry is not None:
            self.fields.show_history(self._entry)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None or self._entry is None:
            return
        entry_id, version = self._entry.entry_id, int(item.data(Qt.ItemDataRole.UserRole))
        self._pending = self._runner.run(
            self,
            lambda: (
                self._records.at_version(entry_id, version),
                self._records.at_version(entry_id, version - 1) if version > 1 else None,
            ),
            self._show_pair,
            self._refused,
            replaces=self._pending,
        )

    def _show_pair(self, pair: _Pair) -> None:
        new, old = pair
        self.single.setVisible(old is None)
        self.comparison.setVisible(old is not None)
        if old is None:
            self.single.show_entry(entry_text(new))
        else:
            self.comparison.show_parts(
                f"第{old.version}版", f"第{new.version}版", compare_entries(old, new)
            )

    def _refused(self, error: UserError) -> None:
        self.messages.show_error(error)

    def _build(self) -> None:
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        for widget in (self.list, self.single, self.comparison):
            panes.addWidget(widget)
        panes.setSizes(list(_SHARES))
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(self.fontMetrics().horizontalAdvance("国" * _LIST_CHARACTERS))
        self.comparison.hide()
        self.parts.addTab(panes, "版ごと")
        self.parts.addTab(self.fields, "項目ごと（Ctrl+Tab）")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.messages)
        layout.addWidget(self.parts, 1)
        layout.addLayout(foot)
        self.list.currentItemChanged.connect(self._choose)
        self.parts.currentChanged.connect(self._show_part)
        self.close_button.clicked.connect(self.closed)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

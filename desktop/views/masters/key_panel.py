"""One key of a table: its dated history, the form of a row, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.masters import MasterRow, MasterTable
from desktop.override import override
from desktop.viewmodels.masters import (
    KeyLine,
    changed_fields,
    history_columns,
    in_force,
    is_waiting,
    signatures,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.masters.master_form import MasterForm, RowDraft
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 5, 1: 6, 2: 7}
_MOST_ROWS = 4
_OWN = "自分が入力した変更です。別の職員が承認します。"
_OTHERS = "{by}さんの変更が承認を待っています。"


class KeyPanel(QWidget):
    """Reads while a row is shown, writes while a change is proposed.

    `proposed` carries a MasterInput, `approved` and `rejected` a row's id, `began` and `ended` frame the writing.
    """

    proposed = Signal(object)
    approved = Signal(object)
    rejected = Signal(object)
    began = Signal()
    ended = Signal()
    leave_requested = Signal()

    def __init__(
        self,
        look: Look,
        today: Callable[[], date],
        *,
        may_edit: bool,
        may_approve: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._today = today
        self._may_edit = may_edit
        self._may_approve = may_approve
        self._table: MasterTable | None = None
        self._line: KeyLine | None = None
        self._is_writing = False
        self._is_edited = False
        self.title = named(QLabel(), "section_title")
        self.title.setWordWrap(True)
        self.affects = named(Paragraph(tone="muted"), "master_affects")
        self.note = named(Paragraph(tone="warning"), "master_note")
        self.model: RowTableModel[MasterRow] = RowTableModel(())
        self.history = named(
            TableView(self.model, name="履歴", characters={}, stretch=0), "master_history"
        )
        self.signed = named(muted_label(), "master_signatures")
        self.form = MasterForm(today)
        self.change_button = named(QPushButton("変更を提案…（Ctrl+E）"), "change_master")
        self.end_button = named(QPushButton("終わりを提案…"), "end_master")
        self.approve_button = named(QPushButton("承認（Ctrl+Enter）"), "approve_master")
        self.reject_button = named(QPushButton("却下"), "reject_master")
        self.propose_button = named(QPushButton("提案（Ctrl+Enter）"), "propose_master")
        self.stop_button = named(QPushButton("やめる（Esc）"), "stop_master")
        self._lay_out()
        self._connect()

    def show_table(self, table: MasterTable) -> None:
        """Another table: other columns, other fields."""
        self._table = table
        self.model = RowTableModel(
            history_columns(table, self._today()),
            key=lambda row: row.row_id,
            brush_of=self._look.brush_of,
            parent=self,
        )
        self.history.show_model(self.model, _WIDTHS, 2)
        self.history.selectionModel().currentRowChanged.connect(self._show_current)
        second = "別の職員の承認で有効になります。" if table.needs_second else ""
        self.affects.say(f"変えると影響するもの：{table.affects}。{second}")

    def shown_table(self) -> str:
        """The name of the table shown; "" before the first."""
        return self._table.name if self._table else ""

    def show_line(self, line: KeyLine | None) -> None:
        """Show a key with the row that waits, else the one in force."""
        selected = self.current()
        stays = self._line is not None and line is not None and self._line.key == line.key
        self._line = line
        self.model.set_rows(line.rows if line else ())
        self.history.show_all_rows(_MOST_ROWS)
        if line is not None:
            wanted = line.waiting or line.shown
            if stays and selected is not None and line.waiting is None:
                wanted = selected
            kept = self.model.index_of(wanted.row_id)
            self.history.select_row(max(kept.row(), 0))
        self._show_current()

    def select(self, row: MasterRow) -> None:
        """Go to a row of the history."""
        self.history.select_row(self.model.index_of(row.row_id).row())

    def current(self) -> MasterRow | None:
        """The selected row of the history."""
        return self.model.row_at(self.history.currentIndex())

    def begin(self, draft: RowDraft) -> None:
        """Begin to write a row."""
        if self._table is None:
            return
        self._is_writing, self._is_edited = True, False
        what = f"「{draft.key}」" if draft.key else ""
        act = "の終わり" if draft.ends else "の変更" if draft.key else "新しい項目"
        self.title.setText(f"{self._table.label}：{what}{act}を提案")
        self.note.say("")
        self.form.begin(self._table, draft)
        self._show_buttons()
        self.began.emit()

    def end(self) -> None:
        """Stop writing and show what is stored."""
        self._is_writing = self._is_edited = False
        self._show_current()
        self.ended.emit()

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.propose_button.setEnabled(True)
        if isinstance(error, ValidationError) and error.fields:
            return self.form.show_errors(error.fields)
        return error.sentence

    @property
    def is_writing(self) -> bool:
        """Whether a proposal is being written."""
        return self._is_writing

    def has_unsaved(self) -> bool:
        """Whether something was typed that is not proposed yet."""
        return self._is_writing and self._is_edited

    def _show_current(self) -> None:
        if self._is_writing:
            return
        row = self.current()
        if self._table is None or row is None:
            self.title.setText("")
            self.form.takeWidget()
        else:
            self.title.setText(f"{self._table.label}：{row.key}")
            self.form.show_row(self._table, row)
        self.note.say(self._note_on(row))
        self.signed.setText(signatures(row) if row else "")
        self._show_buttons()

    def _note_on(self, row: MasterRow | None) -> str:
        if row is None or self._table is None or not is_waiting(row):
            return ""
        who = _OWN if row.entered_by_me else _OTHERS.format(by=row.entered_by)
        if row.is_retired:
            return f"{who}\n{row.key} を終わらせます。"
        before = in_force(self._line.rows, self._today()) if self._line else None
        changes = [
            f"{label}：{old or '（なし）'} → {new or '（なし）'}"
            for label, old, new in changed_fields(self._table, before, row)
        ]
        return "\n".join([who, *changes])

    def _show_buttons(self) -> None:
        row, writing = self.current(), self._is_writing
        waits = row is not None and is_waiting(row) and not writing
        mine = row is not None and row.entered_by_me
        free = row is not None and not writing and (self._line is None or not self._line.waiting)
        self.change_button.setVisible(self._may_edit and free)
        self.end_button.setVisible(
            self._may_edit and free and bool(self._line and self._line.current)
        )
        self.approve_button.setVisible(waits and self._may_approve and not mine)
        self.reject_button.setText("取下げ" if mine else "却下")
        self.reject_button.setVisible(waits and (mine or self._may_approve))
        self.propose_button.setVisible(writing)
        self.propose_button.setEnabled(True)
        self.stop_button.setVisible(writing)
        self.history.setVisible(not writing)
        self.signed.setVisible(not writing)

    def _begin_change(self) -> None:
        row = self.current()
        if row is not None and not self._is_writing and not self.change_button.isHidden():
            self.begin(RowDraft(key=row.key, value=row.value))

    def _begin_end(self) -> None:
        row = self.current()
        if row is not None:
            self.begin(RowDraft(key=row.key, ends=True))

    def _enter(self) -> None:
        if self._is_writing:
            self._propose()
        elif not self.approve_button.isHidden():
            self._approve()

    def _propose(self) -> None:
        if not self.propose_button.isEnabled():
            return
        try:
            given = self.form.given()
        except ValidationError:
            return
        self.propose_button.setEnabled(False)
        self.proposed.emit(given)

    def _approve(self) -> None:
        row = self.current()
        if row is not None:
            self.approved.emit(row.row_id)

    def _reject(self) -> None:
        row = self.current()
        if row is not None:
            self.rejected.emit(row.row_id)

    def _mark_edited(self) -> None:
        self._is_edited = True

    def _lay_out(self) -> None:
        for button in (self.approve_button, self.propose_button):
            button.setProperty("primary", True)
        buttons = QGridLayout()
        placed = (
            (self.change_button, self.end_button),
            (self.approve_button, self.reject_button),
            (self.propose_button, self.stop_button),
        )
        for row, pair in enumerate(placed):
            for column, button in enumerate(pair):
                buttons.addWidget(button, row, column, Qt.AlignmentFlag.AlignLeft)
        buttons.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        self.signed.setWordWrap(True)
        for part in (self.title, self.history, self.signed, self.note):
            layout.addWidget(part)
        layout.addLayout(buttons)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.affects)
        self._show_buttons()

    def _connect(self) -> None:
        self.form.edited.connect(self._mark_edited)
        self.change_button.clicked.connect(self._begin_change)
        self.end_button.clicked.connect(self._begin_end)
        self.approve_button.clicked.connect(self._approve)
        self.reject_button.clicked.connect(self._reject)
        self.propose_button.clicked.connect(self._propose)
        self.stop_button.clicked.connect(self.leave_requested)
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(self._begin_change)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._enter)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_writing:
            self.leave_requested.emit()
        else:
            super().keyPressEvent(event)

"""登録簿: every form that was issued, with search; look at it, print it again, make it void."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.issue_rules import ISSUE_RULES
from desktop.domain.issued_forms import IssuedForm, Register, RegisterQuery
from desktop.viewmodels.printing import (
    REGISTER_SPANS,
    RegisterSpan,
    register_columns,
    register_query,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.printing.void_panel import VoidPanel
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 6, 1: 4, 2: 9, 3: 11, 4: 9, 5: 4, 6: 6, 7: 8}
_PAUSE_MS = 250
_EMPTY = "この条件で発行した帳票はありません。正本や本人あての帳票を印刷すると、発行番号が付いてここに残ります。"
_HELP = (
    "印刷し直すと、発行したときのPDFがそのまま出ます。誤って発行したものは、消さずに失効にします。"
)


class RegisterView(QWidget):
    """`asked` carries a RegisterQuery; `look_requested` and `again_requested` the issues; `void_requested` issue and reason."""

    asked = Signal(object)
    look_requested = Signal(object)
    again_requested = Signal(object)
    void_requested = Signal(object, str)

    def __init__(
        self, look: Look, today: date, titles: Mapping[str, str], *, may_void: bool
    ) -> None:
        """`titles` are the forms' titles by code."""
        super().__init__()
        self._today = today
        self._may_void = may_void
        self._lines: list[IssuedForm] = []
        self._next: tuple[int, int] | None = None
        self.box = named(QLineEdit(), "register_box")
        self.form = named(QComboBox(), "register_form")
        self.span = named(QComboBox(), "register_span")
        self.model = RowTableModel(
            register_columns(titles), key=lambda row: row.issued_id, brush_of=look.brush_of
        )
        self.model.setParent(self)
        self.table = named(
            TableView(self.model, name="発行した帳票", characters=_WIDTHS, stretch=3),
            "register_table",
        )
        self.more_button = named(QPushButton("続きを表示（Ctrl+M）"), "register_more")
        self.look_button = named(QPushButton("見る（Enter）"), "register_look")
        self.again_button = named(QPushButton("もう一度印刷…（Ctrl+P）"), "register_again")
        self.void_button = named(QPushButton("失効にする…（Delete）"), "register_void")
        self.void_panel = VoidPanel()
        self._empty = named(QLabel(_EMPTY), "register_empty")
        self._pages = QStackedWidget()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._build(titles)
        self._connect()

    def show_page(self, page: Register, *, goes_on: bool) -> None:
        """Show what was found; a page that goes on stands below what is there."""
        current = self.current()
        self._lines = [*self._lines, *page.lines] if goes_on else list(page.lines)
        self._next = page.next_before
        self.model.set_rows(self._lines)
        kept = self.model.index_of(current.issued_id) if current else self.model.index(0, 0)
        self.table.select_row(max(kept.row(), 0))
        self.more_button.setVisible(page.next_before is not None)
        self._pages.setCurrentIndex(0 if self._lines else 1)
        self._show_current()

    def ask(self) -> None:
        """Ask for the newest that fit."""
        self.asked.emit(self._query())

    def current(self) -> IssuedForm | None:
        """The selected issue."""
        return self.model.row_at(self.table.currentIndex())

    def selected(self) -> tuple[IssuedForm, ...]:
        """The selected issues that may be printed again, from top to bottom."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        found = (self._lines[row] for row in rows if row < len(self._lines))
        return tuple(line for line in found if not line.is_void)

    def void_done(self) -> None:
        """The issue is void: the panel goes, the list is asked for again."""
        self.void_panel.hide()
        self.ask()
        self.focus_first()

    def focus_first(self) -> None:
        """Begin with the list, or with the search where it is empty."""
        first = self.table if self._lines else self.box
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _query(self, before: tuple[int, int] | None = None) -> RegisterQuery:
        span = RegisterSpan(self.span.currentData())
        return register_query(
            self.box.text(), self.form.currentData(), span, self._today, before=before
        )

    def _ask_more(self) -> None:
        if self._next is not None:
            self.asked.emit(self._query(self._next))

    def _show_current(self) -> None:
        row = self.current()
        self.look_button.setEnabled(row is not None)
        self.again_button.setEnabled(bool(self.selected()))
        self.void_button.setEnabled(self._may_void and row is not None and not row.is_void)

    def _look(self) -> None:
        row = self.current()
        if row is not None:
            self.look_requested.emit(row)

    def _again(self) -> None:
        if self.selected():
            self.again_requested.emit(self.selected())

    def _ask_reason(self) -> None:
        row = self.current()
        if row is not None and self.void_button.isEnabled():
            self.void_panel.ask(row)

    def _build(self, titles: Mapping[str, str]) -> None:
        self.box.setPlaceholderText("発行番号（6-0123）・ケース番号")
        self.box.setClearButtonEnabled(True)
        self.box.setAccessibleName("登録簿をさがす")
        self.form.setAccessibleName("帳票の種類")
        self.form.addItem("すべての帳票", "")
        for code in ISSUE_RULES:
            self.form.addItem(f"{code} {titles.get(code, '')}".strip(), code)
        self.span.setAccessibleName("発行した時期")
        for span, label in REGISTER_SPANS.items():
            self.span.addItem(label, span.value)
        search, acts, layout = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        search.addWidget(self.box, 1)
        search.addWidget(self.form)
        search.addWidget(self.span)
        note = muted_label(_HELP)
        note.setWordWrap(True)
        acts.addWidget(note, 1)
        for button in (self.more_button, self.look_button, self.again_button, self.void_button):
            acts.addWidget(button)
        self.more_button.hide()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setWordWrap(True)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(search)
        layout.addLayout(acts)
        layout.addWidget(self.void_panel)
        layout.addWidget(self._pages, 1)
        self.table.setSelectionMode(TableView.SelectionMode.ExtendedSelection)
        if not self._may_void:
            self.void_button.hide()

    def _connect(self) -> None:
        self.box.textEdited.connect(lambda _: self._pause.start())
        self.box.returnPressed.connect(self.ask)
        self._pause.timeout.connect(self.ask)
        self.form.activated.connect(lambda _: self.ask())
        self.span.activated.connect(lambda _: self.ask())
        self.table.row_opened.connect(self._look)
        self.table.selectionModel().selectionChanged.connect(self._show_current)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self.void_panel.given.connect(self.void_requested)
        self.void_panel.left.connect(self.focus_first)
        for key, button, act in (
            ("Ctrl+M", self.more_button, self._ask_more),
            ("Ctrl+P", self.again_button, self._again),
            ("Delete", self.void_button, self._ask_reason),
        ):
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), self.table if key == "Delete" else self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.look_button.clicked.connect(self._look)

"""The year's evidence: what was promised, found and done, with the entry opened in place, and the self-check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QSplitter, QToolButton, QVBoxLayout, QWidget

from desktop.domain.policy_review import ReviewCase
from desktop.domain.records import Entry
from desktop.domain.review import Check
from desktop.domain.support_policies import Issue
from desktop.override import override
from desktop.viewmodels.policy_review_evidence import (
    YearLine,
    near_to,
    noted_text,
    year_columns,
    year_of,
    year_summary,
)
from desktop.viewmodels.records_text import entry_text
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.policy_review.act_bar import ActBar
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.records.entry_document import EntryWriter
from desktop.views.support_policies.checks_panel import ChecksPanel
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 5, 1: 8}
_SHARES = (38, 34, 28)
#: Where there is little height the list keeps some rows.
_LOW_SHARES = (56, 24, 20)
#: In lines of text.
_ROOM_FOR_ALL = 24
_WORDS = 1
_LEAST_HEIGHT = 64
_NONE = "前回の決裁のあと、この世帯の記録はありません。記録がないこと自体が確かめる点です。"


class YearEntry(EntryBrowser):
    """The entry in place; the sentence in question stays in view at every size."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ensureCursorVisible()


class YearPanel(QWidget):
    """Arrows choose and show the entry beneath; Q quotes at the line, E copies into the evaluation, Esc goes back.

    `quoted` carries the Evidence, `copied` the YearLine, `entry_wanted` the entry's id for the file.
    """

    quoted = Signal(object)
    copied = Signal(object)
    entry_wanted = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("year_panel")
        self._entries: Mapping[UUID, Entry] = {}
        self._numbers: Mapping[UUID, int] = {}
        self._lines: tuple[YearLine, ...] = ()
        self._is_low: bool | None = None
        self.summary = named(Paragraph(), "year_summary")
        self.model = RowTableModel(year_columns(), brush_of=look.brush_of, parent=self)
        self.table = named(
            TableView(self.model, name="この1年の記録", characters=_WIDTHS, stretch=_WORDS),
            "year_lines",
        )
        self.entry = named(YearEntry(look, "選んだ記録"), "year_entry")
        self.checks = ChecksPanel(look)
        self.buttons = {
            letter: _act(text, name)
            for letter, text, name in (
                ("Q", "根拠に引く（Q）", "year_quote"),
                ("E", "評価に写す（E）", "year_copy"),
                ("O", "記録を開く（O）", "year_open"),
            )
        }
        self.panes = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._connect()
        look.changed.connect(self._show_entry)

    def show_year(self, case: ReviewCase, today: date) -> None:
        """Show a household's year: its entries, and what was noted of its policy."""
        entries, since = case.entries, case.since
        self._entries = {entry.entry_id: entry for entry in entries}
        self._numbers = {e.entry_id: e.number for e in entries if e.number is not None}
        self._lines = year_of(case, today)
        self.summary.say(year_summary(entries, since, today) if entries else _NONE)

    def show_near(self, issue: Issue | None) -> None:
        """Put what the issue is about first."""
        self.model.set_rows(near_to(self._lines, issue))
        self.table.select_row(0)
        self.table.scrollToTop()
        self._show_entry()

    def show_checks(self, checks: Sequence[Check]) -> None:
        """What the self-check asks."""
        self.checks.show_checks(checks)

    def _show_entry(self) -> None:
        line = self.model.row_at(self.table.currentIndex())
        entry = self._entries.get(line.entry_id) if line and line.entry_id else None
        if line is not None and line.entry_id is None:
            self.entry.show_drawn(partial(_write_noted, noted_text(line)))
        elif entry is None:
            self.entry.show_nothing()
        else:
            self.entry.show_entry(entry_text(entry, self._numbers))
            self._reveal(line)
        for letter, button in self.buttons.items():
            button.setEnabled(line is not None and _allows(line, letter))

    def _reveal(self, line: YearLine | None) -> None:
        """Select the sentence in its entry, so that the eye finds it."""
        if line is not None and line.evidence is not None:
            self.entry.find(line.evidence.quote.split("\n")[0])

    def _by_key(self, letter: str) -> None:
        button = self.buttons.get(letter.upper())
        if button is not None:
            button.click()

    def _quote(self) -> None:
        line = self.model.row_at(self.table.currentIndex())
        if line is not None and line.evidence is not None:
            self.quoted.emit(line.evidence)

    def _copy(self) -> None:
        line = self.model.row_at(self.table.currentIndex())
        if line is not None:
            self.copied.emit(line)

    def _open(self) -> None:
        line = self.model.row_at(self.table.currentIndex())
        if line is not None and line.entry_id is not None:
            self.entry_wanted.emit(line.entry_id)

    def _lay_out(self) -> None:
        label = QLabel("この1年の記録（●＝課題に近い文）")
        label.setBuddy(self.table)
        label.setWordWrap(True)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(4)
        above.addWidget(label)
        above.addWidget(self.summary)
        above.addWidget(self.table, 1)
        above.addWidget(ActBar(self.buttons.values()))
        self.panes.setChildrenCollapsible(False)
        for part in (upper, self.entry, self.checks):
            self.panes.addWidget(part)
        for part in (self.table, self.entry, self.checks):
            part.setMinimumHeight(_LEAST_HEIGHT)
        self._share(is_low=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panes)

    def _share(self, *, is_low: bool) -> None:
        """Part the height anew; what somebody dragged stays until there is much less or more of it."""
        if is_low is not self._is_low:
            self._is_low = is_low
            self.panes.setSizes([share * 10 for share in (_LOW_SHARES if is_low else _SHARES)])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share(is_low=event.size().height() < _ROOM_FOR_ALL * self.fontMetrics().height())

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_entry)
        self.table.typed.connect(self._by_key)
        self.table.row_opened.connect(self._quote)
        self.buttons["Q"].clicked.connect(self._quote)
        self.buttons["E"].clicked.connect(self._copy)
        self.buttons["O"].clicked.connect(self._open)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)


def _allows(line: YearLine, letter: str) -> bool:
    """Only a sentence of the record can be quoted, and only what stands in an entry can be opened there."""
    if letter == "Q":
        return line.evidence is not None
    return letter != "O" or line.entry_id is not None


def _write_noted(text: str, writer: EntryWriter) -> QTextDocument:
    """What stands in no entry."""
    document = writer.blank()
    cursor = QTextCursor(document)
    cursor.setBlockFormat(writer.block())
    cursor.insertText(text.replace("\n", "\u2028"), writer.ink())
    return document


def _act(text: str, name: str) -> QToolButton:
    button = named(QToolButton(), name)
    button.setText(text)
    return button

"""The households that a change concerns, ticked off by one key each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.rule_change_ticks import (
    MOST_NOTE,
    Concerned,
    ConcernedHousehold,
    TickState,
)
from desktop.domain.rule_changes import RuleChange
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.rule_changes import household_columns, progress_text
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.text_field import TextField
from desktop.views.fields.tick_field import TickField
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 7, 2: 6, 3: 8, 4: 8, 5: 6, 6: 5, 7: 3}
_STRETCH = 3
_MOST_ROWS = 8
_NOBODY = "あてはまる世帯はありません（担当する世帯のなかで）。"
_NO_QUESTION = "この改正は、世帯を名指しして確かめるものではありません。"
_ALL_DONE = "未確認の世帯はありません。「未確認だけ」を外すと、確認した世帯が出ます。"
_NOTE_CHARACTERS = 24


class ConcernedPanel(QWidget):
    """Z done, X not concerned, U open again, V reads the words, T makes to-dos, Enter opens the file.

    `ticked` carries the household and what came of it, `note_asked` and `file_asked` the household, `todos_asked` nothing.
    """

    ticked = Signal(object, object)
    note_asked = Signal(object)
    file_asked = Signal(object)
    todos_asked = Signal()

    def __init__(
        self, look: Look, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._found: Concerned | None = None
        self.who = named(Paragraph(), "concerned_who")
        self.counts = named(Paragraph(), "concerned_counts")
        self.nothing = named(Paragraph(), "concerned_none")
        self.words = named(Paragraph(), "tick_words")
        self.only_open = TickField("未確認だけ(&O)")
        self.note = TextField("メモ", characters=_NOTE_CHARACTERS, longest=MOST_NOTE)
        self.due = DateField("やることの期日", today=today)
        self.model: RowTableModel[ConcernedHousehold] = RowTableModel(
            household_columns(self._version),
            key=lambda h: h.household_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="あてはまる世帯", characters=_WIDTHS, stretch=_STRETCH),
            "concerned",
        )
        self.done_button = named(QPushButton("済（Z）"), "tick_done")
        self.not_button = named(QPushButton("該当なし（X）"), "tick_not")
        self.again_button = named(QPushButton("未確認に戻す（U）"), "tick_again")
        self.note_button = named(QPushButton("メモを読む（V）"), "read_note")
        self.todo_button = named(QPushButton("やることにする（T）"), "make_todos")
        self._lay_out()

    def begin(self, change: RuleChange) -> None:
        """Another change was chosen: its households are being asked for."""
        self._found = None
        self._fill()
        self.note.show_value(None)
        self.words.say("")
        days = change.task.days if change.task is not None else 0
        self.due.show_value(self._today() + timedelta(days=days))

    def show_found(self, found: Concerned) -> None:
        """Show the households of a change; the place in the list stays."""
        place = max(self.table.current_row(), 0)
        self._found = found
        self._fill()
        self.table.select_row(min(place, self.model.rowCount() - 1))

    def at_hand(self) -> ConcernedHousehold | None:
        """The household that is chosen."""
        return self.model.row_at(self.table.currentIndex())

    def _version(self) -> int:
        return 1 if self._found is None else self._found.change.version

    def _fill(self) -> None:
        found = self._found
        rows = () if found is None else found.households
        if found is not None and self.only_open.is_ticked():
            rows = found.open
        self.model.set_rows(rows)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(rows))
        has_question = found is not None and found.change.concerns is not None
        may_tick = found is not None and found.may_tick and bool(found.households)
        for part in (self.done_button, self.not_button, self.again_button, self.note_row):
            part.setVisible(may_tick)
        may_ask = may_tick and found is not None and found.change.task is not None
        for part in (self.todo_button, self.due_row):
            part.setVisible(may_ask)
        self.note_button.setVisible(bool(rows))
        self.only_open.setVisible(has_question and found is not None and bool(found.households))
        self._say(found, has_rows=bool(rows))

    def _say(self, found: Concerned | None, *, has_rows: bool) -> None:
        concern = found.change.concerns if found is not None else None
        self.who.say("" if concern is None else f"あてはまる世帯：{concern.told()}")
        self.counts.say("" if found is None else progress_text(found))
        if found is None or has_rows:
            self.nothing.say("")
        elif concern is None:
            self.nothing.say(_NO_QUESTION)
        else:
            self.nothing.say(_ALL_DONE if found.households else _NOBODY)

    def _tick(self, state: TickState) -> None:
        row = self.at_hand()
        if row is not None and self._found is not None and self._found.may_tick:
            self.ticked.emit(row, state)

    def _ask_note(self) -> None:
        row = self.at_hand()
        if row is not None:
            self.note_asked.emit(row)

    def _ask_todos(self) -> None:
        if not self.todo_button.isHidden():
            self.todos_asked.emit()

    def _open(self) -> None:
        row = self.at_hand()
        if row is not None:
            self.file_asked.emit(row)

    def _lay_out(self) -> None:
        self.note_row = form_row("次の確認に付けるメモ（なくてもよい）(&M)", self.note)
        self.due_row = form_row("やることの期日(&D)", self.due)
        acts, fields = FlowingRow(), FlowingRow()
        for part in (self.only_open, self.note_row, self.due_row):
            fields.add(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.who, self.counts, self.nothing, fields, acts, self.table, self.words):
            layout.addWidget(widget)
        layout.addStretch(1)
        for key, button, act in (
            ("Z", self.done_button, lambda: self._tick(TickState.DONE)),
            ("X", self.not_button, lambda: self._tick(TickState.NOT_CONCERNED)),
            ("U", self.again_button, lambda: self._tick(TickState.OPEN_AGAIN)),
            ("V", self.note_button, self._ask_note),
            ("T", self.todo_button, self._ask_todos),
        ):
            button.clicked.connect(act)
            acts.add(button)
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        self.only_open.editor().toggled.connect(lambda *_: self._fill())
        self.table.row_opened.connect(lambda *_: self._open())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.words.say(""))

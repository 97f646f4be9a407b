"""The list of meetings with its buttons and strips; what is asked for goes out as signals."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.conferences import ConferenceRow
from desktop.domain.roles import Permission
from desktop.viewmodels.conferences import CONFERENCES
from desktop.viewmodels.rows import RowTableModel
from desktop.views.below_table import BelowTable
from desktop.views.conferences.call_form import CallForm, HoldForm
from desktop.views.conferences.ports import ConferencePorts
from desktop.views.declarations.small_form import SmallForm
from desktop.views.flow_layout import FlowLayout
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import keep_height_for_width, named

_WIDTHS = {0: 8, 1: 9, 2: 8, 3: 6, 4: 3, 5: 3, 6: 14}
_STRETCH = 6
_NOTHING = "会議はまだありません。Nで会議の日を決めると、ここに並びます。"
_PLANNED = "予定の会議です。Aで議題を加え、Kで出席者を入れて開会します。"
_HELD = "開いている会議です。Enterで開き、会議録を書いて一人ずつ決めます。終わったらZで閉会します。"
_PLANNED_BY_OTHERS = (
    "予定の会議です。Aで議題を加えられます。開会は査察指導員か上位の職の人がします。"
)
_HELD_BY_OTHERS = "開いている会議です。Enterで開き、会議録を書けます。決定と閉会は査察指導員か上位の職の人がします。"
_CLOSED = "終わった会議です。Enterで会議録と決定を見られます。"


class MeetingList(QWidget):
    """Enter opens the board, N calls, A adds matters, K opens the meeting, Z closes it; P and M print pack and minutes.

    Signals carry the ConferenceRow.
    """

    opened = Signal(object)
    agenda_requested = Signal(object)
    hold_requested = Signal(object)
    close_requested = Signal(object)
    pack_requested = Signal(object)
    minutes_requested = Signal(object)

    def __init__(self, ports: ConferencePorts) -> None:
        super().__init__()
        self._may_hold = ports.staff.may(Permission.DECIDE_APPROVALS)
        may_print = ports.staff.may(Permission.PRINT_DRAFTS)
        self.model = RowTableModel(
            CONFERENCES, key=lambda r: r.conference_id, brush_of=ports.look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="会議の一覧", characters=_WIDTHS, stretch=_STRETCH),
            "conferences",
        )
        self.words = named(Paragraph(tone="muted"), "conference_words")
        self.open_button = named(QPushButton("開く（Enter）"), "open_conference")
        self.call_button = named(QPushButton("会議を招集（N）"), "call_button")
        self.agenda_button = named(QPushButton("議題を加える（A）"), "add_agenda")
        self.hold_button = named(QPushButton("開会（K）"), "hold_button")
        self.close_button = named(QPushButton("閉会（Z）"), "close_button")
        self.pack_button = named(QPushButton("会議資料を印刷（P）"), "print_pack")
        self.minutes_button = named(QPushButton("会議録を印刷（M）"), "print_minutes")
        self.call, self.hold = CallForm(ports.clock.today), HoldForm()
        self.acts = QWidget()
        self._lay_out()
        for button in (self.pack_button, self.minutes_button):
            button.setVisible(may_print)
        self._connect()

    def show_rows(self, rows: tuple[ConferenceRow, ...]) -> None:
        """Show these; the chosen one stays chosen."""
        at, place = self.row(), max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        kept = self.model.index_of(at.conference_id).row() if at else -1
        self.table.select_row(kept if kept >= 0 else min(place, len(rows) - 1))
        self._say()

    def choose(self, conference_id: UUID) -> None:
        """Make a meeting the chosen one."""
        self.table.select_row(self.model.index_of(conference_id).row())

    def row(self) -> ConferenceRow | None:
        """The meeting at hand."""
        return self.model.row_at(self.table.currentIndex())

    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_strip(self, shown: QWidget) -> None:
        """Only the strip that is shown takes room."""
        for strip in (self.acts, self.call, self.hold):
            strip.setVisible(strip is shown)

    def leave_strip(self) -> None:
        """The buttons come back."""
        self.show_strip(self.acts)
        self.focus_first()

    def form_at_hand(self) -> SmallForm | None:
        """The strip that is open."""
        return next((form for form in (self.call, self.hold) if not form.isHidden()), None)

    def _say(self) -> None:
        row = self.row()
        is_open = row is not None and row.closed_at is None
        is_held = is_open and row is not None and row.held_on is not None
        self.open_button.setEnabled(row is not None)
        self.agenda_button.setEnabled(is_open)
        self.hold_button.setEnabled(is_open and not is_held and self._may_hold)
        self.close_button.setEnabled(is_held and self._may_hold)
        self.pack_button.setEnabled(row is not None and row.matters > 0)
        self.minutes_button.setEnabled(row is not None and row.held_on is not None)
        held, planned = (
            (_HELD, _PLANNED) if self._may_hold else (_HELD_BY_OTHERS, _PLANNED_BY_OTHERS)
        )
        said = held if is_held else planned if is_open else _CLOSED
        self.words.say(_NOTHING if row is None else said)

    def _call(self) -> None:
        self.show_strip(self.call)
        self.call.ask()

    def _tell(self, button: QPushButton, signal: object) -> None:
        row = self.row()
        if row is not None and button.isEnabled() and not button.isHidden():
            signal.emit(row)  # type: ignore[attr-defined]

    def _lay_out(self) -> None:
        keep_height_for_width(self.acts)
        buttons = FlowLayout(self.acts)
        buttons.setContentsMargins(0, 4, 0, 4)
        for button in (
            *(self.open_button, self.call_button, self.agenda_button),
            *(self.hold_button, self.close_button, self.pack_button, self.minutes_button),
        ):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(BelowTable(self.words, self.acts, self.call, self.hold))
        self.show_strip(self.acts)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.table.row_opened.connect(lambda *_: self._tell(self.open_button, self.opened))
        self.open_button.clicked.connect(lambda *_: self._tell(self.open_button, self.opened))
        self.call_button.clicked.connect(lambda *_: self._call())
        self._on_key("N", self._call)
        for key, button, signal in (
            ("A", self.agenda_button, self.agenda_requested),
            ("K", self.hold_button, self.hold_requested),
            ("Z", self.close_button, self.close_requested),
            ("P", self.pack_button, self.pack_requested),
            ("M", self.minutes_button, self.minutes_requested),
        ):
            button.clicked.connect(lambda *_, b=button, s=signal: self._tell(b, s))
            self._on_key(key, lambda b=button, s=signal: self._tell(b, s))  # type: ignore[misc]
        for form in (self.call, self.hold):
            form.left.connect(self.leave_strip)

    def _on_key(self, key: str, act: Callable[[], object]) -> None:
        """Let a key act while the list has the keyboard."""
        shortcut = QShortcut(QKeySequence(key), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

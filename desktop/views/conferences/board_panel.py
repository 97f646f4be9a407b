"""The board of one conference: left the matters, right the one at hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.conference_boards import MatterPaper, MatterRow
from desktop.domain.conferences import ConferenceRow
from desktop.domain.roles import Permission
from desktop.domain.support_group_lists import UnchangedReport
from desktop.viewmodels.conferences import MATTERS, conference_words, members_words
from desktop.viewmodels.rows import RowTableModel
from desktop.views.below_table import BelowTable
from desktop.views.conferences.list_and_page import ListAndPage
from desktop.views.conferences.matter_side import MatterSide
from desktop.views.conferences.ports import ConferencePorts
from desktop.views.flow_layout import FlowLayout
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import low_for_width, named

_WIDTHS = {0: 7, 1: 3, 2: 3, 3: 6}
_STRETCH = 0
_EMPTY = "議題はまだありません。一覧に戻り、Aで加えます。"
_CHOOSE = "議題を選び、Enterで開きます。開くと閲覧の記録が残ります。"


class BoardPanel(QWidget):
    """Enter opens a matter, Ctrl+S stores its minutes, Ctrl+Enter decides, Esc goes back; P and M print the matter's sheet and minutes.

    Signals but `left` carry a MatterRow.
    """

    matter_requested = Signal(object)
    pack_requested = Signal(object)
    minutes_requested = Signal(object)
    left = Signal()

    def __init__(self, ports: ConferencePorts) -> None:
        super().__init__()
        self.conference: ConferenceRow | None = None
        self.heading = named(QLabel(), "board_heading")
        self.members = named(Paragraph(tone="muted"), "board_members")
        self.model = RowTableModel(
            MATTERS, key=lambda r: r.matter_id, brush_of=ports.look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="議題", characters=_WIDTHS, stretch=_STRETCH), "matters"
        )
        self.side = MatterSide(ports.staff.staff_id, ports.clock.today)
        self.pack_button = named(QPushButton("この議題の資料（P）"), "print_matter")
        self.minutes_button = named(QPushButton("この議題の会議録（M）"), "print_matter_minutes")
        self.back_button = named(QPushButton("一覧に戻る（Esc）"), "leave_board")
        self._lay_out()
        for button in (self.pack_button, self.minutes_button):
            button.setVisible(ports.staff.may(Permission.PRINT_DRAFTS))
        self._connect()

    def show_board(
        self, conference: ConferenceRow, rows: tuple[MatterRow, ...], report: UnchangedReport
    ) -> None:
        """Show a meeting's agenda from its beginning and what is reported to it; nothing is read of anybody yet."""
        self.conference = conference
        self.heading.setText(conference_words(conference))
        said = members_words(conference)
        self.members.say(f"出席者　{said}" if said else "")
        self.model.set_rows(rows)
        self.table.select_row(0)
        self.pack_button.setEnabled(bool(rows))
        self.minutes_button.setEnabled(bool(rows) and conference.held_on is not None)
        self.side.show_report(_CHOOSE if rows else _EMPTY, report)

    def show_rows(self, rows: tuple[MatterRow, ...]) -> None:
        """The same agenda, read again."""
        place = max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        self.table.select_row(min(place, len(rows) - 1))

    def show_matter(self, paper: MatterPaper) -> None:
        """Show a matter that was opened, to be read first: Tab goes on to the minutes."""
        if self.conference is None:
            return
        self.table.select_row(self.model.index_of(paper.row.matter_id).row())
        self.side.show_matter(paper, self.conference)
        self.side.digest.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_open(self, matter_id: UUID) -> MatterRow | None:
        """The next matter behind this one that is not decided, around the end."""
        rows = self.model.rows()
        place = self.model.index_of(matter_id).row()
        after = (*rows[place + 1 :], *rows[: max(place, 0)])
        return next((row for row in after if row.decided is None), None)

    def _tell(self, signal: SignalInstance, button: QPushButton | None = None) -> None:
        row = self.model.row_at(self.table.currentIndex())
        may = button is None or (button.isEnabled() and not button.isHidden())
        if row is not None and may:
            signal.emit(row)

    def _lay_out(self) -> None:
        self.heading.setWordWrap(True)
        acts = QWidget()
        low_for_width(acts)
        buttons = FlowLayout(acts)
        for button in (self.back_button, self.pack_button, self.minutes_button):
            buttons.addWidget(button)
        split = ListAndPage(self.table, self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(BelowTable(acts, self.members))
        layout.addWidget(split, 1)

    def _connect(self) -> None:
        self.table.row_opened.connect(lambda *_: self._tell(self.matter_requested))
        for key, button, signal in (
            ("P", self.pack_button, self.pack_requested),
            ("M", self.minutes_button, self.minutes_requested),
        ):
            tell = partial(self._tell, signal, button)
            button.clicked.connect(lambda *_, tell=tell: tell())
            letter = QShortcut(QKeySequence(key), self.table)
            letter.setContext(Qt.ShortcutContext.WidgetShortcut)
            letter.setAutoRepeat(False)
            letter.activated.connect(tell)
        self.back_button.clicked.connect(lambda *_: self.left.emit())
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Escape", self.left.emit),
            ("Ctrl+S", self.side.minutes.save),
            ("Ctrl+Return", self.side.decision.act),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

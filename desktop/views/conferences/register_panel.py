"""The tab 区分の一覧: everybody with a group and the day of the next review, the longest overdue first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.conference_sheets import RegisterAsked
from desktop.domain.conferences import ConferenceRow, MatterInput, MatterKind
from desktop.domain.ids import new_id
from desktop.domain.roles import Permission
from desktop.domain.support_group_lists import GroupRegister, RegisterRow
from desktop.domain.support_groups import SupportGroup
from desktop.viewmodels.conferences import (
    conference_words,
    group_words,
    register_columns,
    register_counts,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.below_table import BelowTable
from desktop.views.conferences.ports import ConferencePaper, ConferencePorts
from desktop.views.flow_layout import FlowLayout
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import low_for_width, named

_WIDTHS = {0: 6, 1: 5, 2: 6, 3: 7, 4: 3, 5: 14, 6: 8, 7: 6}
_STRETCH = 5
_OVERDUE = "見直し日を過ぎた人だけ"
_EVERY = "すべての区分"
_NOTHING = "決まった区分の人はまだいません。会議で決めると、ここに並びます。"
_NO_MATCH = "絞り込みに当てはまる人はいません。"
_NO_MEETING = "閉じていない会議がありません。先に「会議」で会議を招集してください。"


class RegisterPanel(QWidget):
    """Enter opens the file, A puts the person on the agenda of the next meeting (a dispute), a box narrows by group, P prints.

    `print_requested` carries which paper, what of it, of how many pieces.
    """

    print_requested = Signal(object, object, int)

    def __init__(self, screen: ScreenView, ports: ConferencePorts) -> None:
        super().__init__()
        self._screen, self._ports = screen, ports
        self._found = GroupRegister(on=ports.clock.today(), rows=(), labels={})
        self.group = named(QComboBox(), "register_group")
        self.overdue = named(QCheckBox(f"{_OVERDUE}(&O)"), "register_overdue")
        self.count = named(QLabel(), "register_count")
        self.model: RowTableModel[RegisterRow] = self._model()
        self.table = named(
            TableView(self.model, name="支援区分の一覧", characters=_WIDTHS, stretch=_STRETCH),
            "register",
        )
        self.words = named(Paragraph(tone="muted"), "register_words")
        self.open_button = named(QPushButton("世帯を開く（Enter）"), "open_file")
        self.agenda_button = named(QPushButton("次の会議の議題にする（A）"), "to_agenda")
        self.print_button = named(QPushButton("一覧を印刷（P）"), "print_register")
        self._lay_out()
        self.print_button.setVisible(ports.staff.may(Permission.PRINT_DRAFTS))
        self._connect()

    def reload(self) -> None:
        """Read the register again."""
        self._screen.run(self._ports.groups.register, self._show)

    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def row(self) -> RegisterRow | None:
        """The person at hand."""
        return self.model.row_at(self.table.currentIndex())

    def _model(self) -> RowTableModel[RegisterRow]:
        columns = register_columns(self._found.on, self._found.labels)
        return RowTableModel(
            columns, key=lambda r: r.person_id, brush_of=self._ports.look.brush_of, parent=self
        )

    def _show(self, found: GroupRegister) -> None:
        if found.labels != self._found.labels or found.on != self._found.on:
            self._found = found
            self.model = self._model()
            self.table.show_model(self.model, _WIDTHS, _STRETCH)
        self._found = found
        self._offer_groups()
        self.count.setText(register_counts(found))
        self._narrow()

    def _offer_groups(self) -> None:
        chosen = self.group.currentData()
        held = {row.group for row in self._found.rows}
        self.group.blockSignals(True)
        self.group.clear()
        self.group.addItem(_EVERY, None)
        for group in SupportGroup:
            if group in held:
                self.group.addItem(group_words(group, self._found.labels), group)
        self.group.setCurrentIndex(max(0, self.group.findData(chosen)))
        self.group.blockSignals(False)

    def _narrow(self) -> None:
        chosen, only_overdue = self.group.currentData(), self.overdue.isChecked()
        rows = tuple(
            row
            for row in self._found.rows
            if (chosen is None or row.group == chosen)
            and (not only_overdue or row.is_overdue(self._found.on))
        )
        place = max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        self.table.select_row(min(place, len(rows) - 1))
        self.words.say("" if rows else _NO_MATCH if self._found.rows else _NOTHING)
        for button in (self.open_button, self.agenda_button, self.print_button):
            button.setEnabled(bool(rows))

    def _open(self) -> None:
        row = self.row()
        if row is not None:
            self._screen.file_requested.emit(FileRequest(household_id=row.household_id))

    def _to_agenda(self) -> None:
        row = self.row()
        if row is None:
            return

        def add() -> ConferenceRow | None:
            meeting = self._next_meeting()
            if meeting is not None:
                self._ports.conferences.add_matters([_matter(row, meeting)])
            return meeting

        self._screen.messages.clear()
        self._screen.run(add, self._added)

    def _print(self) -> None:
        """What is listed, in the words of the boxes that narrow it."""
        rows = self.model.rows()
        if rows and not self.print_button.isHidden():
            self._screen.messages.clear()
            scope = self.group.currentText()
            if self.overdue.isChecked():
                scope = f"{scope}（{_OVERDUE}）"
            asked = RegisterAsked(person_ids=tuple(row.person_id for row in rows), scope=scope)
            self.print_requested.emit(ConferencePaper.REGISTER, asked, 1)

    def _next_meeting(self) -> ConferenceRow | None:
        meetings = self._ports.conferences.conferences()
        open_ones = (m for m in meetings if m.closed_at is None)
        return min(open_ones, key=lambda m: m.planned_on, default=None)

    def _added(self, meeting: ConferenceRow | None) -> None:
        if meeting is None:
            self._screen.messages.show_error(_NO_MEETING)
        else:
            self._screen.announced.emit(f"{conference_words(meeting)}の議題にしました。")

    def _lay_out(self) -> None:
        self.group.setAccessibleName("区分で絞り込む")
        self.group.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.group.setMinimumContentsLength(14)
        bar, acts = QWidget(), QWidget()
        for widget, parts in (
            (bar, (self.group, self.overdue)),
            (acts, (self.open_button, self.agenda_button, self.print_button)),
        ):
            low_for_width(widget)
            row = FlowLayout(widget)
            for part in parts:
                row.addWidget(part)
        self.count.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(bar)
        layout.addWidget(self.count)
        layout.addWidget(self.table, 1)
        layout.addWidget(BelowTable(self.words, acts))

    def _connect(self) -> None:
        self.group.currentIndexChanged.connect(lambda *_: self._narrow())
        self.overdue.toggled.connect(lambda *_: self._narrow())
        self.table.row_opened.connect(lambda *_: self._open())
        self.open_button.clicked.connect(lambda *_: self._open())
        self.agenda_button.clicked.connect(lambda *_: self._to_agenda())
        self.print_button.clicked.connect(lambda *_: self._print())
        for key, act in (("A", self._to_agenda), ("P", self._print)):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)


def _matter(row: RegisterRow, meeting: ConferenceRow) -> MatterInput:
    return MatterInput(
        matter_id=new_id(),
        conference_id=meeting.conference_id,
        kind=MatterKind.SUPPORT_GROUP,
        household_id=row.household_id,
        person_id=row.person_id,
        assessment_id=row.assessment_id,
    )

"""Ticks that become sentences (チェック→文): subjects at the top, what can be ticked beneath, and what it will say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.records import SegmentKind
from desktop.domain.ticks import TickSheet, TickSubject
from desktop.override import override
from desktop.viewmodels.record_ticks import NOT_CONFIRMED, TickBoard, TickRow, tick_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.text_field import TextField
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.paragraph import Paragraph
from desktop.views.records.low_area import LowArea
from desktop.views.records.tick_table import TickTable
from desktop.views.widgets import low_for_width, muted_label, named

_HELP = "数字で答え、英字で出所を選びます（↑↓で項目、Delで消す）。自分で書き直した文は、そのまま残ります。"
_CONFIRMED = "この世帯で確かめることは、すべてチェックか文にあります。"
_LEFT = "●は、この世帯でまだ確かめていないこと（残り{count}）"
#: From this width in characters on, the sentences stand beside the list.
_BESIDE = 52
_NOTHING = "チェックすると、ここに文が出ます。"
_LONGEST = 40


class TickPanel(QFrame):
    """`given` once the sentences are to go in; `left` without. The board knows the parts that change.

    Ctrl+Enter and Esc are keys of the editor, which hands them on.
    """

    given = Signal()
    left = Signal()

    def __init__(self, sheet: TickSheet, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tick_panel")
        self.board = TickBoard(sheet)
        self.model: RowTableModel[TickRow] = RowTableModel(
            tick_columns(),
            key=lambda row: row.subject.code,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(TickTable(self.model), "tick_subjects")
        self.answers, self.sources = _Choices("tick_answers"), _Choices("tick_sources")
        self.detail = named(TextField("書き込むことば", longest=_LONGEST), "tick_detail")
        self.preview = named(Paragraph(), "tick_preview")
        self._said = LowArea(self.preview)
        self._middle = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.left_line = named(QLabel(), "tick_left")
        self.rest_button = named(QPushButton("残りを未確認にする(&X)"), "tick_rest")
        self.all_button = named(QPushButton("ほかの世帯類型の項目も出す(&E)"), "tick_all")
        self.give = named(QPushButton("文を入れる（Ctrl+Enter）"), "tick_give")
        self.cancel = named(QPushButton("やめる（Esc）"), "tick_cancel")
        self._build()
        self._connect()

    def begin(
        self, texts: Mapping[SegmentKind, str], groups: frozenset[str], *, is_visit: bool
    ) -> None:
        """Show what can be ticked beside what the entry says already, and what the visit should still confirm."""
        self.board.begin(texts, groups, is_visit=is_visit)
        self.left_line.setVisible(is_visit)
        self.rest_button.setVisible(is_visit)
        self._show()
        self.table.select_row(self._first_open())
        self.table.setFocus()

    def has_all(self) -> bool:
        """Whether every tick can be said; else go to the first whose detail is missing."""
        waiting = next((n for n, row in enumerate(self.model.rows()) if row.is_waiting), None)
        if waiting is None:
            return True
        self.table.select_row(waiting)
        self.detail.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _show(self) -> None:
        """Show the ticks; the current subject stays the current one."""
        subject = self._subject()
        self.model.set_rows(self.board.rows())
        if subject is not None:
            index = self.model.index_of(subject.code)
            self.table.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))
        self.preview.say(self.board.preview() or _NOTHING)
        left = len(self.board.rest())
        self.left_line.setText(_LEFT.format(count=left) if left else _CONFIRMED)
        self.rest_button.setEnabled(bool(left))
        self._show_subject()

    def _show_subject(self) -> None:
        subject = self._subject()
        if subject is None:
            return
        tick = self.board.tick_of(subject)
        labels = [answer.label for answer in subject.answers]
        chosen = -1 if tick is None else len(labels) if tick.answer is None else tick.answer
        names = [f"{digit}　{label}" for digit, label in enumerate(labels, start=1)]
        self.answers.show_choices([*names, f"0　{NOT_CONFIRMED}"], chosen)
        sources = self.board.sheet.sources
        source = next(
            (n for n, s in enumerate(sources) if tick is not None and s.code == tick.source), -1
        )
        self.sources.show_choices([f"{s.key}　{s.label}" for s in sources], source)
        self.sources.setEnabled(tick is not None and tick.answer is not None)
        asked = self.board.detail_asked(subject)
        self._detail_row.setVisible(bool(asked))
        self.detail.name = asked or "書き込むことば"
        self.detail.editor().setPlaceholderText(asked)
        if tick is not None and not self.detail.editor().hasFocus():
            self.detail.show_value(tick.detail or None)

    def _tick(self, digit: int) -> None:
        subject = self._subject()
        if subject is None or not self.board.choose(subject, digit):
            return
        self._show()
        if self.board.detail_asked(subject):
            self.detail.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.board.tick_of(subject) is not None:
            self._go_on()

    def _say_source(self, letter: str) -> None:
        """A source is said of the row just ticked: the current one, or the one before it where that was gone on from."""
        subject = self._subject()
        if subject is None:
            return
        before = self.table.current_row() - 1
        if not self.board.say_source(subject, letter) and before >= 0:
            self.board.say_source(self.board.subjects()[before], letter)
        self._show()

    def _clear(self) -> None:
        subject = self._subject()
        if subject is not None:
            self.board.clear(subject)
            self._show()

    def _take_detail(self) -> None:
        subject = self._subject()
        if subject is not None:
            self.board.say_detail(subject, self.detail.editor().text())
            self._show()

    def _detail_done(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._go_on()

    def _go_on(self) -> None:
        self.table.select_row(self.table.current_row() + 1)

    def _first_open(self) -> int:
        """The row of what should be confirmed first."""
        rows = self.model.rows()
        return next((place for place, row in enumerate(rows) if row.is_open), 0)

    def _leave_rest(self) -> None:
        self.board.leave_rest()
        self._show()
        self.table.setFocus()

    def _show_all(self) -> None:
        self.board.shows_all = True
        self.all_button.hide()
        self._show()
        self.table.setFocus()

    def _subject(self) -> TickSubject | None:
        row = self.model.row_at(self.table.currentIndex())
        return row.subject if row is not None else None

    def _build(self) -> None:
        self.give.setProperty("primary", True)
        self._detail_row = form_row("書き込むことば", self.detail)
        help_line = muted_label(_HELP)
        help_line.setWordWrap(True)
        foot = FlowingRow()
        for button in (self.give, self.cancel, self.rest_button, self.all_button):
            foot.add(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(help_line)
        layout.addWidget(self.left_line)
        picking = QVBoxLayout()
        picking.addWidget(self.table, 1)
        for part in (self.answers, self.sources, self._detail_row):
            picking.addWidget(part)
        self._middle.addLayout(picking, 5)
        self._middle.addWidget(self._said, 3)
        layout.addLayout(self._middle, 1)
        layout.addWidget(foot)
        self._detail_row.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list is what one looks at: where there is room, the sentences do not shorten it."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= self.fontMetrics().horizontalAdvance("国") * _BESIDE
        ways = QBoxLayout.Direction
        self._middle.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        for place, share in enumerate((5, 3) if is_wide else (1, 0)):
            self._middle.setStretch(place, share)
        self._said.stand_beside(is_beside=is_wide)

    def _connect(self) -> None:
        self.table.ticked.connect(self._tick)
        self.table.sourced.connect(self._say_source)
        self.table.cleared.connect(self._clear)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_subject())
        self.answers.chosen.connect(self._answer_clicked)
        self.sources.chosen.connect(
            lambda place: self._say_source(self.board.sheet.sources[place].key)
        )
        self.detail.edited.connect(self._take_detail)
        # Queued: on Enter the line itself goes on to the next field first.
        self.detail.editor().returnPressed.connect(
            self._detail_done, Qt.ConnectionType.QueuedConnection
        )
        self.rest_button.clicked.connect(self._leave_rest)
        self.all_button.clicked.connect(self._show_all)
        self.give.clicked.connect(self.given)
        self.cancel.clicked.connect(self.left)

    def _answer_clicked(self, place: int) -> None:
        subject = self._subject()
        if subject is not None:
            self._tick(place + 1 if place < len(subject.answers) else 0)


class _Choices(QWidget):
    """Buttons with their keys, in as many lines as the width asks for; the keys are pressed in the list."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.buttons: list[QPushButton] = []
        self._flow = FlowLayout(self)
        low_for_width(self)

    def show_choices(self, labels: Sequence[str], chosen: int) -> None:
        """Show these, with the chosen one pressed; -1 for none."""
        while len(self.buttons) < len(labels):
            self._add()
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(labels))
            if place < len(labels):
                button.setText(labels[place])
                button.setAccessibleName(labels[place])
                button.setChecked(place == chosen)
        self.updateGeometry()

    def _add(self) -> None:
        button = QPushButton(self)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        place = len(self.buttons)
        button.clicked.connect(lambda: self.chosen.emit(place))
        self.buttons.append(button)
        self._flow.addWidget(button)

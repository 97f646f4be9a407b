"""Pay slips as a table beside an entry (給与明細): typed or pasted, checked by a question, written as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import ValidationError
from desktop.domain.households import Member
from desktop.domain.pay_slips import COLUMNS, PaySlip, pasted_rows, read_slip, slip_text
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.tick_field import TickField
from desktop.views.paragraph import Paragraph
from desktop.views.records.low_area import LowArea
from desktop.views.widgets import muted_label, named

_HELP = "1行が1枚です。表計算から写した行は Ctrl+V で貼れます。合わない金額があっても、文に入れられます。"
_FEWEST_ROWS = 4
_ROW_HEIGHT = 1.75
_WIDTHS = (4, 6, 5, 4, 4, 4, 4, 4, 5, 5)
_NOTES = "文に入れるとき、月ごとの総支給額を就労収入にも残します（もう記録のある月は残しません）。"


class SlipTable(QTableWidget):
    """Cells are typed into at once; Ctrl+V pastes rows from the current one on, Del empties a cell."""

    def __init__(self) -> None:
        super().__init__(_FEWEST_ROWS, len(COLUMNS))
        self.setAccessibleName("給与明細")
        self.setHorizontalHeaderLabels(list(COLUMNS))
        self.verticalHeader().hide()
        self.setTabKeyNavigation(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._fit()

    def empty(self) -> None:
        """Begin with nothing."""
        self.clearContents()
        self.setRowCount(_FEWEST_ROWS)
        self.setCurrentCell(0, 0)

    def rows(self) -> list[list[str]]:
        """What every row says."""
        return [
            [
                item.text() if (item := self.item(row, column)) is not None else ""
                for column in range(len(COLUMNS))
            ]
            for row in range(self.rowCount())
        ]

    def paste(self, text: str) -> None:
        """Put rows in from the current one on; the table grows with them."""
        first = max(self.currentRow(), 0)
        rows = pasted_rows(text)
        self.setRowCount(max(self.rowCount(), first + len(rows) + 1))
        for row, cells in enumerate(rows, start=first):
            for column, cell in enumerate(cells):
                self.setItem(row, column, QTableWidgetItem(cell.strip()))

    def _fit(self) -> None:
        """Give rows and columns the size the present font needs."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(round(metrics.height() * _ROW_HEIGHT))
        for column, characters in enumerate(_WIDTHS):
            self.setColumnWidth(column, metrics.horizontalAdvance("国") * (characters + 1))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete and self.currentItem() is not None:
            self.currentItem().setText("")
        else:
            super().keyPressEvent(event)


class SlipPanel(QFrame):
    """`given` and `left` by its buttons; Ctrl+Enter and Esc are keys of the editor, which hands them on."""

    given = Signal()
    left = Signal()

    def __init__(
        self,
        members: Sequence[Member],
        today: Callable[[], date],
        *,
        notes_income: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("slip_panel")
        self._today = today
        self._notes_income = notes_income
        self.table = named(SlipTable(), "pay_slips")
        people = [Choice(code=str(m.person_id), label=m.name, kana=m.kana) for m in members]
        self.person = named(ChoiceField("だれの給与", people), "slip_person")
        self.income = named(TickField("就労収入にも残す(&T)", _NOTES), "slip_income")
        self.told = named(Paragraph(), "slip_told")
        self.give = named(QPushButton("文を入れる（Ctrl+Enter）"), "slip_give")
        self.cancel = named(QPushButton("やめる（Esc）"), "slip_cancel")
        self._first = str(members[0].person_id) if members else None
        self._build()

    def begin(self) -> None:
        """Show the table; what was typed and not put in yet is still there."""
        if self.person.entered() is None:
            self.person.show_value(self._first)
        self._say()
        self.table.setFocus()

    def empty(self) -> None:
        """Begin anew: what was typed is in the entry."""
        self.table.empty()
        self.income.show_value(False)

    def slips(self) -> tuple[PaySlip, ...]:
        """The slips of the table. Raises ValidationError, and goes to the cell that it is about."""
        found = []
        for row, cells in enumerate(self.table.rows()):
            try:
                slip = read_slip(cells, self._today())
            except ValidationError as error:
                name = next(iter(error.fields))
                self.table.setCurrentCell(row, COLUMNS.index(name))
                raise ValidationError(f"{row + 1}行目の{name}：{error.fields[name]}") from error
            if slip is not None:
                found.append(slip)
        return tuple(found)

    def is_ready(self) -> bool:
        """Whether every row can be read; else the first that cannot is gone to, and it is said why."""
        self.table.setFocus()  # a cell that is being typed into is left, and so taken
        try:
            self.person.entered()
            self.slips()
        except ValidationError as error:
            self.told.say(error.sentence)
            return False
        return True

    def text(self) -> str:
        """The lines for the entry."""
        return slip_text(self.slips())

    def income_person(self) -> UUID | None:
        """Whose earned income is to be noted besides; None where it is not."""
        chosen = self.person.entered() if self._notes_income and self.income.is_ticked() else None
        return UUID(chosen) if chosen else None

    def _say(self) -> None:
        """What does not add up, and the text as it will stand; half-typed rows are left alone."""
        found = []
        for cells in self.table.rows():
            try:
                slip = read_slip(cells, self._today())
            except ValidationError:
                continue
            if slip is not None:
                found.append(slip)
        questions = [slip.question for slip in found if slip.question]
        self.told.say("\n".join((*questions, slip_text(found))).strip())

    def _build(self) -> None:
        self.give.setProperty("primary", True)
        help_line = muted_label(_HELP)
        help_line.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.give)
        foot.addWidget(self.cancel)
        person_row = form_row("だれの給与", self.person)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        for part in (help_line, person_row):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addWidget(LowArea(self.told))
        layout.addWidget(self.income)
        layout.addLayout(foot)
        person_row.setVisible(self._notes_income)
        self.income.setVisible(self._notes_income)
        self.table.itemChanged.connect(self._say)
        self.give.clicked.connect(self.given)
        self.cancel.clicked.connect(self.left)

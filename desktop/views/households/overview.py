"""The overview of a file: what holds on the day asked for, and who lives there."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.disposal import DISPOSED_NAME
from desktop.domain.entries import format_postal
from desktop.domain.era import DateStyle, format_date
from desktop.domain.holds import HOLD_LABELS
from desktop.domain.households import CaseFile
from desktop.domain.labels import HOUSEHOLD_TYPE, SAFETY_MARK
from desktop.override import override
from desktop.viewmodels.households import fact_columns, facts_on, period_text, short_member_columns
from desktop.viewmodels.name_shapes import name_shapes
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.selectable_label import SelectableLabel
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_COLUMNS_OF_PAIRS = 2
#: Below this width in characters the short facts stand one under the other.
_ROOM_FOR_PAIRS = 42
_MOST_FACTS = 14
_MOST_MEMBERS = 8
_MEMBER_WIDTHS = {0: 4, 1: 7, 2: 8, 3: 2, 4: 10, 5: 4, 6: 10, 7: 6}
_FACT_WIDTHS = {0: 6, 1: 20, 2: 6, 3: 6}
_GONE = (
    "この世帯の文書は、保存年限が過ぎたため廃棄しました。残っているのはケース番号だけです。"
    "いつ、だれが廃棄したかは「文書廃棄」の廃棄簿にあります。"
)


class Overview(QScrollArea):
    """The short facts in a grid, the members, and the dated facts that hold. `holds_requested`: 廃棄の保留 is wanted."""

    holds_requested = Signal()

    def __init__(self, look: Look, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._as_of = today
        self._file: CaseFile | None = None
        self._columns = _COLUMNS_OF_PAIRS
        self._draws = look.draws
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self.members = RowTableModel(
            short_member_columns(lambda: self._as_of), brush_of=look.brush_of, parent=self
        )
        self.facts = RowTableModel(fact_columns(), brush_of=look.brush_of, parent=self)
        self.member_table = TableView(
            self.members, name="世帯員", characters=_MEMBER_WIDTHS, stretch=6
        )
        self.fact_table = TableView(
            self.facts, name="この日の事実", characters=_FACT_WIDTHS, stretch=1
        )
        self.note = named(QLabel(), "takeover_note")
        self.note.setWordWrap(True)
        self.holds_button = named(QPushButton("廃棄の保留…（F9）"), "show_holds")
        self.holds_button.clicked.connect(self.holds_requested)
        self._build()

    def show_file(self, file: CaseFile) -> None:
        """Show the file as of its day."""
        self._as_of, self._file = file.as_of, file
        self._lay_pairs(file)
        self.members.set_rows(file.members)
        self.member_table.show_all_rows(_MOST_MEMBERS)
        self.facts.set_rows(facts_on(file.facts, file.as_of))
        self.fact_table.show_all_rows(_MOST_FACTS)
        is_gone = file.identity.head_name == DISPOSED_NAME
        note = _GONE if is_gone else file.takeover_note
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.holds_button.setVisible(not is_gone)

    def _lay_pairs(self, file: CaseFile) -> None:
        self._columns = self._fitting_columns()
        while (item := self._grid.takeAt(0)) is not None:
            label = item.widget()
            if label is not None:
                label.deleteLater()
        self._add_pair(0, 0, "住所", _address(file), span=3)
        pairs = _pairs(file)
        for place, (name, value) in enumerate(pairs):
            row, side = divmod(place, self._columns)
            self._add_pair(row + 1, side * 2, name, value)
        shapes = name_shapes(
            [file.identity.head_name, *(member.name for member in file.members)], self._draws
        )
        if shapes:
            self._add_pair(len(pairs) // self._columns + 2, 0, "氏名の字形", shapes, span=3)
        self._grid.setColumnStretch(3, int(self._columns > 1))

    def _fitting_columns(self) -> int:
        em = self.fontMetrics().horizontalAdvance("国")
        return _COLUMNS_OF_PAIRS if self.viewport().width() >= _ROOM_FOR_PAIRS * em else 1

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._file is not None and self._fitting_columns() != self._columns:
            self._lay_pairs(self._file)

    def _add_pair(self, row: int, column: int, name: str, value: str, span: int = 1) -> None:
        shown = SelectableLabel(value or "―")
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(muted_label(name), row, column, top)
        self._grid.addWidget(shown, row, column + 1, 1, span, top)
        self._grid.setColumnStretch(column + 1, 1)

    def _build(self) -> None:
        content = QWidget()
        card = named(QFrame(), "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addLayout(self._grid)
        inside.addWidget(self.note)
        inside.addWidget(self.holds_button, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(card)
        layout.addWidget(named(QLabel("世帯員"), "section_title"))
        layout.addWidget(self.member_table)
        layout.addWidget(named(QLabel("この日の事実"), "section_title"))
        layout.addWidget(self.fact_table)
        layout.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)


def _pairs(file: CaseFile) -> list[tuple[str, str]]:
    marks = "、".join(
        f"{SAFETY_MARK[mark.kind]}（{period_text(mark.period)}）"
        for mark in file.marks
        if mark.period.covers(file.as_of)
    )
    absences = f"{file.absences_in_series}回続いています" if file.absences_in_series else "なし"
    return [
        ("保護開始日", format_date(file.started_on)),
        ("世帯類型", HOUSEHOLD_TYPE[file.household_type] if file.household_type else ""),
        ("訪問格付", file.visit_grade_words or file.visit_grade),
        ("最後に会えた訪問", format_date(file.last_met_on)),
        ("連続する不在", absences),
        ("最後の記録", format_date(file.last_entry_on)),
        ("注意事項", marks or "なし"),
        *_held(file),
    ]


def _held(file: CaseFile) -> list[tuple[str, str]]:
    """Why the file must not be disposed of; nothing is said of most files."""
    held = "、".join(
        f"{HOLD_LABELS[hold.kind]}（{format_date(hold.since, DateStyle.SHORT)}から）"
        for hold in file.holds
    )
    return [("廃棄の保留", f"▲ {held}")] if held else []


def _address(file: CaseFile) -> str:
    return f"{format_postal(file.postal_code)}　{file.address}".lstrip()

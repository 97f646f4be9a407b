"""印刷待ち: what was approved and never printed, by form and district, to be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.forms import FormMark
from desktop.domain.printing import FORM_NOTES, WAITING_FORMS, ReadyToPrint
from desktop.viewmodels.printing import (
    MARK_NOTES,
    MARKS,
    PAPER_ORDERS,
    RECORD_MARKS,
    PaperOrder,
    WaitingGroup,
    group_columns,
    groups,
    in_order,
    ready_columns,
    ticked_id,
)
from desktop.viewmodels.ticks import TickedRows, Ticks
from desktop.views.look import Look
from desktop.views.printing.tick_table import TickTable
from desktop.views.requests import FileRequest
from desktop.views.widgets import muted_label, named

_GROUP_WIDTHS = {0: 9, 1: 3, 2: 4, 3: 6}
_READY_WIDTHS = {0: 14, 1: 6, 2: 6, 3: 5, 4: 6}
#: Where the file shows what waits; of some forms the very one.
_SECTIONS = {
    "K-04": "chronicle",
    "K-05": "support_policies",
    "K-06": "support_policies",
    "K-19": "inquiries",
    "K-26": "transfers",
    "L-03": "chronicle",
    "L-04": "chronicle",
    "K-15": "guidance",
    "K-16": "guidance",
    "S-32": "guidance",
    "K-18": "medical",
    "S-10": "referrals",
    "S-25D": "work_estimates",
    "S-26D": "work_estimates",
    "S-27D": "work_estimates",
    "J-02": "disclosures",
}
_SHOWS_ONE = frozenset({"K-04", "K-19"})
_DRAFTS = "承認前の記録の案は、ケースファイルの「記録」で P を押すと印刷できます。"
_EMPTY = "印刷を待っている帳票はありません。記録・援助方針・照会・移管が承認されると、ここに帳票と地区ごとに並びます。発行したものは「登録簿」から印刷し直せます。"


class WaitingView(QWidget):
    """Forms and districts left, what waits there right. `draw_requested` carries the rows of one form, and the mark.

    Everything is ticked at first: the usual work of the day is to print all of it, form after form.
    """

    draw_requested = Signal(object, object)
    file_requested = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ReadyToPrint, ...] = ()
        self._known: frozenset[UUID] = frozenset()
        self.ticks = Ticks(self)
        self.groups = TickedRows(group_columns(), self.ticks, _subjects_of, parent=self)
        self.ready = TickedRows(
            ready_columns(), self.ticks, _subject_of, brush_of=look.brush_of, parent=self
        )
        self.group_table = _table(self.groups, "帳票と地区", _GROUP_WIDTHS, "group_table")
        self.ready_table = _table(self.ready, "印刷待ちのもの", _READY_WIDTHS, "ready_table")
        self.mark = named(QComboBox(), "mark_choice")
        self.order = named(QComboBox(), "order_choice")
        self.mark_note = named(muted_label(), "mark_note")
        self.draw_button = named(QPushButton("PDFを作成（Ctrl+P）"), "draw")
        self.all_button = named(QPushButton("すべて選択（Ctrl+A）"), "tick_all")
        self.none_button = named(QPushButton("解除（Ctrl+Shift+A）"), "tick_none")
        self.count = named(QLabel(), "ticked_count")
        self._empty = named(QLabel(_EMPTY), "empty_sentence")
        self._pages = QStackedWidget()
        self._build()
        self._connect()

    def show_queue(self, rows: Sequence[ReadyToPrint]) -> None:
        """Show what waits. Ticks stay; what is new is ticked."""
        place = max(self.group_table.current_row(), 0)
        ids = frozenset(map(ticked_id, rows))
        self._rows = tuple(rows)
        self.groups.set_rows(groups(rows))
        self.ticks.keep_only(ids)
        self.ticks.set(ids - self._known, ticked=True)
        self._known = ids
        self.group_table.select_row(min(place, self.groups.rowCount() - 1))
        self._show_group()
        self._pages.setCurrentIndex(0 if rows else 1)

    def chosen_mark(self) -> FormMark:
        """Which kind of print; a sheet for the person carries no mark."""
        rows = self._of_form()
        only = rows[0].mark if rows else None
        return only or FormMark[self.mark.currentData()]

    def ticked(self) -> tuple[ReadyToPrint, ...]:
        """The ticked pieces of the form at hand in the order of the paper."""
        order = PaperOrder(self.order.currentData())
        return tuple(in_order((r for r in self._of_form() if ticked_id(r) in self.ticks), order))

    def empty_sentence(self) -> str:
        """What is said instead of a list; "" while there is one."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def focus_first(self) -> None:
        """Begin with the forms."""
        self.group_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _group(self) -> WaitingGroup | None:
        return self.groups.row_at(self.group_table.currentIndex())

    def _of_form(self) -> list[ReadyToPrint]:
        """What waits of the form at hand, in all districts."""
        group = self._group()
        return [row for row in self._rows if group and row.form_code == group.form_code]

    def _draw(self) -> None:
        if self.draw_button.isEnabled():
            self.draw_requested.emit(self.ticked(), self.chosen_mark())

    def _show_mark(self) -> None:
        mark = self.chosen_mark()
        self.mark.setEnabled(mark in RECORD_MARKS)
        more = _DRAFTS if mark is FormMark.DRAFT else ""
        group = self._group()
        self.mark_note.setText(
            FORM_NOTES.get(group.form_code if group else "", MARK_NOTES[mark]) + more
        )

    def _show_group(self) -> None:
        code = group.district_code if (group := self._group()) else ""
        self.ready.set_rows([row for row in self._of_form() if row.district_code == code])
        if self.ready_table.current_row() < 0:
            self.ready_table.select_row(0)
        self._show_mark()
        self._show_count()

    def _show_count(self) -> None:
        rows, group = self.ticked(), self._group()
        households = len({row.household_id for row in rows})
        title = WAITING_FORMS[group.form_code] if group else ""
        self.count.setText(
            f"{title}　{len(rows):,}件（{households:,}世帯）を選択中　全{len(self._of_form()):,}件"
        )
        self.draw_button.setEnabled(bool(rows))

    def _tick_all(self, *, ticked: bool) -> None:
        self.ticks.set([ticked_id(row) for row in self._of_form()], ticked=ticked)

    def _open_file(self) -> None:
        row = self.ready.row_at(self.ready_table.currentIndex())
        if row is None:
            return
        self.file_requested.emit(
            FileRequest(
                household_id=row.household_id,
                section=_SECTIONS[row.form_code],
                entry_id=row.subject_id if row.form_code in _SHOWS_ONE else None,
            )
        )

    def _build(self) -> None:
        self.mark.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for mark in RECORD_MARKS:
            self.mark.addItem(MARKS[mark], mark.name)
        self.mark.setAccessibleName("印の種類")
        self.order.setAccessibleName("並べ方")
        for order, words in PAPER_ORDERS.items():
            self.order.addItem(words, order.value)
        self.mark_note.setWordWrap(True)
        self.draw_button.setProperty("primary", True)
        label = QLabel("印(&K)")
        label.setBuddy(self.mark)
        choices = QHBoxLayout()
        choices.addWidget(label)
        choices.addWidget(self.mark)
        ordered = QLabel("並べ方(&O)")
        ordered.setBuddy(self.order)
        choices.addWidget(ordered)
        choices.addWidget(self.order)
        choices.addWidget(self.draw_button)
        choices.addStretch(1)
        ticking = QHBoxLayout()
        ticking.addWidget(self.count, 1)
        ticking.addWidget(self.all_button)
        ticking.addWidget(self.none_button)
        tables = QSplitter(Qt.Orientation.Horizontal)
        tables.addWidget(self.group_table)
        tables.addWidget(self.ready_table)
        tables.setStretchFactor(0, 2)
        tables.setStretchFactor(1, 3)
        tables.setChildrenCollapsible(False)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(tables)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(choices)
        layout.addWidget(self.mark_note)
        layout.addLayout(ticking)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.ticks.changed.connect(self._show_count)
        self.mark.currentIndexChanged.connect(self._show_mark)
        self.group_table.selectionModel().currentRowChanged.connect(self._show_group)
        self.ready_table.row_opened.connect(self._open_file)
        self.draw_button.clicked.connect(self._draw)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._draw)
        self.all_button.clicked.connect(lambda: self._tick_all(ticked=True))
        self.none_button.clicked.connect(lambda: self._tick_all(ticked=False))
        for table in (self.group_table, self.ready_table):
            table.all_requested.connect(lambda: self._tick_all(ticked=True))
            table.none_requested.connect(lambda: self._tick_all(ticked=False))


def _subjects_of(group: WaitingGroup) -> tuple[UUID, ...]:
    return group.subject_ids


def _subject_of(row: ReadyToPrint) -> tuple[UUID, ...]:
    return (ticked_id(row),)


def _table(
    model: TickedRows,  # type: ignore[type-arg]  # groups and pieces
    name: str,
    widths: dict[int, int],
    object_name: str,
) -> TickTable:
    return named(TickTable(model, name=name, characters=widths, stretch=0), object_name)

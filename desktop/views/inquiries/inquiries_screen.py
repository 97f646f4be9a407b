"""照会・調査: the register of answers (回答管理簿) of the person's districts or the office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QStackedWidget, QWidget

from desktop.domain.clock import Clock
from desktop.domain.imprint import FormMark
from desktop.domain.inquiries import InquiryLine, InquiryState
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import fiscal_year
from desktop.domain.roles import Permission
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.inquiries import matching, register_columns, summary
from desktop.viewmodels.rows import RowTableModel
from desktop.views.inquiries.ports import ChoosesRegister, InquiryRegisters
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView

MakePaper = Callable[[ScreenView], "PrintRunView"]
_HELP = "どこに何を照会し、いつ答えが来たかを見ます。起案・承認・回答の記録は、世帯のファイルの「照会・調査」で行います。"
_WIDTHS = dict(enumerate((6, 6, 6, 13, 7, 6, 7, 7, 6, 6, 6, 6, 6, 6)))
_STRETCH = 3
_OPEN = (
    "終わっていない照会はありません。世帯のファイルの「照会・調査」で起案すると、ここに並びます。"
)
_NONE = "この年度の照会はありません。"
_NO_MATCH = "絞り込みに当てはまる照会はありません。Escで絞り込みをやめます。"
_FIND = "絞り込み（Ctrl+F）"
_REIWA = 2018
_YEARS = 5


class InquiriesScreen(ScreenView):
    """Enter opens the file at the inquiry; P prints and sends what waits for it; K prints the register as shown."""

    def __init__(
        self,
        registers: InquiryRegisters,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
        letters: MakePaper,
        register: tuple[ChoosesRegister, MakePaper],
    ) -> None:
        super().__init__(runner, title="照会・調査", help_line=_HELP)
        self._registers, self._changes, self._register = registers, changes, register[0]
        self._lines: tuple[InquiryLine, ...] = ()
        self._loading: Job[tuple[InquiryLine, ...]] | None = None
        self.scope = named(QComboBox(), "inquiry_scope")
        self.filter = named(QLineEdit(), "inquiry_filter")
        self.count = named(QLabel(), "inquiry_count")
        self.letters_button = named(QPushButton("発送待ちを印刷して発送（P）"), "print_letters")
        self.register_button = named(QPushButton("回答管理簿を印刷（K）"), "print_register")
        self.model: RowTableModel[InquiryLine] = RowTableModel(
            register_columns(), key=lambda i: i.inquiry_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="回答管理簿", characters=_WIDTHS, stretch=_STRETCH),
            "inquiry_register",
        )
        self.letters_paper = letters(self)
        self.register_paper = register[1](self)
        self._pages = QStackedWidget()
        self._lay_out(clock.today(), may_print=staff.may(Permission.PRINT_DRAFTS))
        self._connect()

    @override
    def reload(self) -> None:
        """Load what the scope says."""
        year = self.scope.currentData()
        registers = self._registers
        call = registers.open_lines if year is None else lambda: registers.lines_of_year(year)
        self._loading = self.run(call, self._show, replaces=self._loading)

    @override
    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether paper came out that the log does not know."""
        return any(paper.is_unrecorded for paper in (self.letters_paper, self.register_paper))

    def _show(self, lines: tuple[InquiryLine, ...]) -> None:
        self._lines = lines
        self._show_lines()

    def _show_lines(self) -> None:
        lines = matching(self._lines, self.filter.text())
        held = self.model.row_at(self.table.currentIndex())
        place = max(self.table.current_row(), 0)
        self.model.set_rows(lines)
        at = self.model.index_of(held.inquiry_id).row() if held else -1
        self.table.select_row(at if at >= 0 else min(place, len(lines) - 1))
        self.count.setText(summary(lines))
        self.letters_button.setEnabled(any(line.state is InquiryState.APPROVED for line in lines))
        if lines:
            self.show_body()
        elif self._lines:
            self.show_empty(_NO_MATCH)
        else:
            self.show_empty(_OPEN if self.scope.currentData() is None else _NONE)

    def _open(self, index: QModelIndex) -> None:
        line = self.model.row_at(index)
        if line is not None:
            self.file_requested.emit(
                FileRequest(
                    household_id=line.household_id, section="inquiries", entry_id=line.inquiry_id
                )
            )

    def _print_letters(self) -> None:
        waiting = [
            line.inquiry_id for line in self.model.rows() if line.state is InquiryState.APPROVED
        ]
        if waiting and self.letters_button.isEnabled():
            self.letters_paper.draw(waiting, FormMark.PLAIN, len(waiting))

    def _print_register(self) -> None:
        ids = tuple(line.inquiry_id for line in self.model.rows())
        if ids and self.register_button.isEnabled():
            typed = self.filter.text().strip()
            scope = self.scope.currentText() + (f"　「{typed}」で絞り込み" if typed else "")
            self.register_paper.draw(self._register.choose((ids, scope)), FormMark.PLAIN, 1)

    def _sent(self, said: str) -> None:
        self.announced.emit(said)
        self._changes.inquiry_changed.emit(self)
        self._changes.todo_changed.emit(self)
        self.reload()

    def _changed_elsewhere(self, initiator: object) -> None:
        if initiator is not self:
            self.reload_shown()

    def _show_paper(self, paper: QWidget) -> None:
        self._pages.setCurrentWidget(paper)
        self._bar.hide()

    def _back(self) -> None:
        self._pages.setCurrentWidget(self.table)
        self._bar.show()
        self.focus_first()

    def _leave_filter(self) -> None:
        self.filter.clear()
        self.focus_first()

    def _focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.selectAll()

    def _lay_out(self, today: date, *, may_print: bool) -> None:
        self.scope.setAccessibleName("範囲")
        self.scope.addItem("終わっていない照会", None)
        this_year = fiscal_year(today)
        for year in range(this_year, this_year - _YEARS, -1):
            if year > _REIWA:
                self.scope.addItem(f"令和{year - _REIWA}年度", year)
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.filter.setAccessibleName(_FIND)
        self.filter.setPlaceholderText(_FIND)
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 14)
        self.count.setProperty("muted", True)
        self.register_button.setEnabled(may_print)
        if not may_print:
            self.letters_button.hide()
        label = QLabel("範囲(&T)")
        label.setBuddy(self.scope)
        self._bar = FlowingRow()
        for widget in (
            *(label, self.scope, self.filter, self.letters_button, self.register_button),
            self.count,
        ):
            self._bar.add(widget)
        self.top.addWidget(self._bar)
        for page in (self.table, self.letters_paper, self.register_paper):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.scope.activated.connect(lambda *_: self.reload())
        self.filter.textChanged.connect(lambda *_: self._show_lines())
        self.filter.returnPressed.connect(self.focus_first)
        self.letters_button.clicked.connect(self._print_letters)
        self.register_button.clicked.connect(self._print_register)
        self.table.row_opened.connect(self._open)
        for widget, key, act in (
            (self.table, "P", self._print_letters),
            (self.table, "K", self._print_register),
            (self.filter, "Escape", self._leave_filter),
            (self.filter, "Down", self.focus_first),
        ):
            self._on_key(widget, key, act, Qt.ShortcutContext.WidgetShortcut)
        self._on_key(
            self, "Ctrl+F", self._focus_filter, Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        for paper in (self.letters_paper, self.register_paper):
            paper.begun.connect(lambda paper=paper: self._show_paper(paper))
            paper.left.connect(self._back)
        self.letters_paper.noted.connect(self._sent)
        self.register_paper.noted.connect(self.announced)
        self._changes.inquiry_changed.connect(self._changed_elsewhere)

    @staticmethod
    def _on_key(
        widget: QWidget, key: str, act: Callable[[], object], context: Qt.ShortcutContext
    ) -> None:
        shortcut = QShortcut(QKeySequence(key), widget)
        shortcut.setContext(context)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

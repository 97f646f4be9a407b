"""帳票 of one household: the forms about the whole household, and everything that was ever issued of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import IssuedForm
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.printing import register_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 6, 1: 4, 2: 9, 3: 11, 4: 9, 5: 4, 6: 6, 7: 8}
_EMPTY = "この世帯の帳票はまだ発行されていません。上のボタンや、記録・援助方針の画面から印刷すると、ここに残ります。"
_HELP = "Enter で発行したときのPDFを見ます。見たあと、そのまま印刷し直せます。"
#: Code → what the button says and its key.
HOUSEHOLD_FORMS: Mapping[str, str] = {
    "K-02": "保護台帳(&B)",
    "K-25": "引継票(&H)",
    "K-10": "不在連絡票(&N)",
    "K-24": "他法他施策点検表(&O)",
    "L-02": "担当者変更のお知らせ(&C)",
    "L-03": "来所のお願い(&Y)",
    "L-04": "訪問のお知らせ(&V)",
}


class IssuesOfFile(Protocol):
    """Reads what was issued of an opened file."""

    def of_household(self, household_id: UUID) -> tuple[IssuedForm, ...]:
        """Every issue, newest first."""


class FileForms(ScreenView):
    """Buttons for each form; beneath, the issues. `make_paper` gives the way of a form, or of a reprint ("")."""

    def __init__(
        self,
        household_id: UUID,
        issues: IssuesOfFile,
        runner: JobRunner,
        *,
        look: Look,
        titles: Mapping[str, str],
        may_print: bool,
        make_paper: Callable[[ScreenView, str], PrintRunView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_forms")
        self._household_id = household_id
        self._issues = issues
        self._make_paper = make_paper
        self._may_print = may_print
        self.papers: dict[str, PrintRunView] = {}
        self.form_buttons = {
            code: named(QPushButton(label), f"print_{code}")
            for code, label in HOUSEHOLD_FORMS.items()
        }
        self.model = RowTableModel(
            register_columns(titles),
            key=lambda row: row.issued_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="この世帯の発行した帳票", characters=_WIDTHS, stretch=2),
            "file_issues",
        )
        self._empty = named(QLabel(_EMPTY), "file_issues_empty")
        self._lists = QStackedWidget()
        self._steps = QStackedWidget()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the issues again."""
        household_id = self._household_id
        self.run(lambda: self._issues.of_household(household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin with the first form, or with the issues for who prints nothing."""
        first = next(iter(self.form_buttons.values())) if self._may_print else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether paper has come out that the log does not know."""
        return any(paper.is_unrecorded for paper in self.papers.values())

    def draw(self, code: str) -> None:
        """Draw a form about the household."""
        self._paper(code).draw([self._household_id], FormMark.PLAIN, 1)

    def _look(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is not None:
            self._paper("").draw([row.issued_id], FormMark.COPY, 1)

    def _paper(self, code: str) -> PrintRunView:
        paper = self.papers.get(code)
        if paper is None:
            paper = self.papers[code] = self._make_paper(self, code)
            self._steps.addWidget(paper)
            paper.begun.connect(lambda: self._steps.setCurrentWidget(paper))
            paper.left.connect(self._show_lists)
            paper.noted.connect(self._noted)
            paper.issued.connect(self.reload)
        return paper

    def _show(self, rows: tuple[IssuedForm, ...]) -> None:
        self.model.set_rows(rows)
        self.table.select_row(0)
        self._lists.setCurrentIndex(0 if rows else 1)

    def _noted(self, done: str) -> None:
        self.announced.emit(done)
        self.reload()

    def _show_lists(self) -> None:
        self._steps.setCurrentIndex(0)
        self.focus_first()

    def _lay_out(self) -> None:
        row = FlowingRow()
        for button in self.form_buttons.values():
            row.add(button)
            if not self._may_print:
                button.hide()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._empty)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(row)
        layout.addWidget(named(QLabel("発行した帳票"), "section_title"))
        layout.addWidget(muted_label(_HELP))
        layout.addWidget(self._lists, 1)
        self._steps.addWidget(page)
        self.body.addWidget(self._steps)

    def _connect(self) -> None:
        self.table.row_opened.connect(self._look)
        for code, button in self.form_buttons.items():
            button.clicked.connect(self._drawing(code))
            shortcut = QShortcut(QKeySequence(HOUSEHOLD_FORMS[code][-2]), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setEnabled(self._may_print)
            shortcut.activated.connect(self._drawing(code))

    def _drawing(self, code: str) -> Callable[[], None]:
        return lambda: self.draw(code)

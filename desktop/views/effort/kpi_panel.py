"""The tab 指標: figures of a span of months with targets; the list behind the one at hand, from which Enter opens a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.domain.dates import months_later
from desktop.domain.effort_words import eligible_words, figure_words
from desktop.domain.era import fiscal_year
from desktop.domain.kpis import CaseRow, Dashboard, Figure, Period
from desktop.domain.list_exports import USUAL, ListExport
from desktop.jobs.runner import Lane
from desktop.viewmodels.effort import CASES, FIGURES
from desktop.views.effort.lists import ListOf, in_a_row, key_of, read_all
from desktop.views.effort.ports import EffortPorts
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.month_field import MonthField
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_FIGURE_WIDTHS = {0: 22, 1: 8, 2: 5, 3: 5, 4: 8, 5: 10}
_CASE_WIDTHS = {0: 6, 1: 8, 2: 5, 3: 3, 4: 24}
_NOT_TARGETS = "職員や本人の目標にはしません。人数が少ない値は「参考値」です。"
_APRIL = 4
#: Letters of a choice of columns that can be read at once.
_EXPORT_LENGTH = 20


class KpiPanel(QWidget):
    """Ctrl+E writes the figures as CSV, Ctrl+Shift+S the list behind the one at hand (without names unless ticked)."""

    def __init__(self, screen: ScreenView, ports: EffortPorts) -> None:
        super().__init__()
        self._screen, self._ports, self._key = screen, ports, ""
        today = ports.clock.today()
        self.first = MonthField("はじめの月", today=ports.clock.today, required=True)
        self.last = MonthField("終わりの月", today=ports.clock.today, required=True)
        year = fiscal_year(today)
        self.first.show_value(date(year, _APRIL, 1))
        self.last.show_value(months_later(date(year, _APRIL, 1), 11))
        self.show_button = named(QPushButton("集計する（F5）"), "show_figures")
        self.figures_button = named(QPushButton("集計をCSVに保存（Ctrl+E）"), "save_figures")
        self.cases_button = named(QPushButton("一覧をCSVに保存（Ctrl+Shift+S）"), "save_cases")
        self.export = named(QComboBox(), "list_export")
        self.export.setAccessibleName("CSVの列")
        self.export.setMinimumContentsLength(_EXPORT_LENGTH)
        self._offer((USUAL,))
        self.with_names = named(QCheckBox("氏名も入れる(&N)"), "with_names")
        self.figures: ListOf[Figure] = ListOf(
            ports.look,
            FIGURES,
            name="figures",
            label="指標の一覧",
            widths=_FIGURE_WIDTHS,
            stretch=5,
            key=lambda f: f.kpi,
        )
        self.cases: ListOf[CaseRow] = ListOf(
            ports.look,
            CASES,
            name="figure_cases",
            label="この指標の内訳",
            widths=_CASE_WIDTHS,
            stretch=4,
        )
        self.made_of = named(Paragraph(), "figure_words")
        self.words = named(Paragraph(tone="muted"), "kpi_words")
        self.board: Dashboard | None = None
        self._lay_out()
        self._connect()

    def reload(self, team_key: str) -> None:
        """Reckon the figures of a team."""
        self._key = team_key
        period = self.period()
        if period is not None:
            self._screen.run(lambda: self._ports.figures.dashboard(team_key, period), self._show)
            self._screen.run(self._ports.figures.exports, self._offer)

    def focus_first(self) -> None:
        """Begin in the figures."""
        self.figures.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def period(self) -> Period | None:
        """The days asked for."""
        asked = read_all(self.first, self.last)
        if asked is None:
            return None
        first, last = sorted(asked)
        return Period(first=first, last=months_later(last, 1) - timedelta(days=1))

    def _offer(self, exports: tuple[ListExport, ...]) -> None:
        """The office's choices of columns; the chosen one stays chosen."""
        key = self.export.currentData()
        self._exports = exports
        self.export.clear()
        for each in exports:
            self.export.addItem(each.label, each.key)
        self.export.setCurrentIndex(max(0, self.export.findData(key)))

    def _show(self, board: Dashboard) -> None:
        self.board = board
        self.figures.show(board.figures)
        self.words.say(f"{eligible_words(board)}{_NOT_TARGETS}")
        self._show_cases()

    def _show_cases(self) -> None:
        figure = self._figure()
        if figure is None:
            return
        self.made_of.say(figure_words(figure))
        self._screen.run(lambda: self._ports.figures.cases(figure), self.cases.show)

    def _figure(self) -> Figure | None:
        """The figure at hand, as it was reckoned last."""
        row = self.figures.row()
        found = self.board.figures if self.board else ()
        return next((f for f in found if row is not None and f.kpi is row.kpi), None)

    def _save_figures(self) -> None:
        board = self.board
        if board is None:
            return
        self._choose("KPI.csv", lambda out: self._ports.files.write_figures(board, out))

    def _save_cases(self) -> None:
        figure, with_names = self._figure(), self.with_names.isChecked()
        export = self._exports[max(0, self.export.currentIndex())]
        if figure is None or not self._ports.may_list:
            return
        self._choose(
            f"KPI_{figure.kpi}.csv",
            lambda out: self._ports.files.write_cases(
                figure, out, with_names=with_names, export=export
            ),
        )

    def _choose(self, name: str, write: Callable[[Path], object]) -> None:
        self._screen.messages.clear()

        def chosen(out: Path) -> None:
            self._screen.run(
                lambda: write(out),
                lambda _: self._screen.announced.emit(
                    "CSVに保存しました。印刷の記録に残しました。"
                ),
                lane=Lane.SLOW,
            )

        self._ports.dialogs.choose_new_file(self._screen, "CSVに保存", name, "CSV (*.csv)", chosen)

    def _open(self) -> None:
        row = self.cases.row()
        if row is not None:
            self._screen.file_requested.emit(FileRequest(household_id=row.household_id))

    def _lay_out(self) -> None:
        for part in (self.cases_button, self.with_names, self.export):
            part.setEnabled(self._ports.may_list)
            if not self._ports.may_list:
                part.setToolTip("世帯の一覧を保存できるのは、印刷する職務の人です。")
        lower = QWidget()
        under = QVBoxLayout(lower)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.made_of)
        under.addWidget(self.cases.view, 1)
        under.addWidget(
            in_a_row(form_row("CSVの列(&C)", self.export), self.cases_button, self.with_names)
        )
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.figures.view)
        parts.addWidget(lower)
        page = FollowingScroll()
        page.add_part(parts, 1)
        page.add_part(self.words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        # What was asked for stays in sight; only what answers it scrolls.
        layout.addWidget(
            in_a_row(
                form_row("はじめの月(&F)", self.first),
                form_row("終わりの月(&L)", self.last),
                self.show_button,
                self.figures_button,
            )
        )
        layout.addWidget(page, 1)

    def _connect(self) -> None:
        self.show_button.clicked.connect(lambda *_: self.reload(self._key))
        self.figures_button.clicked.connect(lambda *_: self._save_figures())
        self.cases_button.clicked.connect(lambda *_: self._save_cases())
        self.cases.view.row_opened.connect(lambda *_: self._open())
        self.figures.view.selectionModel().currentRowChanged.connect(
            lambda *_: self._show_cases() if self.board is not None else None
        )
        key_of(self, "F5", lambda: self.reload(self._key))
        key_of(self, "Ctrl+E", self._save_figures)
        key_of(self, "Ctrl+Shift+S", self._save_cases)

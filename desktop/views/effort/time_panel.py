"""The tab 業務時間: minutes by group and kind of work beside a baseline month, and who of the groups with less support was silent."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.domain.dates import months_later
from desktop.domain.effort import EffortRow, EffortTable, SafetyRow
from desktop.domain.effort_words import safety_words, unconfirmed_words
from desktop.domain.errors import UserError
from desktop.domain.kpis import CaseRow
from desktop.viewmodels.effort import PEOPLE, effort_columns
from desktop.views.effort.lists import ListOf, in_a_row, key_of, read_all
from desktop.views.effort.ports import EffortPorts
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.month_field import MonthField
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_ESTIMATE = (
    "時間はすべて推計です。訪問・来所・電話の記録、支援活動、書類、会議から計算し、個人の時間は出しません。"
    "同じ日・同じ世帯の面接や電話が記録と支援活動の両方にあるときは、一度だけ数えます。"
)
_TABLE_WIDTHS = {0: 2, 1: 13, 2: 6, 9: 6, 10: 4}
_MONTH_COLUMNS, _MONTH_WIDTH = range(3, 9), 5
_CASE_WIDTHS = {0: 6, 1: 8, 2: 5, 3: 24}
_BEFORE = -6


class TimePanel(QWidget):
    """A month and a baseline; the table, then the list of the silent, from which Enter opens a file."""

    def __init__(self, screen: ScreenView, ports: EffortPorts) -> None:
        super().__init__()
        self._screen, self._ports, self._key = screen, ports, ""
        today = ports.clock.today()
        self.month = MonthField("見る月", today=ports.clock.today, required=True)
        self.baseline = MonthField("基準の月", today=ports.clock.today, required=True)
        self.month.show_value(today.replace(day=1))
        self.baseline.show_value(months_later(today.replace(day=1), _BEFORE))
        self.show_button = named(QPushButton("表を出す（F5）"), "show_effort")
        self.table: ListOf[EffortRow] = ListOf(
            ports.look,
            (),
            name="effort_table",
            label="業務時間の表（推計）",
            widths={},
            stretch=0,
        )
        self.cases: ListOf[CaseRow] = ListOf(
            ports.look,
            PEOPLE,
            name="safety_list",
            label="接触のない人",
            widths=_CASE_WIDTHS,
            stretch=3,
        )
        self.safety = named(Paragraph(), "safety_words")
        self.words = named(Paragraph(tone="muted"), "effort_words")
        self.found: EffortTable | None = None
        self._lay_out()
        self._connect()

    def reload(self, team_key: str) -> None:
        """Read the table of a team."""
        self._key = team_key
        asked = read_all(self.month, self.baseline)
        if asked is None:
            return
        month, baseline = asked
        self._screen.run(
            lambda: self._ports.effort.table(team_key, month, baseline),
            self._show,
            self._refused,
        )

    def focus_first(self) -> None:
        """Begin in the table."""
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def asked(self) -> tuple[str, date, date] | None:
        """What the monthly report would be of."""
        asked = read_all(self.month, self.baseline)
        return None if asked is None or self.found is None else (self._key, *asked)

    def _show(self, table: EffortTable) -> None:
        self.found = table
        widths = {**_TABLE_WIDTHS, **dict.fromkeys(_MONTH_COLUMNS, _MONTH_WIDTH)}
        self.table.use_columns(effort_columns(table), widths, 1)
        self.table.show(table.rows)
        self.safety.say(safety_words(table))
        self.words.say(_ESTIMATE + unconfirmed_words(table.unconfirmed))
        named_ones = tuple(row for row in table.safety if row.is_silent or row.has_few_visits)
        self._name(named_ones)

    def _name(self, rows: tuple[SafetyRow, ...]) -> None:
        self._screen.run(lambda: self._ports.effort.safety_list(rows), self.cases.show)

    def _refused(self, error: UserError) -> None:
        self.found = None
        self.table.show(())
        self.cases.show(())
        self.safety.say("")
        self.words.say(error.sentence)

    def _open(self) -> None:
        row = self.cases.row()
        if row is not None:
            self._screen.file_requested.emit(FileRequest(household_id=row.household_id))

    def _lay_out(self) -> None:
        lower = QWidget()
        under = QVBoxLayout(lower)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.safety)
        under.addWidget(self.cases.view, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table.view)
        parts.addWidget(lower)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        page = FollowingScroll()
        page.add_part(
            in_a_row(
                form_row("見る月(&M)", self.month),
                form_row("基準の月(&B)", self.baseline),
                self.show_button,
            )
        )
        page.add_part(parts, 1)
        page.add_part(self.words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(page)

    def _connect(self) -> None:
        self.show_button.clicked.connect(lambda *_: self.reload(self._key))
        key_of(self, "F5", lambda: self.reload(self._key))
        self.cases.view.row_opened.connect(lambda *_: self._open())

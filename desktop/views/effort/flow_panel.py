"""The tab 区分の動き: from the first day of a month to the last of another, as a drawing and as a table; Enter opens a file."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.domain.dates import months_later
from desktop.domain.era import fiscal_year
from desktop.domain.group_flows import Flow, GroupFlows
from desktop.domain.kpis import CaseRow
from desktop.viewmodels.effort import FLOWS, PEOPLE, flow_head
from desktop.views.effort.flow_chart import FlowChart
from desktop.views.effort.lists import ListOf, in_a_row, key_of, read_all
from desktop.views.effort.ports import EffortPorts
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.month_field import MonthField
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 6, 2: 5, 3: 8}
_CASE_WIDTHS = {0: 6, 1: 8, 2: 5, 3: 8}
_WORDS = "決まった区分だけを数えます（仮の区分を含む）。提案は数えません。"


class FlowPanel(QWidget):
    """The drawing above, the table and the people of the line at hand beneath."""

    def __init__(self, screen: ScreenView, ports: EffortPorts) -> None:
        super().__init__()
        self._screen, self._ports, self._key = screen, ports, ""
        today = ports.clock.today()
        self.first = MonthField("はじめの月", today=ports.clock.today, required=True)
        self.last = MonthField("終わりの月", today=ports.clock.today, required=True)
        self.first.show_value(date(fiscal_year(today), 4, 1))
        self.last.show_value(today.replace(day=1))
        self.show_button = named(QPushButton("動きを出す（F5）"), "show_flows")
        self.head = named(Paragraph(), "flow_head")
        self.chart = FlowChart(ports.look)
        self.flows: ListOf[Flow] = ListOf(
            ports.look,
            FLOWS,
            name="flows",
            label="区分の動きの表",
            widths=_WIDTHS,
            stretch=3,
            key=lambda f: (f.before, f.after),
        )
        self.people: ListOf[CaseRow] = ListOf(
            ports.look, PEOPLE, name="flow_people", label="動いた人", widths=_CASE_WIDTHS, stretch=3
        )
        self.found: GroupFlows | None = None
        self._lay_out()
        self._connect()

    def reload(self, team_key: str) -> None:
        """Read the movement of a team."""
        self._key = team_key
        asked = read_all(self.first, self.last)
        if asked is None:
            return
        first, month = sorted(asked)
        last = min(months_later(month, 1) - timedelta(days=1), self._ports.clock.today())
        self._screen.run(lambda: self._ports.figures.flows(team_key, first, last), self._show)

    def focus_first(self) -> None:
        """Begin in the table."""
        self.flows.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, flows: GroupFlows) -> None:
        self.found = flows
        self.head.say(f"{flow_head(flows)}　{_WORDS}")
        self.chart.show_flows(flows)
        self.flows.show(flows.flows)
        self._show_people()

    def _show_people(self) -> None:
        flow, found = self.flows.row(), self.found
        if flow is None or found is None:
            self.people.show(())
            return
        self._screen.run(
            lambda: self._ports.figures.people_of(flow, found.first, found.last), self.people.show
        )

    def _open(self) -> None:
        row = self.people.row()
        if row is not None:
            self._screen.file_requested.emit(FileRequest(household_id=row.household_id))

    def _lay_out(self) -> None:
        lists = QSplitter(Qt.Orientation.Horizontal)
        lists.setChildrenCollapsible(False)
        lists.addWidget(self.flows.view)
        lists.addWidget(self.people.view)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.chart)
        parts.addWidget(lists)
        page = FollowingScroll()
        page.add_part(
            in_a_row(
                form_row("はじめの月(&F)", self.first),
                form_row("終わりの月(&L)", self.last),
                self.show_button,
            )
        )
        page.add_part(self.head)
        page.add_part(parts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(page)

    def _connect(self) -> None:
        self.show_button.clicked.connect(lambda *_: self.reload(self._key))
        self.people.view.row_opened.connect(lambda *_: self._open())
        self.flows.view.selectionModel().currentRowChanged.connect(
            lambda *_: self._show_people() if self.found is not None else None
        )
        key_of(self, "F5", lambda: self.reload(self._key))

"""業務と成果: where the time goes, key figures, movement between groups, review of programmes, fairness."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QStackedWidget, QTabWidget

from desktop.domain.effort import Team
from desktop.domain.imprint import FormMark
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.effort.fairness_panel import FairnessPanel
from desktop.views.effort.flow_panel import FlowPanel
from desktop.views.effort.kpi_panel import KpiPanel
from desktop.views.effort.ports import DrawsChosen, EffortPorts
from desktop.views.effort.review_panel import ReviewPanel
from desktop.views.effort.time_panel import TimePanel
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_HELP = "事務所と班の数だけです。個人の数・順位・節約の額は出しません。"
_MONTHLY, _SHEET = "月報を印刷（Ctrl+P）", "見直し票を印刷（Ctrl+P）"
Panel = TimePanel | KpiPanel | FlowPanel | ReviewPanel | FairnessPanel


class EffortScreen(ScreenView):
    """Alt+1 業務時間, Alt+2 指標, Alt+3 区分の動き, Alt+4 事業の見直し, Alt+5 公平さ. Each is read when it comes to the front."""

    def __init__(self, ports: EffortPorts, runner: JobRunner) -> None:
        super().__init__(runner, title="業務と成果", help_line=_HELP)
        self._ports = ports
        self.team = named(QComboBox(), "effort_team")
        self.time, self.kpis = TimePanel(self, ports), KpiPanel(self, ports)
        self.flows, self.fairness = FlowPanel(self, ports), FairnessPanel(self, ports)
        self.reviews = ReviewPanel(self, ports)
        self.print_button = named(QPushButton(_MONTHLY), "print_effort")
        self.monthly = ports.view(self, ports.monthly)
        self.sheet = ports.view(self, ports.sheet)
        self.tabs = named(QTabWidget(), "effort_tabs")
        self.pages = QStackedWidget()
        self._teams: tuple[Team, ...] = ()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        self.run(self._ports.effort.teams, self._show_teams)

    @override
    def focus_first(self) -> None:
        self._panel().focus_first()

    @override
    def has_unsaved(self) -> bool:
        return self.reviews.has_unsaved() or any(
            view.is_unrecorded for view in (self.monthly, self.sheet)
        )

    def _show_teams(self, teams: tuple[Team, ...]) -> None:
        if teams != self._teams:
            chosen = self.team.currentData()
            self._teams = teams
            self.team.blockSignals(True)
            self.team.clear()
            for team in teams:
                self.team.addItem(team.label, team.key)
            self.team.setCurrentIndex(max(0, self.team.findData(chosen)))
            self.team.blockSignals(False)
        self._read()

    def _read(self) -> None:
        self.messages.clear()
        self._panel().reload(self.team.currentData() or "")

    def _panel(self) -> Panel:
        at = self.tabs.currentWidget()
        panels = (self.time, self.kpis, self.flows, self.reviews, self.fairness)
        return next(panel for panel in panels if panel is at)

    def _turned(self) -> None:
        self.print_button.setText(_SHEET if self._panel() is self.reviews else _MONTHLY)
        self._read()
        self.focus_first()

    def _print(self) -> None:
        """The monthly report of what stands in 業務時間, or the sheet of the programme at hand."""
        if self.pages.currentWidget() is not self.tabs:
            return
        if self._panel() is self.reviews:
            sheet = self.reviews.asked()
            if sheet is None:
                self.messages.show_error("見直しのある支援事業を選ぶと印刷できます。")
            else:
                self._draw(self.sheet, self._ports.sheet, sheet)
            return
        asked = self.time.asked()
        if asked is None:
            self.messages.show_error("「業務時間」に表が出ていると、その月の月報を印刷できます。")
        else:
            self._draw(self.monthly, self._ports.monthly, asked)

    def _draw(self, view: PrintRunView, draws: DrawsChosen, asked: object) -> None:
        view.draw(draws.choose(asked), FormMark.PLAIN, 1)

    def _lay_out(self) -> None:
        self.team.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for panel, title in (
            (self.time, "業務時間（Alt+1）"),
            (self.kpis, "指標（Alt+2）"),
            (self.flows, "区分の動き（Alt+3）"),
            (self.reviews, "事業の見直し（Alt+4）"),
            (self.fairness, "公平さ（Alt+5）"),
        ):
            self.tabs.addTab(panel, title)
        for page in (self.tabs, self.monthly, self.sheet):
            self.pages.addWidget(page)
        label = QLabel("範囲(&S)")
        label.setBuddy(self.team)
        self.team.setAccessibleName("範囲")
        for part in (label, self.team, self.print_button):
            self.buttons.addWidget(part)
        self.body.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.team.currentIndexChanged.connect(lambda *_: self._read())
        self.tabs.currentChanged.connect(lambda *_: self._turned())
        for number in range(self.tabs.count()):
            keys = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            keys.activated.connect(lambda place=number: self.tabs.setCurrentIndex(place))
        self.print_button.clicked.connect(lambda *_: self._print())
        keys = QShortcut(QKeySequence("Ctrl+P"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._print)
        for view in (self.monthly, self.sheet):
            view.begun.connect(lambda view=view: self.pages.setCurrentWidget(view))
            view.left.connect(lambda: self.pages.setCurrentWidget(self.tabs))
            view.noted.connect(self.announced)

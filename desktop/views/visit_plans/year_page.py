"""The tab 年間計画: the plan, the making of a proposal, the proposal, or what to do where there is no plan yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.visit_plan_views import YearPlan
from desktop.views.look import Look
from desktop.views.progress_panel import ProgressPanel
from desktop.views.visit_plans.proposal_panel import ProposalPanel
from desktop.views.visit_plans.year_panel import YearPanel
from desktop.views.widgets import named

_NOTHING = "{year}の訪問計画はまだありません。"
_CAN = "計画案を作ると、格付と法定回数、勤務の半日から1年分の訪問が下書きに入ります。提出するまで何度でも直せます。"
_CANNOT = "地区の担当員が計画案を作ると、ここで読めます。"


class YearPage(QStackedWidget):
    """`propose_requested` where there is no plan yet (G)."""

    propose_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.panel = YearPanel(look)
        self.progress = ProgressPanel()
        self.proposal = ProposalPanel(look)
        self.nothing = QWidget()
        self.sentence = named(QLabel(), "no_plan")
        self.propose_button = named(QPushButton("計画案を作る（G）"), "propose_first_plan")
        self._build()

    def show_nothing(self, year: str, *, may_plan: bool) -> None:
        """Say what to do where there is no plan."""
        said = _NOTHING.format(year=year)
        self.sentence.setText(f"{said}\n{_CAN if may_plan else _CANNOT}")
        self.propose_button.setVisible(may_plan)
        self.setCurrentWidget(self.nothing)

    def show_panel(self) -> None:
        """The plan comes to the front."""
        self.setCurrentWidget(self.panel)

    def plan(self) -> YearPlan | None:
        """The plan at the front."""
        return self.panel.plan if self.currentWidget() is self.panel else None

    def focus_first(self) -> None:
        """Begin with what is at the front."""
        shown = self.currentWidget()
        if shown is self.panel:
            self.panel.focus_first()
        elif shown is self.progress:
            self.progress.stop_button.setFocus()
        elif shown is self.proposal:
            self.proposal.take_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.propose_button.isHidden():
            self.propose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.propose_button.setProperty("primary", True)
        layout = QVBoxLayout(self.nothing)
        layout.addSpacing(24)
        layout.addWidget(self.sentence)
        layout.addWidget(self.propose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        # The first page is empty: nothing is offered before the plan has been looked for.
        for page in (QWidget(), self.nothing, self.panel, self.progress, self.proposal):
            self.addWidget(page)
        self.propose_button.clicked.connect(lambda *_: self.propose_requested.emit())
        shortcut = QShortcut(QKeySequence("G"), self.nothing)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._propose)
        self.panel.acted.connect(
            lambda name: self.propose_requested.emit() if name == "propose_plan" else None
        )

    def _propose(self) -> None:
        if not self.propose_button.isHidden():
            self.propose_requested.emit()

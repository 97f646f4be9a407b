"""訪問計画: a district's year and month, and the board of all districts."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QTabWidget, QWidget

from desktop.domain.clock import Clock
from desktop.domain.dates import months_later
from desktop.domain.errors import UserError
from desktop.domain.master_tables import Master
from desktop.domain.office import DistrictRow, SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.visit_plan_periods import first_of_year
from desktop.domain.visit_plan_views import PlanHead, PlanProposal, VisitReason, YearPlan
from desktop.domain.visit_plans import PLAN_STATE, PlanKind, PlanState
from desktop.jobs.runner import Job, JobRunner, Lane
from desktop.override import override
from desktop.viewmodels.visit_plans import as_approved, name_of
from desktop.viewmodels.visit_plans_words import title_of
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.records.flow_layout import FlowLayout
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.visit_plans.ports import PlanLabels, PlanPorts
from desktop.views.visit_plans.year_commands import YearCommands
from desktop.views.visit_plans.year_page import YearPage
from desktop.views.widgets import keep_height_for_width, named

_HELP = (
    "だれをいつ訪ねるかを年と月で決め、提出します。計画に入らない訪問は、理由と一緒に必ず残ります。"
)
_NOBODY = "見られる地区がありません。地区を担当すると、ここに訪問計画が出ます。"
_MAKING = "計画案を作っています。"
Loaded = tuple[tuple[DistrictRow, ...], tuple[PlanHead, ...], PlanLabels]
Shown = tuple[YearPlan, Mapping[UUID, VisitReason]] | None


class VisitPlansScreen(ScreenView):
    """Alt+1: the year. Ctrl+← →: other years. The keys of the acts stand on their buttons."""

    def __init__(
        self,
        ports: PlanPorts,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
    ) -> None:
        super().__init__(runner, title="訪問計画", help_line=_HELP)
        self._ports, self._staff, self._clock = ports, staff, clock
        self._districts: tuple[DistrictRow, ...] = ()
        self._labels = PlanLabels(purposes={}, exceptions={}, deviations={})
        self._first = first_of_year(clock.today())
        self._shown: YearPlan | None = None
        self._is_choosing = False
        self._loading: Job[Shown] | None = None
        self._proposing: Job[PlanProposal] | None = None
        self.district = named(QComboBox(), "plan_district")
        self.before_button = named(QPushButton("前の年度へ（Ctrl+←）"), "year_before")
        self.after_button = named(QPushButton("次の年度へ（Ctrl+→）"), "year_after")
        self.span = named(QLabel(), "year_shown")
        self.approved = named(QCheckBox("承認した計画だけを表示（Ctrl+E）"), "as_approved")
        self.year = YearPage(look)
        self.tabs = named(QTabWidget(), "plan_tabs")
        self.commands = YearCommands(
            self, self.year.panel, ports.plans, dialogs=dialogs, reload=self.load
        )
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load the districts with the state of their plans, then the plan of the one chosen."""
        ports, today = self._ports, self._clock.today()

        def load() -> Loaded:
            tables = (
                Master.VISIT_PURPOSES,
                Master.VISIT_EXCEPTIONS,
                Master.VISIT_DEVIATION_REASONS,
            )
            purposes, exceptions, deviations = (
                {
                    key: str(row["label"])
                    for key, row in ports.masters.in_force(table, today).items()
                }
                for table in tables
            )
            labels = PlanLabels(purposes=purposes, exceptions=exceptions, deviations=deviations)
            return ports.office.districts(), ports.plans.plans(), labels

        self.run(load, self._show_districts)

    @override
    def focus_first(self) -> None:
        """Begin with what is at the front."""
        self.year.focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether a strip is open, or a proposal is not decided about."""
        return self.year.panel.has_unsaved() or self.year.currentWidget() is self.year.proposal

    def chosen(self) -> DistrictRow | None:
        """The district shown."""
        place = self.district.currentIndex()
        return self._districts[place] if 0 <= place < len(self._districts) else None

    def load(self) -> None:
        """Read the plan of the district and year shown."""
        chosen, first, plans = self.chosen(), self._first, self._ports.plans
        self.span.setText(title_of(PlanKind.YEAR, first))
        if chosen is None:
            return

        def load() -> Shown:
            head = plans.plan_of(chosen.district_id, PlanKind.YEAR, first)
            if head is None:
                return None
            return plans.year(head.plan_id), plans.reasons(head.plan_id)

        self._loading = self.run(load, self._show, replaces=self._loading)

    def _show_districts(self, loaded: Loaded) -> None:
        districts, heads, self._labels = loaded
        before = self.chosen()
        own = self._staff.own_district_ids
        everywhere = self._staff.is_office_wide
        self._districts = tuple(d for d in districts if everywhere or d.district_id in own)
        states = {
            h.district_id: h.state
            for h in heads
            if h.kind is PlanKind.YEAR and h.first_on == self._first
        }
        self.district.blockSignals(True)
        self.district.clear()
        for d in self._districts:
            state = states.get(d.district_id)
            said = f"（{PLAN_STATE[state]}）" if state else "（計画なし）"
            self.district.addItem(f"{d.code} {d.name} {d.caseworker}{said}")
        self.district.setCurrentIndex(self._first_place(before, states))
        self.district.blockSignals(False)
        if self._districts:
            self.show_body()
            self.load()
        else:
            self.show_empty(_NOBODY)

    def _first_place(self, before: DistrictRow | None, states: Mapping[UUID, PlanState]) -> int:
        """The district shown before; else, for who decides, the first whose plan waits; else the first."""
        ids = [d.district_id for d in self._districts]
        if before is not None and before.district_id in ids:
            return ids.index(before.district_id)
        if self._staff.may(Permission.DECIDE_APPROVALS):
            waiting = [i for i in ids if states.get(i) is PlanState.SUBMITTED]
            if waiting:
                return ids.index(waiting[0])
        return 0

    def _show(self, shown: Shown) -> None:
        if shown is None:
            self._shown = None
            self.approved.hide()
            self.year.show_nothing(title_of(PlanKind.YEAR, self._first), may_plan=self._may_plan())
        else:
            plan, reasons = shown
            self._shown = plan
            self.approved.setVisible(plan.head.state is PlanState.APPROVED)
            only = self.approved.isChecked() and plan.head.state is PlanState.APPROVED
            self.year.panel.show_plan(as_approved(plan) if only else plan, reasons, self._labels)
            self.year.show_panel()
        if self.isVisible() and not self._is_choosing:
            self.focus_first()
        self._is_choosing = False

    def _may_plan(self) -> bool:
        chosen, staff = self.chosen(), self._staff
        return (
            chosen is not None
            and staff.may(Permission.WRITE_RECORDS)
            and chosen.district_id in staff.own_district_ids
        )

    def _choose(self) -> None:
        """The arrow keys go on through the districts: the keyboard stays there."""
        self._is_choosing = True
        self.load()

    def _move_years(self, count: int) -> None:
        self._first = months_later(self._first, 12 * count)
        self.reload()

    def _propose(self) -> None:
        chosen, first = self.chosen(), self._first
        if chosen is None:
            return
        self.messages.clear()
        progress = self.year.progress.watch(_MAKING)
        self.year.setCurrentWidget(self.year.progress)
        self._proposing = self.run(
            lambda: self._ports.planning.propose(
                *(chosen.district_id, PlanKind.YEAR, first), progress.report, progress.cancelled
            ),
            self._proposed,
            self._not_proposed,
            lane=Lane.SLOW,
            replaces=self._proposing,
        )

    def _proposed(self, proposal: PlanProposal) -> None:
        """A first plan is a draft at once; one that would move visits is looked at first."""
        if proposal.change.version == 0:
            self._save(proposal)
            return
        households = self._shown.households if self._shown else ()
        names = {h.household_id: f"{h.case_number}　{name_of(h)}" for h in households}
        self.year.setCurrentWidget(self.year.proposal)
        self.year.proposal.show_proposal(proposal, names)

    def _not_proposed(self, error: UserError) -> None:
        self.messages.show_error(error)
        self.load()

    def _save(self, proposal: PlanProposal) -> None:
        def saved(_: PlanHead) -> None:
            self.announced.emit(f"計画案（{proposal.planned:,}回）を下書きに保存しました。")
            self.reload()

        self.run(lambda: self._ports.plans.save(proposal.change), saved, self._not_proposed)

    def _give_up(self) -> None:
        self.year.show_panel()
        self.year.focus_first()

    def _lay_out(self) -> None:
        self.district.setAccessibleName("地区")
        self.district.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        label = QLabel("地区(&T)")
        label.setBuddy(self.district)
        bar = QWidget()
        keep_height_for_width(bar)
        row = FlowLayout(bar)
        for widget in (
            *(label, self.district, self.before_button, self.span, self.after_button),
            self.approved,
        ):
            row.addWidget(widget)
        self.approved.hide()
        self.top.addWidget(bar)
        self.tabs.addTab(self.year, "年間計画")
        self.tabs.setDocumentMode(True)
        self.body.addWidget(self.tabs)

    def _connect(self) -> None:
        self.district.activated.connect(lambda *_: self._choose())
        self.before_button.clicked.connect(lambda *_: self._move_years(-1))
        self.after_button.clicked.connect(lambda *_: self._move_years(1))
        self.approved.toggled.connect(lambda *_: self.load())
        self.year.propose_requested.connect(self._propose)
        self.year.proposal.taken.connect(self._save)
        self.year.proposal.left.connect(self._give_up)
        self.year.panel.opened.connect(
            lambda row: self.file_requested.emit(FileRequest(household_id=row.household_id))
        )
        for key, act in (
            ("Ctrl+Left", lambda: self._move_years(-1)),
            ("Ctrl+Right", lambda: self._move_years(1)),
            ("Ctrl+E", self.approved.toggle),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

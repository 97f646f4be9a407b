"""訪問計画: a district's year and month, and the board of all districts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QTabWidget

from desktop.domain.clock import Clock
from desktop.domain.dates import months_later
from desktop.domain.office import DistrictRow, SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.visit_plan_approved import as_approved
from desktop.domain.visit_plan_periods import first_of_month, first_of_year
from desktop.domain.visit_plan_proposals import VisitReason
from desktop.domain.visit_plan_views import BoardRow, PlanHead, VisitBoard, YearPlan
from desktop.domain.visit_plans import PlanKind, PlanState
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.visit_plans_routes import Route, route_to
from desktop.viewmodels.visit_plans_words import title_of
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.visit_plans.board_panel import BoardPanel
from desktop.views.visit_plans.month_page import MonthPage
from desktop.views.visit_plans.plan_bar import PlanBar
from desktop.views.visit_plans.plan_printing import PlanPaper, PlanPapers, PlanPrinting
from desktop.views.visit_plans.ports import PlanLabels, PlanPorts
from desktop.views.visit_plans.year_commands import YearCommands
from desktop.views.visit_plans.year_page import YearPage
from desktop.views.visit_plans.year_proposing import YearProposing
from desktop.views.widgets import named

_HELP = "Shift+←→で訪問を別の月や半日に試し、Enterでファイルを開きます。"
_ELSEWHERE = "この世帯の地区の訪問計画は、担当していないため開けません。"
_NOBODY = "見られる地区がありません。地区を担当すると、ここに訪問計画が出ます。"
_UNSAVED = "入力中のものがあります。保存するか、やめてから、もう一度開いてください。"
#: Districts, plans, labels; what another screen asked for with the district it is of, where it is a household.
Asked = tuple[UUID | None, UUID | None]
Loaded = tuple[tuple[DistrictRow, ...], tuple[PlanHead, ...], PlanLabels, Asked]
Shown = tuple[YearPlan, Mapping[UUID, VisitReason]] | None


class VisitPlansScreen(ScreenView):
    """Alt+1: the year, Alt+2: the month, Alt+3: the board. Ctrl+← →: other years or months. The keys of the acts stand on their buttons."""

    def __init__(
        self,
        ports: PlanPorts,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
        dialogs: Dialogs,
        papers: PlanPapers,
    ) -> None:
        super().__init__(runner, title="訪問計画", help_line=_HELP)
        may_print = staff.may(Permission.PRINT_DRAFTS)
        self.printing = PlanPrinting(self, papers, may_print=may_print)
        self._ports, self._staff, self._clock = ports, staff, clock
        self._changes = changes
        self._districts: tuple[DistrictRow, ...] = ()
        self._labels = PlanLabels(purposes={}, exceptions={}, deviations={})
        self._first = first_of_year(clock.today())
        self._month = first_of_month(clock.today())
        self._shown: YearPlan | None = None
        self._is_choosing = self._is_stale = False
        self._wanted: UUID | None = None
        self._loading: Job[Shown] | None = None
        self._boarding: Job[VisitBoard] | None = None
        self.bar = PlanBar()
        self.district, self.span, self.approved = (
            self.bar.district,
            self.bar.span,
            self.bar.approved,
        )
        self.before_button, self.after_button = self.bar.before_button, self.bar.after_button
        self.year = YearPage(look)
        self.month = MonthPage(
            *(self, ports, look),
            clock=clock,
            dialogs=dialogs,
            changed=self._tell,
            may_print=may_print,
        )
        self.board = BoardPanel(look)
        self.tabs = named(QTabWidget(), "plan_tabs")
        self.commands = YearCommands(
            self,
            self.year.panel,
            ports.plans,
            dialogs=dialogs,
            reload=self.load,
            changed=self._tell,
        )
        self.proposing = YearProposing(
            self, self.year, ports, at=self._year_at_hand, load=self.load, saved=self._year_saved
        )
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load the districts with the state of their plans, then the plan of the one chosen."""
        ports, today, wanted = self._ports, self._clock.today(), self._wanted

        def load() -> Loaded:
            labels = PlanLabels.in_force(ports.masters, today)
            of_household = ports.plans.district_of(wanted) if wanted is not None else None
            asked = (wanted, of_household)
            return ports.office.districts(), ports.plans.plans(), labels, asked

        self.run(load, self._show_districts)

    @override
    def focus_first(self) -> None:
        """Begin with what is at the front."""
        if self.printing.is_at_front:
            return
        for page in (self.year, self.month, self.board):
            if self.tabs.currentWidget() is page:
                page.focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether a strip is open, or a proposal is not decided about."""
        is_proposed = self.year.currentWidget() is self.year.proposal
        typed = is_proposed or self.year.panel.has_unsaved() or self.month.has_unsaved()
        return typed or self.printing.is_unrecorded

    def show_item(self, item_id: UUID) -> None:
        """Go to a plan, to what a district has to plan next, or to the present month of a household with its absence."""
        if self.has_unsaved():
            self.messages.show_error(_UNSAVED)
            return
        self._wanted = item_id
        self.reload()

    def chosen(self) -> DistrictRow | None:
        """The district shown."""
        place = self.district.currentIndex()
        return self._districts[place] if 0 <= place < len(self._districts) else None

    def load(self) -> None:
        """Read what the tab at the front shows of the district."""
        chosen, shown = self.chosen(), self.tabs.currentWidget()
        self._name_span()
        if chosen is None:
            return
        if shown is self.month:
            self.month.load(
                chosen,
                self._month,
                self._labels,
                may_plan=self._may_plan(),
                as_approved=self.approved.isChecked(),
            )
        elif shown is self.board:
            self._load_board()
        else:
            self._load_year(chosen)

    def _load_board(self) -> None:
        first, plans = self._first, self._ports.plans
        place = max(0, min(11, _months_between(first, self._clock.today())))

        def show(board: VisitBoard) -> None:
            self.board.show_board(board, place)
            self.printing.refresh()
            self._focus_unless_choosing()

        self._boarding = self.run(lambda: plans.board(first), show, replaces=self._boarding)

    def _load_year(self, chosen: DistrictRow) -> None:
        first, plans = self._first, self._ports.plans

        def load() -> Shown:
            head = plans.plan_of(chosen.district_id, PlanKind.YEAR, first)
            if head is None:
                return None
            return plans.year(head.plan_id), plans.reasons(head.plan_id)

        self._loading = self.run(load, self._show, replaces=self._loading)

    def _show_districts(self, loaded: Loaded) -> None:
        districts, heads, self._labels, (wanted, of_household) = loaded
        self._wanted = None if wanted is not None else self._wanted
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
        self.bar.offer(self._districts, states)
        self.district.setCurrentIndex(self._first_place(before, states))
        self.district.blockSignals(False)
        if self._districts:
            self.show_body()
            if wanted is None:
                self.load()
            else:
                ids = frozenset(d.district_id for d in self._districts)
                self._go_to(route_to(wanted, heads, ids, of_household, self._clock.today()))
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
            self.year.show_nothing(title_of(PlanKind.YEAR, self._first), may_plan=self._may_plan())
        else:
            plan, reasons = shown
            self._shown = plan
            if (chosen := self.chosen()) is not None:
                self.bar.name_district(self.district.currentIndex(), chosen, plan.head.state)
            only = self.approved.isChecked() and plan.head.state is PlanState.APPROVED
            self.year.panel.show_plan(as_approved(plan) if only else plan, reasons, self._labels)
            self.year.show_panel()
        self._name_span()
        self._focus_unless_choosing()

    def _focus_unless_choosing(self) -> None:
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

    def _move_span(self, count: int) -> None:
        """Other years, or in the month's tab other months."""
        if self.tabs.currentWidget() is self.month:
            self._month = months_later(self._month, count)
            self._first = first_of_year(self._month)
            self.load()
        else:
            self._first = months_later(self._first, 12 * count)
            self.reload()

    def _name_span(self) -> None:
        shown = self.tabs.currentWidget()
        is_month = shown is self.month
        kind, first = (PlanKind.MONTH, self._month) if is_month else (PlanKind.YEAR, self._first)
        self.bar.name_span(kind, title_of(kind, first))
        of_year = self._shown is not None and self._shown.head.state is PlanState.APPROVED
        approved = self.month.is_approved if is_month else shown is self.year and of_year
        self.approved.setVisible(approved)
        self.district.setEnabled(shown is not self.board)
        self.printing.refresh()

    def _go_to(self, route: Route | None) -> None:
        """Show what another screen asked for; an absence of a household asks for the next visit at once."""
        if route is None:
            self.messages.show_error(_ELSEWHERE)
            self.load()
            return
        ids = [d.district_id for d in self._districts]
        self.district.setCurrentIndex(ids.index(route.district_id))
        self._first = first_of_year(route.first_on)
        is_month = route.kind is PlanKind.MONTH
        if is_month:
            self._month = route.first_on
        if route.household_id is not None:
            self.month.go_to(route.household_id)
        page = self.month if is_month else self.year
        if self.tabs.currentWidget() is page:
            self.load()
        else:
            self.tabs.setCurrentWidget(page)  # which loads it

    def _tell(self, plan_id: UUID) -> None:
        self._changes.plan_changed.emit(plan_id, self)

    def _changed_elsewhere(self, _: UUID | None, initiator: object) -> None:
        """Another screen changed a plan or handed in a visit: read anew what is clean, at once or when it is seen next."""
        if initiator is self:
            return
        self._is_stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        is_trying = self.year.panel.is_trying or self.month.panel.is_trying
        if self._is_stale and self._districts and not (is_trying or self.has_unsaved()):
            self._is_stale = False
            self.reload()

    def _paper(self) -> tuple[PlanPaper, object | None]:
        """What the tab at the front prints, and of what; None where there is nothing."""
        shown, chosen = self.tabs.currentWidget(), self.chosen()
        if shown is self.year:
            only = self.approved.isChecked() and not self.approved.isHidden()
            return PlanPaper.YEAR, (self._shown.head.plan_id, only) if self._shown else None
        if shown is self.month:
            return PlanPaper.MONTH, (chosen.district_id, self._month) if chosen else None
        cell = self.board.model.cell_at(self.board.table.currentIndex())
        return PlanPaper.REPORT, cell.month if cell else None

    def _open_district(self, row: BoardRow) -> None:
        """From the board to the year of a district."""
        ids = [d.district_id for d in self._districts]
        if row.district_id in ids:
            self.district.setCurrentIndex(ids.index(row.district_id))
            self.tabs.setCurrentWidget(self.year)

    def _open_file(self, household_id: UUID) -> None:
        self.file_requested.emit(FileRequest(household_id=household_id))

    def _year_at_hand(self) -> tuple[UUID, date] | None:
        chosen = self.chosen()
        return (chosen.district_id, self._first) if chosen is not None else None

    def _year_saved(self, head: PlanHead) -> None:
        self._tell(head.plan_id)
        self.reload()

    def _lay_out(self) -> None:
        self.bar.add(self.printing.button)
        self.top.addWidget(self.bar)
        for page, name in (
            (self.year, "年間計画（Alt+1）"),
            (self.month, "月間計画（Alt+2）"),
            (self.board, "進行管理（Alt+3）"),
        ):
            self.tabs.addTab(page, name)
        self.tabs.setDocumentMode(True)
        self.printing.hold(self.tabs, self.bar, self._paper)
        self.body.addWidget(self.printing)

    def _connect(self) -> None:
        self.district.activated.connect(lambda *_: self._choose())
        self.before_button.clicked.connect(lambda *_: self._move_span(-1))
        self.after_button.clicked.connect(lambda *_: self._move_span(1))
        self.approved.toggled.connect(lambda *_: self.load())
        self.tabs.currentChanged.connect(lambda *_: self.load())
        self.year.panel.opened.connect(lambda row: self._open_file(row.household_id))
        self.month.opened.connect(self._open_file)
        self.month.loaded.connect(self._name_span)
        self.month.calls_requested.connect(self.printing.draw_calls)
        self.board.opened.connect(lambda line: self._open_file(line.household_id))
        self.board.district_opened.connect(self._open_district)
        for key, act in (
            ("Ctrl+Left", lambda: self._move_span(-1)),
            ("Ctrl+Right", lambda: self._move_span(1)),
            ("Ctrl+E", self.approved.toggle),
            ("Alt+1", lambda: self.tabs.setCurrentIndex(0)),
            ("Alt+2", lambda: self.tabs.setCurrentIndex(1)),
            ("Alt+3", lambda: self.tabs.setCurrentIndex(2)),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._changes.plan_changed.connect(self._changed_elsewhere)
        self._changes.entry_changed.connect(self._changed_elsewhere)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()


def _months_between(first: date, day: date) -> int:
    """How many months a day's month is after a first day."""
    return (day.year - first.year) * 12 + day.month - first.month

"""担当替え: handovers with how far they have come, the households of one, and making new ones."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.handover_sheets import Recipient
from desktop.domain.handovers import HandoverPlan, HandoverPreview, HandoverRow
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.jobs.runner import JobRunner, Lane
from desktop.override import override
from desktop.views.dialogs import Dialogs
from desktop.views.handovers.household_panel import HouseholdPanel
from desktop.views.handovers.list_panel import ListPanel
from desktop.views.handovers.plan_panel import PlanPanel
from desktop.views.handovers.ports import KeepsHandovers, MakeSheets
from desktop.views.look import Look
from desktop.views.printing.run_view import PrintRunView
from desktop.views.progress_panel import ProgressPanel
from desktop.views.requests import HouseholdAtHand
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_HELP = "担当が替わる日、引継ぎの確認、初回の接触、総点検です。順位や点数は付けません。"
_WORKING = "担当を替えています。途中で中止すると何も変わりません。"
_DONE = "{}世帯の担当替えをしました。"


class HandoversScreen(ScreenView):
    """Alt+1 引継ぎの状況, Alt+2 担当替えをする (for whoever leads districts)."""

    def __init__(
        self,
        port: KeepsHandovers,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        make_sheets: MakeSheets | None = None,
    ) -> None:
        super().__init__(runner, title="担当替え", help_line=_HELP)
        self._port, self._make_sheets = port, make_sheets
        self._recipient = Recipient()
        self.sheets: PrintRunView | None = None
        leads = staff.may(Permission.DECIDE_APPROVALS)
        today = clock.today
        self.listed = ListPanel(self, port, today, look=look, dialogs=dialogs, leads=leads)
        self.plan = PlanPanel(self, port, today, look=look, dialogs=dialogs) if leads else None
        self.households = HouseholdPanel(self, port, today, look=look)
        self.progress = ProgressPanel()
        self.tabs = named(QTabWidget(), "handover_tabs")
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Read what is shown again."""
        if self.pages.currentWidget() is self.households:
            self.households.reload()
        elif self.plan is not None and self.tabs.currentWidget() is self.plan:
            self.plan.reload()
        else:
            self.listed.reload()

    @override
    def focus_first(self) -> None:
        """Begin in the list that is shown."""
        if self.pages.currentWidget() is self.households:
            self.households.focus_first()
        elif self.plan is not None and self.tabs.currentWidget() is self.plan:
            self.plan.focus_first()
        elif self.pages.currentWidget() is self.tabs:
            self.listed.focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether a plan was begun, or is being done, or paper came out that the log does not know."""
        planned = self.plan is not None and self.plan.has_unsaved()
        return planned or (self.sheets is not None and self.sheets.is_unrecorded)

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household chosen in the list, while its list is shown."""
        line = self.households.line() if self.pages.currentWidget() is self.households else None
        if line is None:
            return None
        label = f"{line.case_number}　{line.head_name}"
        return HouseholdAtHand(household_id=line.household_id, label=label)

    def _open(self, row: HandoverRow) -> None:
        self.messages.clear()
        self.pages.setCurrentWidget(self.households)
        self.households.show_handover(row)
        self.households.focus_first()

    def _draw_sheets(self, row: HandoverRow, household_ids: tuple[UUID, ...]) -> None:
        """The sheets of one household or of all, for the new caseworker, looked at before they go to paper."""
        if self._make_sheets is None:
            return
        self._recipient = Recipient(name=row.to_name, from_day=row.effective_on)
        if self.sheets is None:
            self.sheets = sheets = self._make_sheets(self, lambda _: self._recipient)
            self.pages.addWidget(sheets)
            sheets.begun.connect(lambda: self.pages.setCurrentWidget(sheets))
            sheets.left.connect(lambda: self.pages.setCurrentWidget(self.households))
            sheets.noted.connect(self.announced)
        self.messages.clear()
        sheets = self.sheets
        self.run(
            lambda: self._port.open_files(row.handover_id, household_ids),
            lambda _: sheets.draw(household_ids, FormMark.PLAIN, len(household_ids)),
        )

    def _back(self) -> None:
        self.pages.setCurrentWidget(self.tabs)
        self.messages.clear()
        self.listed.reload()
        self.focus_first()

    def _turned(self) -> None:
        self.messages.clear()
        self.reload()
        self.focus_first()

    def _do(self, plan: HandoverPlan, _found: HandoverPreview) -> None:
        self.pages.setCurrentWidget(self.progress)
        progress = self.progress.watch(_WORKING)
        self.run(
            lambda: self._port.hand_over(plan, progress.report, progress.cancelled),
            self._did,
            self._refused,
            lane=Lane.SLOW,
        )

    def _did(self, households: int) -> None:
        self.announced.emit(_DONE.format(households))
        self.pages.setCurrentWidget(self.tabs)
        if self.plan is not None:
            self.plan.done()
        self.tabs.setCurrentWidget(self.listed)

    def _refused(self, error: UserError) -> None:
        self.pages.setCurrentWidget(self.tabs)
        self.messages.show_error(error)
        self.reload()
        self.focus_first()

    def _lay_out(self) -> None:
        self.tabs.addTab(self.listed, "引継ぎの状況（Alt+1）")
        if self.plan is not None:
            self.tabs.addTab(self.plan, "担当替えをする（Alt+2）")
        for page in (self.tabs, self.households, self.progress):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.listed.chosen.connect(self._open)
        self.households.left.connect(self._back)
        self.households.sheets_wanted.connect(self._draw_sheets)
        for button in (self.households.sheet_button, self.households.sheets_button):
            button.setVisible(self._make_sheets is not None)
        self.tabs.currentChanged.connect(lambda *_: self._turned())
        if self.plan is not None:
            self.plan.asked.connect(self._do)
        for number in range(self.tabs.count()):
            keys = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(lambda place=number: self._turn_to(place))

    def _turn_to(self, place: int) -> None:
        if self.pages.currentWidget() is not self.progress:
            self.pages.setCurrentWidget(self.tabs)
            self.tabs.setCurrentIndex(place)

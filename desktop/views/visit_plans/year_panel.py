"""年間計画: the grid with the months' load above it, the visit at hand, what could not be planned, and the acts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from desktop.domain.visit_plan_proposals import MoveTrial, VisitReason
from desktop.domain.visit_plan_views import PlanHousehold, YearPlan
from desktop.domain.visit_plans import PlannedVisit
from desktop.override import override
from desktop.viewmodels.visit_plans import LEGEND, YearModel, name_of, open_visits
from desktop.viewmodels.visit_plans_acts import YearActs, acts_for
from desktop.viewmodels.visit_plans_review import review_sections
from desktop.viewmodels.visit_plans_words import (
    UnplannedLine,
    cost_lines,
    plan_words,
    returned_words,
    trial_words,
    unplanned_lines,
    visit_words,
)
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.visit_plans.load_bar import LoadBar
from desktop.views.visit_plans.plan_review import PlanReview
from desktop.views.visit_plans.ports import PlanLabels
from desktop.views.visit_plans.roomy import Roomy
from desktop.views.visit_plans.unplanned_panel import UnplannedPanel
from desktop.views.visit_plans.visit_side import VisitSide
from desktop.views.visit_plans.year_strips import YearStrips
from desktop.views.visit_plans.year_table import YearTable
from desktop.views.widgets import low_for_width, muted_label, named

_ROOM_FOR_SIDE = 80
#: Fewer lines than this are little room.
_LOW = 28
#: Lines that grid, words and buttons take at the least; in less room they are scrolled.
_LEAST = 25
#: The part of the room that the visit at hand and the points of a plan to be decided about take, in percent.
_SIDE, _REVIEW = 28, 55
_NO_LABELS = PlanLabels(purposes={}, exceptions={}, deviations={})
#: Key, name of the button, its words.
_BUTTONS = (
    ("G", "propose_plan", "計画案を作り直す（G）"),
    ("W", "ask_next_week", "翌週ではだめか（W）"),
    ("L", "lock_visit", "固定・解除（L）"),
    ("B", "note_visit", "備考（B）"),
    ("P", "give_points", "必要度の加減（P）"),
    ("A", "add_visit", "訪問を追加（A）"),
    ("D", "cancel_visit", "取りやめ（D）"),
    ("X", "except_household", "例外（X）"),
    ("N", "next_visit", "同じ月の次の訪問（N）"),
)
_PLAN_BUTTONS = (
    ("submit_plan", "提出（Ctrl+Enter）"),
    ("approve_plan", "承認（Ctrl+Enter）"),
    ("return_plan", "差戻し"),
    ("withdraw_plan", "引戻し"),
)


class YearPanel(QWidget):
    """`acted` names the button whose act is wanted; a trial is asked for with visit and month."""

    acted = Signal(str)
    trial_requested = Signal(object, object)
    trial_taken = Signal(object)
    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.labels = _NO_LABELS
        self.reasons: Mapping[UUID, VisitReason] = {}
        self.trial: MoveTrial | None = None
        self._trying: tuple[PlannedVisit, int] | None = None
        self._is_drawn = self._is_drawn_apart = self._has_strip = False
        self._place = 0
        self.model = YearModel(look.brush_of, self)
        self.table = named(YearTable(self.model), "year_plan")
        self.load = named(LoadBar(self.table, look), "month_loads")
        self.summary = named(Paragraph(), "plan_summary")
        self.returned = named(Paragraph(tone="warning"), "plan_returned")
        self.side, self.review = VisitSide(), PlanReview()
        self.unplanned = UnplannedPanel(look)
        self.strips = YearStrips()
        self.buttons = {
            name: named(QPushButton(words), name)
            for name, words in (*((n, w) for _, n, w in _BUTTONS), *_PLAN_BUTTONS)
        }
        self.tabs = named(QTabWidget(), "plan_side")
        self._panes = QSplitter(Qt.Orientation.Vertical)
        self._acts = QWidget()
        self._lay_out()
        self._connect()

    @property
    def plan(self) -> YearPlan | None:
        """What is shown."""
        return self.model.plan

    def show_plan(
        self, plan: YearPlan, reasons: Mapping[UUID, VisitReason], labels: PlanLabels
    ) -> None:
        """Show a plan. The cell at hand stays, and so does a form of the same plan."""
        self.labels, self.reasons = labels, reasons
        at = self.table.currentIndex()
        is_other = self.plan is None or self.plan.head.plan_id != plan.head.plan_id
        row, column = (0, 0) if is_other or not at.isValid() else (at.row(), at.column())
        self.model.show_plan(plan)
        self.load.show_loads(plan.loads)
        self.summary.say(plan_words(plan))
        self.returned.say(returned_words(plan))
        self.unplanned.show_lines(unplanned_lines(plan, reasons))
        self.review.show_sections(review_sections(plan, reasons))
        if is_other:
            self.strips.show_none()
            decides = acts_for(plan, None, None).may_approve
            self.tabs.setCurrentWidget(self.review if decides else self.side)
        self.end_trial()
        self._fit()
        self.table.go_to(row, column)
        self._say()

    def household(self) -> PlanHousehold | None:
        """The household at hand."""
        return self.model.household_at(self.table.currentIndex())

    def visit(self) -> PlannedVisit | None:
        """The visit at hand: one that was drawn from the list beneath, or an open one of the cell."""
        if self._trying is not None:
            return self._trying[0]
        found = open_visits(self.model.cell_at(self.table.currentIndex()))
        return found[self._place % len(found)] if found else None

    def acts(self) -> YearActs:
        """What may be done now; to approve, the points have to be read."""
        return acts_for(self.plan, self.household(), self.visit())

    def step(self, by: int) -> None:
        """Try the visit at hand a month earlier or later; again goes on from there."""
        visit, plan = self.visit(), self.plan
        if visit is None or plan is None or not self.acts().may_move:
            return
        if self._trying is not None:
            start = self._trying[1]
        else:
            start = plan.months.index(visit.month) if visit.month in plan.months else 0
        self.try_at(visit, start + by)

    def try_at(self, visit: PlannedVisit, column: int) -> None:
        """Ask what it takes to have a visit in the month of a column."""
        months = self.plan.months if self.plan else ()
        if 0 <= column < len(months):
            self.trial = None
            self._trying = (visit, column)
            self.strips.try_move("費用と決まりを調べています…", is_known=False)
            self.trial_requested.emit(visit, months[column])

    def show_trial(self, trial: MoveTrial) -> None:
        """Say what the move takes; one that was dropped there and breaks nothing is made at once."""
        if self._trying is None or self._trying[0].visit_id != trial.visit_id:
            return
        self.trial = trial
        households = self.plan.households if self.plan else ()
        names = {h.household_id: name_of(h) for h in households}
        self.strips.try_move(trial_words(trial, names), is_known=True)
        if self._is_drawn and trial.is_free and not trial.moved:
            self.take_trial()

    def take_trial(self) -> None:
        """Do what was tried."""
        if self.trial is not None:
            self.trial_taken.emit(self.trial)

    def end_trial(self) -> None:
        """Give up what was tried."""
        self.trial, self._trying, self._is_drawn = None, None, False
        self.strips.end_trial()

    def leave(self) -> None:
        """Close the strip and go back to the grid."""
        self.end_trial()
        self.strips.show_none()
        self.focus_first()
        self._say()

    @property
    def is_trying(self) -> bool:
        """Whether a move is being tried."""
        return self._trying is not None

    def has_unsaved(self) -> bool:
        """Whether a strip holds something typed."""
        return self.strips.form_at_hand() is not None

    def focus_first(self) -> None:
        """Begin in the grid."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_visit(self) -> None:
        """Go to the next open visit of the same month."""
        self._place += 1
        self._say()

    def _moved_on(self) -> None:
        self._place = 0
        self.end_trial()
        self._say()

    def _say(self) -> None:
        household, visit = self.household(), self.visit()
        words = visit_words(household, visit, self.labels.purposes) if household else ""
        reason = self.reasons.get(visit.visit_id) if visit else None
        self.side.show_visit(words, reason.words if reason else "", cost_lines(reason))
        self.enable()

    def enable(self) -> None:
        """Let only those buttons be pressed that do something now."""
        may = self.acts()
        several = len(open_visits(self.model.cell_at(self.table.currentIndex()))) > 1
        for name, allowed in (
            ("propose_plan", may.may_propose),
            ("ask_next_week", may.may_ask),
            ("lock_visit", may.may_lock),
            ("note_visit", may.may_note),
            ("give_points", may.may_move),
            ("add_visit", may.may_add),
            ("cancel_visit", may.may_cancel),
            ("except_household", may.may_except),
            ("next_visit", several),
        ):
            self.buttons[name].setEnabled(allowed)
        edits = self.plan is not None and self.plan.may_edit
        deviates = self.plan is not None and self.plan.may_deviate
        for name in ("propose_plan", "lock_visit", "note_visit", "except_household"):
            self.buttons[name].setVisible(edits)
        for name in ("ask_next_week", "give_points", "add_visit", "cancel_visit"):
            self.buttons[name].setVisible(edits or deviates)
        self.buttons["next_visit"].setVisible(several)
        for name, allowed in (
            ("submit_plan", may.may_submit),
            ("approve_plan", may.may_approve),
            ("return_plan", may.may_return),
            ("withdraw_plan", may.may_withdraw),
        ):
            self.buttons[name].setVisible(allowed)
        is_read = self.review.is_read
        self.buttons["approve_plan"].setEnabled(may.may_approve and is_read)
        self.read_first.setVisible(may.may_approve and not is_read)

    def _hover(self, index: QModelIndex, column: int) -> None:
        found = open_visits(self.model.cell_at(index))
        if found and acts_for(self.plan, self.household(), found[0]).may_move:
            self._is_drawn = False
            self.try_at(found[0], column)

    def _drop(self, index: QModelIndex, column: int) -> None:
        if self._trying is None or self._trying[1] != column:
            return
        self._is_drawn = True
        if index.column() == column:
            self.leave()
        elif self.trial is not None and self.trial.is_free and not self.trial.moved:
            self.take_trial()

    def _try_unplanned(self, line: UnplannedLine) -> None:
        visit, plan = line.visit, self.plan
        if plan is None or not (plan.may_edit or plan.may_deviate):
            return
        month = visit.first_on.replace(day=1) if visit.first_on else plan.months[0]
        column = plan.months.index(month) if month in plan.months else 0
        self.table.setCurrentIndex(self.model.index_of(visit.household_id, plan.months[column]))
        self.focus_first()
        self.try_at(visit, column)

    def _enter(self, index: QModelIndex) -> None:
        if self._trying is not None:
            self.take_trial()
        elif (household := self.model.household_at(index)) is not None:
            self.opened.emit(household)

    def _press(self, name: str) -> None:
        if self.buttons[name].isEnabled() and not self.buttons[name].isHidden():
            self.acted.emit(name)

    def _lay_out(self) -> None:
        self.read_first = named(
            QLabel("承認する前に「計画の要点」を最後まで読んでください。"), "read_first"
        )
        low_for_width(self._acts)
        row = FlowLayout(self._acts)
        row.setContentsMargins(0, 4, 0, 4)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addWidget(self.read_first)
        for name in ("submit_plan", "approve_plan"):
            self.buttons[name].setProperty("primary", True)
        grid = QWidget()
        column = QVBoxLayout(grid)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        legend = muted_label(LEGEND)
        legend.setWordWrap(True)
        for widget in (self.summary, self.returned, legend, self.load):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        self.tabs.setMinimumHeight(1)
        self.tabs.addTab(self.side, "選んだ訪問")
        self.tabs.addTab(self.review, "計画の要点")
        self._panes.addWidget(grid)
        self._panes.addWidget(self.tabs)
        self._panes.setChildrenCollapsible(False)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes, 1)
        for part in (self.unplanned, self.strips, self._acts):
            layout.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Roomy(content, self.table, _LEAST))

    def _connect(self) -> None:
        self.table.selectionModel().currentChanged.connect(lambda *_: self._moved_on())
        self.table.row_opened.connect(self._enter)
        self.table.stepped.connect(self.step)
        self.table.hovered.connect(self._hover)
        self.table.dropped.connect(self._drop)
        self.table.on_key("Escape", self.leave)
        self.table.on_key("Ctrl+Return", self.press_main)
        self.unplanned.chosen.connect(self._try_unplanned)
        self.review.read.connect(self.enable)
        self.tabs.currentChanged.connect(lambda *_: self._share())
        self._panes.splitterMoved.connect(lambda *_: self._drew())
        for key, name, _ in _BUTTONS:
            self.table.on_key(key, partial(self._press, name))
        for name, button in self.buttons.items():
            button.clicked.connect(lambda *_, name=name: self._press(name))
        self.strips.taken.connect(self.take_trial)
        self.strips.shown.connect(self._make_room)
        self.strips.left.connect(self.leave)

    def _drew(self) -> None:
        self._is_drawn_apart = True

    def press_main(self) -> None:
        """Ctrl+Enter: submit, or approve what was read."""
        for name in ("submit_plan", "approve_plan"):
            self._press(name)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        em = self.fontMetrics().horizontalAdvance("国")
        is_wide = self.width() >= em * _ROOM_FOR_SIDE
        self._panes.setOrientation(
            Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        )
        self._fit()
        self._share()

    def _is_low(self) -> bool:
        return self.height() // self.fontMetrics().height() < _LOW

    def _fit(self) -> None:
        """At large type what could not be planned comes before the bars of load, whose figures stand among the points too."""
        is_low = self._is_low()
        self.unplanned.be_low(is_low=is_low)
        self.load.setVisible(not is_low or self.unplanned.isHidden())
        self.tabs.setVisible(not (is_low and self._has_strip))

    def _make_room(self, is_shown: bool) -> None:  # noqa: FBT001 - a Qt slot
        """A strip has its own buttons; at large type it also takes the room of the visit's words."""
        self._has_strip = is_shown
        self._acts.setVisible(not is_shown)
        self._fit()

    def _share(self) -> None:
        """Points are read, so they get more room than a visit; what the reader drew stays."""
        if not self._is_drawn_apart:
            share = _REVIEW if self.tabs.currentWidget() is self.review else _SIDE
            room = max(sum(self._panes.sizes()), self._panes.height())
            self._panes.setSizes([room * (100 - share) // 100, room * share // 100])

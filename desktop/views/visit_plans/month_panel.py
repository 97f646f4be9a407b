"""月間計画: the visits of a month in the order of day and route, the visit at hand, the plan's points, and the acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from desktop.domain.visit_plan_proposals import MoveTrial, VisitReason
from desktop.domain.visit_plan_views import MonthLine, MonthPlan
from desktop.domain.visit_plans import PlannedVisit
from desktop.domain.working_time import HalfDay
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.visit_plans_month import month_columns, month_returned, month_words
from desktop.viewmodels.visit_plans_month_acts import (
    MonthActs,
    half_of,
    halves_ahead,
    month_acts,
    next_half,
    open_visit,
)
from desktop.viewmodels.visit_plans_month_review import month_sections, who_of
from desktop.viewmodels.visit_plans_words import cost_lines, trial_words
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.visit_plans.month_buttons import BUTTONS, MonthButtons
from desktop.views.visit_plans.month_strips import MonthStrips
from desktop.views.visit_plans.month_table import MonthTable
from desktop.views.visit_plans.plan_review import PlanReview
from desktop.views.visit_plans.ports import PlanLabels
from desktop.views.visit_plans.roomy import Roomy
from desktop.views.visit_plans.visit_side import VisitSide
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 8, 1: 3, 2: 2, 3: 6, 4: 7, 5: 3, 6: 7, 7: 5, 8: 3, 9: 14}
_WHAT = 9
_HELP = (
    "訪問する順に並んでいます。Shift+←→かマウスで別の半日を試し、Enterでケースファイルを開きます。"
)
#: The part of the room that the visit at hand and the points of a plan to be decided about take, in percent.
_SIDE, _REVIEW = 26, 60
#: Fewer lines than this are little room.
_LOW = 24
#: Lines that list, words and buttons take at the least; in less room they are scrolled.
_LEAST = 23
_NO_MORE = "この月には、その先に訪問できる半日がありません。"
_NO_LABELS = PlanLabels(purposes={}, exceptions={}, deviations={})


class MonthPanel(QWidget):
    """`acted` names the button whose act is wanted, `moved` carries a PlanMove, `opened` a MonthLine; a trial is asked for with visit and HalfDay."""

    acted = Signal(str)
    moved = Signal(object)
    trial_requested = Signal(object, object)
    trial_taken = Signal(object)
    opened = Signal(object)

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._purposes: dict[str, str] = {}
        self._may_plan = self._is_drawn = self._is_drawn_apart = False
        self.may_print = self.has_gateway = False
        self._trying: tuple[PlannedVisit, HalfDay] | None = None
        self.labels = _NO_LABELS
        self.plan: MonthPlan | None = None
        self.trial: MoveTrial | None = None
        self.reasons: Mapping[UUID, VisitReason] = {}
        self.model: RowTableModel[MonthLine] = RowTableModel(
            month_columns(self._purposes), key=key_of, brush_of=look.brush_of, parent=self
        )
        self.table = named(MonthTable(self.model, _WIDTHS, _WHAT), "month_plan")
        self.summary = named(Paragraph(), "month_summary")
        self.returned = named(Paragraph(tone="warning"), "month_returned")
        self.unplanned = named(Paragraph(tone="warning"), "month_unplanned")
        self.side, self.review = VisitSide(), PlanReview()
        self.tabs = named(QTabWidget(), "month_side")
        self.strips = MonthStrips(today)
        self.buttons = MonthButtons()
        self._panes = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._connect()

    def show_plan(
        self,
        plan: MonthPlan,
        reasons: Mapping[UUID, VisitReason],
        labels: PlanLabels,
        *,
        may_plan: bool,
    ) -> None:
        """Show a month. The line at hand stays, and so does a form of the same month."""
        at, row = self._key_at_hand(), max(self.table.current_row(), 0)
        is_other = self.plan is None or _id(self.plan) != _id(plan)
        self.plan, self.reasons, self.labels, self._may_plan = plan, reasons, labels, may_plan
        self._purposes.clear()
        self._purposes.update(labels.purposes)
        self.model.set_rows(plan.lines)
        self._go_to_key(None if is_other else at, 0 if is_other else row)
        self.summary.say(month_words(plan))
        self.returned.say(month_returned(plan))
        missed = [
            f"・{who_of(plan, v.household_id)}　{reasons[v.visit_id].words}"
            for v in plan.unplanned
            if v.visit_id in reasons
        ]
        heading = f"▲ 計画に入らない訪問 {len(plan.unplanned)}件"
        self.unplanned.say("\n".join((heading, *missed)) if plan.unplanned else "")
        self.review.show_sections(month_sections(plan, reasons))
        if is_other:
            self.strips.show_none()
            self.tabs.setCurrentWidget(self.review if self.acts().decides else self.side)
        self.end_trial()
        self._say()

    def line(self) -> MonthLine | None:
        """The line at hand."""
        return self.model.row_at(self.table.currentIndex())

    def visit(self) -> PlannedVisit | None:
        """The visit at hand that still can be moved."""
        return open_visit(self.line())

    def acts(self) -> MonthActs:
        """What may be done now."""
        return month_acts(
            *(self.plan, self.line()),
            may_plan=self._may_plan,
            may_print=self.may_print,
            has_gateway=self.has_gateway,
        )

    def go_to(self, household_id: UUID) -> bool:
        """Put the keyboard on a household's line; whether it has one."""
        for row, line in enumerate(self.model.rows()):
            if line.household_id == household_id:
                self.table.select_row(row)
                return True
        return False

    def step(self, by: int) -> None:
        """Try the visit at hand a half-day earlier or later; again goes on from there."""
        visit = self.visit()
        if visit is None or self.plan is None or not self.acts().may_move:
            return
        start = self._trying[1] if self._trying is not None else half_of(visit)
        at = next_half(halves_ahead(self.plan, self._today()), start, by)
        if at is not None:
            self.try_at(visit, at)
        elif self._trying is None:
            self.strips.try_move(_NO_MORE, is_known=False)

    def try_at(self, visit: PlannedVisit, at: HalfDay) -> None:
        """Ask what it takes to have a visit in a half-day."""
        self.trial = None
        self._trying = (visit, at)
        self.strips.try_move("費用と決まりを調べています…", is_known=False)
        self.trial_requested.emit(visit, at)

    def show_trial(self, trial: MoveTrial) -> None:
        """Say what the move takes; one that was dropped there and breaks nothing is made at once."""
        if self._trying is None or self._trying[0].visit_id != trial.visit_id:
            return
        self.trial = trial
        names = {key: name.head_name for key, name in self.plan.names.items()} if self.plan else {}
        self.strips.try_move(trial_words(trial, names), is_known=trial.day is not None)
        if self._is_drawn and trial.is_free and not trial.moved:
            self.take_trial()

    def take_trial(self) -> None:
        """Do what was tried."""
        if self.trial is not None and self.trial.day is not None:
            self.trial_taken.emit(self.trial)

    def end_trial(self) -> None:
        """Give up what was tried."""
        self.trial, self._trying, self._is_drawn = None, None, False
        self.strips.end_trial()

    def leave(self) -> None:
        """Close the strip and go back to the list."""
        self.end_trial()
        self.strips.show_none()
        self.focus_first()
        self._say()

    def focus_first(self) -> None:
        """Begin in the list, or stay in the form that is open."""
        if self.strips.form_at_hand() is None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_trying(self) -> bool:
        """Whether a move is being tried."""
        return self._trying is not None

    def has_unsaved(self) -> bool:
        """Whether a strip holds something typed."""
        return self.strips.form_at_hand() is not None

    def _moved_on(self) -> None:
        self.end_trial()
        self._say()

    def _say(self) -> None:
        line, plan = self.line(), self.plan
        visit = line.visit if line is not None else None
        reason = self.reasons.get(visit.visit_id) if visit is not None else None
        who = who_of(plan, line.household_id) if line is not None and plan is not None else ""
        where = f"{who}　{line.address}".rstrip() if line is not None else ""
        self.side.show_visit(where, reason.words if reason else "", cost_lines(reason))
        self._enable()

    def _enable(self) -> None:
        is_draft = self.plan is not None and self.plan.may_edit
        self.buttons.offer(self.acts(), is_draft=is_draft, is_read=self.review.is_read)

    def _hover(self, drawn: QModelIndex, over: int) -> None:
        line, target = self.model.row_at(drawn), self.model.rows()[over]
        visit = open_visit(line)
        at = half_of(target.visit) if target.visit is not None else None
        may = month_acts(self.plan, line, may_plan=self._may_plan).may_move
        if visit is not None and may and at is not None and at != half_of(visit):
            self._is_drawn = False
            self.try_at(visit, at)

    def _drop(self, drawn: QModelIndex, over: int) -> None:
        if self._trying is None:
            return
        if drawn.row() == over:
            self.leave()
            return
        self._is_drawn = True
        if self.trial is not None and self.trial.is_free and not self.trial.moved:
            self.take_trial()

    def _enter(self, index: QModelIndex) -> None:
        if self._trying is not None:
            self.take_trial()
        elif (line := self.model.row_at(index)) is not None:
            self.opened.emit(line)

    def _key_at_hand(self) -> object:
        line = self.line()
        return key_of(line) if line is not None else None

    def _go_to_key(self, key: object, row: int) -> None:
        for number, line in enumerate(self.model.rows()):
            if key is not None and key_of(line) == key:
                row = number
        self.table.select_row(min(row, self.model.rowCount() - 1))

    def _lay_out(self) -> None:
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 4, 0, 0)
        help_line = muted_label(_HELP)
        help_line.setWordWrap(True)
        for widget in (self.summary, self.returned, help_line):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        self.tabs.setMinimumHeight(1)
        self.tabs.addTab(self.side, "選んだ訪問")
        self.tabs.addTab(self.review, "計画の要点")
        self._panes.addWidget(upper)
        self._panes.addWidget(self.tabs)
        self._panes.setChildrenCollapsible(False)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes, 1)
        for part in (self.unplanned, self.strips, self.buttons):
            layout.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Roomy(content, self.table, _LEAST))

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._moved_on())
        self.table.row_opened.connect(self._enter)
        self.table.stepped.connect(self.step)
        self.table.hovered.connect(self._hover)
        self.table.dropped.connect(self._drop)
        self.table.on_key("Escape", self.leave)
        self.table.on_key("Ctrl+Return", self.buttons.press_main)
        for key, name, _ in BUTTONS:
            self.table.on_key(key, partial(self.buttons.press, name))
        self.buttons.pressed.connect(self.acted)
        self.buttons.move_pressed.connect(self.moved)
        self.review.read.connect(self._enable)
        self.tabs.currentChanged.connect(lambda *_: self._share())
        self._panes.splitterMoved.connect(lambda *_: self._drew())
        self.strips.taken.connect(self.take_trial)
        self.strips.left.connect(self.leave)
        self.strips.stepped.connect(self.step)
        self.strips.shown.connect(self._make_room)

    def _drew(self) -> None:
        self._is_drawn_apart = True

    def _make_room(self, is_shown: bool) -> None:  # noqa: FBT001 - a Qt slot
        """A strip has its own buttons; where there is little room it also takes that of the visit's words."""
        self.buttons.setVisible(not is_shown)
        is_low = self.height() // self.fontMetrics().height() < _LOW
        self.tabs.setVisible(not (is_shown and is_low))

    def _share(self) -> None:
        """Points are read, so they get more room than a visit; what the reader drew stays."""
        if not self._is_drawn_apart:
            share = _REVIEW if self.tabs.currentWidget() is self.review else _SIDE
            room = max(sum(self._panes.sizes()), self._panes.height())
            self._panes.setSizes([room * (100 - share) // 100, room * share // 100])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()


def key_of(line: MonthLine) -> object:
    """What a line is known by: its planned visit, else the contact that was made."""
    if line.visit is not None:
        return line.visit.visit_id
    return line.made.contact_id if line.made is not None else line.household_id


def _id(plan: MonthPlan) -> object:
    return (plan.month, plan.district_id, plan.head.plan_id if plan.head else None)

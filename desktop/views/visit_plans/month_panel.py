"""月間計画: the visits of a month in the order of day and route, its proposal, and its way through the approval."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.visit_plan_proposals import VisitReason
from desktop.domain.visit_plan_views import MonthLine, MonthPlan
from desktop.domain.visit_plans import PlanMove
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.visit_plans_month import month_columns, month_words, of_the_day
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.records.flow_layout import FlowLayout
from desktop.views.table_view import TableView
from desktop.views.visit_plans.forms import WordsForm
from desktop.views.visit_plans.ports import PlanLabels
from desktop.views.widgets import low_for_width, muted_label, named

_WIDTHS = {0: 7, 1: 3, 2: 2, 3: 6, 4: 7, 5: 3, 6: 6, 7: 5, 8: 4, 9: 12}
_WHAT = 9
_HELP = "訪問する順に並んでいます。Enterでケースファイルを開きます。"
_MOVES = {
    PlanMove.SUBMIT: ("submit_month", "提出（Ctrl+Enter）"),
    PlanMove.APPROVE: ("approve_month", "承認（Ctrl+Enter）"),
    PlanMove.RETURN: ("return_month", "差戻し"),
    PlanMove.WITHDRAW: ("withdraw_month", "引戻し"),
}


class MonthPanel(QWidget):
    """`propose_requested` (G), `moved` with a PlanMove and words, `opened` with a MonthLine.

    `carry_requested` (K) carries the MonthLines of the day at hand that are still to be visited.
    """

    propose_requested = Signal()
    moved = Signal(object, str)
    opened = Signal(object)
    carry_requested = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._purposes: dict[str, str] = {}
        self._may_carry = False
        self.plan: MonthPlan | None = None
        self.reasons: Mapping[UUID, VisitReason] = {}
        self.model: RowTableModel[MonthLine] = RowTableModel(
            month_columns(self._purposes), brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="月間訪問計画", characters=_WIDTHS, stretch=_WHAT),
            "month_plan",
        )
        self.summary = named(Paragraph(), "month_summary")
        self.words = named(Paragraph(), "month_words")
        self.unplanned = named(Paragraph(tone="warning"), "month_unplanned")
        self.propose_button = named(QPushButton("月の計画案を作る（G）"), "propose_month")
        self.carry_button = named(QPushButton("この日の携行票を作る（K）"), "carry_day")
        self.buttons = {
            move: named(QPushButton(words), name) for move, (name, words) in _MOVES.items()
        }
        self.back = WordsForm("return_month_form", "差戻し", "差戻しの理由", required=True)
        self._acts = QWidget()
        self._build()

    def show_plan(
        self,
        plan: MonthPlan,
        reasons: Mapping[UUID, VisitReason],
        labels: PlanLabels,
        *,
        may_plan: bool,
    ) -> None:
        """Show a month."""
        self.plan, self.reasons, self._may_carry = plan, reasons, may_plan
        self._purposes.clear()
        self._purposes.update(labels.purposes)
        row = max(self.table.current_row(), 0)
        self.model.set_rows(plan.lines)
        self.table.select_row(min(row, len(plan.lines) - 1))
        self.summary.say(month_words(plan))
        missed = [f"・{reasons[v.visit_id].words}" for v in plan.unplanned if v.visit_id in reasons]
        heading = f"▲ 計画に入らない訪問 {len(plan.unplanned)}件"
        self.unplanned.say("\n".join((heading, *missed)) if plan.unplanned else "")
        own = bool(plan.moves) or plan.may_edit
        self.propose_button.setEnabled(may_plan and (plan.may_edit or not own))
        for move, button in self.buttons.items():
            button.setVisible(move in plan.moves)
        self.back.hide()
        self._acts.show()
        self._say()

    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        """Whether words of a return are being written."""
        return not self.back.isHidden()

    def _say(self) -> None:
        line = self.model.row_at(self.table.currentIndex())
        visit = line.visit if line is not None else None
        reason = self.reasons.get(visit.visit_id) if visit is not None else None
        self.words.say(f"理由：{reason.words}" if reason is not None else "")
        self.carry_button.setEnabled(self._may_carry and bool(of_the_day(self.model.rows(), line)))

    def _press(self, move: PlanMove) -> None:
        if self.buttons[move].isHidden():
            return
        if move is PlanMove.RETURN:
            self.back.show()
            self.back.ask("何を直すかを、作った人に分かるように書いてください。")
        else:
            self.moved.emit(move, "")

    def _press_main(self) -> None:
        for move in (PlanMove.SUBMIT, PlanMove.APPROVE):
            self._press(move)

    def _propose(self) -> None:
        if self.propose_button.isEnabled():
            self.propose_requested.emit()

    def _carry(self) -> None:
        """The sheet for the day of the visit at hand; of a visit without a day for it alone."""
        if self.carry_button.isEnabled():
            line = self.model.row_at(self.table.currentIndex())
            self.carry_requested.emit(of_the_day(self.model.rows(), line))

    def _leave(self) -> None:
        self.back.hide()
        self.focus_first()

    def _open(self, index: QModelIndex) -> None:
        line = self.model.row_at(index)
        if line is not None:
            self.opened.emit(line)

    def _build(self) -> None:
        low_for_width(self._acts)
        row = FlowLayout(self._acts)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(self.propose_button)
        row.addWidget(self.carry_button)
        for move, button in self.buttons.items():
            row.addWidget(button)
            button.clicked.connect(lambda *_, move=move: self._press(move))
        for move in (PlanMove.SUBMIT, PlanMove.APPROVE):
            self.buttons[move].setProperty("primary", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(muted_label(_HELP))
        layout.addWidget(self.table, 1)
        for widget in (self.words, self.unplanned, self.back, self._acts):
            layout.addWidget(widget)
        self.back.hide()
        self.propose_button.clicked.connect(lambda *_: self._propose())
        self.carry_button.clicked.connect(lambda *_: self._carry())
        self.table.row_opened.connect(self._open)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._say())
        self.back.left.connect(self._leave)
        self.back.given.connect(lambda words: self.moved.emit(PlanMove.RETURN, words))
        for key, act in (
            ("G", self._propose),
            ("K", self._carry),
            ("Ctrl+Return", self._press_main),
        ):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

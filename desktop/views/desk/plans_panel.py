"""訪問計画: own plans that came back, are missing for the running or coming period, or were not handed in."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.visit_plan_notices import PlanNotice
from desktop.override import override
from desktop.viewmodels.desk_plans import (
    plan_notice_columns,
    plan_notice_summary,
    plan_notice_words,
)
from desktop.views.desk.panel import DeskPanel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.requests import VISIT_PLANS_SCREEN, ScreenRequest
from desktop.views.widgets import named

_WIDTHS = {0: 8, 1: 16, 2: 9}
_MOST_ROWS = 4
_EMPTY = "差し戻された計画も、これから作る計画もありません。"


class PlansPanel(DeskPanel[PlanNotice]):
    """What came back first, with the supervisor's words beneath. Enter goes to the plan."""

    def __init__(self, look: Look) -> None:
        super().__init__(
            "plans",
            "訪問計画(&V)",
            plan_notice_columns(),
            key=lambda notice: (notice.item_id, notice.kind, notice.first_on),
            characters=_WIDTHS,
            stretch=1,
            empty=_EMPTY,
            brush_of=look.brush_of,
        )
        self.reason = named(Paragraph(), "plan_return_reason")
        self.footer.addWidget(self.reason)
        self.chosen.connect(lambda: self.reason.say(plan_notice_words(self.current())))

    @override
    def show_rows(self, rows: Sequence[PlanNotice]) -> None:
        """Show the plans and count them."""
        self.summary.setText(plan_notice_summary(rows))
        super().show_rows(rows)
        self.fit()

    @override
    def fit(self) -> None:
        """As high as its lines, which are mostly one or two: the other panels need the height more."""
        self._pages.setMinimumHeight(0)
        self.table.show_all_rows(_MOST_ROWS)

    @override
    def open_row(self, row: PlanNotice) -> None:
        """Go to the plan, or to the district where it is missing."""
        self.screen_requested.emit(ScreenRequest(key=VISIT_PLANS_SCREEN, item_id=row.item_id))

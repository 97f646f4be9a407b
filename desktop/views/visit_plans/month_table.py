"""The list of a month: Shift and arrows try a visit in the half-day before or after, the mouse draws it to another line."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.visit_plan_views import MonthLine
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.visit_plans_month_acts import open_visit
from desktop.views.visit_plans.drawing_table import DrawingTable


class MonthTable(DrawingTable):
    """A visit is drawn over rows."""

    def __init__(
        self, model: RowTableModel[MonthLine], characters: Mapping[int, int], stretch: int
    ) -> None:
        super().__init__(
            model,
            name="月間訪問計画",
            characters=characters,
            stretch=stretch,
            can_draw=lambda index: open_visit(model.row_at(index)) is not None,
            over=lambda at: self.indexAt(at).row(),
        )

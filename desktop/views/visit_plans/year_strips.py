"""The strips beneath the yearly grid: a trial, a note, a return, an exception, a change after the approval, a new visit."""

from __future__ import annotations

from desktop.views.visit_plans.forms import AddForm, ReasonForm, WordsForm
from desktop.views.visit_plans.points_form import PointsForm
from desktop.views.visit_plans.strips import PlanStrips


class YearStrips(PlanStrips):
    """The forms of the year."""

    def __init__(self) -> None:
        self.note = WordsForm("note_form", "備考を保存", "備考", required=False)
        self.back = WordsForm("return_form", "差戻し", "差戻しの理由", required=True)
        self.exception = ReasonForm("exception_form", "例外とする", words_required=True)
        self.deviation = ReasonForm("deviation_form", "変更を記録", words_required=False)
        self.add = AddForm()
        self.points = PointsForm()
        super().__init__(
            (self.note, self.back, self.exception, self.deviation, self.add, self.points)
        )

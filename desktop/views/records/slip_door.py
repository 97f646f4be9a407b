"""From the entry editor to its table of pay slips: lines go into the facts, months may be noted as earned income besides."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.income_months import Earned, IncomeInput, IncomeSource
from desktop.domain.pay_slips import PaySlip
from desktop.domain.records import SegmentKind
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.message_bar import MessageBar
from desktop.views.records.entry_form import EntryForm
from desktop.views.records.panel_door import PanelDoor
from desktop.views.records.ports import KeepsIncome, Material
from desktop.views.records.slip_panel import SlipPanel

_SOURCE = "書類を見た"


class SlipDoor(PanelDoor):
    """What was kept of earned incomes, and what was not, is said in the editor's message bar."""

    def __init__(
        self,
        material: Material,
        form: EntryForm,
        *,
        runner: JobRunner,
        messages: MessageBar,
        parent: QWidget,
    ) -> None:
        self._incomes: KeepsIncome | None = material.incomes
        self._runner, self._messages = runner, messages
        self.panel = SlipPanel(
            material.members, form.today, notes_income=material.incomes is not None
        )
        super().__init__(
            self.panel, form, text="給与明細を表で(&L)", name="open_slips", parent=parent
        )
        self.panel.given.connect(self.take)
        self.panel.left.connect(self.leave)

    @override
    def begin(self) -> None:
        self.panel.begin()

    @override
    def is_ready(self) -> bool:
        return self.panel.is_ready()

    @override
    def put_in(self) -> None:
        text, slips, person_id = self.panel.text(), self.panel.slips(), self.panel.income_person()
        self.panel.empty()
        if not text:
            return
        before = self.form.segments.texts_now()[SegmentKind.FACTS].rstrip()
        facts = f"{before}\n{text}" if before else text
        self.form.put_in({SegmentKind.FACTS: facts}, _SOURCE)
        household_id = self.form.household_id
        if self._incomes is None or person_id is None or household_id is None:
            return
        for slip in slips:
            self._note(
                self._incomes,
                IncomeInput(
                    income_id=new_id(),
                    household_id=household_id,
                    person_id=person_id,
                    month=slip.month,
                    earned=Earned(gross=slip.gross),
                    read_from=IncomeSource.PAY_SLIP,
                ),
                slip,
            )

    def _note(self, incomes: KeepsIncome, given: IncomeInput, slip: PaySlip) -> None:
        month = f"{slip.month.year}年{slip.month.month}月分"
        self._runner.run(
            self,
            lambda: incomes.add(given),
            lambda _: self._messages.show_info(f"{month}を就労収入に残しました。"),
            lambda error: self._messages.show_warning(f"{month}：{_said(error)}"),
        )


def _said(error: UserError) -> str:
    return next(iter(getattr(error, "fields", {}).values()), error.sentence)

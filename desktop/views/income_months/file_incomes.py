"""就労収入 of one household: what each person earned, month by month, with what was put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.income_months import FileIncomes, IncomeMonth
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.income_months import income_columns, told
from desktop.views.activities.act_list import ActList, ListedActs
from desktop.views.activities.act_section import MakesPaper
from desktop.views.dialogs import Dialogs
from desktop.views.income_months.income_form import IncomeForm
from desktop.views.income_months.ports import IncomesOfFiles
from desktop.views.look import Look
from desktop.views.widgets import named


class FileIncomesView(ActList[IncomeMonth]):
    """Arrow keys go through the months. N notes one, E puts it right, X takes it back."""

    def __init__(
        self,
        household_id: UUID,
        incomes: IncomesOfFiles,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        make_paper: MakesPaper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            runner,
            ListedActs(
                name="就労収入",
                columns=income_columns(),
                key=lambda row: row.income_id,
                told=told,
                widths={0: 6, 1: 9, 2: 8, 3: 8, 4: 7, 5: 6},
                stretch=1,
                most_rows=12,
                empty=(
                    "この世帯の就労収入の記録はまだありません。「収入を記録（N）」か、毎月の書類の表で残します。"
                ),
                empty_to_read="この世帯の就労収入の記録はありません。",
            ),
            named(QPushButton("収入を記録（N）"), "new_income"),
            look=look,
            dialogs=dialogs,
            make_paper=make_paper,
            parent=parent,
        )
        self.setObjectName("file_incomes")
        self._household_id, self._incomes = household_id, incomes
        self._found: FileIncomes | None = None
        self.edit_button = named(QPushButton("訂正（E）"), "correct_income")
        self.void_button = named(QPushButton("取消（X）"), "void_income")
        self.form = IncomeForm(household_id, today)
        self._add_acts()

    @override
    def reload(self) -> None:
        """Ask for the months again."""
        self.run(lambda: self._incomes.of_household(self._household_id), self._show)

    def _show(self, found: FileIncomes) -> None:
        self._found = found
        self.show_rows(found.months, may_write=found.may_write)

    @override
    def _offer(self, row: IncomeMonth | None) -> None:
        may = self.may_write and row is not None and not row.is_old
        self.edit_button.setVisible(may)
        self.void_button.setVisible(may and row is not None and row.earned is not None)

    def _begin(self) -> None:
        if self._found is not None:
            chosen = self.chosen()
            self.open_form(self.form)
            self.form.begin(self._found, chosen.person_id if chosen else None)

    def _put_right(self, *, is_void: bool) -> None:
        income = self.chosen()
        if income is not None:
            self.open_form(self.form)
            self.form.put_right(income, is_void=is_void)

    def _add_acts(self) -> None:
        self.add_act("N", self.new_button, self._begin)
        self.add_act("E", self.edit_button, lambda: self._put_right(is_void=False))
        self.add_act("X", self.void_button, lambda: self._put_right(is_void=True))
        self.edit_button.hide()
        self.void_button.hide()
        self.add_form(self.form, lambda: self._incomes.add, "就労収入を記録しました。")

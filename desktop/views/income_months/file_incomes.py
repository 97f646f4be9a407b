"""就労収入 of one household: what each person earned, month by month, with what was put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.income_months import FileIncomes, IncomeMonth
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.income_months import income_columns, told
from desktop.viewmodels.rows import RowTableModel
from desktop.views.activities.act_section import ActSection, MakesPaper
from desktop.views.dialogs import Dialogs
from desktop.views.income_months.income_form import IncomeForm
from desktop.views.income_months.ports import IncomesOfFiles
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 9, 2: 8, 3: 8, 4: 7, 5: 6}
_STRETCH = 1
_MOST_ROWS = 12
_EMPTY = (
    "この世帯の就労収入の記録はまだありません。「収入を記録（N）」か、毎月の書類の表で残します。"
)
_EMPTY_TO_READ = "この世帯の就労収入の記録はありません。"


class FileIncomesView(ActSection):
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
        super().__init__(runner, dialogs=dialogs, make_paper=make_paper, parent=parent)
        self.setObjectName("file_incomes")
        self._household_id, self._incomes = household_id, incomes
        self._found: FileIncomes | None = None
        self.nothing = named(Paragraph(), "no_incomes")
        self.model: RowTableModel[IncomeMonth] = RowTableModel(
            income_columns(), key=lambda i: i.income_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="就労収入", characters=_WIDTHS, stretch=_STRETCH), "incomes"
        )
        self.words = named(Paragraph(), "income_words")
        self.new_button = named(QPushButton("収入を記録（N）"), "new_income")
        self.edit_button = named(QPushButton("訂正（E）"), "correct_income")
        self.void_button = named(QPushButton("取消（X）"), "void_income")
        self.form = IncomeForm(household_id, today)
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the months again."""
        self.run(lambda: self._incomes.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with a month where there is none."""
        if self.pages.currentWidget() is self.list_page:
            wanted = self.table if self.model.rowCount() else self.new_button
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: FileIncomes) -> None:
        self._found = found
        place = max(self.table.current_row(), 0)
        self.model.set_rows(found.months)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.months))
        self.table.select_row(min(place, len(found.months) - 1))
        self.nothing.say("" if found.months else _EMPTY if found.may_write else _EMPTY_TO_READ)
        self.new_button.setVisible(found.may_write)
        self._say()

    def _say(self) -> None:
        income, found = self._chosen(), self._found
        self.words.say(told(income) if income else "")
        may = found is not None and found.may_write and income is not None and not income.is_old
        self.edit_button.setVisible(may)
        self.void_button.setVisible(may and income is not None and income.earned is not None)

    def _chosen(self) -> IncomeMonth | None:
        return self.model.row_at(self.table.currentIndex())

    def _begin(self) -> None:
        if self._found is not None:
            chosen = self._chosen()
            self.open_form(self.form)
            self.form.begin(self._found, chosen.person_id if chosen else None)

    def _put_right(self, *, is_void: bool) -> None:
        income = self._chosen()
        if income is not None:
            self.open_form(self.form)
            self.form.put_right(income, is_void=is_void)

    def _lay_out(self) -> None:
        for part in (self.nothing, self.table, self.acts, self.words):
            self.list_page.add_part(part)
        self.list_page.add_part(QWidget(), 1)
        self.add_act("N", self.new_button, self._begin)
        self.add_act("E", self.edit_button, lambda: self._put_right(is_void=False))
        self.add_act("X", self.void_button, lambda: self._put_right(is_void=True))
        self.edit_button.hide()
        self.void_button.hide()
        self.add_form(self.form, lambda: self._incomes.add, "就労収入を記録しました。")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())

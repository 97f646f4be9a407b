"""手続 of one household: what the law asks the office for, when it was begun, made sure of and ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.procedures import FileProcedures, Procedure
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.procedures import ProcedureLabels, procedure_columns, told
from desktop.viewmodels.rows import RowTableModel
from desktop.views.activities.act_section import ActSection, SheetOnScreen
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.printing.run_view import PrintRunView
from desktop.views.procedures.ports import ProceduresOfFiles
from desktop.views.procedures.procedure_form import ProcedureForm
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 10, 1: 10, 2: 5, 3: 5, 4: 5, 5: 4, 6: 5}
_STRETCH = 1
_MOST_ROWS = 10
_EMPTY = "この世帯の手続の記録はまだありません。課税調査・年金・届出義務の説明・預り品などを「手続を記録（N）」で残します。"
_EMPTY_TO_READ = "この世帯の手続の記録はありません。"


def _no_paper(_screen: ScreenView, code: str) -> tuple[PrintRunView, SheetOnScreen]:
    """Nothing is printed of procedures."""
    raise LookupError(code)


class FileProceduresView(ActSection):
    """Arrow keys go through the procedures. N notes one, E what comes next of it, X takes it back."""

    def __init__(
        self,
        household_id: UUID,
        procedures: ProceduresOfFiles,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, dialogs=dialogs, make_paper=_no_paper, parent=parent)
        self.setObjectName("file_procedures")
        self._household_id, self._procedures = household_id, procedures
        self._found: FileProcedures | None = None
        self._labels = ProcedureLabels()
        self.nothing = named(Paragraph(), "no_procedures")
        self.model: RowTableModel[Procedure] = RowTableModel(
            procedure_columns(self._labels),
            key=lambda p: p.procedure_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="手続", characters=_WIDTHS, stretch=_STRETCH), "procedures"
        )
        self.words = named(Paragraph(), "procedure_words")
        self.new_button = named(QPushButton("手続を記録（N）"), "new_procedure")
        self.more_button = named(QPushButton("続きを記録・訂正（E）"), "more_procedure")
        self.void_button = named(QPushButton("取消（X）"), "void_procedure")
        self.form = ProcedureForm(household_id, today)
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the procedures again."""
        self.run(lambda: self._procedures.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with a procedure where there is none."""
        if self.pages.currentWidget() is self.list_page:
            wanted = self.table if self.model.rowCount() else self.new_button
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: FileProcedures) -> None:
        self._found = found
        self._labels.learn(found)
        place = max(self.table.current_row(), 0)
        self.model.set_rows(found.procedures)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.procedures))
        self.table.select_row(min(place, len(found.procedures) - 1))
        self.nothing.say("" if found.procedures else _EMPTY if found.may_write else _EMPTY_TO_READ)
        self.new_button.setVisible(found.may_write)
        self._say()

    def _say(self) -> None:
        chosen, found = self._chosen(), self._found
        self.words.say(told(chosen, self._labels) if chosen else "")
        may = found is not None and found.may_write and chosen is not None and chosen.counts
        self.more_button.setVisible(may)
        self.void_button.setVisible(may)

    def _chosen(self) -> Procedure | None:
        return self.model.row_at(self.table.currentIndex())

    def _begin(self) -> None:
        if self._found is not None:
            self.open_form(self.form)
            self.form.begin(self._found)

    def _go_on(self, *, is_void: bool) -> None:
        chosen = self._chosen()
        if self._found is not None and chosen is not None:
            self.open_form(self.form)
            self.form.go_on(self._found, chosen, is_void=is_void)

    def _lay_out(self) -> None:
        for part in (self.nothing, self.table, self.acts, self.words):
            self.list_page.add_part(part)
        self.list_page.add_part(QWidget(), 1)
        self.add_act("N", self.new_button, self._begin)
        self.add_act("E", self.more_button, lambda: self._go_on(is_void=False))
        self.add_act("X", self.void_button, lambda: self._go_on(is_void=True))
        self.more_button.hide()
        self.void_button.hide()
        self.add_form(self.form, lambda: self._procedures.keep, "手続を記録しました。")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())

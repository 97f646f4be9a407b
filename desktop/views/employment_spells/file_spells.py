"""就労・定着 of one household: starts of work, checks whether somebody still works, ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.employment_spells import EmploymentSpell, FileSpells
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.employment_spells import spell_columns, told
from desktop.viewmodels.rows import RowTableModel
from desktop.views.activities.act_section import ActSection, MakesPaper
from desktop.views.dialogs import Dialogs
from desktop.views.employment_spells.ports import SpellsOfFiles
from desktop.views.employment_spells.spell_forms import CheckForm, EndForm, SpellForm
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 7, 2: 11, 3: 10, 4: 9, 5: 8}
_STRETCH = 3
_MOST_ROWS = 8
_EMPTY = "この世帯の就労開始の記録はまだありません。働き始めたら「就労開始を記録（N）」で残します。"
_EMPTY_TO_READ = "この世帯の就労開始の記録はありません。"


class FileSpellsView(ActSection):
    """Arrow keys go through the starts. N notes one, K a check, D an end."""

    def __init__(
        self,
        household_id: UUID,
        spells: SpellsOfFiles,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        make_paper: MakesPaper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, dialogs=dialogs, make_paper=make_paper, parent=parent)
        self.setObjectName("file_spells")
        self._household_id, self._spells, self._today = household_id, spells, today
        self._found: FileSpells | None = None
        self.nothing = named(Paragraph(), "no_spells")
        self.model: RowTableModel[EmploymentSpell] = RowTableModel(
            spell_columns(today), key=lambda s: s.spell_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="就労開始", characters=_WIDTHS, stretch=_STRETCH), "spells"
        )
        self.words = named(Paragraph(), "spell_words")
        self.new_button = named(QPushButton("就労開始を記録（N）"), "new_spell")
        self.check_button = named(QPushButton("定着を確認（K）"), "check_spell")
        self.end_button = named(QPushButton("終わりを記録（D）"), "end_spell")
        self.form = SpellForm(household_id, today)
        self.check_form = CheckForm(household_id, today)
        self.end_form = EndForm(household_id, today)
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the starts again."""
        self.run(lambda: self._spells.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with a start where there is none."""
        if self.pages.currentWidget() is self.list_page:
            wanted = self.table if self.model.rowCount() else self.new_button
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: FileSpells) -> None:
        self._found = found
        place = max(self.table.current_row(), 0)
        self.model.set_rows(found.spells)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.spells))
        self.table.select_row(min(place, len(found.spells) - 1))
        self.nothing.say("" if found.spells else _EMPTY if found.may_write else _EMPTY_TO_READ)
        self.new_button.setVisible(found.may_write)
        self._say()

    def _say(self) -> None:
        spell, found = self._chosen(), self._found
        self.words.say(told(spell) if spell else "")
        may = found is not None and found.may_write and spell is not None and spell.counts
        self.check_button.setVisible(may)
        self.end_button.setVisible(may)

    def _chosen(self) -> EmploymentSpell | None:
        return self.model.row_at(self.table.currentIndex())

    def _begin(self) -> None:
        if self._found is not None:
            self.open_form(self.form)
            self.form.begin(self._found)

    def _begin_on(self, form: CheckForm | EndForm) -> None:
        spell = self._chosen()
        if spell is not None:
            self.open_form(form)
            form.begin(spell)

    def _lay_out(self) -> None:
        for part in (self.nothing, self.table, self.acts, self.words):
            self.list_page.add_part(part)
        self.list_page.add_part(QWidget(), 1)
        self.add_act("N", self.new_button, self._begin)
        self.add_act("K", self.check_button, lambda: self._begin_on(self.check_form))
        self.add_act("D", self.end_button, lambda: self._begin_on(self.end_form))
        self.check_button.hide()
        self.end_button.hide()
        self.add_form(self.form, lambda: self._spells.begin, "就労開始を記録しました。")
        self.add_form(self.check_form, lambda: self._spells.answer, "定着の確認を記録しました。")
        self.add_form(self.end_form, lambda: self._spells.end, "就労の終わりを記録しました。")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())

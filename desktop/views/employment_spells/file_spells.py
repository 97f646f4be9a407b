"""就労・定着 of one household: starts of work, checks whether somebody still works, ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.employment_spells import EmploymentSpell, FileSpells
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.employment_spells import spell_columns, told
from desktop.views.activities.act_list import ActList, ListedActs
from desktop.views.activities.act_section import MakesPaper
from desktop.views.dialogs import Dialogs
from desktop.views.employment_spells.ports import SpellsOfFiles
from desktop.views.employment_spells.spell_forms import CheckForm, EndForm, SpellForm
from desktop.views.look import Look
from desktop.views.widgets import named


class FileSpellsView(ActList[EmploymentSpell]):
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
        super().__init__(
            runner,
            ListedActs(
                name="就労開始",
                columns=spell_columns(today),
                key=lambda row: row.spell_id,
                told=told,
                widths={0: 6, 1: 7, 2: 11, 3: 10, 4: 9, 5: 8},
                stretch=3,
                most_rows=8,
                empty="この世帯の就労開始の記録はまだありません。働き始めたら「就労開始を記録（N）」で残します。",
                empty_to_read="この世帯の就労開始の記録はありません。",
            ),
            named(QPushButton("就労開始を記録（N）"), "new_spell"),
            look=look,
            dialogs=dialogs,
            make_paper=make_paper,
            parent=parent,
        )
        self.setObjectName("file_spells")
        self._household_id, self._spells, self._today = household_id, spells, today
        self._found: FileSpells | None = None
        self.check_button = named(QPushButton("定着を確認（K）"), "check_spell")
        self.end_button = named(QPushButton("終わりを記録（D）"), "end_spell")
        self.form = SpellForm(household_id, today)
        self.check_form = CheckForm(household_id, today)
        self.end_form = EndForm(household_id, today)
        self._add_acts()

    @override
    def reload(self) -> None:
        """Ask for the starts again."""
        self.run(lambda: self._spells.of_household(self._household_id), self._show)

    def _show(self, found: FileSpells) -> None:
        self._found = found
        self.show_rows(found.spells, may_write=found.may_write)

    @override
    def _offer(self, row: EmploymentSpell | None) -> None:
        may = self.may_write and row is not None and row.counts
        self.check_button.setVisible(may)
        self.end_button.setVisible(may)

    def _begin(self) -> None:
        if self._found is not None:
            self.open_form(self.form)
            self.form.begin(self._found)

    def _begin_on(self, form: CheckForm | EndForm) -> None:
        spell = self.chosen()
        if spell is not None:
            self.open_form(form)
            form.begin(spell)

    def _add_acts(self) -> None:
        self.add_act("N", self.new_button, self._begin)
        self.add_act("K", self.check_button, lambda: self._begin_on(self.check_form))
        self.add_act("D", self.end_button, lambda: self._begin_on(self.end_form))
        self.check_button.hide()
        self.end_button.hide()
        self.add_form(self.form, lambda: self._spells.begin, "就労開始を記録しました。")
        self.add_form(self.check_form, lambda: self._spells.answer, "定着の確認を記録しました。")
        self.add_form(self.end_form, lambda: self._spells.end, "就労の終わりを記録しました。")

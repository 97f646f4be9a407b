"""Takes over the structure of the last entry of the same kind: headings, place and people met, no sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.domain.entry_structures import EntryStructure
from desktop.domain.era import format_date
from desktop.jobs.runner import JobRunner
from desktop.views.message_bar import MessageBar
from desktop.views.records.entry_form import EntryForm
from desktop.views.records.ports import Drafting
from desktop.views.widgets import named

_NONE = "この世帯には、提出された同じ種別の記録がまだありません。"
_TAKEN = "{day}の記録から、見出し・場所・面接した人を入れました。文章は写していません。違うところは直してください。"


class StructureButton(QPushButton):
    """Not shown where nothing can be asked."""

    def __init__(
        self,
        drafting: Drafting | None,
        runner: JobRunner,
        form: EntryForm,
        messages: MessageBar,
    ) -> None:
        super().__init__("前回の構成(&Y)")
        named(self, "last_structure")
        self.setToolTip("同じ種別の前回の記録から、見出し・場所・相手だけを入れます。")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._runner, self._form, self._messages = runner, form, messages
        self._drafting = drafting
        self.clicked.connect(self._ask)
        if drafting is None:
            self.hide()

    def _ask(self) -> None:
        drafting = self._drafting
        if drafting is None:
            return
        given = self._form.read_leniently()
        self.setEnabled(False)
        self._runner.run(
            self,
            lambda: drafting.structure(given.household_id, given.kind),
            self._take,
            self._messages.show_error,
            on_end=lambda: self.setEnabled(True),
        )

    def _take(self, structure: EntryStructure | None) -> None:
        if structure is None:
            self._messages.show_info(_NONE)
            return
        self._form.take_structure(structure)
        self._messages.show_info(_TAKEN.format(day=format_date(structure.event_on)))

"""Chooses another household by number, name or kana."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.domain.households import HouseholdRow
from desktop.domain.labels import SHIELDED_NAME
from desktop.jobs.runner import Job, JobRunner
from desktop.views.fields.form_layout import FieldLabel
from desktop.views.fields.line_edit import LineEdit
from desktop.views.records.ports import Finds
from desktop.views.widgets import named

_PAUSE_MS = 150
_LIMIT = 10
_RIGHT = "正しい世帯"
_NOBODY = "（番号・氏名・かなで探します）"
_NONE = "（選ばない。分からないときは空欄のまま）"


class HouseholdPicker(QWidget):
    """What is typed fills the choice beneath; nothing is chosen unless somebody chose it.

    With `takes_only` the one household that matches is chosen by itself. `name` is what is looked for.
    """

    chosen_changed = Signal()

    def __init__(
        self,
        files: Finds,
        runner: JobRunner,
        parent: QWidget | None = None,
        *,
        name: str = _RIGHT,
        takes_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self._files = files
        self._runner = runner
        self._name = name
        self._takes_only = takes_only
        self._none = _NOBODY if takes_only else _NONE
        self._pending: Job[tuple[HouseholdRow, ...]] | None = None
        self.box = named(LineEdit(), "right_household_box")
        self.choice = named(QComboBox(), "right_household_choice")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()

    def chosen(self) -> UUID | None:
        """The chosen household."""
        found = self.choice.currentData(Qt.ItemDataRole.UserRole)
        return found if isinstance(found, UUID) else None

    def clear(self) -> None:
        """Choose nothing."""
        self.box.clear()
        self._show(())

    def search(self) -> None:
        """Look for what is typed."""
        text = self.box.text().strip()
        if not text:
            self._show(())
            return
        self._pending = self._runner.run(
            self,
            lambda: self._files.find(text, _LIMIT),
            partial(self._show_for, text),
            replaces=self._pending,
        )

    def _show_for(self, text: str, rows: tuple[HouseholdRow, ...]) -> None:
        """Show what was found, unless something else is typed by now."""
        if text == self.box.text().strip():
            self._show(rows)

    def _show(self, rows: tuple[HouseholdRow, ...]) -> None:
        self.choice.clear()
        self.choice.addItem(self._none, None)
        for row in rows:
            name = SHIELDED_NAME if row.is_shielded else row.head_name
            self.choice.addItem(f"{row.case_number}　{name}", row.household_id)
        if self._takes_only and len(rows) == 1:
            self.choice.setCurrentIndex(1)

    def _build(self) -> None:
        self.box.setAccessibleName(self._name)
        words = f"{self._name}（ケース番号・氏名・かな）"
        label = FieldLabel(words, self.box, required=self._takes_only)
        self.choice.setAccessibleName("見つかった世帯")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (label, self.box, self.choice):
            layout.addWidget(part)
        if self._takes_only:
            self.box.textChanged.connect(lambda: self._show(()))
        self.box.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.search)
        self.choice.currentIndexChanged.connect(self.chosen_changed)
        self._show(())

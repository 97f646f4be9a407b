"""Chooses another household by number, name or kana."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from desktop.domain.households import HouseholdRow
from desktop.domain.labels import SHIELDED_NAME
from desktop.jobs.runner import Job, JobRunner
from desktop.views.fields.line_edit import LineEdit
from desktop.views.records.ports import Files
from desktop.views.widgets import named

_PAUSE_MS = 150
_LIMIT = 10
_NONE = "（選ばない。分からないときは空欄のまま）"


class HouseholdPicker(QWidget):
    """What is typed fills the choice beneath; nothing is chosen unless somebody chose it."""

    def __init__(self, files: Files, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._runner = runner
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
            self, lambda: self._files.find(text, _LIMIT), self._show, replaces=self._pending
        )

    def _show(self, rows: tuple[HouseholdRow, ...]) -> None:
        self.choice.clear()
        self.choice.addItem(_NONE, None)
        for row in rows:
            name = SHIELDED_NAME if row.is_shielded else row.head_name
            self.choice.addItem(f"{row.case_number}　{name}", row.household_id)

    def _build(self) -> None:
        label = QLabel("正しい世帯（ケース番号・氏名・かな）")
        label.setBuddy(self.box)
        self.box.setAccessibleName("正しい世帯")
        self.choice.setAccessibleName("見つかった世帯")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (label, self.box, self.choice):
            layout.addWidget(part)
        self.box.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.search)
        self._show(())

"""Which export of online applications is taken in, and by which mapping."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.dialogs import Dialogs
from desktop.views.elided_label import ElidedLabel
from desktop.views.papers.folding_row import FoldingRow
from desktop.views.widgets import named

_NO_FILE = "まだ選ばれていません"
_OTHER = "ほかの対応表のファイル…"
_CHARACTERS = 12


class ApplicationsChoice(QWidget):
    """`changed` after every choice: what was found out before is about something else then."""

    changed = Signal()

    def __init__(self, dialogs: Dialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dialogs = dialogs
        self._file: Path | None = None
        self._chosen = -1
        self.file_button = named(QPushButton("ファイルを選ぶ…（Ctrl+O）"), "choose_applications")
        self.file_label = named(ElidedLabel(least=8), "applications_file")
        self.mapping = named(QComboBox(), "applications_mapping")
        self._build()

    def show_mappings(self, mappings: Sequence[tuple[str, Path]]) -> None:
        """Offer the mappings that come with the program, and any other file."""
        self.mapping.clear()
        for name, path in mappings:
            self.mapping.addItem(name, path)
        self.mapping.addItem(_OTHER, None)
        self._chosen = 0 if mappings else -1
        self.mapping.setCurrentIndex(self._chosen)

    def given(self) -> tuple[Path, Path] | None:
        """List and mapping; None until both are chosen."""
        mapping = self.mapping.currentData()
        return (self._file, mapping) if self._file and isinstance(mapping, Path) else None

    def choose_file(self) -> None:
        """Ask for the list; its files lie in the same folder."""
        self._dialogs.choose_file(
            self, "電子申請の一覧", "一覧 (*.csv *.tsv *.txt *.json);;すべて (*)", self._take_file
        )

    def _take_file(self, path: Path) -> None:
        self._file = path
        self.file_label.setText(path.name)
        self.file_label.setToolTip(str(path))
        self.changed.emit()

    def _mapping_chosen(self, place: int) -> None:
        if self.mapping.itemData(place) is not None:
            self._chosen = place
            self.changed.emit()
            return
        self.mapping.setCurrentIndex(self._chosen)
        self._dialogs.choose_file(self, "対応表", "対応表 (*.toml)", self._take_mapping)

    def _take_mapping(self, path: Path) -> None:
        place = self.mapping.count() - 1
        self.mapping.insertItem(place, path.name, path)
        self.mapping.setCurrentIndex(place)
        self._chosen = place
        self.changed.emit()

    def _build(self) -> None:
        self.file_label.setText(_NO_FILE)
        self.mapping.setAccessibleName("対応表")
        self.mapping.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.mapping.setMinimumContentsLength(_CHARACTERS)
        label = QLabel("対応表(&M)")
        label.setBuddy(self.mapping)
        row = FoldingRow()
        row.add_part(self.file_button, self.file_label, stretches=1, share=1)
        row.add_part(label, self.mapping, stretches=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row)
        self.file_button.clicked.connect(self.choose_file)
        self.mapping.activated.connect(self._mapping_chosen)

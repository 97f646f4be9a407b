"""Which export of online applications is taken in, and by which mapping."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.dialogs import Dialogs
from desktop.views.elided_label import ElidedLabel
from desktop.views.mapping_box import MappingBox
from desktop.views.papers.folding_row import FoldingRow
from desktop.views.widgets import named

_NO_FILE = "まだ選ばれていません"
_CHARACTERS = 12


class ApplicationsChoice(QWidget):
    """`changed` after every choice: what was found out before is about something else then."""

    changed = Signal()

    def __init__(self, dialogs: Dialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dialogs = dialogs
        self._file: Path | None = None
        self.file_button = named(QPushButton("ファイルを選ぶ…（Ctrl+O）"), "choose_applications")
        self.file_label = named(ElidedLabel(least=8), "applications_file")
        self.mapping = named(MappingBox(dialogs), "applications_mapping")
        self._build()

    def given(self) -> tuple[Path, Path] | None:
        """List and mapping; None until both are chosen."""
        mapping = self.mapping.given()
        return (self._file, mapping) if self._file and mapping else None

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

    def _build(self) -> None:
        self.file_label.setText(_NO_FILE)
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
        self.mapping.changed.connect(self.changed)

"""Which file is taken in, as what, and by which mapping of columns."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from desktop.viewmodels.ledger import ImportKind
from desktop.views.dialogs import Dialogs
from desktop.views.mapping_box import MappingBox
from desktop.views.widgets import named

_NO_FILE = "まだ選ばれていません"


class FileChoice(QWidget):
    """`changed` after every choice: what was found out before is about something else then."""

    changed = Signal()

    def __init__(self, dialogs: Dialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dialogs = dialogs
        self._file: Path | None = None
        self.kind = named(QComboBox(), "import_kind")
        self.file_label = named(QLabel(_NO_FILE), "import_file")
        self.file_button = named(QPushButton("ファイルを選ぶ…（Ctrl+O）"), "choose_ledger")
        self.mapping = named(MappingBox(dialogs), "import_mapping")
        self._build()
        self._connect()

    def given(self) -> tuple[Path, Path] | None:
        """File and mapping; None until both are chosen."""
        mapping = self.mapping.given()
        return (self._file, mapping) if self._file and mapping else None

    def is_records(self) -> bool:
        """Whether old records are taken in, and not the ledger."""
        return str(self.kind.currentData()) == ImportKind.RECORDS.name

    def choose_file(self) -> None:
        """Ask for the file."""
        self._dialogs.choose_file(
            self, "取り込むファイル", "CSV (*.csv *.txt *.tsv);;すべて (*)", self._take_file
        )

    def _take_file(self, path: Path) -> None:
        self._file = path
        self.file_label.setText(path.name)
        self.file_label.setToolTip(str(path))
        self.changed.emit()

    def _build(self) -> None:
        for kind in ImportKind:
            self.kind.addItem(kind.value, kind.name)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        rows = (
            ("取り込むもの(&K)", self.kind),
            ("ファイル", self.file_label),
            ("対応表(&M)", self.mapping),
        )
        for row, (text, widget) in enumerate(rows):
            label = QLabel(text)
            label.setBuddy(widget)
            widget.setAccessibleName(text.split("(", maxsplit=1)[0])
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(self.file_button, 1, 2)
        grid.setColumnStretch(3, 1)

    def _connect(self) -> None:
        self.file_button.clicked.connect(self.choose_file)
        self.kind.currentIndexChanged.connect(self.changed)
        self.mapping.changed.connect(self.changed)

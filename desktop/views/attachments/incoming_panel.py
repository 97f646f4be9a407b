"""The watched folder: its files are listed as they come, to be attached by choice. Nothing in it is moved or deleted."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import UserError
from desktop.jobs.runner import JobRunner, Lane
from desktop.override import override
from desktop.services.workstation.incoming import IncomingFile, WatchedFolder, look_into
from desktop.viewmodels.attachments import incoming_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.dialogs import Dialogs
from desktop.views.elided_label import ElidedLabel
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_EVERY_MS = 2_000
_WIDTHS = {0: 12, 1: 7, 2: 5, 3: 6}
_NO_FOLDER = "複合機やメールの書き出し先のフォルダーを選ぶと、届いたファイルがここに並びます。"
_EMPTY = "添付できる種類のファイルはまだありません。届くとここに並びます。"
_HELP = "Enterで添付します。フォルダーの中のファイルは、動かしも消しもしません。"


class IncomingPanel(QWidget):
    """`chosen` carries the path of a file to attach. While it is on the screen it looks again every two seconds."""

    chosen = Signal(object)

    def __init__(
        self, runner: JobRunner, watched: WatchedFolder, *, dialogs: Dialogs, look: Look
    ) -> None:
        super().__init__()
        self._runner = runner
        self._watched = watched
        self._dialogs = dialogs
        self._before: dict[Path, IncomingFile] = {}
        self._attached: Collection[Path] = ()
        self._is_looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self.model: RowTableModel[IncomingFile] = RowTableModel(
            incoming_columns(self._state_of),
            key=lambda f: f.path,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="受け取り用フォルダー", characters=_WIDTHS, stretch=0),
            "incoming_files",
        )
        self.folder = named(ElidedLabel(least=8), "incoming_folder")
        self.note = muted_label()
        self.choose_button = named(QPushButton("フォルダーを選ぶ…（&W）"), "choose_folder")
        self._build()
        self._connect()

    def mark_attached(self, paths: Collection[Path]) -> None:
        """Say which files went to the paper already."""
        self._attached = paths
        self.model.set_rows(self.model.rows())

    def look(self) -> None:
        """Look into the folder once, off the UI thread."""
        folder = self._watched.path
        self.folder.setText(str(folder) if folder else "")
        self.table.setVisible(folder is not None)
        if folder is None:
            self.note.setText(_NO_FOLDER)
        elif not self._is_looking:
            self._is_looking = True
            before = dict(self._before)
            self._runner.run(
                self,
                lambda: look_into(folder, before),
                partial(self._show, folder),
                self._refused,
                lane=Lane.SLOW,
                on_end=self._ended,
            )

    def choose_folder(self) -> None:
        """Ask for the folder."""
        self._dialogs.choose_folder(self, "受け取り用フォルダー", self._take_folder)

    def _take_folder(self, path: Path) -> None:
        self._watched.choose(path)
        self._before = {}
        self.model.set_rows(())
        self.look()

    def _show(self, folder: Path, files: tuple[IncomingFile, ...]) -> None:
        if folder != self._watched.path:
            return
        self._before = {file.path: file for file in files}
        place = max(self.table.current_row(), 0)
        self.model.set_rows(files)
        if files and self.table.current_row() < 0:
            self.table.select_row(min(place, len(files) - 1))
        self.note.setText(_HELP if files else _EMPTY)

    def _refused(self, error: UserError) -> None:
        self.model.set_rows(())
        self.note.setText(error.sentence)

    def _ended(self) -> None:
        self._is_looking = False

    def _open(self, index: QModelIndex) -> None:
        file = self.model.row_at(index)
        if file is not None and file.is_settled and file.path not in self._attached:
            self.chosen.emit(file.path)

    def _state_of(self, file: IncomingFile) -> str:
        if file.path in self._attached:
            return "添付しました"
        return "" if file.is_settled else "書き込み中"

    def _build(self) -> None:
        self.note.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(named(QLabel("受け取り用フォルダー"), "section_title"))
        head.addWidget(self.folder, 1)
        head.addWidget(self.choose_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)
        layout.addStretch()

    def _connect(self) -> None:
        self._timer.timeout.connect(self.look)
        self.table.row_opened.connect(self._open)
        self.choose_button.clicked.connect(self.choose_folder)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

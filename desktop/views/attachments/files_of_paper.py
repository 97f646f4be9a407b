"""The files of the paper at hand: a short list under the papers of a household's file."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.attachments import AttachmentLine
from desktop.viewmodels.attachments import attachment_columns, same_text
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 12, 1: 5, 2: 2, 3: 4, 4: 6, 5: 6, 6: 6}
_MOST_ROWS = 5
_NONE = "添付ファイルはありません。"
_HELP = "Enterで開きます。"


class FilesOfPaper(QWidget):
    """`opened` carries an AttachmentLine, `attach_requested` nothing: the paper is the one at hand."""

    opened = Signal(object)
    attach_requested = Signal()

    def __init__(self, look: Look, *, may_attach: bool) -> None:
        super().__init__()
        self._lines: tuple[AttachmentLine, ...] = ()
        self._paper_id: UUID | None = None
        self.model: RowTableModel[AttachmentLine] = RowTableModel(
            attachment_columns(), key=lambda a: a.attachment_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="添付ファイル", characters=_WIDTHS, stretch=0),
            "attachments_of_paper",
        )
        self.note = muted_label()
        self.same = named(Paragraph(), "same_files")
        self.attach_button = named(QPushButton("ファイルを添付…（A）"), "attach_file")
        self._build()
        if not may_attach:
            self.attach_button.hide()
        self._connect()

    def set_lines(self, lines: tuple[AttachmentLine, ...]) -> None:
        """Every file of the household."""
        self._lines = lines
        self.show_paper(self._paper_id)

    def show_paper(self, paper_id: UUID | None) -> None:
        """Show the files of this paper."""
        held = self.model.row_at(self.table.currentIndex())
        self._paper_id = paper_id
        rows = tuple(line for line in self._lines if line.paper_id == paper_id)
        self.model.set_rows(rows)
        at = self.model.index_of(held.attachment_id).row() if held else 0
        self.table.select_row(max(at, 0))
        self.table.setVisible(bool(rows))
        self.table.show_all_rows(_MOST_ROWS)
        self.note.setText(_HELP if rows else _NONE if paper_id else "")
        self.attach_button.setEnabled(paper_id is not None)
        self._say()

    def _say(self) -> None:
        line = self.model.row_at(self.table.currentIndex())
        self.same.say(same_text(line.same) if line else "")

    def _open(self, index: QModelIndex) -> None:
        line = self.model.row_at(index)
        if line is not None:
            self.opened.emit(line)

    def _attach(self) -> None:
        if self.attach_button.isEnabled() and not self.attach_button.isHidden():
            self.attach_requested.emit()

    def take_key(self, widget: QWidget) -> None:
        """A in this widget attaches, too."""
        shortcut = QShortcut(QKeySequence("A"), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._attach)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.attach_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        layout.addWidget(self.same)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.table.row_opened.connect(self._open)
        self.attach_button.clicked.connect(self._attach)
        self.take_key(self.table)

"""Files go to one paper: chosen, dropped, pasted as a path, or from the watched folder; one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.attachments import SUFFIXES, Attached
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.jobs.progress import Progress
from desktop.jobs.runner import Lane
from desktop.override import override
from desktop.services.workstation.incoming import WatchedFolder
from desktop.viewmodels.attachments import (
    QueuedFile,
    Way,
    attached_sentence,
    moved,
    next_of,
    queue_columns,
    queue_summary,
    stopped,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.attachments.incoming_panel import IncomingPanel
from desktop.views.attachments.ports import Attaches
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 14, 1: 6, 2: 20}
_HELP = "PDF・JPEG・PNG・TIFF・メール（.eml）を、1件10MBまで添付できます。ここへ落とすこともできます。もとのファイルはそのまま残ります。"
_LEAVE, _STOP = "戻る（Esc）", "中止（Esc）"
_KINDS = " ".join(f"*{suffix}" for ends in SUFFIXES.values() for suffix in ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachSetting:
    """What attaching needs besides the use cases."""

    dialogs: Dialogs
    look: Look
    watched: WatchedFolder


class AttachPanel(QWidget):
    """`attached` carries an Attached; `left` when the person is done. Esc stops what is under way, then leaves."""

    attached = Signal(object)
    left = Signal()

    def __init__(self, screen: ScreenView, attaches: Attaches, setting: AttachSetting) -> None:
        super().__init__(screen)
        self._screen = screen
        self._attaches = attaches
        self._dialogs = setting.dialogs
        self._paper_id: UUID | None = None
        self._queue: tuple[QueuedFile, ...] = ()
        self._progress: Progress | None = None
        self.model: RowTableModel[QueuedFile] = RowTableModel(
            queue_columns(),
            key=lambda f: f.attachment_id,
            brush_of=setting.look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="添付するファイル", characters=_WIDTHS, stretch=2),
            "attach_queue",
        )
        self.title = named(QLabel(), "section_title")
        self.path = named(QLineEdit(), "attach_path")
        self.choose_button = named(QPushButton("ファイルを選ぶ…（Ctrl+O）"), "choose_files")
        self.back_button = named(QPushButton(_LEAVE), "leave_attaching")
        self.count = muted_label()
        self.incoming = IncomingPanel(
            screen.runner, setting.watched, dialogs=setting.dialogs, look=setting.look
        )
        self._build()
        self._connect()

    @property
    def is_working(self) -> bool:
        """Whether a file is under way."""
        return self._progress is not None

    def begin(self, paper_id: UUID, label: str) -> None:
        """Stand ready for the files of a paper."""
        if self.is_working:
            return
        self._paper_id, self._queue = paper_id, ()
        self.title.setText(f"受領番号 {label} に添付")
        self.path.clear()
        self._show_queue()
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, paths: Sequence[Path]) -> None:
        """Put files at the end of the queue."""
        waiting = tuple(QueuedFile(attachment_id=new_id(), path=path) for path in paths)
        self._queue = (*self._queue, *waiting)
        self._go_on()

    def choose_files(self) -> None:
        """Ask for files."""
        kinds = f"添付できるファイル ({_KINDS});;すべて (*)"
        self._dialogs.choose_files(self, "添付するファイル", kinds, self.take)

    def stop_or_leave(self) -> None:
        """Stop what is under way; where nothing is, go back."""
        if self._progress is None:
            self.left.emit()
            return
        self._progress.cancel()
        self._queue = stopped(self._queue)
        self._show_queue()

    def _go_on(self) -> None:
        queued, paper_id = next_of(self._queue), self._paper_id
        if queued is not None and paper_id is not None:
            progress = Progress(self)
            self._progress = progress
            self._queue = moved(self._queue, queued.attachment_id, Way.WORKING)
            self._screen.run(
                lambda: self._attaches.attach(
                    paper_id,
                    queued.path,
                    attachment_id=queued.attachment_id,
                    cancelled=progress.cancelled,
                ),
                lambda attached: self._attached(queued, attached),
                lambda error: self._refused(queued, error),
                lane=Lane.SLOW,
            )
        self._show_queue()

    def _attached(self, queued: QueuedFile, attached: Attached) -> None:
        self._end(queued, Way.ATTACHED, attached_sentence(attached))
        self.attached.emit(attached)
        self._go_on()

    def _refused(self, queued: QueuedFile, error: UserError) -> None:
        was_stopped = self._progress is not None and self._progress.cancelled()
        self._end(queued, Way.STOPPED if was_stopped else Way.REFUSED, error.sentence)
        self._go_on()

    def _end(self, queued: QueuedFile, way: Way, sentence: str) -> None:
        self._progress = None
        self._queue = moved(self._queue, queued.attachment_id, way, sentence)
        attached = {each.path for each in self._queue if each.way is Way.ATTACHED}
        self.incoming.mark_attached(attached)

    def _show_queue(self) -> None:
        self.model.set_rows(self._queue)
        self.count.setText(queue_summary(self._queue))
        self.back_button.setText(_STOP if self.is_working else _LEAVE)

    def _retry(self, index: QModelIndex) -> None:
        queued = self.model.row_at(index)
        if queued is not None and queued.may_retry:
            self._queue = moved(self._queue, queued.attachment_id, Way.WAITING)
            self._go_on()

    def _take_path(self) -> None:
        """A pasted path may stand in quotation marks, as file managers copy it."""
        typed = self.path.text().strip().strip('"')
        if typed:
            self.path.clear()
            self.take([Path(typed)])

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.path.setPlaceholderText("ファイルの場所を貼り付けて Enter")
        self.path.setAccessibleName("ファイルの場所")
        self.choose_button.setProperty("primary", True)
        help_line = muted_label(_HELP)
        help_line.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back_button)
        row = QHBoxLayout()
        row.addWidget(self.choose_button)
        row.addWidget(self.path, 1)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.table, 1)
        above.addWidget(self.count)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(upper)
        parts.addWidget(self.incoming)
        parts.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(head)
        layout.addWidget(help_line)
        layout.addLayout(row)
        layout.addWidget(parts, 1)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self.choose_files)
        self.back_button.clicked.connect(self.stop_or_leave)
        self.path.returnPressed.connect(self._take_path)
        self.table.row_opened.connect(self._retry)
        self.incoming.chosen.connect(lambda path: self.take([path]))
        for key, act in (("Escape", self.stop_or_leave), ("Ctrl+O", self.choose_files)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it is
        event.accept()
        urls = event.mimeData().urls()
        self.take([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

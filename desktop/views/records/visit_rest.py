"""訪問で確かめること beside the entry: what neither its text nor a tick says yet, sent to 確認できなかったこと by one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.records import SegmentKind
from desktop.domain.ticks import TickSheet
from desktop.viewmodels.record_ticks import TickBoard
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_PAUSE_MILLISECONDS = 300
_LEFT = "まだ確かめていないこと（Alt+Cで答えを選ぶ）：{labels}"
_ALL_SAID = "訪問で確かめることは、すべて書いてあります。"


class VisitRest(QFrame):
    """No stop for Tab. `noted` carries the parts of the entry that change when the rest goes to 確認できなかったこと.

    `read_entry` gives what the entry says now and whose subjects are asked about.
    """

    noted = Signal(object)

    def __init__(
        self,
        sheet: TickSheet | None,
        read_entry: Callable[[], tuple[Mapping[SegmentKind, str], frozenset[str]]],
        form: QWidget,
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("訪問で確かめること")
        self.board = TickBoard(sheet) if sheet is not None and sheet.subjects else None
        self._read_entry = read_entry
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.look)
        self.line = named(Paragraph(self), "visit_rest")
        self.note = named(
            QPushButton("残りを「確認できなかったこと」へ（Alt+X）"), "rest_not_confirmed"
        )
        self.note.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.note.clicked.connect(self._note_rest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addWidget(self.note, 0, Qt.AlignmentFlag.AlignLeft)
        shortcut = QShortcut(QKeySequence("Alt+X"), form)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._note_rest)

    def look_soon(self) -> None:
        """The entry changed; it is looked through after a pause in typing."""
        if not self.isHidden():
            self._pause.start()

    def look(self) -> None:
        """Say what is left by now."""
        self._pause.stop()
        if self.board is None or self.isHidden():
            return
        texts, groups = self._read_entry()
        self.board.begin(texts, groups, is_visit=True)
        labels = "、".join(subject.label for subject in self.board.rest())
        self.line.say(_LEFT.format(labels=labels) if labels else _ALL_SAID)
        self.note.setVisible(bool(labels))

    def offer(self, *, is_visit: bool) -> None:
        """Stand there for visits alone, where the office asks anything."""
        self.setVisible(is_visit and self.board is not None)
        self.look()

    def _note_rest(self) -> None:
        self.look()
        if self.board is None or self.isHidden() or self.note.isHidden():
            return
        self.board.leave_rest()
        self.noted.emit(self.board.result())

"""Search in the page: count, next, previous."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.override import override
from desktop.viewmodels.records_chronicle import Chronicle, Hit
from desktop.views.fields.line_edit import LineEdit
from desktop.views.widgets import named

_PAUSE_MS = 120


class FindBar(QWidget):
    """Enter goes to the next place, Shift+Enter back, Esc closes. `found` carries all hits and the current one."""

    found = Signal(object, object)
    closed = Signal()

    def __init__(self, chronicle: Chronicle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chronicle = chronicle
        self._hits: tuple[Hit, ...] = ()
        self._place = -1
        self._start_row = 0
        self.wanted = ""
        self.box = named(LineEdit(), "find_box")
        self.count = named(QLabel(), "find_count")
        self.previous = named(QToolButton(), "find_previous")
        self.next = named(QToolButton(), "find_next")
        self.close_button = named(QToolButton(), "find_close")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()

    def open_at(self, row: int) -> None:
        """Come up; the search begins at this row."""
        self._start_row = max(row, 0)
        self.show()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        self.search()

    def open_wanted(self, row: int) -> None:
        """Come up with the words that somebody wants to see in this row, if any."""
        if self.wanted:
            self.box.setText(self.wanted)
            self.wanted = ""
            self.open_at(row)

    def search_again(self) -> None:
        """Look again, where the bar is open: the entries are others now."""
        if not self.isHidden():
            self.search()

    def search(self) -> None:
        """Look for what is typed; nothing happens while an input method composes."""
        if self.box.is_composing():
            return
        self._pause.stop()
        self._hits = self._chronicle.find(self.box.text())
        after = (i for i, hit in enumerate(self._hits) if hit.row >= self._start_row)
        self._place = next(after, 0) if self._hits else -1
        self._tell()

    def step(self, direction: int) -> None:
        """Go to the next (+1) or previous (-1) place, around the end."""
        if self._hits:
            self._place = (self._place + direction) % len(self._hits)
            self._start_row = self._hits[self._place].row
            self._tell()

    def leave(self) -> None:
        """Close and take the marks away."""
        self._pause.stop()
        self.hide()
        self._hits, self._place = (), -1
        self.found.emit((), None)
        self.closed.emit()

    def _tell(self) -> None:
        typed = bool(self.box.text().strip())
        count = f"{self._place + 1} / {len(self._hits)}" if self._hits else "見つかりません"
        self.count.setText(count if typed else "")
        for button in (self.previous, self.next):
            button.setEnabled(bool(self._hits))
        self.found.emit(self._hits, self._hits[self._place] if self._hits else None)

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        label = QLabel("この記録から検索")
        label.setBuddy(self.box)
        self.box.setAccessibleName("この記録から検索")
        layout.addWidget(label)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.count)
        for button, text, hint in (
            (self.previous, "前へ", "Shift+Enter"),
            (self.next, "次へ", "Enter"),
            (self.close_button, "閉じる", "Esc"),
        ):
            button.setText(text)
            button.setToolTip(hint)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            layout.addWidget(button)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.search)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.leave)
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if self.box.is_composing():
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._pause.isActive():
                self.search()
            else:
                is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.step(-1 if is_back else 1)
            return True
        return False

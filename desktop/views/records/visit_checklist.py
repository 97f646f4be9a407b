"""訪問で確かめること beside the entry: what the record speaks of ticks itself, the rest goes to 確認できなかったこと by one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.visit_questions import VisitQuestions, is_mentioned
from desktop.override import override
from desktop.views.records.flow_layout import FlowLayout
from desktop.views.widgets import named

_PAUSE_MILLISECONDS = 300
_TITLE = "訪問で確かめること（Alt+H）"
_BACK = {Qt.Key.Key_Up, Qt.Key.Key_Left}
_ON = {Qt.Key.Key_Down, Qt.Key.Key_Right}


class VisitChecklist(QFrame):
    """No stop for Tab: Alt+H anywhere in `form` goes there, arrows go on, Space ticks. A tick that a person set stays as it was set.

    Ticks are only a help while writing and are stored nowhere. `rest_wanted` carries the items that are left.
    """

    rest_wanted = Signal(object)

    def __init__(self, lists: Sequence[VisitQuestions], form: QWidget) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("訪問で確かめること")
        self.boxes: dict[str, QCheckBox] = {}
        self._by_hand = set[str]()
        self._texts: Mapping[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.look)
        self.rest_button = named(
            QPushButton("残りを確認できなかったことへ（Alt+X）"), "rest_not_confirmed"
        )
        self.rest_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out(lists)
        self._connect(form)

    def texts_changed(self, texts: Mapping[str, str]) -> None:
        """The record says this now; it is looked through after a pause in typing."""
        self._texts = texts
        self._pause.start()

    def look(self) -> None:
        """Tick what the record speaks of, but for what a person ticked or cleared."""
        self._pause.stop()
        for item, box in self.boxes.items():
            if item not in self._by_hand:
                box.setChecked(is_mentioned(item, self._texts.values()))
        self.rest_button.setEnabled(bool(self.rest()))

    def begin(self, texts: Mapping[str, str]) -> None:
        """Another entry is shown: nothing was ticked by hand yet."""
        self._by_hand.clear()
        self._texts = texts
        self.look()

    def rest(self) -> tuple[str, ...]:
        """The items that nobody looked at."""
        return tuple(item for item, box in self.boxes.items() if not box.isChecked())

    def _hand_over(self) -> None:
        self.look()
        if self.rest() and not self.isHidden():
            self.rest_wanted.emit(self.rest())

    def _ticked(self, item: str) -> None:
        self._by_hand.add(item)
        self.rest_button.setEnabled(bool(self.rest()))

    def _lay_out(self, lists: Sequence[VisitQuestions]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 6)
        layout.setSpacing(4)
        head = QHBoxLayout()
        self.title = named(QLabel(_TITLE), "checklist_title")
        head.addWidget(self.title, 1)
        head.addWidget(self.rest_button)
        layout.addLayout(head)
        for each in lists:
            row = FlowLayout(gap=8)
            row.addWidget(QLabel(f"{each.label}："))
            for item in each.items:
                if item not in self.boxes:
                    row.addWidget(self._box(item))
            layout.addLayout(row)

    def _box(self, item: str) -> QCheckBox:
        box = QCheckBox(item.replace("&", "&&"))
        box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        box.installEventFilter(self)
        box.clicked.connect(lambda _=False, ticked=item: self._ticked(ticked))
        self.boxes[item] = box
        return box

    def _connect(self, form: QWidget) -> None:
        self.rest_button.clicked.connect(self._hand_over)
        for key, act in (("Alt+H", self._go), ("Alt+X", self._hand_over)):
            shortcut = QShortcut(QKeySequence(key), form)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def _go(self) -> None:
        first = next(iter(self.boxes.values()), None)
        if first is not None and self.isVisible():
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = (event.key() in _ON) - (event.key() in _BACK)
            boxes = list(self.boxes.values())
            if step:
                place = next((i for i, box in enumerate(boxes) if box is watched), 0)
                boxes[min(max(place + step, 0), len(boxes) - 1)].setFocus(
                    Qt.FocusReason.TabFocusReason
                )
                return True
        return False

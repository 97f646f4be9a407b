"""Above the entry or policy: that it reads nearly as another one. T shows both beside each other, Q asks its author."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.viewmodels.likenesses import (
    AnyLikeness,
    ComparedCard,
    compared,
    found_on,
    likeness_line,
    likeness_question,
    sides,
)
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.records.side_by_side import SideBySide
from desktop.views.widgets import named

_SHOW, _SHOW_NEXT, _BACK = "並べて見る（T）", "次と並べて見る（T）", "もとに戻る（T）"


class LikenessBar(QFrame):
    """Hidden where nothing was found. `compared` carries whether the two texts are shown, `asked` the question to the author."""

    compared = Signal(bool)
    asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("likeness_bar")
        self._card: ComparedCard | None = None
        self._shown = -1
        self._shortcuts: list[QShortcut] = []
        self.line = named(Paragraph(), "likeness_line")
        self.show_both = named(QPushButton(_SHOW), "show_both")
        self.ask = named(QPushButton("質問を添えて差戻し（Q）"), "ask_author")
        self.comparison = SideBySide(look)
        self._build()

    def join(self, pane: QWidget) -> None:
        """Let the keys work in the whole pane, while there is something to show."""
        for key, act in (("T", self._turn), ("Q", self._ask)):
            shortcut = QShortcut(QKeySequence(key), pane)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
            shortcut.setEnabled(bool(self._found))
            self._shortcuts.append(shortcut)

    def show_card(self, card: ComparedCard | None, *, may_return: bool) -> None:
        """Tell of the most alike record or policy, if there is one."""
        self._card = card if found_on(card) else None
        self.ask.setVisible(may_return)
        self._show(-1)

    @property
    def _found(self) -> Sequence[AnyLikeness]:
        return found_on(self._card)

    def _show(self, place: int) -> None:
        """Show the text of this place beside the entry; -1 the entry alone."""
        self._shown = place
        found = self._found
        self.setVisible(bool(found))
        for shortcut in self._shortcuts:
            shortcut.setEnabled(bool(found))
        if found:
            told = found[max(place, 0)]
            more = len(found) - 1 if place < 0 else 0
            self.line.say(likeness_line(told, more))
            following = place + 1 < len(found)
            self.show_both.setText(_SHOW if place < 0 else _SHOW_NEXT if following else _BACK)
            if self._card is not None and place >= 0:
                self.comparison.show_parts(*sides(told), compared(told, self._card))
        self.compared.emit(bool(found) and place >= 0)

    def _turn(self) -> None:
        if self._found:
            self._show(self._shown + 1 if self._shown + 1 < len(self._found) else -1)

    def _ask(self) -> None:
        if self._found and not self.ask.isHidden():
            self.asked.emit(likeness_question(self._found[max(self._shown, 0)]))

    def _build(self) -> None:
        for button in (self.show_both, self.ask):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons = QHBoxLayout()
        buttons.addWidget(self.show_both)
        buttons.addWidget(self.ask)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addLayout(buttons)
        self.show_both.clicked.connect(self._turn)
        self.ask.clicked.connect(self._ask)
        self.hide()

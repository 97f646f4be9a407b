"""What a code that is being typed may become: a list beneath the cursor that never takes the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.domain.phrases import Phrase
from desktop.views.widgets import named

_MOST_ROWS = 8
_SPACE = 2
_WIDTH_IN_CHARACTERS = 34
_OWN, _OFFICE = "自分", "事務所"


class PhraseList(QListWidget):
    """Lies over the form. The keys stay in the text; `picked` carries the phrase that was clicked."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        named(self, "phrase_list")
        self.setAccessibleName("定型句の候補")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setSpacing(_SPACE)
        self._phrases: tuple[Phrase, ...] = ()
        self.itemClicked.connect(lambda _: self.picked.emit(self.current()))
        self.hide()

    def offer(self, phrases: Sequence[Phrase], cursor: QRect, *, takes_first: bool) -> None:
        """Show the phrases under the cursor (in the parent's coordinates), above it where there is no room; none hides."""
        if not phrases:
            self.hide()
            return
        self._phrases = tuple(phrases)
        self.clear()
        for phrase in phrases:
            self.addItem(QListWidgetItem(_words(phrase)))
        self.setCurrentRow(0 if takes_first else -1)
        self._place(cursor)
        self.show()
        self.raise_()

    def current(self) -> Phrase | None:
        """The phrase that Enter would take."""
        row = self.currentRow()
        return self._phrases[row] if 0 <= row < len(self._phrases) else None

    def step(self, rows: int) -> None:
        """Go down (+1) or up (-1), around the ends."""
        count = len(self._phrases)
        begin = -1 if self.currentRow() < 0 and rows > 0 else max(self.currentRow(), 0)
        self.setCurrentRow((begin + rows) % count)

    def _place(self, cursor: QRect) -> None:
        room = self._over.visibleRegion().boundingRect()
        rows = min(self.count(), _MOST_ROWS)
        height = rows * (self.sizeHintForRow(0) + 2 * _SPACE) + 2 * self.frameWidth()
        width = _WIDTH_IN_CHARACTERS * self.fontMetrics().horizontalAdvance("国")
        width = min(width, max(room.width(), 1))
        below = cursor.bottom() + 2
        fits = below + height <= room.bottom() or cursor.top() - height < room.top()
        top = below if fits else cursor.top() - height - 2
        left = max(min(cursor.left(), room.right() - width), room.left())
        self.setGeometry(QRect(QPoint(left, top), self.size()))
        self.resize(width, height)


def _words(phrase: Phrase) -> str:
    codes = "・".join(filter(None, (phrase.code, phrase.reading)))
    whose = _OWN if phrase.is_own else _OFFICE
    return f"{codes}　{phrase.label}（{whose}）　{' '.join(phrase.text.split())}"

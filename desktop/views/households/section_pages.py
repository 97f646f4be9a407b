"""The sections of a case file: a list of them at the left, the one at the front beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.override import override
from desktop.views.households.section_list import DIGITS, SectionLine, SectionList, SectionMenu
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.widgets import named

#: Least room beside the list, in full-width characters; with less the menu takes the list's place.
_ROOM = 46
_GAP = 8


class _Pages(QStackedWidget):
    """As wide as the widest section, as high as the one at the front: the others need no room now."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("file_sections")
        self.currentChanged.connect(lambda *_: self.updateGeometry())

    @override
    def minimumSizeHint(self) -> QSize:
        least, page = super().minimumSizeHint(), self.currentWidget()
        if page is None:
            return least
        return QSize(least.width(), max(page.minimumSizeHint().height(), page.minimumHeight()))

    @override
    def hasHeightForWidth(self) -> bool:
        return False


class SectionPages(QWidget):
    """One section at a time. With room the list stands at the left unless it was folded, else a menu above; `changed` when another comes to the front."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[SectionLine] = []
        self._is_folded = False
        self.list = SectionList()
        self.menu = SectionMenu()
        self.fold = named(QPushButton("◂ たたむ"), "fold_sections")
        self.unfold = named(QPushButton("▸ 一覧にする"), "unfold_sections")
        self.pages = _Pages()
        self._room = FollowingScroll()
        self._side = QWidget()
        self._bar = QWidget()
        self._lay_out()
        self._connect()

    def add(self, line: SectionLine, page: QWidget) -> None:
        """Take in a section: the last under its heading."""
        places = [known.group.place for known in self._lines]
        place = bisect_right(places, line.group.place)
        self._lines.insert(place, line)
        self.pages.insertWidget(place, page)
        for part in (self.list, self.menu):
            part.show_lines(self._lines)
        self._mark()

    def titles(self) -> list[str]:
        """What the sections are called, from above."""
        return [line.title for line in self._lines]

    def order(self) -> list[str]:
        """The sections' keys, from above."""
        return [line.key for line in self._lines]

    def shown_key(self) -> str:
        """The key of the section at the front, "" while there is none."""
        line = self._shown_line()
        return line.key if line is not None else ""

    def shown_title(self) -> str:
        """What the section at the front is called, "" while there is none."""
        line = self._shown_line()
        return line.title if line is not None else ""

    def every_page(self) -> list[QWidget]:
        """The sections' widgets, from above."""
        pages = (self.pages.widget(place) for place in range(self.pages.count()))
        return [page for page in pages if page is not None]

    def page(self) -> QWidget | None:
        """The section at the front."""
        return self.pages.currentWidget()

    def show_key(self, key: str) -> None:
        """Bring a section to the front; nothing happens where there is none of this key."""
        if key in self.order():
            self.pages.setCurrentIndex(self.order().index(key))

    def show_page(self, page: QWidget) -> None:
        """Bring the section with this widget to the front."""
        self.pages.setCurrentWidget(page)

    def go_to_list(self) -> None:
        """Put the keyboard on the list, or open the menu that stands for it."""
        if self._side.isVisible():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.menu.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.menu.open_menu()

    @override
    def minimumSizeHint(self) -> QSize:
        # Without the list: it gives way, so it must not hold the window open. A section higher than the window scrolls.
        least = self._room.minimumSizeHint()
        return QSize(least.width(), least.height() + self._bar.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shape()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self._shape)  # once the list has its new width

    def _shape(self) -> None:
        """List or menu, by the room and the user's wish."""
        em = self.fontMetrics().horizontalAdvance("国")
        least = max(_ROOM * em, self._room.minimumSizeHint().width())
        has_room = self.width() - self.list.width() - _GAP >= least
        self._side.setVisible(has_room and not self._is_folded)
        self._bar.setVisible(not has_room or self._is_folded)
        self.unfold.setVisible(has_room)

    def _set_folded(self, *, is_folded: bool) -> None:
        self._is_folded = is_folded
        self._shape()
        (self.menu if is_folded else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_at(self, place: int) -> None:
        if 0 <= place < self.pages.count():
            self.pages.setCurrentIndex(place)

    def _asked_for(self, key: str) -> None:
        """From list or menu: the keyboard goes into the section, also when it was at the front already."""
        if key == self.shown_key():
            self.changed.emit()
        self.show_key(key)

    def _shown_line(self) -> SectionLine | None:
        place = self.pages.currentIndex()
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def _mark(self) -> None:
        for part in (self.list, self.menu):
            part.mark(self.shown_key())

    def _changed(self) -> None:
        self._mark()
        self.changed.emit()

    def _lay_out(self) -> None:
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(4)
        side.addWidget(self.list, 1)
        side.addWidget(self.fold)
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 4)
        bar.addWidget(self.menu)
        bar.addStretch(1)
        bar.addWidget(self.unfold)
        beside = QVBoxLayout()
        beside.addWidget(self._bar)
        self._room.add_part(self.pages, 1)
        beside.addWidget(self._room, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(self._side)
        layout.addLayout(beside, 1)
        self._bar.hide()
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        for part in (self.list, self.menu):
            part.section_requested.connect(self._asked_for)
        self.fold.clicked.connect(lambda *_: self._set_folded(is_folded=True))
        self.unfold.clicked.connect(lambda *_: self._set_folded(is_folded=False))
        self.pages.currentChanged.connect(lambda *_: self._changed())
        for place, digit in enumerate(DIGITS):
            self._on(f"Alt+{digit}", partial(self._show_at, place))
        self._on("Ctrl+PgDown", lambda: self._show_at(self._next(1)))
        self._on("Ctrl+PgUp", lambda: self._show_at(self._next(-1)))
        self._on("Ctrl+Shift+L", self.go_to_list)

    def _next(self, step: int) -> int:
        return (self.pages.currentIndex() + step) % max(1, self.pages.count())

    def _on(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)

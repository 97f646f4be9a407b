"""The list of a file's sections at its left edge, and the menu that stands for it in a narrow window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QPushButton, QWidget

from desktop.override import override
from desktop.views.households.section_groups import SectionGroup

#: `Alt` and one of these goes to a section, counted from above.
DIGITS = "1234567890"
_KEY = Qt.ItemDataRole.UserRole
#: Heights of a section and of a heading, in lines of type.
_LINE, _HEADING = 1.5, 1.35
#: How much wider the bold title of the section at the front may be.
_BOLDER = 1.08
_NAME = "ファイルの項目"
_CHOOSE = "{title}　▾　項目を選ぶ（Ctrl+Shift+L）"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """One section as it is listed."""

    key: str
    title: str
    group: SectionGroup


def keys_of(place: int) -> str:
    """The keys that go to the section at a place, "" after the tenth."""
    return f"Alt+{DIGITS[place]}" if place < len(DIGITS) else ""


class SectionList(QListWidget):
    """Sections under their headings. The arrow keys only go through them; Enter or a click asks for one, whose key `section_requested` carries."""

    section_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section_list")
        self.setAccessibleName(_NAME)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown = ""
        self.itemActivated.connect(self._request)
        self.itemClicked.connect(self._request)

    def show_lines(self, lines: Sequence[SectionLine]) -> None:
        """List these, in their order; a heading stands wherever another group begins."""
        self.clear()
        group: SectionGroup | None = None
        for place, line in enumerate(lines):
            if line.group is not group:
                group = line.group
                heading = QListWidgetItem(group.value, self)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
            digit = DIGITS[place] if place < len(DIGITS) else "\u2007"
            item = QListWidgetItem(f"{digit}  {line.title}", self)
            item.setData(_KEY, line.key)
            keys = keys_of(place)
            said = f"{line.title}（{keys}）" if keys else line.title
            item.setToolTip(said)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        self._mark()
        self.fit()

    def mark(self, key: str) -> None:
        """Show which section is at the front."""
        self._shown = key
        self._mark()

    def fit(self) -> None:
        """Be as wide as the longest title in the present font."""
        # Said outright: rows measured before the style sheet is there would overlap.
        em, metrics = self.fontMetrics().height(), self.fontMetrics()
        items = [self.item(row) for row in range(self.count())]
        for item in items:
            height = _LINE if item.data(_KEY) else _HEADING
            item.setSizeHint(QSize(em, round(height * em)))
        widest = max((metrics.horizontalAdvance(item.text()) for item in items), default=0)
        self.setFixedWidth(round(widest * _BOLDER) + 2 * em)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def _mark(self) -> None:
        for row in range(self.count()):
            item = self.item(row)
            font = item.font()
            font.setBold(item.data(_KEY) == self._shown)
            item.setFont(font)
            if item.data(_KEY) == self._shown:
                self.setCurrentRow(row)

    def _request(self, item: QListWidgetItem) -> None:
        key = item.data(_KEY)
        if key:
            self.section_requested.emit(key)


class SectionMenu(QPushButton):
    """The same sections in a menu; the button says which is at the front. `section_requested` carries a key."""

    section_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section_menu")
        self._lines: tuple[SectionLine, ...] = ()
        self._shown = ""
        self.clicked.connect(lambda *_: self.open_menu())

    def show_lines(self, lines: Sequence[SectionLine]) -> None:
        """Offer these."""
        self._lines = tuple(lines)
        self.mark(self._shown)

    def mark(self, key: str) -> None:
        """Show which section is at the front."""
        self._shown = key
        title = next((line.title for line in self._lines if line.key == key), "")
        self.setText(_CHOOSE.format(title=title))
        self.setAccessibleName(f"{_NAME}：{title}")

    def open_menu(self) -> None:
        """Let the user choose; a line stands between groups."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(_NAME)
        group: SectionGroup | None = None
        for place, line in enumerate(self._lines):
            if group is not None and line.group is not group:
                menu.addSeparator()
            group = line.group
            action = QAction(f"{line.title}\t{keys_of(place)}", menu)
            action.setData(line.key)
            action.setCheckable(True)
            action.setChecked(line.key == self._shown)
            menu.addAction(action)
            if action.isChecked():
                menu.setActiveAction(action)
        menu.triggered.connect(self._choose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, action: QAction) -> None:
        self.section_requested.emit(action.data())

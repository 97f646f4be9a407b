"""The command palette (Ctrl+K): households, screens and commands by typing a few letters."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.households import HouseholdRow
from desktop.domain.kana import fold
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.views.menus import Command
from desktop.views.requests import FileRequest
from desktop.views.widgets import muted_label, named

_DEBOUNCE_MS = 150
_LIMIT = 20
_WHAT = Qt.ItemDataRole.UserRole
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_HINT = "↑↓ で選び、Enter で開きます。Esc で閉じます。"
_NOTHING = "見つかりません。氏名のかな・漢字、ケース番号、住所、生年月日で探せます。"


class Finder(Protocol):
    """Whoever finds households by a few letters."""

    def find(self, text: str, limit: int = 20) -> tuple[HouseholdRow, ...]:
        """The best matches."""


class Palette(QFrame):
    """A box over the window. Typing filters the commands at once and asks for households after a pause."""

    file_requested = Signal(object)

    def __init__(self, finder: Finder, runner: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self._window = parent
        self._finder = finder
        self._runner = runner
        self.commands: tuple[Command, ...] = ()
        self._households: tuple[HouseholdRow, ...] = ()
        self._pending: Job[tuple[HouseholdRow, ...]] | None = None
        self.box = named(QLineEdit(), "palette_box")
        self.box.setPlaceholderText("世帯・画面・操作を検索")
        self.box.setAccessibleName("世帯・画面・操作を検索")
        self.list = named(QListWidget(), "palette_list")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = muted_label(_HINT)
        self._pause = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._build()

    def set_commands(self, commands: tuple[Command, ...]) -> None:
        """What can be done besides opening a file."""
        self.commands = commands

    def ask(self) -> None:
        """Come to the front, empty."""
        self.box.clear()
        self._households = ()
        self._fill()
        self.fit()
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fit(self) -> None:
        """Take a place at the top of the window, as wide as a line of text needs."""
        window = self._window
        width = min(window.width() - 48, self.fontMetrics().height() * 34)
        line = self.fontMetrics().height()
        top = line * 4
        height = min(window.height() - top - line * 2, line * 22)
        self.setGeometry((window.width() - width) // 2, top, width, height)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 8)
        layout.addWidget(self.box)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.hint)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._typed)
        self.box.returnPressed.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self._pause.timeout.connect(self._search)
        self.hide()

    def _typed(self) -> None:
        self._fill()
        self._pause.start()

    def _search(self) -> None:
        text = self.box.text().strip()
        if not text:
            self._show_households(())
            return
        self._pending = self._runner.run(
            self,
            lambda: self._finder.find(text, _LIMIT),
            self._show_households,
            replaces=self._pending,
        )

    def _show_households(self, rows: tuple[HouseholdRow, ...]) -> None:
        self._households = rows
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        for row in self._households:
            self._add(_line(row), row)
        wanted = fold(self.box.text())
        for command in self.commands:
            if wanted in fold(command.title):
                keys = f"　　{command.keys[0]}" if command.keys else ""
                self._add(f"▶ {command.title}{keys}", command)
        self.list.setCurrentRow(0)
        self.hint.setText(_HINT if self.list.count() else _NOTHING)

    def _add(self, text: str, what: object) -> None:
        item = QListWidgetItem(text, self.list)
        item.setData(_WHAT, what)
        item.setSizeHint(QSize(0, round(self.fontMetrics().height() * 1.6)))

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        self.close()
        what = item.data(_WHAT)
        if isinstance(what, HouseholdRow):
            self.file_requested.emit(FileRequest(household_id=what.household_id))
        elif isinstance(what, Command):
            what.act()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.isActiveWindow():
            self.close()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
            if event.key() in _MOVES:
                self.list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)


def _line(row: HouseholdRow) -> str:
    name = "（支援措置）" if row.is_shielded else f"{row.head_name}（{row.head_kana}）"
    return f"{row.case_number}　{name}　{row.district_code}　{row.caseworker}"

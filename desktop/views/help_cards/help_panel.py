"""手引: the cards of the place one is at, and a search over all of them, at the right edge of the window (F1)."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.domain.help_cards import HelpCard
from desktop.domain.rule_change_ticks import RecentChanges
from desktop.domain.rule_changes import RuleChange
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.help_cards import card_line, card_markdown, cards_at, find_cards
from desktop.viewmodels.rule_changes import recent_mark, recent_sentence
from desktop.views.help_cards.card_browser import CardBrowser
from desktop.views.help_cards.event_form import EventForm
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.requests import HelpPlace
from desktop.views.widgets import muted_label, named

_KEY = Qt.ItemDataRole.UserRole
#: The list shows as many lines at most; the text has the rest.
_LINES = 6
_LINE = 1.6
#: Where the window is too low for this many lines of text the whole panel scrolls.
_LEAST_LINES = 4
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down}
_PRINT = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_P)
_SCROLLS = {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_HERE = "「{title}」の手引　{count}件"
_NONE_HERE = "「{title}」の手引はまだありません。ことばや条番号で探してください。"
_FOUND = "見つかった手引　{count}件"
_NOTHING = "見つかりません。別のことばか、条番号（例：27条）で探してください。"
_PLACEHOLDER = "ことば・条番号で探す"


class CardSource(Protocol):
    """Whoever has the cards (`services/help_cards`)."""

    def cards(self) -> tuple[HelpCard, ...]:
        """Every card."""


class HelpPanel(QFrame):
    """Hidden until asked for. Typing searches, ↑↓ choose, PageUp and PageDown turn the text, Esc closes.

    `print_asked` (Ctrl+P) carries the card that is shown, `announced` what was done with it.
    """

    print_asked = Signal(object)
    announced = Signal(str)

    def __init__(
        self,
        source: CardSource,
        event: EventForm,
        runner: JobRunner,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("help_panel")
        self._source, self._runner = source, runner
        self._cards: tuple[HelpCard, ...] = ()
        self._recent: RecentChanges | None = None
        self._place = HelpPlace(key="", title="")
        self._before: QWidget | None = None
        self.box = named(QLineEdit(), "help_box")
        self.list = named(QListWidget(), "help_list")
        self.found = named(muted_label(), "help_found")
        self.text = CardBrowser(look)
        self.event_form = event
        self._page = FollowingScroll()
        self.print_button = named(QPushButton("印刷する（Ctrl+P）"), "help_print")
        self.close_button = named(QPushButton("閉じる（Esc）"), "help_close")
        self._lay_out()
        self._connect()

    def ask(self, place: HelpPlace) -> None:
        """Come up for a place; asked again at the same place while the keyboard is here, go."""
        is_here = self.isVisible() and self.isAncestorOf(self.window().focusWidget())
        if is_here and place == self._place:
            self.leave()
            return
        if not is_here:
            self._before = self.window().focusWidget()
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        self._place = place
        if self._cards:
            self._show_place()
        self._runner.run(self, self._source.cards, self._take)

    def follow(self, place: HelpPlace) -> None:
        """Another place came to the front: show its cards, unless something is being searched for."""
        if not self.isVisible():
            return
        self.event_form.look_at_hand()
        if place != self._place:
            self._place = place
            if not self.box.text().strip():
                self._fill()

    def show_recent(self, recent: RecentChanges) -> None:
        """Mark the cards that changes of a short while ago are about, from the next list on."""
        self._recent = recent

    def leave(self) -> None:
        """Close, and give the keyboard back to where it was; its file may have been closed meanwhile."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def card(self) -> HelpCard | None:
        """The card that is shown."""
        row = self.list.currentRow()
        return self._of_key(self.list.item(row).data(_KEY)) if row >= 0 else None

    def _take(self, cards: tuple[HelpCard, ...]) -> None:
        """What is shown stays where the office's help is what it was."""
        if cards == self._cards:
            return
        is_first = not self._cards
        self._cards = cards
        if is_first:
            self._show_place()
        else:
            self._fill()

    def _show_place(self) -> None:
        self.box.clear()
        self._fill()

    def _fill(self) -> None:
        text = self.box.text().strip()
        if text:
            cards = find_cards(self._cards, text)
            self.found.setText(_FOUND.format(count=len(cards)) if cards else _NOTHING)
        else:
            cards = cards_at(self._cards, self._place.key, self._place.first)
            sentence = _HERE if cards else _NONE_HERE
            self.found.setText(sentence.format(title=self._place.title, count=len(cards)))
            cards = cards or self._cards
        self._list_cards(cards)

    def _list_cards(self, cards: tuple[HelpCard, ...]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for card in cards:
            item = QListWidgetItem(recent_mark(self._changes_of(card)) + card_line(card), self.list)
            item.setData(_KEY, card.key)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        for part in (self.list, self.text):
            part.setVisible(bool(cards))
        self._fit_list()
        self._show_current()

    def _show_current(self) -> None:
        card = self.card()
        self.text.show_markdown(self._words_of(card) if card else "")
        self.print_button.setEnabled(card is not None)
        has_tasks = card is not None and bool(card.tasks)
        self.event_form.setVisible(has_tasks)
        if card is not None and has_tasks:
            self.event_form.show_event(card)

    def _changes_of(self, card: HelpCard) -> tuple[RuleChange, ...]:
        return () if self._recent is None else self._recent.of_card(card.key)

    def _words_of(self, card: HelpCard) -> str:
        sentence = recent_sentence(self._changes_of(card))
        return "\n\n".join(filter(None, (sentence, card_markdown(card, self._cards))))

    def _show_card(self, key: str) -> None:
        """A link was followed: the card is chosen in the list, or in the list of all cards where it is not in this one."""
        if self._of_key(key) is None:
            return
        if self._row_of(key) is None:
            self.box.blockSignals(True)
            self.box.clear()
            self.box.blockSignals(False)
            self.found.setText(_FOUND.format(count=len(self._cards)))
            self._list_cards(self._cards)
        row = self._row_of(key)
        if row is not None:
            self.list.setCurrentRow(row)

    def _row_of(self, key: str) -> int | None:
        rows = range(self.list.count())
        return next((row for row in rows if self.list.item(row).data(_KEY) == key), None)

    def _of_key(self, key: str) -> HelpCard | None:
        return next((card for card in self._cards if card.key == key), None)

    def _fit_list(self) -> None:
        """As high as what it lists, up to a few lines."""
        line = round(self.fontMetrics().height() * _LINE)
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, line))
        lines = min(max(self.list.count(), 1), _LINES)
        self.list.setFixedHeight(lines * line + 2 * self.list.frameWidth() + 2)
        self.text.setMinimumHeight(_LEAST_LINES * self.fontMetrics().lineSpacing())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys typed into the search box that move in the list or turn the text; and the print key, which screens have as well."""
        if isinstance(event, QKeyEvent) and event.keyCombination() == _PRINT:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # while the keyboard is here it means the card, not what the screen has to print
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.print_button.click()
                return True
        if watched is not self.box:
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.list.keyPressEvent(event)
                return True
            if event.key() in _SCROLLS:
                self.text.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_list()

    def _lay_out(self) -> None:
        self.box.setPlaceholderText(_PLACEHOLDER)
        self.box.setAccessibleName("手引を探す")
        self.list.setAccessibleName("手引の一覧")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setWordWrap(True)
        head = FlowingRow()
        head.add(named(QLabel("手引（F1）"), "panel_title"))
        head.add(self.print_button)
        head.add(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(head)
        layout.addWidget(self.box)
        layout.addWidget(self._page, 1)
        self._page.add_part(self.found)
        self._page.add_part(self.list)
        self._page.add_part(self.text, 2)
        self._page.add_part(self.event_form, 3)
        self.event_form.hide()
        self.hide()

    def _connect(self) -> None:
        for place in (self.box, self.list, self.text, self.print_button, self.close_button):
            place.installEventFilter(self)
        self.box.textChanged.connect(lambda *_: self._fill())
        self.list.currentRowChanged.connect(lambda *_: self._show_current())
        self.text.card_wanted.connect(self._show_card)
        self.print_button.clicked.connect(lambda *_: self._ask_print())
        self.close_button.clicked.connect(lambda *_: self.leave())

    def _ask_print(self) -> None:
        card = self.card()
        if card is not None:
            self.print_asked.emit(card)

"""The tab 地域のきまり: the office's pages at the left; at the right the one at hand to write, as it looks, and its versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from desktop.domain.errors import UserError
from desktop.domain.help_cards import HelpCard
from desktop.domain.help_pages import PageInput, PageVersion
from desktop.viewmodels.help_cards import card_markdown, page_markdown
from desktop.viewmodels.help_pages import (
    PageRow,
    page_columns,
    page_rows,
    version_card,
    version_columns,
    version_parts,
)
from desktop.views.effort.lists import ListOf, in_a_row, key_of
from desktop.views.help_cards.card_browser import CardBrowser
from desktop.views.help_cards.page_form import PageForm
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.records.side_by_side import SideBySide
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_NONE = "事務所のきまりはまだありません。「新しいきまり」（Ctrl+N）で書くと、手引（F1）に並びます。"
_SAVED = "「{title}」の第{number}版を保存しました。手引（F1）に出ます。"
_WITHDRAWN = "「{title}」を取り下げました。手引には出ません。"
_UNSAVED = "書きかけのきまりがあります。保存するか、「書き直しをやめる」（Esc）を押してから移ってください。"
_WIDTHS, _VERSION_WIDTHS = {0: 7, 1: 2, 2: 6}, {0: 3, 1: 6, 2: 7, 3: 14}
_SHARES = (2000, 3000)
_FIVE = 5


class KeepsPages(Protocol):
    """The office's pages (`services/help_cards`)."""

    def pages(self) -> tuple[PageVersion, ...]:
        """The newest version of every page."""

    def cards(self) -> tuple[HelpCard, ...]:
        """Every card of the help."""

    def versions(self, key: str) -> tuple[PageVersion, ...]:
        """Every version of a page, the newest first."""

    def save(self, given: PageInput) -> PageVersion:
        """Add a version."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What one reading brings."""

    pages: tuple[PageVersion, ...]
    cards: tuple[HelpCard, ...]


class PagesPanel(QWidget):
    """Ctrl+N begins a page, Ctrl+S saves a version, Alt+O goes on from an older one. `saved` tells that the help is another one now."""

    saved = Signal()

    def __init__(
        self, screen: ScreenView, pages: KeepsPages, look: Look, places: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._screen, self._pages, self._places = screen, pages, dict(places)
        self.new_button = named(QPushButton("新しいきまり（Ctrl+N）"), "new_page")
        self.back_button = named(QPushButton("書き直しをやめる（Esc）"), "leave_page")
        self.none = named(Paragraph(tone="muted"), "no_pages")
        self.list: ListOf[PageRow] = ListOf(
            look,
            page_columns(),
            name="help_pages",
            label="地域のきまり",
            widths=_WIDTHS,
            stretch=0,
            key=lambda row: row.key,
        )
        self.form = PageForm(places)
        self.preview = named(CardBrowser(look), "page_preview")
        self.versions: ListOf[PageVersion] = ListOf(
            look,
            version_columns(),
            name="page_versions",
            label="きまりの版",
            widths=_VERSION_WIDTHS,
            stretch=3,
            key=lambda version: version.number,
        )
        self.difference = SideBySide(look)
        self.restore_button = named(QPushButton("この版の内容に戻す（Alt+O）"), "restore_version")
        self.tabs = named(QTabWidget(), "page_tabs")
        self._cards: tuple[HelpCard, ...] = ()
        self._found: tuple[PageVersion, ...] = ()
        self._wanted = ""
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the pages."""
        pages = self._pages
        self._screen.run(lambda: _Loaded(pages.pages(), pages.cards()), self._show)

    def focus_first(self) -> None:
        """Begin in the list of pages."""
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        """Whether something typed would be lost."""
        return self.form.is_dirty

    def _show(self, loaded: _Loaded) -> None:
        self._cards = loaded.cards
        self.form.offer_links(loaded.cards)
        rows = page_rows(loaded.pages, loaded.cards)
        self.none.say("" if loaded.pages else _NONE)
        self.list.view.blockSignals(True)
        self.list.show(rows)
        self.list.view.blockSignals(False)
        place = next((at for at, row in enumerate(rows) if row.key == self._wanted), None)
        if place is not None:
            self.list.view.select_row(place)
        self._wanted = ""
        self._show_row()

    def _show_row(self) -> None:
        row = self.list.row()
        if row is None:
            self._begin_new()
            return
        if self.form.is_dirty:
            self._screen.messages.show_error(_UNSAVED)
            return
        self._screen.messages.clear()
        self.form.show_row(row)
        self._show_preview()
        if row.page is None:
            self._show_versions(())
        else:
            self._screen.run(lambda: self._pages.versions(row.key), self._show_versions)

    def _show_versions(self, found: tuple[PageVersion, ...]) -> None:
        self._found = found
        self.versions.show(found)
        self.versions.view.show_all_rows(_FIVE)
        self.versions.view.select_row(0 if found else -1)
        self._show_version()

    def _show_version(self) -> None:
        version = self.versions.row()
        self.restore_button.setVisible(version is not None and self._is_past(version))
        if version is None:
            self.difference.show_parts("", "", ())
            return
        before = next((v for v in self._found if v.number == version.number - 1), None)
        self.difference.show_parts(
            f"第{before.number}版" if before else "（前の版はありません）",
            f"第{version.number}版",
            version_parts(version, before, self._places),
        )

    def _is_past(self, version: PageVersion) -> bool:
        """Whether the help says something else now."""
        return version.number != self._found[0].number and not version.is_withdrawn

    def _restore(self) -> None:
        """Go on writing from an older version; nothing is stored before it is saved."""
        version = self.versions.row()
        if version is None or not self._is_past(version):
            return
        if self.form.is_dirty:
            self._screen.messages.show_error(_UNSAVED)
            return
        self.tabs.setCurrentIndex(0)
        self.form.take_over(version)

    def _show_preview(self) -> None:
        row = self.list.row()
        title, body = self.form.markdown()
        if row is not None and row.page is not None and not self.form.is_dirty:
            self.preview.show_markdown(card_markdown(version_card(row.page), self._cards))
        else:
            self.preview.show_markdown(page_markdown(title, body))

    def _begin_new(self) -> None:
        if self.form.is_dirty:
            self._screen.messages.show_error(_UNSAVED)
            return
        self.tabs.setCurrentIndex(0)
        self.form.begin_new()
        self._show_versions(())

    def _leave(self) -> None:
        self.form.is_dirty = False
        self._show_row()
        self.focus_first()

    def _save(self, given: PageInput) -> None:
        def saved(version: PageVersion) -> None:
            self.form.is_dirty = False
            sentence = _WITHDRAWN if version.is_withdrawn else _SAVED
            self._screen.announced.emit(sentence.format(title=version.title, number=version.number))
            self._wanted = version.key
            self.reload()
            self.saved.emit()

        def refused(error: UserError) -> None:
            rest = self.form.show_refusal(error)
            if rest:
                self._screen.messages.show_error(rest)

        self._screen.messages.clear()
        self._screen.run(lambda: self._pages.save(given), saved, refused)

    def _turned(self) -> None:
        if self.tabs.currentIndex() == 1:
            self._show_preview()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 4, 8, 0)
        for part in (self.new_button, self.back_button, self.none):
            column.addWidget(part)
        column.addWidget(self.list.view, 1)
        write = FollowingScroll()
        write.add_part(self.form)
        self.preview.setAccessibleName("きまりの見え方")
        history = FollowingScroll()
        history.add_part(self.versions.view)
        history.add_part(in_a_row(self.restore_button))
        history.add_part(self.difference, 1)
        for page, title in (
            (write, "書く（Alt+4）"),
            (self.preview, "見え方（Alt+5）"),
            (history, "版と違い（Alt+6）"),
        ):
            self.tabs.addTab(page, title)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.addWidget(left)
        panes.addWidget(self.tabs)
        panes.setStretchFactor(0, 2)
        panes.setStretchFactor(1, 3)
        panes.setSizes(list(_SHARES))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(panes, 1)

    def _connect(self) -> None:
        self.list.view.selectionModel().currentRowChanged.connect(lambda *_: self._show_row())
        self.versions.view.selectionModel().currentRowChanged.connect(
            lambda *_: self._show_version()
        )
        self.form.entered.connect(self._save)
        self.tabs.currentChanged.connect(lambda *_: self._turned())
        self.new_button.clicked.connect(lambda *_: self._begin_new())
        self.back_button.clicked.connect(lambda *_: self._leave())
        self.restore_button.clicked.connect(lambda *_: self._restore())
        shortcuts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+N", self._begin_new),
            ("Escape", self._leave),
            ("Alt+O", self._restore),
            ("Alt+4", lambda: self.tabs.setCurrentIndex(0)),
            ("Alt+5", lambda: self.tabs.setCurrentIndex(1)),
            ("Alt+6", lambda: self.tabs.setCurrentIndex(2)),
        )
        for keys, act in shortcuts:
            key_of(self, keys, act)

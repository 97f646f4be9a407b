"""検索: one box over what was written, the newest first; Enter goes to the sentence in the file."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.saved_searches import SavedSearch, SavedShelf
from desktop.domain.search import (
    SearchAsked,
    SearchChoices,
    SearchHit,
    SearchPage,
)
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.saved_searches import run_text
from desktop.viewmodels.search import (
    SNIPPET,
    first_hit,
    found_text,
    further_text,
    search_columns,
    section_of,
)
from desktop.views.activities.act_section import ActSection
from desktop.views.dialogs import Dialogs
from desktop.views.fields.line_edit import LineEdit
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.search.saved_form import LongerForm, SavedForm
from desktop.views.search.saved_list import SavedList, Saves
from desktop.views.search.search_fields import SearchFields
from desktop.views.search.snippet_delegate import Index, Parts, SnippetDelegate
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_PAUSE_MS = 600
_WIDTHS = {0: 6, 1: 6, SNIPPET: 17, 3: 10, 4: 6, 5: 6}
_MOST_ROWS = 20
_LONGEST = 200
_HELP = (
    '言葉を空白で区切ると、すべてを含むものを、記録、援助方針、決裁の指示、受領書類、世帯員から探します。「-」を付けた言葉を含むものは除き、"…" で囲むと続きのまま探します。'
    "かなとカナ、全角と半角、旧字体、和暦と西暦の違いは問いません。探した言葉は、閲覧の記録に残ります。"
)
_BEGIN = "探す言葉を入力してください。担当する世帯と、いま開いている世帯の記録から探します。"
_NOTHING = (
    "見つかりませんでした。言葉を短くするか、減らすか、絞込みを外してください。担当外の世帯の記録は、"
    "理由を付けて世帯を開いてから探せます。"
)
_TYPE_FIRST = "保存するのは探している言葉です。先に、探す言葉を入力してください。"
_END = "この保存した検索を終えます。名前と探す言葉は消えます。よろしいですか。"


class Searches(Protocol):
    """The search (`services/search`)."""

    def choices(self) -> SearchChoices:
        """What a search can be narrowed by."""

    def find(self, asked: SearchAsked) -> SearchPage:
        """A page of what was found."""


class SearchScreen(ActSection):
    """Searches after a pause in typing and on Enter; arrow down goes to the list. Esc gives up what is awaited, then empties the box.

    While nothing is searched for, the list is that of the saved searches; Ctrl+D saves what is searched for.
    """

    def __init__(
        self,
        searches: Searches,
        saves: Saves,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, dialogs=dialogs, title="検索", parent=parent)
        self.setObjectName("search")
        self._searches, self._saves = searches, saves
        self._shelf: SavedShelf | None = None
        self._saved: SavedSearch | None = None
        self._asked: SearchAsked | None = None
        self._live: Job[SearchPage] | None = None
        self._page: SearchPage | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self.box = named(LineEdit(), "search_box")
        self.box.setMaxLength(_LONGEST)
        self.fields = SearchFields(clock)
        self.help = named(Paragraph(tone="muted"), "search_how")
        self.count = named(Paragraph(), "search_count")
        self.nothing = named(Paragraph(), "nothing_found")
        self.model: RowTableModel[SearchHit] = RowTableModel(
            search_columns(), key=lambda h: (h.noun, h.row_id), brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="見つかったもの", characters=_WIDTHS, stretch=SNIPPET),
            "found_entries",
        )
        self.table.setItemDelegateForColumn(SNIPPET, SnippetDelegate(self._parts, self.table))
        self.open_button = named(QPushButton("ここへ行く（Enter）"), "open_found")
        self.further_button = named(QPushButton(), "read_further")
        self.save_button = named(QPushButton("この検索を保存（Ctrl+D）"), "save_search")
        self.saved_button = named(QPushButton("保存した検索（F4）"), "show_saved")
        self.saved = SavedList(look)
        self.form, self.longer = SavedForm(clock), LongerForm(clock)
        self._lay_out()
        self._connect()
        self._show_page(None)

    @override
    def reload(self) -> None:
        """Ask for the choices and the saved searches, and search again."""
        searches = self._searches
        self.run(lambda: searches.choices(), self.fields.offer)  # noqa: PLW0108 - looked up when used
        self.renew()
        if self._saved is not None:
            self.run_saved(self._saved)
        elif self._asked is not None:
            self.search()

    @override
    def renew(self) -> None:
        """Ask for the saved searches alone: a search is a trace of its own."""
        saves = self._saves
        self.run(lambda: saves.shelf(), self._show_shelf)  # noqa: PLW0108 - looked up when used

    @override
    def focus_first(self) -> None:
        """Begin in the box, with what is typed chosen."""
        if self.pages.currentWidget() is not self.list_page:
            return
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.selectAll()

    def search(self) -> None:
        """Search for what is typed; nothing happens while an input method composes."""
        self._pause.stop()
        if self.box.is_composing():
            return
        self.messages.clear()
        self._saved = None
        if not self.box.text().strip():
            self.give_up()
            self._asked = None
            self._show_page(None)
            return
        try:
            asked = self.fields.read(self.box.text())
        except ValidationError as error:
            self._refuse(error)
            return
        self._asked = asked
        self._live = self.run(
            lambda: self._searches.find(asked), self._show_page, self._refuse, replaces=self._live
        )

    def run_saved(self, saved: SavedSearch) -> None:
        """Show what a saved search asks, and search for it as it stands today."""
        self.messages.clear()
        self.give_up()
        self._show_asked(saved.asked)
        self._pause.stop()
        self._asked, self._saved = saved.asked, saved
        self._live = self.run(
            lambda: self._saves.run(saved.search_id),
            self._show_page,
            self._refuse_saved,
            replaces=self._live,
        )

    def save_this(self) -> None:
        """Open the form for what stands in the fields."""
        self.messages.clear()
        if self._shelf is None:
            return
        if not self.box.text().strip():
            self.messages.show_info(_TYPE_FIRST)
            self.focus_first()
            return
        try:
            asked = self.fields.read(self.box.text())
        except ValidationError as error:
            self.messages.show_error(error)
            return
        self.open_form(self.form)
        self.form.begin(asked, self._shelf.latest)

    def show_saved(self) -> None:
        """Empty the box, and go to the saved searches."""
        self._show_asked(SearchAsked(words=""))
        self.search()
        if not self.saved.focus():
            self.focus_first()

    def search_further(self) -> None:
        """Read the next page; it goes on where this one ended."""
        page, asked = self._page, self._asked
        if page is None or page.next is None or asked is None or self.is_waiting:
            return
        further = replace(asked, after=page.next)
        self._live = self.run(
            lambda: self._searches.find(further), self._add_page, replaces=self._live
        )

    def give_up(self) -> None:
        """Drop what is awaited."""
        self._pause.stop()
        if self._live is not None:
            self._live.cancel()
            self._live = None

    def _refuse(self, error: UserError) -> None:
        self._show_page(None)
        self.messages.show_error(error)

    def _refuse_saved(self, error: UserError) -> None:
        """What is over is not searched for in another way either: its words go, and it can be given more time."""
        self.show_saved()
        self.messages.show_error(error)

    def _show_shelf(self, shelf: SavedShelf) -> None:
        self._shelf = shelf
        self.saved.show_rows(shelf.searches)

    def _show_asked(self, asked: SearchAsked) -> None:
        self.box.setText(asked.words)
        self.fields.show_asked(asked)

    def _lengthen(self, saved: SavedSearch) -> None:
        if self._shelf is not None:
            self.open_form(self.longer)
            self.longer.begin(saved, self._shelf.latest)

    def _end_saved(self, saved: SavedSearch) -> None:
        def ended(_: None) -> None:
            self.announced.emit("保存した検索を終えました。")
            self.renew()

        self._dialogs.confirm(
            self,
            _END,
            "使うのをやめる",
            lambda: self.run(lambda: self._saves.end(saved.search_id), ended),
        )

    def _show_page(self, page: SearchPage | None) -> None:
        self._page = page
        self.model.set_rows(page.hits if page is not None else ())
        self.table.select_row(0)
        self._tell(total=page)

    def _add_page(self, page: SearchPage) -> None:
        before, place = self.model.rowCount(), self.table.current_row()
        whole = replace(page, total=self._page.total if self._page else page.total)
        self._page = whole
        self.model.set_rows((*self.model.rows(), *page.hits))
        self.table.select_row(before if page.hits else place)
        self._tell(total=whole)

    def _tell(self, total: SearchPage | None) -> None:
        shown = self.model.rowCount()
        told = found_text(total, shown) if total is not None else ""
        saved = run_text(self._saved) if self._saved is not None and total is not None else ""
        self.count.say("\n".join(filter(None, (saved, told))))
        self.nothing.say("" if shown else _BEGIN if total is None else _NOTHING)
        # On a low window what was found comes before how to search.
        self.help.say("" if shown else _HELP)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(shown))
        self.saved.setVisible(total is None)
        self.save_button.setVisible(total is not None and self._saved is None)
        self.saved_button.setVisible(total is not None)
        self.open_button.setVisible(bool(shown))
        has_more = total is not None and total.next is not None
        self.further_button.setText(further_text(total))
        self.further_button.setVisible(has_more)

    def _parts(self, index: Index) -> Parts:
        row = self.model.row_at(index)
        return row.snippet if row is not None else ()

    def _open(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is not None:
            request = FileRequest(
                household_id=row.household_id,
                section=section_of(row),
                entry_id=row.entry_id,
                words=first_hit(row),
            )
            self.file_requested.emit(request)

    def _lay_out(self) -> None:
        self.box.setAccessibleName("探す言葉")
        self.box.setPlaceholderText("例: 通院 糖尿病 -入院")
        self.acts.add(self.open_button)
        self.acts.add(self.further_button)
        for key, button, act in (
            ("Ctrl+D", self.save_button, self.save_this),
            ("F4", self.saved_button, self.show_saved),
        ):
            self.acts.add(button)
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), self.list_page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        for part in (
            self.box,
            self.count,
            self.nothing,
            self.help,
            self.fields,
            self.acts,
            self.table,
        ):
            self.list_page.add_part(part)
        self.list_page.add_part(self.saved)
        self.list_page.add_part(QWidget(), 1)

    def _connect(self) -> None:
        self.box.textEdited.connect(lambda *_: self._pause.start())
        self.box.installEventFilter(self)
        self._pause.timeout.connect(self.search)
        self.fields.edited.connect(self._pause.start)
        self.table.row_opened.connect(lambda *_: self._open())
        self.open_button.clicked.connect(self._open)
        self.further_button.clicked.connect(self.search_further)
        self.saved.run_asked.connect(self.run_saved)
        self.saved.more_asked.connect(self._lengthen)
        self.saved.end_asked.connect(self._end_saved)
        self.add_form(self.form, lambda: self._saves.keep, "検索を保存しました。")
        self.add_form(self.longer, lambda: self._saves.extend, "保存した検索を延ばしました。")
        shortcut = QShortcut(QKeySequence("PgDown"), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._page_down)

    def _page_down(self) -> None:
        """Down a page of the list; at its end the next page is read."""
        if self.table.current_row() == self.model.rowCount() - 1:
            self.search_further()
        else:
            self.table.select_row(self.model.rowCount() - 1)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is not self.box or self.box.is_composing():
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.search()
        elif event.key() == Qt.Key.Key_Down and self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Down and self.saved.isVisible():
            return self.saved.focus()
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
            self.box.clear()
            self.search()
        else:
            return False
        return True

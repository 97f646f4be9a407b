"""検索: one box over what was written, the newest first; Enter goes to the sentence in the file."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from desktop.domain.clock import Clock
from desktop.domain.era import DateStyle
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.search import (
    NOUN_LABELS,
    SearchAsked,
    SearchChoices,
    SearchHit,
    SearchNoun,
    SearchPage,
)
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.search import (
    SNIPPET,
    first_hit,
    found_text,
    further_text,
    search_columns,
    section_of,
)
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.line_edit import LineEdit
from desktop.views.fields.text_field import TextField
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.search.snippet_delegate import Index, Parts, SnippetDelegate
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_PAUSE_MS = 600
_WIDTHS = {0: 5, 1: 6, SNIPPET: 18, 3: 10, 4: 6, 5: 6}
_MOST_ROWS = 20
_NUMBER, _LONGEST = 8, 200
_HELP = (
    '言葉を空白で区切ると、すべてを含むものを、記録、援助方針、決裁の指示、受領書類、世帯員から探します。「-」を付けた言葉を含むものは除き、"…" で囲むと続きのまま探します。'
    "かなとカナ、全角と半角、旧字体、和暦と西暦の違いは問いません。探した言葉は、閲覧の記録に残ります。"
)
_BEGIN = "探す言葉を入力してください。担当する世帯と、いま開いている世帯の記録から探します。"
_NOTHING = (
    "見つかりませんでした。言葉を短くするか、減らすか、絞込みを外してください。担当外の世帯の記録は、"
    "理由を付けて世帯を開いてから探せます。"
)


class Searches(Protocol):
    """The search (`services/search`)."""

    def choices(self) -> SearchChoices:
        """What a search can be narrowed by."""

    def find(self, asked: SearchAsked) -> SearchPage:
        """A page of what was found."""


class SearchScreen(ScreenView):
    """Searches after a pause in typing and on Enter; arrow down goes to the list. Esc gives up what is awaited, then empties the box."""

    def __init__(
        self,
        searches: Searches,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="検索", parent=parent)
        self.setObjectName("search")
        self._searches = searches
        self._asked: SearchAsked | None = None
        self._live: Job[SearchPage] | None = None
        self._page: SearchPage | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self.box = named(LineEdit(), "search_box")
        self.box.setMaxLength(_LONGEST)
        nouns = [Choice(code=noun, label=label) for noun, label in NOUN_LABELS.items()]
        self.noun = named(ChoiceField("何を探すか", nouns), "search_noun")
        self.kind = named(ChoiceField("記録の種別", ()), "search_kind")
        self.author = named(ChoiceField("記入者", ()), "search_author")
        self.number = named(TextField("ケース番号", characters=_NUMBER), "search_number")
        self.first = DateField("いつから", today=clock.today, style=DateStyle.SHORT)
        self.last = DateField("いつまで", today=clock.today, style=DateStyle.SHORT)
        self.widened = named(QCheckBox("言い換えでも探す(&S)"), "search_widened")
        self.widened.setChecked(True)
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
        self._lay_out()
        self._connect()
        self._show_page(None)

    @override
    def reload(self) -> None:
        """Ask for the choices, and search again."""
        searches = self._searches
        self.run(lambda: searches.choices(), self._offer)  # noqa: PLW0108 - looked up when used
        if self._asked is not None:
            self.search()

    @override
    def focus_first(self) -> None:
        """Begin in the box, with what is typed chosen."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.selectAll()

    def search(self) -> None:
        """Search for what is typed; nothing happens while an input method composes."""
        self._pause.stop()
        if self.box.is_composing():
            return
        self.messages.clear()
        if not self.box.text().strip():
            self.give_up()
            self._show_page(None)
            return
        try:
            asked = self._read()
        except ValidationError as error:
            self._refuse(error)
            return
        self._asked = asked
        self._live = self.run(
            lambda: self._searches.find(asked), self._show_page, self._refuse, replaces=self._live
        )

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

    def _read(self) -> SearchAsked:
        reader = FormReader()
        noun, kind = reader.read("noun", self.noun), reader.read("kind", self.kind)
        author = reader.read("author", self.author)
        number = reader.read("case_number", self.number)
        first, last = reader.read("first", self.first), reader.read("last", self.last)
        reader.finish()
        return SearchAsked(
            words=self.box.text(),
            noun=SearchNoun(noun) if noun else None,
            kind=kind,
            author_id=UUID(author) if author else None,
            case_number=number or "",
            first=first,
            last=last,
            is_widened=self.widened.isChecked(),
        )

    def _refuse(self, error: UserError) -> None:
        self._show_page(None)
        self.messages.show_error(error)

    def _offer(self, choices: SearchChoices) -> None:
        self.kind.set_choices([Choice(code=c, label=label) for c, label in choices.kinds])
        self.author.set_choices([Choice(code=str(i), label=name) for i, name in choices.authors])

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
        self.count.say(found_text(total, shown) if total is not None else "")
        self.nothing.say("" if shown else _BEGIN if total is None else _NOTHING)
        # On a low window what was found comes before how to search.
        self.help.say("" if shown else _HELP)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(shown))
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
        narrow, acts = FlowingRow(), FlowingRow()
        for label, field in (
            ("何を(&O)", self.noun),
            ("記録の種別(&K)", self.kind),
            ("記入者(&W)", self.author),
            ("ケース番号(&N)", self.number),
            ("いつから(&B)", self.first),
            ("いつまで(&E)", self.last),
        ):
            narrow.add(form_row(label, field))
        narrow.add(self.widened)
        for button in (self.open_button, self.further_button):
            acts.add(button)
        page = FollowingScroll(gap=8)
        for part in (self.box, self.count, self.nothing, self.help, narrow, acts, self.table):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        self.body.addWidget(page)

    def _connect(self) -> None:
        self.box.textEdited.connect(lambda *_: self._pause.start())
        self.box.installEventFilter(self)
        self._pause.timeout.connect(self.search)
        for field in (self.noun, self.kind, self.author, self.number, self.first, self.last):
            field.edited.connect(self._pause.start)
        self.widened.toggled.connect(lambda *_: self._pause.start())
        self.table.row_opened.connect(lambda *_: self._open())
        self.open_button.clicked.connect(self._open)
        self.further_button.clicked.connect(self.search_further)
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
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
            self.box.clear()
            self.search()
        else:
            return False
        return True

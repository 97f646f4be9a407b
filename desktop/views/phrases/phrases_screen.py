"""定型句: the own set phrases and the office's; what is typed at the top narrows the list."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.phrases import Phrase, PhraseInput
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.phrases import TEXT, found, phrase_columns, phrase_words
from desktop.viewmodels.rows import RowTableModel
from desktop.views.activities.act_section import ActSection
from desktop.views.dialogs import Dialogs
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.text_field import TextField
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.phrases.phrase_form import PhraseForm
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 8, 1: 5, 2: 10, 3: 8, 4: 18}
_MOST_ROWS = 11
_EMPTY = "定型句はまだありません。「自分の定型句を作る（N）」で、よく書く文に略語を付けます。"
_NOTHING = "当てはまる定型句はありません。言葉を短くするか、Escで消してください。"
_END = "この定型句を使わないことにします。よろしいですか。"


class PhrasesOfPerson(Protocol):
    """The set phrases (`services/phrases`)."""

    def shelf(self) -> tuple[Phrase, ...]:
        """The own ones and then the office's."""

    def keep(self, given: PhraseInput) -> UUID:
        """Keep an own one."""

    def end(self, phrase_id: UUID, shown_version: int) -> None:
        """Let an own one be used no more."""


class PhrasesScreen(ActSection):
    """Typing at the top narrows, arrow down goes to the list. There N makes a phrase, E changes one, C copies, X ends."""

    def __init__(
        self,
        phrases: PhrasesOfPerson,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, dialogs=dialogs, title="定型句", parent=parent)
        self.setObjectName("phrases")
        self._phrases = phrases
        self._shelf: tuple[Phrase, ...] = ()
        self.box = named(TextField("定型句を探す"), "phrase_search")
        self.box.editor().setPlaceholderText("略語・見出し・文の一部")
        self.nothing = named(Paragraph(), "no_phrases")
        self.model: RowTableModel[Phrase] = RowTableModel(
            phrase_columns(),
            key=lambda p: p.phrase_id or p.code,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="定型句", characters=_WIDTHS, stretch=TEXT), "phrase_table"
        )
        self.words = named(Paragraph(), "phrase_words")
        self.new_button = named(QPushButton("自分の定型句を作る（N）"), "new_phrase")
        self.edit_button = named(QPushButton("直す（E）"), "change_phrase")
        self.copy_button = named(QPushButton("写して自分用に作る（C）"), "copy_phrase")
        self.end_button = named(QPushButton("使うのをやめる（X）"), "end_phrase")
        self.form = PhraseForm()
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the phrases again."""
        phrases = self._phrases
        self.run(lambda: phrases.shelf(), self._show)  # noqa: PLW0108 - looked up when used

    @override
    def focus_first(self) -> None:
        """Begin at the box: who comes here looks for something."""
        if self.pages.currentWidget() is self.list_page:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, shelf: tuple[Phrase, ...]) -> None:
        self._shelf = shelf
        self._narrow()

    def _narrow(self) -> None:
        rows = found(self._shelf, self.box.editor().text())
        self.model.set_rows(rows)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(rows))
        self.table.select_row(0 if rows else -1)
        self.nothing.say("" if rows else _NOTHING if self._shelf else _EMPTY)
        self._say()

    def _say(self) -> None:
        phrase = self._chosen()
        self.words.say(phrase_words(phrase) if phrase else "")
        is_own = phrase is not None and phrase.is_own
        self.edit_button.setVisible(is_own)
        self.end_button.setVisible(is_own)
        self.copy_button.setVisible(phrase is not None)

    def _chosen(self) -> Phrase | None:
        return self.model.row_at(self.table.currentIndex())

    def _begin(self) -> None:
        self.open_form(self.form)
        self.form.begin(None)

    def _change(self) -> None:
        phrase = self._chosen()
        if phrase is not None and phrase.is_own:
            self.open_form(self.form)
            self.form.begin(phrase)

    def _copy(self) -> None:
        phrase = self._chosen()
        if phrase is not None:
            self.open_form(self.form)
            self.form.begin(phrase, is_copy=True)

    def _end(self) -> None:
        phrase = self._chosen()
        if phrase is None or phrase.phrase_id is None:
            return
        phrase_id, version, phrases = phrase.phrase_id, phrase.version, self._phrases

        def ended(_: None) -> None:
            self.announced.emit("定型句を使わないことにしました。")
            self.reload()

        self._dialogs.confirm(
            self,
            _END,
            "使うのをやめる",
            lambda: self.run(lambda: phrases.end(phrase_id, version), ended),
        )

    def _empty_box(self) -> None:
        self.box.show_value(None)
        self._narrow()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        search = form_row("定型句を探す(&F)", self.box)
        for part in (search, self.acts, self.nothing, self.table, self.words):
            self.list_page.add_part(part)
        self.list_page.add_part(QWidget(), 1)
        for key, button, act in (
            ("N", self.new_button, self._begin),
            ("E", self.edit_button, self._change),
            ("C", self.copy_button, self._copy),
            ("X", self.end_button, self._end),
        ):
            self.add_act(key, button, act, at=self.table)
        self._say()
        self.add_form(self.form, lambda: self._phrases.keep, "定型句を保存しました。")
        self.box.editor().textChanged.connect(self._narrow)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.table.activated.connect(self._change)
        for key, part, do in (
            ("Down", self.box, self.table.setFocus),
            ("Esc", self.list_page, self._empty_box),
        ):
            shortcut = QShortcut(QKeySequence(key), part)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

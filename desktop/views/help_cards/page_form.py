"""The form of a page of the office (地域のきまり): its fields, where it is shown, its text, and why it was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.help_cards import CARD_KINDS, HelpCard
from desktop.domain.help_pages import MOST_TITLE, MOST_WHY, MOST_WORDS, PageInput, PageVersion
from desktop.override import override
from desktop.viewmodels.help_cards import link_markdown
from desktop.viewmodels.help_pages import PageRow
from desktop.views.effort.lists import in_a_row, key_of, read_all
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_KEY = Qt.ItemDataRole.UserRole
_LINES, _LINE = 5, 1.6
_HINT = "## 見出し　**太字**　- 箇条書き　1. 番号　| 表 |　が使えます。HTML・画像・アドレスは使えません。"
#: The box of an item grows with the size in use, the place that Qt leaves for it does not.
_BEHIND_BOX = "　"
_BACK = "第{number}版の内容に戻す"
_WORDS = "空白で区切ります（例：現金　支給日）"


class PageForm(QFrame):
    """`entered` carries a PageInput. `places` are what a page may be shown at, by what they are called."""

    entered = Signal(object)

    def __init__(self, places: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("page_form")
        self.is_dirty = False
        self._key, self._shown = "", 0
        self.title = TextField("題名", required=True, longest=MOST_TITLE)
        self.words = TextField("ほかの言い方", longest=MOST_WORDS)
        self.body = LongTextField("本文", required=True, lines=8)
        self.why = TextField("直した理由", required=True, longest=MOST_WHY)
        self.link = ChoiceField("リンクする手引", ())
        self._titles: dict[str, str] = {}
        self.link_button = named(QPushButton("リンクを入れる（Alt+L）"), "insert_link")
        self.save_button = named(QPushButton("保存（Ctrl+S）"), "save_page")
        self.withdraw_button = named(QPushButton("取り下げる（Alt+W）"), "withdraw_page")
        self.places_box = named(QListWidget(), "page_places")
        self.places_said = named(Paragraph(tone="muted"), "page_places_said")
        self._lay_out()
        self._fill_places(places)
        self._connect()

    def offer_links(self, cards: Sequence[HelpCard]) -> None:
        """Offer these cards to link to."""
        self._titles = {card.key: card.title for card in cards}
        self.link.set_choices(
            [Choice(code=c.key, label=f"{CARD_KINDS[c.kind]}　{c.title}") for c in cards]
        )

    def begin_new(self, places: Sequence[str] = ()) -> None:
        """An empty page."""
        self._show(f"page-{uuid4().hex}", 0, "", (), tuple(places), "")
        self.withdraw_button.setEnabled(False)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_row(self, row: PageRow) -> None:
        """A page as it stands, or a shipped card to be worded anew."""
        page, shipped = row.page, row.shipped
        if page is not None:
            self._show(row.key, page.number, page.title, page.words, page.places, page.body)
        elif shipped is not None:
            self._show(row.key, 0, row.title, shipped.words, shipped.where, shipped.text)
        self.withdraw_button.setEnabled(page is not None and not page.is_withdrawn)

    def take_over(self, old: PageVersion) -> None:
        """What an older version said, to be saved as the next one; the reason says so until another is typed."""
        self._show(self._key, self._shown, old.title, old.words, old.places, old.body)
        self.why.show_value(_BACK.format(number=old.number))
        self.is_dirty = True
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def markdown(self) -> tuple[str, str]:
        """Title and text as they are typed, for the preview."""
        return self.title.editor().text(), self.body.editor().toPlainText()

    def save(self) -> None:
        """Hand in what is written."""
        self._hand_in(is_withdrawn=False)

    def withdraw(self) -> None:
        """Hand in that the page is no more."""
        if self.withdraw_button.isEnabled():
            self._hand_in(is_withdrawn=True)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        if not isinstance(error, ValidationError):
            return error.sentence
        fields = {key: getattr(self, key, None) for key in error.fields}
        placed = {key: field for key, field in fields.items() if isinstance(field, Field)}
        for key, field in placed.items():
            field.show_error(error.fields[key])
        return "" if len(placed) == len(error.fields) > 0 else error.sentence

    def _hand_in(self, *, is_withdrawn: bool) -> None:
        found = read_all(self.title, self.words, self.body, self.why)
        if found is None:
            return
        title, words, body, why = found
        self.entered.emit(
            PageInput(
                key=self._key,
                shown=self._shown,
                title=title,
                places=self._places(),
                words=tuple((words or "").split()),
                body=body,
                why=why,
                is_withdrawn=is_withdrawn,
            )
        )

    def _show(
        self,
        key: str,
        shown: int,
        title: str,
        words: Sequence[str],
        places: Sequence[str],
        body: str,
    ) -> None:
        self._key, self._shown = key, shown
        self.title.show_value(title or None)
        self.words.show_value("　".join(words) or None)
        self.body.show_value(body or None)
        self.why.show_value(None)
        self.places_box.blockSignals(True)
        for item in self._items():
            checked = item.data(_KEY) in places
            item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self.places_box.blockSignals(False)
        self._say_places()
        self.is_dirty = False

    def _items(self) -> list[QListWidgetItem]:
        return [self.places_box.item(row) for row in range(self.places_box.count())]

    def _places(self) -> tuple[str, ...]:
        checked = Qt.CheckState.Checked
        return tuple(i.data(_KEY) for i in self._items() if i.checkState() == checked)

    def _say_places(self) -> None:
        names = [i.text().strip() for i in self._items() if i.checkState() == Qt.CheckState.Checked]
        self.places_said.say("、".join(names) or "どこにも出しません（検索では見つかります）。")

    def _insert_link(self) -> None:
        key = self.link.entered()
        if key is not None:
            self.body.insert(link_markdown(key, self._titles[key]))
            self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_places(self, places: Mapping[str, str]) -> None:
        for key, name in places.items():
            item = QListWidgetItem(f"{_BEHIND_BOX}{name}", self.places_box)
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.places_box.setAccessibleName("出すところ")
        self._fit_places()

    def _fit_places(self) -> None:
        """A few lines high, each with room for its box."""
        line = round(self.fontMetrics().height() * _LINE)
        # A height counts as a change of the item, as if somebody had ticked it.
        self.places_box.blockSignals(True)
        for item in self._items():
            item.setSizeHint(QSize(0, line))
        self.places_box.blockSignals(False)
        self.places_box.setFixedHeight(_LINES * line + 2 * self.places_box.frameWidth() + 2)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_places()

    def _edited(self) -> None:
        self.is_dirty = True
        self._say_places()

    def _lay_out(self) -> None:
        self.words.editor().setPlaceholderText(_WORDS)
        hint = Paragraph(tone="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        for part in (
            form_row("題名(&T)", self.title),
            form_row("ほかの言い方(&K)", self.words),
            form_row("出すところ(&P)", self.places_box),
            self.places_said,
            form_row("本文(&B)", self.body),
            hint,
            in_a_row(form_row("リンクする手引(&G)", self.link), self.link_button),
            form_row("直した理由(&R)", self.why),
            in_a_row(self.save_button, self.withdraw_button),
        ):
            layout.addWidget(part)
        hint.say(_HINT)

    def _connect(self) -> None:
        for field in (self.title, self.words, self.body, self.why):
            field.edited.connect(self._edited)
        self.places_box.itemChanged.connect(lambda *_: self._edited())
        self.link_button.clicked.connect(lambda *_: self._insert_link())
        self.save_button.clicked.connect(lambda *_: self.save())
        self.withdraw_button.clicked.connect(lambda *_: self.withdraw())
        for keys, act in (
            ("Ctrl+S", self.save),
            ("Alt+L", self._insert_link),
            ("Alt+W", self.withdraw),
        ):
            key_of(self, keys, act)

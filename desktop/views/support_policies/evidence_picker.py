"""The sentences of the household's record, found while typing; Enter takes one as evidence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.override import override
from desktop.viewmodels.columns import Column
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.support_policies_evidence import Sentence, found
from desktop.views.fields.line_edit import LineEdit
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

#: More than anybody reads through; further words narrow the list.
_MOST = 300
_WIDTHS = {0: 6, 1: 12}
_NONE = "この世帯の記録にはまだ文がありません。先に記録を書いてください。"
_NOT_FOUND = "この言葉を含む文はありません。別の言葉で探してください。"
_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class EvidencePicker(QWidget):
    """`taken` carries the Evidence, `closed` says that nothing more is wanted. Esc belongs to the editor around it."""

    taken = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("evidence_picker")
        self._sentences: tuple[Sentence, ...] = ()
        self.words = named(LineEdit(), "evidence_words")
        self.count = named(muted_label(), "evidence_count")
        self.model = RowTableModel(_columns(), parent=self)
        self.table = named(
            TableView(self.model, name="記録の文", characters=_WIDTHS, stretch=1), "sentences"
        )
        self.whole = named(Paragraph(), "evidence_whole")
        self.take_button = named(QPushButton("根拠に引く（Enter）"), "evidence_take")
        self.close_button = named(QPushButton("やめる（Esc）"), "evidence_close")
        self._lay_out()
        self._connect()

    def show_sentences(self, sentences: Sequence[Sentence]) -> None:
        """Offer these sentences."""
        self._sentences = tuple(sentences)
        self._narrow()

    def focus_first(self) -> None:
        """Begin with the words; what was typed is replaced by the next key."""
        self.words.setFocus()
        self.words.selectAll()

    def _narrow(self) -> None:
        shown, total = found(self._sentences, self.words.text(), _MOST)
        self.model.set_rows(shown)
        self.table.select_row(0)
        count = f"{total:,}文" if total == len(shown) else f"{total:,}文のうち{len(shown):,}文"
        empty = _NOT_FOUND if self._sentences else _NONE
        self.count.setText(count if total else empty)
        self.take_button.setEnabled(bool(total))
        self._show_whole()

    def _show_whole(self) -> None:
        sentence = self.model.row_at(self.table.currentIndex())
        if sentence is None:
            self.whole.say("")
            return
        self.whole.say(f"{sentence.day}　{sentence.kind}（{sentence.label}）\n{sentence.quote}")

    def _take(self) -> None:
        sentence = self.model.row_at(self.table.currentIndex())
        if sentence is not None:
            self.taken.emit(sentence.evidence)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the line of words the arrows go through the sentences and Enter takes one."""
        is_key = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if not is_key or watched is not self.words or self.words.is_composing():
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._take()
            return True
        if event.key() in _STEPS:
            self.table.keyPressEvent(event)
            return True
        return False

    def _lay_out(self) -> None:
        label = QLabel("記録の文をさがす")
        label.setBuddy(self.words)
        self.words.setAccessibleName("記録の文をさがす言葉")
        self.words.setPlaceholderText("例：服薬　通院（空白で区切ると両方を含む文）")
        self.count.setWordWrap(True)
        self.take_button.setProperty("primary", True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.take_button)
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 4, 4)
        layout.setSpacing(4)
        for part in (label, self.words, self.count):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.whole)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.words.installEventFilter(self)
        self.words.textEdited.connect(self._narrow)
        self.table.selectionModel().currentRowChanged.connect(self._show_whole)
        self.table.row_opened.connect(self._take)
        self.table.typed.connect(self._type_on)
        self.take_button.clicked.connect(self._take)
        self.close_button.clicked.connect(self.closed)

    def _type_on(self, letters: str) -> None:
        self.words.setFocus()
        self.words.insert(letters)
        self._narrow()


def _columns() -> tuple[Column[Sentence], ...]:
    return (
        Column(header="日付", text=lambda sentence: sentence.day),
        Column(
            header="記録の文",
            text=lambda sentence: sentence.quote,
            tooltip=lambda sentence: sentence.quote,
        ),
    )

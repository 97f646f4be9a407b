"""The numbered items of a letter of instruction: what to do, until when, by what it is seen to be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.era import DateStyle
from desktop.domain.guidance_forms import InstructionItem
from desktop.domain.guidance_letters import lacks_verb
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.notes import FieldError
from desktop.views.widgets import named

_MOST = 9
_VERB = "することで終わる書き方（…すること）にしてください。"


class _Item(QWidget):
    """One item."""

    def __init__(self, number: int, today: Callable[[], date]) -> None:
        super().__init__()
        self.action = LongTextField(f"{number} すること", lines=2, most_lines=6, required=True)
        self.due_on = DateField(f"{number} 期限", today=today, required=True, style=DateStyle.SHORT)
        self.measure = LongTextField(f"{number} 確認の方法", lines=1, most_lines=4, required=True)
        form = FormLayout(self, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field(f"{number}　すること（「等」「など」を使わずに）", self.action)
        form.add_field(f"{number}　期限", self.due_on)
        form.add_field(f"{number}　確認の方法（何の書類で分かるか）", self.measure)


class ItemRows(QWidget):
    """One item to begin with; the button adds further ones."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("instruction_items")
        self._today = today
        self.rows: list[_Item] = []
        self.error = FieldError()
        self.add_button = named(QPushButton("項目を足す(&A)"), "add_item")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.error)
        self._layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self._add_and_go)

    def begin(self) -> None:
        """One empty item."""
        for row in self.rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        self.rows.clear()
        self.error.say("")
        self._add()

    def read(self, reader: FormReader) -> tuple[InstructionItem, ...]:
        """The items, numbered in their order."""
        found = list[InstructionItem]()
        for number, row in enumerate(self.rows, start=1):
            action = reader.read("items", row.action)
            due_on = reader.read("items", row.due_on)
            measure = reader.read("items", row.measure)
            if action and lacks_verb(action):
                row.action.show_note(_VERB)
            if due_on is not None:
                found.append(
                    InstructionItem(
                        number=number, action=action or "", due_on=due_on, measure=measure or ""
                    )
                )
        return tuple(found)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with the items."""
        self.error.say(sentence)

    @property
    def is_typed(self) -> bool:
        """Whether something was typed."""
        return any(
            row.action.editor().toPlainText().strip() or row.measure.editor().toPlainText().strip()
            for row in self.rows
        )

    def _add(self) -> _Item:
        row = _Item(len(self.rows) + 1, self._today)
        self._layout.insertWidget(1 + len(self.rows), row)
        self.rows.append(row)
        self.add_button.setEnabled(len(self.rows) < _MOST)
        return row

    def _add_and_go(self) -> None:
        self._add().action.editor().setFocus(Qt.FocusReason.OtherFocusReason)

"""The strips of the section: why it goes back or is withdrawn, when it was sent, who acknowledged it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.transfers import MOST_WHO, MOST_WORDS, TransferMove
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField


class WordsForm(SmallForm):
    """A move that needs words only. `moved` carries the TransferMove, the words and no day."""

    moved = Signal(object, str, object)

    def __init__(self, name: str, move: TransferMove, act: str, label: str) -> None:
        self._move = move
        self.words = TextField(label, required=True, longest=MOST_WORDS)
        super().__init__(name, act, {f"{label}(&R)": self.words})

    def ask(self, heading: str) -> None:
        """Ask for the words."""
        self.begin(heading)
        self.words.show_value(None)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand them in."""
        self._hand_in(lambda: self.moved.emit(self._move, self.words.entered(), None))


class DayForm(SmallForm):
    """The day on which the letter was sent. `moved` carries the TransferMove, no words and the day."""

    moved = Signal(object, str, object)

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self.on = DateField("送付した日", today=today, required=True)
        super().__init__("send_form", "送付した", {"送付した日(&D)": self.on})

    def ask(self, heading: str) -> None:
        """Ask for the day; today is proposed."""
        self.begin(heading)
        self.on.show_value(self._today())
        self.on.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(lambda: self.moved.emit(TransferMove.SEND, "", self.on.entered()))


class ReceiptForm(SmallForm):
    """When and by whom the other office acknowledged. `moved` carries the TransferMove, who, and the day."""

    moved = Signal(object, str, object)

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self.on = DateField("受領の連絡を受けた日", today=today, required=True)
        self.words = TextField("移管先の職・氏名", required=True, longest=MOST_WHO)
        fields: dict[str, QWidget] = {
            "受領の連絡を受けた日(&D)": self.on,
            "移管先の職・氏名(&R)": self.words,
        }
        super().__init__("receipt_form", "受領を確認した", fields)

    def ask(self, heading: str) -> None:
        """Ask for both; today is proposed."""
        self.begin(heading)
        self.on.show_value(self._today())
        self.words.show_value(None)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand them in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        on, words = reader.read("on", self.on), reader.read("words", self.words)
        reader.finish()
        self.moved.emit(TransferMove.ACKNOWLEDGE, words or "", on)

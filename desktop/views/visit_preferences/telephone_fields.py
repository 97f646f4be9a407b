"""訪問の連絡先: a number for calls, one for short messages, and the day on which the household agreed to these."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.visit_telephones import Telephones, read_number
from desktop.override import override
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.line_field import LineField
from desktop.views.flow_layout import FlowLayout
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import keep_height_for_width, named

_CHARACTERS = 16
_HELP = (
    "連絡先は、世帯が訪問の連絡のために教えたときだけ入れます。電話連絡リストのほかには印刷しません。"
    "ショートメッセージは、同意した日がある世帯にだけ書き出します。同意を取り下げたら日を消してください。"
)
_NO_PHONE = "▲ 安全の印「電話不可」があります。番号があっても、リストにもファイルにも出ません。"


class NumberLine(LineField[str]):
    """A telephone number; when left it stands as it is kept."""

    def __init__(self, name: str) -> None:
        super().__init__(name, characters=_CHARACTERS)
        self.set_input_hints(Qt.InputMethodHint.ImhDialableCharactersOnly)

    @override
    def _parse(self, text: str) -> str:
        return read_number(text)


class TelephoneFields(QWidget):
    """`edited` when a person changed something."""

    edited = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.call_number = named(NumberLine("訪問の電話番号"), "call_number")
        self.message_number = named(NumberLine("ショートメッセージの番号"), "message_number")
        self.agreed_on = named(
            DateField("ショートメッセージに同意した日", today=today), "agreed_on"
        )
        self.help = named(Paragraph(tone="muted"), "telephone_help")
        self.no_phone = named(Paragraph(tone="warning"), "telephone_warning")
        self._shown = self._texts()
        row_widget = QWidget()
        keep_height_for_width(row_widget)
        row = FlowLayout(row_widget)
        row.setContentsMargins(0, 0, 0, 0)
        for label, field in (
            ("訪問の電話番号(&T)", self.call_number),
            ("ショートメッセージの番号(&M)", self.message_number),
            ("ショートメッセージに同意した日(&D)", self.agreed_on),
        ):
            row.addWidget(form_row(label, field))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        for part in (self.no_phone, row_widget, self.help):
            layout.addWidget(part)
        self.help.say(
            _HELP
        )  # in its place: shown before, it would be a window of its own for a moment
        for each in self._fields():
            each.editor().textEdited.connect(lambda *_: self.edited.emit())

    def show_telephones(
        self, telephones: Telephones, *, may_edit: bool, is_marked_no_phone: bool
    ) -> None:
        """Show what is kept."""
        self.call_number.show_value(telephones.call_number or None)
        self.message_number.show_value(telephones.message_number or None)
        self.agreed_on.show_value(telephones.agreed_on)
        for field in self._fields():
            field.set_read_only(read_only=not may_edit)
        self.no_phone.say(_NO_PHONE if is_marked_no_phone else "")
        self._shown = self._texts()

    def is_changed(self) -> bool:
        """Whether something else stands there than what is kept."""
        return self._texts() != self._shown

    def read(self) -> Telephones:
        """What stands there. Raises ValidationError, said beside the fields."""
        reader = FormReader()
        call = reader.read("call_number", self.call_number)
        message = reader.read("message_number", self.message_number)
        agreed_on = reader.read("agreed_on", self.agreed_on)
        reader.finish()
        return Telephones(call_number=call or "", message_number=message or "", agreed_on=agreed_on)

    def show_refusal(self, error: UserError) -> None:
        """Put a refusal beside its fields."""
        if isinstance(error, ValidationError):
            for name in ("call_number", "message_number", "agreed_on"):
                if name in error.fields:
                    getattr(self, name).show_error(error.fields[name])

    def _fields(self) -> tuple[NumberLine, NumberLine, DateField]:
        return self.call_number, self.message_number, self.agreed_on

    def _texts(self) -> tuple[str, ...]:
        return tuple(field.editor().text() for field in self._fields())

"""The strip that asks of which days a file of short messages is to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal

from desktop.domain.clock import JAPAN
from desktop.domain.era import DateStyle, format_date
from desktop.domain.short_messages import MessageWriting
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader

_HEADING = (
    "予告する訪問のショートメッセージを、送る仕組みのためのファイルに書き出します。"
    "▲ このソフトは何も送信しません。送るのは事務所の仕組みです。"
    "同意した日のある世帯だけが入り、支援措置と電話不可の世帯は入りません。"
)


def format_instant(at: datetime) -> str:
    """An instant to the minute of the office's clock."""
    local = at.astimezone(JAPAN)
    return f"{format_date(local.date(), DateStyle.SHORT)} {local:%H:%M}"


class MessageForm(SmallForm):
    """From a day on, and before another. `given` carries both days."""

    given = Signal(object, object)

    def __init__(self, today: Callable[[], date]) -> None:
        self.first = DateField("この日から", today=today, required=True)
        self.until = DateField("この日の前まで", today=today, required=True)
        fields = {"この日から(&H)": self.first, "この日の前まで(&M)": self.until}
        super().__init__("message_form", "書き出す訪問を見る", fields)

    def ask(self, first: date, until: date) -> None:
        """Ask, with days proposed."""
        self.begin(_HEADING)
        self.first.show_value(first)
        self.until.show_value(until)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_written(self, written: Sequence[MessageWriting]) -> None:
        """Say which files left before: whoever looks sees them, and nobody is told twice."""
        said = "、".join(
            f"{format_instant(each.at)} {each.by}（{each.households}世帯）" for each in written
        )
        self.heading.setText(f"{_HEADING}\nこれまでの書き出し：{said or 'なし'}")

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        first, until = reader.read("first", self.first), reader.read("until", self.until)
        reader.finish()
        self.given.emit(first, until)

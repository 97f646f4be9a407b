"""The strip in which a planned visit gets need points by hand, or loses some, with the reason (必要度の加減)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField

_MORE, _LESS, _NONE = "more", "less", "none"
_WAYS = (
    Choice(code=_MORE, label="上げる"),
    Choice(code=_LESS, label="下げる"),
    Choice(code=_NONE, label="加減をやめる"),
)
_LETTERS, _CHARACTERS = 200, 3
_USUAL = 10


class PointsForm(SmallForm):
    """`given` carries points (negative ones take away, 0 takes back what was given) and the reason."""

    given = Signal(int, str)

    def __init__(self) -> None:
        self.way = ChoiceField("加減", _WAYS, required=True)
        self.points = NumberField("点", unit="点", characters=_CHARACTERS)
        self.reason = TextField("理由", required=True, longest=_LETTERS)
        fields: dict[str, QWidget] = {
            "加減(&K)": self.way,
            "点(&P)": self.points,
            "理由(&R)": self.reason,
        }
        super().__init__("points_form", "加減を保存", fields)

    def ask(self, heading: str) -> None:
        """Ask for points and reason."""
        self.begin(heading)
        self.way.show_value(_MORE)
        self.points.show_value(_USUAL)
        self.reason.show_value(None)
        self.way.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand them in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        way = reader.read("way", self.way)
        points = reader.read("points", self.points) or 0
        reason = reader.read("reason", self.reason) or ""
        reader.finish()
        signed = {_MORE: points, _LESS: -points}.get(str(way), 0)
        self.given.emit(signed, reason)

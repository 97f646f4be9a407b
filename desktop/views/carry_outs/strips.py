"""The strips beneath the register: what came back, and why something was lost, given up or let pass."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.carry_outs import (
    MOST_SHEETS,
    MOST_WORDS,
    CarryOutLine,
    CarryOutMove,
    CarryOutMoveInput,
    CarryOutState,
)
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField
from desktop.views.widgets import named


class ReturnForm(SmallForm):
    """How many sheets came back and whether they were destroyed. `moved` carries a CarryOutMoveInput."""

    moved = Signal(object)

    def __init__(self) -> None:
        self._line: CarryOutLine | None = None
        self._move = CarryOutMove.CONFIRM
        self.sheets = NumberField("数えた枚数", required=True, unit="枚", highest=MOST_SHEETS)
        self.was_destroyed = named(QCheckBox("裁断して廃棄した(&H)"), "destroyed")
        self.words = TextField("異常・備考", longest=MOST_WORDS)
        fields: dict[str, QWidget] = {
            "数えた枚数(&M)": self.sheets,
            "": self.was_destroyed,
            "異常・備考（枚数が合わないとき）(&B)": self.words,
        }
        super().__init__("return_form", "返却・廃棄を記録", fields)

    def ask(self, line: CarryOutLine, *, confirms: bool) -> None:
        """Ask about a trip; with `confirms` the sheets were seen by a second person, and it ends."""
        self._line = line
        self._move = CarryOutMove.CONFIRM if confirms else CarryOutMove.BRING
        whose = f"{line.label}　{line.staff}　持ち出した枚数 {line.sheets:,}枚"
        then = "確認すると終わります。" if confirms else "このあと、ほかの職員の確認を受けます。"
        self.begin(f"{whose}　{then}")
        seen = line.sheets_back if line.state is CarryOutState.BACK else None
        self.sheets.show_value(seen)
        self.was_destroyed.setChecked(line.destroyed)
        self.words.show_value(None)
        self.sheets.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        sheets, words = reader.read("sheets", self.sheets), reader.read("words", self.words)
        reader.finish()
        if self._line is not None:
            self.moved.emit(
                CarryOutMoveInput(
                    carry_out_id=self._line.carry_out_id,
                    version=self._line.version,
                    move=self._move,
                    words=words or "",
                    sheets=sheets,
                    destroyed=self.was_destroyed.isChecked(),
                )
            )


class ReasonForm(SmallForm):
    """A reason. `given` carries the line and the words."""

    given = Signal(object, str)

    def __init__(self, name: str, act: str, label: str) -> None:
        self._line: CarryOutLine | None = None
        self.words = TextField(label, required=True, longest=MOST_WORDS)
        super().__init__(name, act, {f"{label}(&R)": self.words})

    def ask(self, line: CarryOutLine, heading: str) -> None:
        """Ask about a trip."""
        self._line = line
        self.begin(heading)
        self.words.show_value(None)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(lambda: self.given.emit(self._line, self.words.entered()))
